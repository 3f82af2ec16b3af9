//! More vendors' files become the same facts: order totals once, parts added up, bundles.

use super::normal::{Row, brought, product_names, table};
use super::{bring_as, csv, mapping, orders};
use crate::support::TestServices;
use domain::question::Question;
use domain::sources::{Channel, ColumnMeaning as M, FileKind};
use services::Actor;
use services::analytics::answer;
use std::path::Path;

/// A file under the header of an export as the program's own list of vendors has it.
pub(super) fn export(vendor: &str, name: &str, delimiter: &str, rows: &[Row<'_>]) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../engine/src/ingestion/vendors/{vendor}.json"));
    let vendor: serde_json::Value = serde_json::from_slice(&std::fs::read(path).expect("the vendor reads")).expect("the vendor is JSON");
    let exports = vendor["exports"].as_array().expect("exports");
    let export = exports.iter().find(|export| export["name"] == name).expect("the export is known");
    let header: Vec<&str> = export["headers"][0].as_array().expect("names").iter().filter_map(|name| name.as_str()).collect();
    table(&header, delimiter, rows)
}

pub(super) async fn shop() -> (TestServices, Actor) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    (services, owner)
}

/// Whole numbers of the first row of an answer.
async fn asked(services: &TestServices, owner: &Actor, question: &str) -> Vec<Option<i64>> {
    let question: Question = serde_json::from_str(question).expect("it reads");
    let rows = answer(services, owner, question).await.expect("an answer").rows;
    rows[0].iter().map(|cell| cell.as_i64()).collect()
}

#[tokio::test]
async fn amazons_rows_each_hold_their_part_of_the_orders_shipping_and_tax() {
    let row = |sku, pieces, price, tax, shipping, discount| {
        [("amazon-order-id", "A1"), ("purchase-date", "2026-01-05T10:00:00+00:00"), ("product-name", sku), ("sku", sku), ("quantity", pieces)]
            .into_iter()
            .chain([("currency", "GBP"), ("item-price", price), ("item-tax", tax), ("shipping-price", shipping)])
            .chain([("item-promotion-discount", discount), ("ship-country", "GB"), ("item-status", "Shipped"), ("order-status", "Shipped")])
            .collect::<Vec<_>>()
    };
    let (tea, pot) = (row("T", "2", "30.00", "5.00", "4.00", "3.00"), row("P", "1", "10.00", "1.50", "2.00", ""));
    let (services, owner) = shop().await;
    brought(&services, &owner, "amazon", FileKind::Orders, &export("amazon", "Amazon orders", "\t", &[&tea, &pot])).await;
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> = stored.iter().map(|row| (row.net_minor, row.units_milli, row.shipping_minor, row.tax_minor)).collect();
    assert_eq!(told, [(3_000 - 300 + 1_000, 3_000, Some(400 + 200), Some(500 + 150))]);
    assert_eq!((stored[0].gross_minor, stored[0].discount_minor), (4_000, Some(300)));
    assert_eq!(product_names(&services, &owner).await, ["P", "T"]);
}

#[tokio::test]
async fn wixs_shipping_and_tax_stand_on_each_row_and_are_taken_once() {
    let row = |item, pieces, price| {
        [("Order number", "10001"), ("Date created", "Jan 5, 2026"), ("Item", item), ("SKU", item), ("Qty", pieces), ("Price", price)]
            .into_iter()
            .chain([("Contact email", "a@b.co"), ("Payment status", "Paid"), ("Shipping rate", "4.50"), ("Total tax", "1.25")])
            .collect::<Vec<_>>()
    };
    let (services, owner) = shop().await;
    let (tea, pot) = (row("Tea", "2", "5.00"), row("Pot", "1", "14.00"));
    brought(&services, &owner, "wix", FileKind::Orders, &export("wix", "Wix orders", ",", &[&tea, &pot])).await;
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> = stored.iter().map(|row| (row.net_minor, row.shipping_minor, row.tax_minor, row.line_count)).collect();
    assert_eq!(told, [(2_400, Some(450), Some(125), 2)]);
}

#[tokio::test]
async fn a_tills_checks_are_sales_in_a_shop_without_products() {
    let check = |number, amount, discount, tax, tip, total| {
        [("Location", "Main"), ("Order Id", number), ("Opened", "1/13/26 6:05 PM"), ("Discount Amount", discount), ("Amount", amount)]
            .into_iter()
            .chain([("Tax", tax), ("Tip", tip), ("Total", total), ("Voided", "false")])
            .collect::<Vec<_>>()
    };
    let rows = [check("901", "20.00", "2.00", "1.80", "2.00", "23.80"), check("902", "7.50", "0.00", "0.68", "0.00", "8.18")];
    let (services, owner) = shop().await;
    let file = export("toast", "Toast order details", ",", &rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
    brought(&services, &owner, "toast", FileKind::Orders, &file).await;
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> =
        stored.iter().map(|row| (row.gross_minor, row.net_minor, row.total_minor, row.discount_minor, row.tax_minor, row.channel)).collect();
    let offline = Channel::Offline.code();
    // Its amount has the discount off: 20.00 and tax and tip are the total.
    assert_eq!(told, [(2_200, 2_000, 2_380, Some(200), Some(180), offline), (750, 750, 818, Some(0), Some(68), offline)]);
    assert_eq!(product_names(&services, &owner).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_bundle_is_sold_once_and_its_parts_bring_pieces_and_no_money() {
    let head = [("Name", "#7"), ("Created at", "2026-01-05 10:00:00 +0000"), ("Total", "30.00"), ("Currency", "GBP"), ("Shipping", "0.00")];
    let item = |name, pieces, price| [("Lineitem name", name), ("Lineitem quantity", pieces), ("Lineitem price", price), ("Lineitem sku", name)];
    let bundle = [head.as_slice(), &item("Gift box", "1", "30.00")].concat();
    let parts = [item("Tea", "2", "0.00"), item("Pot", "1", "0.00")].map(|item| [[("Name", "#7")].as_slice(), &item].concat());
    let (services, owner) = shop().await;
    let file = export("shopify", "Shopify orders", ",", &[&bundle, &parts[0], &parts[1]]);
    brought(&services, &owner, "shopify", FileKind::Orders, &file).await;
    assert_eq!(asked(&services, &owner, r#"{"measures": ["net_sales", "orders", "units"]}"#).await, [Some(3_000), Some(1), Some(4)]);
    let tea = r#"{"measures": ["net_sales", "units"], "filters": [{"dimension": "sku", "op": "in", "values": ["Tea"]}]}"#;
    assert_eq!(asked(&services, &owner, tea).await, [Some(0), Some(2)]);
}

#[tokio::test]
async fn a_distributors_report_in_two_currencies_is_sales_without_orders_and_its_total_is_no_row() {
    let (services, owner) = shop().await;
    let columns = [(M::Store, "Shop"), (M::Period, "Week"), (M::Sku, "Item"), (M::Quantity, "Units"), (M::LineAmount, "Value"), (M::Currency, "Cur")];
    let file = csv(&[
        "Shop,Week,Item,Units,Value,Cur",
        "Leeds,2026-01-05,T1,10,25.00,GBP",
        "Lyon,2026-01-05,T1,4,11.20,EUR",
        "Leeds,2026-01-12,P1,2,18.00,GBP",
        "Total,,,16,54.20,",
    ]);
    let upload = bring_as(&services, &owner, &file, &mapping(FileKind::SellOut, &columns)).await;
    let net: Vec<_> = upload.net_sales.iter().map(|money| (money.currency.code(), money.minor)).collect();
    assert_eq!((net, upload.rows_total, upload.rows_rejected), (vec![("EUR", 1_120), ("GBP", 4_300)], 3, 0), "{upload:?}");
    assert_eq!(asked(&services, &owner, r#"{"measures": ["net_sales", "orders", "units"]}"#).await, [Some(4_300), Some(0), Some(12)]);
    let mut days: Vec<_> = orders(&services, owner.merchant_id).await.iter().map(|row| domain::Day(row.day).to_string()).collect();
    days.sort_unstable();
    assert_eq!(days, ["2026-01-05", "2026-01-05", "2026-01-12"]);
}

#[tokio::test]
async fn a_shop_its_marketplace_and_its_distributor_meet_in_one_product() {
    let (services, owner) = shop().await;
    let head = [("Name", "#1"), ("Created at", "2026-01-05 10:00:00 +0000"), ("Total", "5.00"), ("Currency", "GBP")];
    let item = [("Lineitem name", "Green tea"), ("Lineitem quantity", "2"), ("Lineitem price", "2.50"), ("Lineitem sku", "tea-1")];
    let own = [head.as_slice(), &item].concat();
    brought(&services, &owner, "shopify", FileKind::Orders, &export("shopify", "Shopify orders", ",", &[&own])).await;
    let market = [
        ("amazon-order-id", "A1"),
        ("purchase-date", "2026-01-06T10:00:00+00:00"),
        ("product-name", "Green Tea, 100 g"),
        ("sku", "TEA-1"),
        ("quantity", "3"),
        ("currency", "GBP"),
        ("item-price", "9.00"),
    ];
    brought(&services, &owner, "amazon", FileKind::Orders, &export("amazon", "Amazon orders", "\t", &[&market])).await;
    let columns = [(M::Store, "Shop"), (M::Period, "Week"), (M::Sku, "Item"), (M::Quantity, "Units"), (M::LineAmount, "Value")];
    let file = csv(&["Shop,Week,Item,Units,Value", "Leeds,2026-01-05, tea-1 ,10,22.00"]);
    bring_as(&services, &owner, &file, &mapping(FileKind::SellOut, &columns)).await;
    let all = r#"{"measures": ["net_sales", "units"], "filters": [{"dimension": "sku", "op": "in", "values": ["TEA-1"]}]}"#;
    assert_eq!(asked(&services, &owner, all).await, [Some(500 + 900 + 2_200), Some(2 + 3 + 10)]);
    assert_eq!(product_names(&services, &owner).await.len(), 1);
}

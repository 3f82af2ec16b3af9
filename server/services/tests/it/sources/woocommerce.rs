//! WooCommerce's orders by its exporters: by their items, as sums, by the analytics. Figures computed by hand.

use super::normal::{Row, brought, product_names, table};
use super::normal_shops::shop;
use super::{lines, orders};
use crate::support::TestServices;
use domain::sources::{FileKind, UploadSummary};
use services::Actor;
use std::path::Path;

/// A file under one generation of an export's header, as the program's own list of vendors has it.
pub(super) fn generation(vendor: &str, name: &str, number: usize, delimiter: &str, rows: &[Row<'_>]) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../engine/src/ingestion/vendors/{vendor}.json"));
    let vendor: serde_json::Value = serde_json::from_slice(&std::fs::read(path).expect("the vendor reads")).expect("the vendor is JSON");
    let export = vendor["exports"].as_array().expect("exports").iter().find(|export| export["name"] == name).expect("the export is known");
    let header: Vec<&str> = export["headers"][number].as_array().expect("names").iter().filter_map(|name| name.as_str()).collect();
    table(&header, delimiter, rows)
}

/// Brings a file of WooCommerce's orders, all of whose rows can be read.
async fn woo(services: &TestServices, owner: &Actor, name: &str, number: usize, rows: &[Vec<(&str, &str)>]) -> UploadSummary {
    let file = generation("woocommerce", name, number, ",", &rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let upload = brought(services, owner, "woocommerce", FileKind::Orders, &file).await;
    assert_eq!(upload.rows_rejected, 0, "{upload:?}");
    upload
}

/// Each order's number, gross sales, discount and net sales.
pub(super) async fn sums(services: &TestServices, owner: &Actor) -> Vec<(String, i64, Option<i64>, i64)> {
    let stored = orders(services, owner.merchant_id).await.into_iter();
    let mut sums: Vec<_> = stored.map(|row| (row.external_id, row.gross_minor, row.discount_minor, row.net_minor)).collect();
    sums.sort_unstable();
    sums
}

fn sum(number: &str, gross: i64, discount: Option<i64>, net: i64) -> (String, i64, Option<i64>, i64) {
    (number.to_owned(), gross, discount, net)
}

/// 18.00 and 14.00, 5.00 of shipping, 1.00 of fees and 7.40 of tax are 45.40.
fn order_101<'a>() -> Vec<(&'a str, &'a str)> {
    let values = [("order_id", "101"), ("status", "completed"), ("shipping_total", "5.00"), ("fee_total", "1.00"), ("tax_total", "7.40")];
    let more = [("discount_total", "2.00"), ("order_total", "45.40"), ("order_currency", "GBP"), ("billing_email", "a@b.co")];
    values.into_iter().chain(more).collect()
}

/// An order of its own day under the heading that an exporter writes days below.
fn dated<'a>(day: &'a str, order: Vec<(&'a str, &'a str)>, item: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [vec![(day, "2026-01-05 10:00:00")], order, item.to_vec()].concat()
}

fn skyverge_items<'a>() -> Vec<Vec<(&'a str, &'a str)>> {
    let item = |name, pieces, price, before, after| {
        [("item_name", name), ("item_sku", name), ("item_quantity", pieces), ("item_price", price), ("item_subtotal", before), ("item_total", after)]
    };
    let single = |number, status, refunded| {
        vec![("order_id", number), ("status", status), ("order_total", "10.00"), ("refunded_total", refunded), ("order_currency", "GBP")]
    };
    let tea = item("Tea", "1", "10.00", "10.00", "10.00");
    vec![
        dated("date", order_101(), &item("Tea", "2", "10.00", "20.00", "18.00")),
        dated("date", order_101(), &item("Pot", "1", "14.00", "14.00", "14.00")),
        dated("date", single("102", "cancelled", "0.00"), &tea),
        dated("date", single("103", "completed", "4.00"), &tea),
        dated("date", single("104", "checkout-draft", "0.00"), &tea),
    ]
}

#[tokio::test]
async fn items_have_their_own_coupons_off_and_what_is_of_the_whole_order_counts_once() {
    let (services, owner) = shop().await;
    let upload = woo(&services, &owner, "WooCommerce order items", 0, &skyverge_items()).await;
    assert_eq!(upload.rows_total, 4, "a draft is no order: {upload:?}");
    let expected = [sum("101", 3_400, Some(200), 3_200), sum("102", 1_000, None, 0), sum("103", 1_000, None, 600)];
    assert_eq!(sums(&services, &owner).await, expected);
    let first = &orders(&services, owner.merchant_id).await[0];
    assert_eq!((first.total_minor, first.shipping_minor, first.tax_minor), (4_540, Some(500), Some(740)));
    let sold: Vec<_> = lines(&services, owner.merchant_id).await.iter().take(2).map(|line| (line.amount_minor, line.discount_minor)).collect();
    assert_eq!(sold, [(1_800, Some(200)), (1_400, Some(0))], "the coupon was the tea's alone");
    assert_eq!(product_names(&services, &owner).await, ["Pot", "Tea"]);
}

#[tokio::test]
async fn the_same_order_as_a_sum_and_by_its_items_counts_once() {
    let (services, owner) = shop().await;
    woo(&services, &owner, "WooCommerce orders", 0, &[dated("date", order_101(), &[])]).await;
    assert_eq!(sums(&services, &owner).await, [sum("101", 4_740, Some(200), 4_540)], "its list has no more than the total");
    woo(&services, &owner, "WooCommerce order items", 0, &skyverge_items()).await;
    assert_eq!(sums(&services, &owner).await[0], sum("101", 3_400, Some(200), 3_200));
}

#[tokio::test]
async fn an_older_layouts_row_price_is_that_of_all_pieces() {
    let (services, owner) = shop().await;
    let row = |number, status, item, pieces, price| {
        vec![("Order ID", number), ("Date", "2026-01-05 10:00"), ("Order Status", status), ("Item Name", item), ("Item Amount", pieces)]
            .into_iter()
            .chain([("Row Price", price), ("Discount Total", "2.00"), ("Order Total", "38.00"), ("Fees", "1.00")])
            .collect::<Vec<_>>()
    };
    let rows =
        [row("101", "completed", "Tea", "2", "18.00"), row("101", "completed", "Pot", "1", "14.00"), row("102", "refunded", "Tea", "1", "9.00")];
    woo(&services, &owner, "WooCommerce order items (older layout)", 0, &rows).await;
    assert_eq!(sums(&services, &owner).await, [sum("101", 3_200, None, 3_200), sum("102", 900, None, 0)]);
    assert_eq!(orders(&services, owner.merchant_id).await[0].units_milli, 3_000);
}

#[tokio::test]
async fn webtoffees_orders_are_read_by_their_rows_by_their_subtotal_or_by_their_total() {
    let item = |name, pieces, before, after| {
        [("item_name", name), ("item_sku", name), ("item_quantity", pieces), ("item_subtotal", before), ("item_total", after)]
    };
    let rows = [
        dated("order_date", order_101(), &item("Tea", "2", "20.00", "18.00")),
        dated("order_date", order_101(), &item("Pot", "1", "14.00", "14.00")),
    ];
    let (services, owner) = shop().await;
    let by_rows = "WooCommerce orders (WebToffee), a row an item";
    woo(&services, &owner, by_rows, 0, &rows).await;
    assert_eq!(sums(&services, &owner).await, [sum("101", 3_400, Some(200), 3_200)]);
    let sold: Vec<_> = lines(&services, owner.merchant_id).await.iter().map(|line| (line.amount_minor, line.discount_minor)).collect();
    // 2.00 over 20.00 and 14.00: 1.18 and 0.82.
    assert_eq!(sold, [(1_882, Some(118)), (1_318, Some(82))]);

    let list = "WooCommerce orders (WebToffee)";
    for (number, expected) in [(0, sum("101", 4_740, Some(200), 4_540)), (1, sum("101", 3_400, Some(200), 3_200))] {
        let (services, owner) = shop().await;
        let subtotal: &[(&str, &str)] = if number == 0 { &[] } else { &[("order_subtotal", "34.00")] };
        let refunded = order_101().into_iter().map(|(name, cell)| match name {
            "order_id" => (name, "102"),
            "status" => (name, "refunded"),
            _ => (name, cell),
        });
        let rows = [dated("order_date", order_101(), subtotal), dated("order_date", refunded.collect(), subtotal)];
        woo(&services, &owner, list, number, &rows).await;
        let told = sums(&services, &owner).await;
        assert_eq!((&told[0], told[1].3), (&expected, 0), "generation {number}");
    }
}

#[tokio::test]
async fn advanced_order_exports_items_cost_what_is_left_of_them() {
    let row = |number, status, item, pieces, cost| {
        vec![("Order Number", number), ("Order Status", status), ("Order Date", "2026-01-05 10:00"), ("Email (Billing)", "a@b.co")]
            .into_iter()
            .chain([("SKU", item), ("Quantity (- Refund)", pieces), ("Item Cost", cost), ("Cart Discount Amount", "2.00")])
            .chain([("Order Shipping Amount", "5.00"), ("Order Refund Amount", "9.00"), ("Order Total Amount", "37.00")])
            .collect::<Vec<_>>()
    };
    let rows =
        [row("101", "Completed", "Tea", "1", "9.00"), row("101", "Completed", "Pot", "1", "14.00"), row("102", "Refunded", "Tea", "1", "9.00")];
    for (number, name) in [(0, "Item Name"), (1, "Name")] {
        let (services, owner) = shop().await;
        let rows: Vec<_> = rows.iter().map(|row| [row.clone(), vec![(name, "Thing")]].concat()).collect();
        woo(&services, &owner, "WooCommerce orders (Advanced Order Export)", number, &rows).await;
        // One of two pieces of tea was given back, and 9.00 with it.
        assert_eq!(sums(&services, &owner).await, [sum("101", 2_300, None, 2_300), sum("102", 900, None, 0)]);
        assert_eq!(orders(&services, owner.merchant_id).await[0].shipping_minor, Some(500));
    }
}

#[tokio::test]
async fn refunds_are_rows_of_their_own_in_the_analytics() {
    let row = |number, status, pieces, net| {
        vec![("Date", "2026-01-05 10:00:00"), ("Order #", number), ("Status", status), ("Customer", "Ada"), ("Items sold", pieces), net]
    };
    for (number, net) in [(4, "Net Sales"), (5, "N. Revenue")] {
        let (services, owner) = shop().await;
        let rows = [row("7", "completed", "3", (net, "30")), row("7", "completed", "-1", (net, "-10.5")), row("8", "cancelled", "1", (net, "12.00"))];
        woo(&services, &owner, "WooCommerce orders", number, &rows).await;
        assert_eq!(sums(&services, &owner).await, [sum("7", 3_000, None, 1_950), sum("8", 1_200, None, 0)]);
    }
}

#[tokio::test]
async fn products_are_read_in_the_languages_that_the_exporter_writes() {
    let headings = [
        (1, "SKU", "Name", "Regular price"),
        (2, "Artikelnummer", "Name", "Regulärer Preis"),
        (3, "UGS", "Nom", "Tarif régulier"),
        (4, "SKU", "Nombre", "Precio normal"),
        (5, "Stok kodu (SKU)", "İsim", "Normal fiyat"),
        (6, "COD", "Nome", "Prezzo di listino"),
        (7, "Artikelnummer", "Naam", "Reguliere prijs"),
    ];
    for (number, sku, name, price) in headings {
        let (services, owner) = shop().await;
        let rows = [[(sku, "T1"), (name, "Tea"), (price, "12.5")], [(sku, "P1"), (name, "Pot"), (price, "14")]];
        let file = generation("woocommerce", "WooCommerce products", number, ",", &rows.each_ref().map(|row| row.as_slice()));
        brought(&services, &owner, "woocommerce", FileKind::Products, &file).await;
        let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
        let mut stored = entity::product::find(owner.merchant_id).all(&*tx).await.expect("products read");
        stored.sort_by_key(|row| row.sku.clone());
        let told: Vec<_> = stored.iter().map(|row| (row.sku.as_deref(), row.title.as_str(), row.price_minor)).collect();
        assert_eq!(told, [(Some("P1"), "Pot", Some(1_400)), (Some("T1"), "Tea", Some(1_250))], "{name}");
    }
}

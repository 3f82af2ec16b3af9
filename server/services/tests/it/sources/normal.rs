//! Vendors' files become the same facts: figures computed by hand from small files with the vendors' own headers.

use super::cleaning::counts;
use super::{HEADER, bring, csv, lines, orders, real_file};
use crate::support::TestServices;
use domain::sources::{ColumnMeaning as M, FileKind, UploadStatus, UploadSummary};
use services::{Actor, analytics};
use std::collections::BTreeMap;

/// A row by the names of its columns; the others are empty.
pub(super) type Row<'a> = &'a [(&'a str, &'a str)];

/// A file with the header of a vendor's export, which real files have.
fn file_of(id: &str, rows: &[Row<'_>]) -> Option<Vec<u8>> {
    let headers = std::fs::read(real_file("vendor-headers/vendor_headers.json")?).expect("the headers read");
    let exports: Vec<serde_json::Value> = serde_json::from_slice(&headers).expect("the headers are JSON");
    let export = exports.iter().find(|export| export["id"] == id).expect("the vendor is in the list");
    let header: Vec<&str> = export["header"].as_array().expect("names").iter().filter_map(|name| name.as_str()).collect();
    Some(table(&header, export["delimiter"].as_str().unwrap_or(","), rows))
}

pub(super) fn table(header: &[&str], delimiter: &str, rows: &[Row<'_>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter.as_bytes()[0]).from_writer(Vec::new());
    writer.write_record(header).expect("written");
    for row in rows {
        assert!(row.iter().all(|(name, _)| header.contains(name)), "{row:?}");
        writer.write_record(header.iter().map(|name| row.iter().find(|(of, _)| of == name).map_or("", |(_, cell)| *cell))).expect("written");
    }
    writer.into_inner().expect("written")
}

pub(super) async fn brought(services: &TestServices, owner: &Actor, vendor: &str, kind: FileKind, file: &[u8]) -> UploadSummary {
    let upload = bring(services, owner, "export.csv", file).await;
    assert_eq!((upload.status, upload.vendor.as_deref(), upload.kind), (UploadStatus::Completed, Some(vendor), kind), "{upload:?}");
    upload
}

async fn movements(services: &TestServices, owner: &Actor) -> Vec<entity::money_movement::Model> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    entity::money_movement::find(owner.merchant_id).all(&*tx).await.expect("movements read")
}

pub(super) async fn product_names(services: &TestServices, owner: &Actor) -> Vec<String> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let products = entity::product::find(owner.merchant_id).all(&*tx).await.expect("products read");
    let mut names: Vec<String> = products.into_iter().map(|product| product.title).collect();
    names.sort();
    names
}

/// Net amounts by kind.
fn by_kind(movements: &[entity::money_movement::Model]) -> BTreeMap<&str, i64> {
    let mut sums = BTreeMap::new();
    for movement in movements {
        *sums.entry(movement.kind.as_str()).or_default() += movement.net_minor;
    }
    sums
}

#[tokio::test]
async fn shopify_orders_keep_shipping_tax_discount_and_refunds_apart_from_products() {
    let first = |number, total, more: &[(&'static str, &'static str)]| {
        let base = [("Name", number), ("Created at", "2026-01-05 10:00:00 +0000"), ("Total", total), ("Currency", "GBP")];
        base.into_iter().chain(more.iter().copied()).collect::<Vec<_>>()
    };
    let item = |name, quantity, price| [("Lineitem name", name), ("Lineitem quantity", quantity), ("Lineitem price", price), ("Lineitem sku", name)];
    let whole: &[(&str, &str)] =
        &[("Shipping", "5.00"), ("Taxes", "6.00"), ("Discount Code", "SAVE"), ("Discount Amount", "4.00"), ("Email", "A@B.co")];
    let rows = [
        [first("#1", "41.00", whole), item("Tea", "2", "10.00").to_vec()].concat(),
        [vec![("Name", "#1")], item("Pot", "1", "14.00").to_vec()].concat(),
        [first("#2", "12.00", &[("Cancelled at", "2026-01-06 09:00:00 +0000"), ("Refunded Amount", "12.00")]), item("Tea", "1", "12.00").to_vec()]
            .concat(),
        [first("#3", "20.00", &[("Refunded Amount", "5.00"), ("Shipping", "0.00")]), item("Tea", "2", "10.00").to_vec()].concat(),
        [
            first("#4", "9.00", &[("Currency", "EUR")]).into_iter().filter(|cell| *cell != ("Currency", "GBP")).collect(),
            item("Tea", "1", "9.00").to_vec(),
        ]
        .concat(),
    ];
    let Some(file) = file_of("shopify_orders", &rows.iter().map(Vec::as_slice).collect::<Vec<_>>()) else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = brought(&services, &owner, "shopify", FileKind::Orders, &file).await;
    let net: Vec<_> = upload.net_sales.iter().map(|money| (money.currency.code(), money.minor)).collect();
    // 34.00 less 4.00; 12.00 given back with its cancelled order; 20.00, of which 5.00 were given back.
    assert_eq!(net, [("EUR", 900), ("GBP", 3_000 + 1_500)]);
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> =
        stored.iter().map(|row| (row.total_minor, row.shipping_minor, row.tax_minor, row.discount_minor, row.refunded_minor)).collect();
    let expected = [
        (4_100, Some(500), Some(600), Some(400), None),
        (1_200, None, None, None, Some(1_200)),
        (2_000, Some(0), None, None, Some(500)),
        (900, None, None, None, None),
    ];
    assert_eq!(told, expected);
    let sums: Vec<_> = stored.iter().map(|row| (row.gross_minor, row.net_minor, row.is_sale, row.line_count)).collect();
    assert_eq!(sums, [(3_400, 3_000, true, 2), (1_200, 0, true, 2), (2_000, 1_500, true, 2), (900, 900, true, 1)]);
    // 4.00 over 20.00 and 14.00: 2.35 and 1.65.
    let sold: Vec<_> = lines(&services, owner.merchant_id).await.iter().map(|line| (line.amount_minor, line.discount_minor)).collect();
    assert_eq!(sold, [(1_765, Some(235)), (1_235, Some(165)), (1_200, None), (-1_200, None), (2_000, None), (-500, None), (900, None)]);
    let makings = r#"{"measures": ["gross_sales", "discounts", "returns", "net_sales", "orders", "average_order_value"]"#;
    let asked = async |rest: &str| {
        let question = serde_json::from_str(&format!("{makings}{rest}}}")).expect("it reads");
        analytics::answer(&services, &owner, question).await.expect("an answer").rows
    };
    let numbers = |row: &[domain::question::Cell]| row.iter().map(|cell| cell.as_i64()).collect::<Vec<_>>();
    assert_eq!(numbers(&asked("").await[0]), [6_600, 400, 1_700, 4_500, 3, 2_067].map(Some), "62.00 over 3 orders are 20.67");
    let by_product = asked(r#", "dimensions": ["product"], "order": [{"by": "product"}]"#).await;
    let (tea, pot, none) = ([5_200, 235, 0, 4_965, 3, 1_655], [1_400, 165, 0, 1_235, 1, 1_235], [0, 0, 1_700, -1_700, 0, 0]);
    let found: Vec<_> = by_product
        .iter()
        .map(|row| (row[0].as_text().map(str::to_owned), row[1..].iter().map(|cell| cell.as_i64().unwrap_or(0)).collect::<Vec<_>>()))
        .collect();
    let expected = [(Some("Pot"), pot), (Some("Tea"), tea), (None, none)].map(|(name, row)| (name.map(str::to_owned), row.to_vec()));
    assert!(expected.iter().all(|row| found.contains(row)) && found.len() == 3, "{found:?}");
    let again = bring(&services, &owner, "export.csv", &file).await;
    assert_eq!((again.orders_new, again.orders_updated, again.rows_duplicate), (0, 0, 5), "the same file is no change");
    let columns = [(M::RefundId, "Refund"), (M::OrderedAt, "When"), (M::Amount, "Refunded"), (M::Sku, "Item"), (M::Quantity, "Units")];
    let refunds = csv(&["Refund,When,Refunded,Item,Units", "R1,2026-01-07,1.00,Tea,1"]);
    let refunds = super::bring_as(&services, &owner, &refunds, &super::mapping(FileKind::Refunds, &columns)).await;
    assert!(refunds.remarks.iter().any(|remark| remark.starts_with("2 orders state refunds")), "{:?}", refunds.remarks);
    assert_eq!(stored[0].discount_code.as_deref(), Some("SAVE"));
    assert_eq!(product_names(&services, &owner).await, ["Pot", "Tea"]);
    assert_eq!(counts(&upload), BTreeMap::from([("cancelled_orders", 1), ("emails_lowered", 1), ("filled_from_first_row", 1)]));
}

#[tokio::test]
async fn order_values_that_stand_on_each_row_are_taken_once() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let file = csv(&[
        "Ref,At,Kept as,What,How many,Each,All,Way,Duty,Land",
        "7,2026-01-05,T,Tea,2,2.50,14.00,3.00,1.00,Germany",
        "7,2026-01-05,P,Pot,1,5.00,14.00,3.00,1.00,Germany",
        "8,2026-01-06,T,Tea,1,2.50,2.50,0.00,0.00,DE",
    ]);
    let mapping = super::mapping(
        FileKind::Orders,
        &[
            (domain::sources::ColumnMeaning::OrderNumber, "Ref"),
            (domain::sources::ColumnMeaning::OrderedAt, "At"),
            (domain::sources::ColumnMeaning::Sku, "Kept as"),
            (domain::sources::ColumnMeaning::ProductName, "What"),
            (domain::sources::ColumnMeaning::Quantity, "How many"),
            (domain::sources::ColumnMeaning::UnitPrice, "Each"),
            (domain::sources::ColumnMeaning::OrderTotal, "All"),
            (domain::sources::ColumnMeaning::Shipping, "Way"),
            (domain::sources::ColumnMeaning::Tax, "Duty"),
            (domain::sources::ColumnMeaning::Country, "Land"),
        ],
    );
    let upload = super::bring_as(&services, &owner, &file, &mapping).await;
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> = stored.iter().map(|row| (row.net_minor, row.total_minor, row.shipping_minor, row.tax_minor)).collect();
    assert_eq!(told, [(1_000, 1_400, Some(300), Some(100)), (250, 250, Some(0), Some(0))]);
    assert_eq!(counts(&upload), BTreeMap::from([("countries_to_codes", 2), ("repeated_once", 1)]));
}

#[tokio::test]
async fn a_file_with_one_row_an_order_brings_sales_without_products() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let file = csv(&["Order ID,Order Date,Amount,Customer Email", "1,2026-01-05,12.50,a@b.co", "2,2026-01-05,7.50,"]);
    let upload = bring(&services, &owner, "woo.csv", &file).await;
    assert_eq!((upload.status, upload.orders_new, upload.net_sales[0].minor), (UploadStatus::Completed, 2, 2_000), "{upload:?}");
    assert_eq!(product_names(&services, &owner).await, Vec::<String>::new());
}

#[tokio::test]
async fn etsys_items_take_the_orders_shipping_and_tax_once() {
    let item = |name, quantity, price, discount| {
        [
            ("Sale Date", "01/13/26"),
            ("Item Name", name),
            ("Quantity", quantity),
            ("Price", price),
            ("Discount Amount", discount),
            ("Order Shipping", "3.50"),
            ("Order Sales Tax", "1.08"),
            ("Currency", "USD"),
            ("Order ID", "38"),
            ("Ship Country", "United States"),
            ("SKU", name),
        ]
    };
    let (print, card) = (item("Print", "2", "16.00", "2.00"), item("Card", "1", "4.00", "0.00"));
    let Some(file) = file_of("etsy_sold_order_items", &[&print, &card]) else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = brought(&services, &owner, "etsy", FileKind::Orders, &file).await;
    let stored = orders(&services, owner.merchant_id).await;
    assert_eq!((stored.len(), stored[0].net_minor, stored[0].shipping_minor, stored[0].tax_minor), (1, 3_200 - 200 + 400, Some(350), Some(108)));
    assert_eq!((stored[0].country.as_deref(), stored[0].currency.as_str()), (Some("US"), "USD"));
    assert_eq!(counts(&upload), BTreeMap::from([("countries_to_codes", 2), ("repeated_once", 1)]));
    assert_eq!(product_names(&services, &owner).await, ["Card", "Print"]);
}

#[tokio::test]
async fn ebays_price_is_that_of_one_piece() {
    let row = [
        ("Sales Record Number", "101"),
        ("User Id", "buyer1"),
        ("Buyer Country", "United Kingdom"),
        ("Item Number", "2500"),
        ("Item Title", "Lamp"),
        ("Custom Label", "L-1"),
        ("Quantity", "3"),
        ("Sale Price", "£4.00"),
        ("Shipping and Handling", "£2.50"),
        ("Total Price", "£14.50"),
        ("Sale Date", "13-Jan-26"),
    ];
    let Some(file) = file_of("ebay_orders_2013", &[&row]) else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    brought(&services, &owner, "ebay", FileKind::Orders, &file).await;
    let stored = orders(&services, owner.merchant_id).await;
    assert_eq!((stored[0].net_minor, stored[0].total_minor, stored[0].units_milli), (1_200, 1_450, 3_000));
}

#[tokio::test]
async fn amazons_settlement_becomes_movements_of_money_by_their_kind() {
    let head = [
        ("settlement-id", "601"),
        ("settlement-start-date", "2026-01-01T03:27:08+00:00"),
        ("deposit-date", "2026-01-16T03:27:08+00:00"),
        ("total-amount", "21.20"),
        ("currency", "EUR"),
    ];
    let row = |kind, more: &[(&'static str, &'static str)]| {
        let base = [("settlement-id", "601"), ("transaction-type", kind), ("order-id", "O1"), ("posted-date", "2026-01-05T10:00:00+00:00")];
        base.into_iter().chain(more.iter().copied()).collect::<Vec<_>>()
    };
    let rows = [
        row("Order", &[("sku", "T1"), ("price-type", "Principal"), ("price-amount", "20.00"), ("quantity-purchased", "1")]),
        row("Order", &[("sku", "T1"), ("item-related-fee-type", "Commission"), ("item-related-fee-amount", "-3.00")]),
        row("Order", &[("shipment-fee-type", "FBA"), ("shipment-fee-amount", "-2.50")]),
        row("Order", &[("promotion-type", "Shipping"), ("promotion-amount", "-1.00")]),
        row("other-transaction", &[("other-amount", "7.70")]),
    ];
    let all: Vec<&[(&str, &str)]> = std::iter::once(head.as_slice()).chain(rows.iter().map(Vec::as_slice)).collect();
    let Some(file) = file_of("amazon_settlement_v1", &all) else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = brought(&services, &owner, "amazon", FileKind::Payouts, &file).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (6, 0), "{upload:?}");
    let stored = movements(&services, &owner).await;
    assert!(stored.iter().all(|movement| movement.currency == "EUR"), "{stored:?}");
    let payout: Vec<_> = stored.iter().filter(|movement| movement.kind == "payout").map(|movement| movement.net_minor).collect();
    assert_eq!(payout, [2_120]);
    assert_eq!(stored.iter().filter(|movement| movement.kind != "payout").map(|movement| movement.net_minor).sum::<i64>(), 2_120);
    assert_eq!(stored.iter().filter_map(|movement| movement.fee_minor).sum::<i64>(), -550);
    assert_eq!(product_names(&services, &owner).await.len() + orders(&services, owner.merchant_id).await.len(), 0);
    assert_eq!(counts(&upload)["amounts_summed"], 3);
}

#[tokio::test]
async fn paypals_and_stripes_fees_stand_beside_their_payments() {
    let row = |time, kind, gross, fee, net, id| {
        [("Date", "13/01/2026"), ("Time", time), ("TimeZone", "GMT"), ("Type", kind), ("Status", "Completed"), ("Currency", "GBP")]
            .into_iter()
            .chain([("Gross", gross), ("Fee", fee), ("Net", net), ("Transaction ID", id)])
            .collect::<Vec<_>>()
    };
    let rows = [
        row("21:30:00", "Express Checkout Payment", "20.00", "-0.88", "19.12", "T1"),
        row("22:00:00", "Payment Refund", "-20.00", "0.88", "-19.12", "T2"),
        row("23:59:59", "General Withdrawal", "-50.00", "0.00", "-50.00", "T3"),
    ];
    let Some(file) = file_of("paypal_activity", &rows.iter().map(Vec::as_slice).collect::<Vec<_>>()) else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = brought(&services, &owner, "paypal", FileKind::Payouts, &file).await;
    let stored = movements(&services, &owner).await;
    assert_eq!(by_kind(&stored), BTreeMap::from([("payout", -5_000), ("refund", -1_912), ("sale", 1_912)]));
    // 2026-01-13 21:30 in London, where the shop is.
    assert_eq!(stored.iter().map(|movement| movement.occurred_at).min(), Some(1_768_339_800_000));
    assert_eq!(counts(&upload)["times_joined"], 3);
    let payouts = [[
        ("id", "po_1"),
        ("Amount", "123.45"),
        ("Created (UTC)", "2026-01-14 08:00"),
        ("Arrival Date (UTC)", "2026-01-16 00:00"),
        ("Currency", "gbp"),
    ]];
    let Some(file) = file_of("stripe_payouts", &[&payouts[0]]) else { return };
    let upload = brought(&services, &owner, "stripe", FileKind::Payouts, &file).await;
    assert_eq!((upload.rows_accepted, counts(&upload)["currencies_to_codes"]), (1, 1));
    assert_eq!(movements(&services, &owner).await.iter().filter(|movement| movement.payout_id.as_deref() == Some("po_1")).count(), 1);
}

#[tokio::test]
async fn squares_sales_take_their_time_from_its_own_column() {
    let row = |time, item, quantity, net, tax, transaction| {
        [("Date", "2026-06-01"), ("Time", time), ("Item", item), ("Qty", quantity), ("Gross Sales", net), ("Net Sales", net), ("Tax", tax)]
            .into_iter()
            .chain([("Transaction ID", transaction), ("Event Type", "Payment"), ("Location", "Main")])
            .collect::<Vec<_>>()
    };
    let rows = [row("10:15:00", "Manicure", "1", "$45.00", "$4.00", "J1"), row("22:05:00", "Polish", "2", "$1,012.50", "$0.00", "J2")];
    let Some(file) = file_of("square_items", &rows.iter().map(Vec::as_slice).collect::<Vec<_>>()) else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = brought(&services, &owner, "square", FileKind::Orders, &file).await;
    let stored = orders(&services, owner.merchant_id).await;
    assert_eq!(stored.iter().map(|order| (order.hour, order.net_minor)).collect::<Vec<_>>(), [(10, 4_500), (22, 101_250)]);
    let by_hour = r#"{"measures": ["orders"], "dimensions": ["hour"], "order": [{"by": "hour"}]}"#;
    let rows = analytics::answer(&services, &owner, serde_json::from_str(by_hour).expect("it reads")).await.expect("an answer").rows;
    assert_eq!(rows.iter().map(|row| row[0].as_i64()).collect::<Vec<_>>(), [Some(10), Some(22)]);
    assert_eq!(counts(&upload), BTreeMap::from([("times_joined", 2)]));
}

#[tokio::test]
async fn trendyols_amounts_are_those_invoiced() {
    let row = |number, name, pieces, amount| {
        [("Sipariş Numarası", number), ("Sipariş Tarihi", "13.01.2026 21:05"), ("Ürün Adı", name), ("Stok Kodu", name), ("Adet", pieces)]
            .into_iter()
            .chain([("Birim Fiyatı", "1.250,00"), ("Satış Tutarı", "1.250,00"), ("İndirim Tutarı", "50,00"), ("Faturalanacak Tutar", amount)])
            .chain([("Komisyon Oranı", "18,5"), ("Ülke", "Türkiye"), ("İl", "İzmir")])
            .collect::<Vec<_>>()
    };
    let rows = [row("901", "Çanta", "1", "1.200,00"), row("901", "Kemer", "2", "318,40")];
    let Some(file) = file_of("trendyol_orders", &rows.iter().map(Vec::as_slice).collect::<Vec<_>>()) else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    brought(&services, &owner, "trendyol", FileKind::Orders, &file).await;
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> = stored.iter().map(|order| (order.net_minor, order.units_milli, order.hour, order.country.as_deref())).collect();
    assert_eq!(told, [(120_000 + 31_840, 3_000, 21, Some("TR"))]);
    assert_eq!(product_names(&services, &owner).await, ["Kemer", "Çanta"]);
}

#[tokio::test]
async fn one_file_may_hold_several_currencies_and_one_order_two() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let rows = [HEADER, "1,2026-01-05,T,Tea,1,2.50,GBP", "1,2026-01-05,T,Tea,1,4.00,EUR", "2,2026-01-05,T,Tea,1,500,JPY"];
    let upload = bring(&services, &owner, "may.csv", &csv(&rows)).await;
    let net: Vec<_> = upload.net_sales.iter().map(|money| (money.currency.code(), money.minor)).collect();
    assert_eq!(net, [("EUR", 400), ("GBP", 250), ("JPY", 500)]);
    assert_eq!(counts(&upload), BTreeMap::from([("split_by_currency", 1)]));
    assert_eq!(lines(&services, owner.merchant_id).await.len(), 3);
}

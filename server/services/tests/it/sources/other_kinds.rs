//! Files that are no lists of orders: products, customers, stock, payouts, advertising, sell-out, refunds.

use super::undone::bring_in_mode;
use super::{HEADER, bring, bring_as, csv, data_version, lines, mapping, orders, real_file};
use crate::support::TestServices;
use domain::accounts::MerchantPatch;
use domain::question::Question;
use domain::sources::{ColumnMeaning as M, FileKind, Mapping, UploadMode, UploadStatus};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use services::Actor;
use services::accounts::update_merchant;
use services::analytics::answer;
use services::jobs::Worker;
use services::sources::list_issues;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

async fn products(services: &TestServices, owner: &Actor) -> Vec<entity::product::Model> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    entity::product::find(owner.merchant_id).all(&*tx).await.expect("products read")
}

/// Shopify's product columns.
fn shopify_products() -> Mapping {
    let columns = [
        (M::Handle, "Handle"),
        (M::ProductName, "Title"),
        (M::Brand, "Vendor"),
        (M::Category, "Type"),
        (M::VariantName, "Option1 Value"),
        (M::Sku, "Variant SKU"),
        (M::Price, "Variant Price"),
        (M::CompareAtPrice, "Variant Compare At Price"),
        (M::Stock, "Variant Inventory Qty"),
        (M::Barcode, "Variant Barcode"),
    ];
    mapping(FileKind::Products, &columns)
}

/// Pence of a price such as 12.5.
fn pence(price: &str) -> i64 {
    let (whole, part) = price.split_once('.').unwrap_or((price, ""));
    format!("{whole}{part:0<2}").parse().expect("a price")
}

/// Variants of a Shopify file by handle and options with their prices and stock, read apart from the product.
fn variants(path: &std::path::Path) -> BTreeMap<(String, String), (i64, Option<i64>)> {
    let mut rows = csv::Reader::from_path(path).expect("the file opens");
    let headers = rows.headers().expect("a header").clone();
    let at = |name: &str| headers.iter().position(|header| header == name).expect("the column is there");
    let (handle, price, stock) = (at("Handle"), at("Variant Price"), at("Variant Inventory Qty"));
    let options = ["Option1 Value", "Option2 Value", "Option3 Value"].map(at);
    let mut variants = BTreeMap::new();
    for row in rows.records() {
        let row = row.expect("a row");
        if !row[price].is_empty() {
            let names: Vec<&str> = options.iter().map(|option| &row[*option]).filter(|option| !option.is_empty()).collect();
            variants.insert((row[handle].to_owned(), names.join(" / ")), (pence(&row[price]), row[stock].parse().ok()));
        }
    }
    variants
}

#[tokio::test]
async fn shopifys_products_arrive_with_their_variants_prices_and_stock() {
    let files = ["apparel", "home-and-garden", "jewelery", "product_template"];
    let Some(paths) = files.iter().map(|name| real_file(&format!("shopify-products/{name}.csv"))).collect::<Option<Vec<_>>>() else { return };
    for path in paths {
        let services = TestServices::start().await;
        let owner = services.owner("ada@example.com").await;
        let file = std::fs::read(&path).expect("it reads");
        let expected = variants(&path);
        let upload = bring_as(&services, &owner, &file, &shopify_products()).await;
        assert_eq!((upload.status, upload.rows_rejected), (UploadStatus::Completed, 0), "{upload:?}");
        assert_eq!(upload.orders_new, expected.len() as i64, "{}: {upload:?}", path.display());
        let stored = products(&services, &owner).await;
        let of = |row: &entity::product::Model| (row.handle.clone().unwrap_or_default(), row.variant.clone().unwrap_or_default());
        let prices: BTreeMap<_, _> = stored.iter().map(|row| (of(row), row.price_minor.unwrap_or_default())).collect();
        assert_eq!(prices, expected.iter().map(|(key, (price, _))| (key.clone(), *price)).collect(), "{}", path.display());
        assert!(stored.iter().all(|row| !row.title.is_empty() && row.brand.is_some()), "{stored:?}");

        let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
        let levels = entity::inventory_level::find(owner.merchant_id).all(&*tx).await.expect("stock reads");
        drop(tx);
        let told: Vec<i64> = expected.values().filter_map(|(_, stock)| *stock).collect();
        assert_eq!((levels.len(), levels.iter().map(|level| level.quantity_milli).sum()), (told.len(), told.iter().sum::<i64>() * 1_000));

        let before = data_version(&services, owner.merchant_id).await;
        let again = bring_as(&services, &owner, &file, &shopify_products()).await;
        assert_eq!((again.rows_accepted, again.rows_duplicate), (0, again.rows_total), "{again:?}");
        assert_eq!((products(&services, &owner).await, data_version(&services, owner.merchant_id).await), (stored, before));
    }
}

#[tokio::test]
async fn woocommerces_products_arrive_and_orders_meet_them_by_code() {
    let Some(path) = real_file("woocommerce/v7.9.0/sample-data/sample_products.csv") else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let order = bring(&services, &owner, "may.csv", &csv(&[HEADER, "1,2026-01-05,woo-beanie,Beanie,1,18,GBP"])).await;
    assert_eq!(order.status, UploadStatus::Completed);
    let columns = [
        (M::Sku, "SKU"),
        (M::ProductName, "Name"),
        (M::Price, "Regular price"),
        (M::Category, "Categories"),
        (M::Handle, "Parent"),
        (M::Stock, "Stock"),
    ];
    let file = std::fs::read(&path).expect("it reads");
    let upload = bring_as(&services, &owner, &file, &mapping(FileKind::Products, &columns)).await;
    let mut rows = csv::Reader::from_reader(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file));
    let headers = rows.headers().expect("a header").clone();
    let at = |name: &str| headers.iter().position(|header| header == name).expect("the column is there");
    let (sku, price) = (at("SKU"), at("Regular price"));
    let rows: Vec<_> = rows.records().map(|row| row.expect("a row")).collect();
    let prices: BTreeMap<String, i64> =
        rows.iter().map(|row| (row[sku].to_owned(), if row[price].is_empty() { 0 } else { pence(&row[price]) })).collect();
    assert_eq!(
        (upload.status, upload.rows_accepted, upload.rows_total),
        (UploadStatus::Completed, rows.len() as i64, rows.len() as i64),
        "{upload:?}"
    );
    let stored = products(&services, &owner).await;
    let found: BTreeMap<String, i64> = stored.iter().map(|row| (row.sku.clone().unwrap_or_default(), row.price_minor.unwrap_or_default())).collect();
    assert_eq!(found, prices);
    assert_eq!(stored.iter().filter(|row| row.sku.as_deref() == Some("woo-beanie")).count(), 1);
    assert_eq!(upload.orders_updated, 1, "the beanie was known by its order");
}

#[tokio::test]
async fn customers_take_what_a_file_tells_and_keep_what_it_does_not() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let sale = csv(&["Order ID,Order Date,Amount,Email,Customer Name", "1,2026-01-05,5,Teo@Example.com,Teo V"]);
    bring(&services, &owner, "sales.csv", &sale).await;
    let columns = [
        (M::CustomerId, "A"),
        (M::FirstName, "B"),
        (M::LastName, "C"),
        (M::CustomerEmail, "D"),
        (M::AcceptsMarketing, "E"),
        (M::Phone, "F"),
        (M::City, "G"),
    ];
    let file = csv(&[
        "A,B,C,D,E,F,G",
        "'7210,Teodoro,Villaseñor,teo@example.com,no,'+1 775 555-0154,Elko",
        "'7211,Ada,,ADA@example.com,yes,,",
        "'7211,Ada,,ADA@example.com,yes,,",
        ",Nobody,,,,,",
    ]);
    let upload = bring_as(&services, &owner, &file, &mapping(FileKind::Customers, &columns)).await;
    assert_eq!((upload.rows_accepted, upload.rows_duplicate, upload.rows_rejected), (2, 1, 1), "{upload:?}");
    let issues = list_issues(&services, &owner, upload.id, 10).await.expect("issues read");
    assert_eq!((issues[0].line, issues[0].raw.as_str()), (5, ",Nobody,,,,,"));
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let mut people = entity::customer::find(owner.merchant_id).all(&*tx).await.expect("customers read");
    people.sort_by_key(|row| row.key.clone());
    let told: Vec<_> = people.iter().map(|row| (row.key.as_str(), row.name.as_deref(), row.phone.as_deref(), row.accepts_marketing)).collect();
    let expected = [
        ("email:ada@example.com", Some("Ada"), None, Some(true)),
        ("email:teo@example.com", Some("Teodoro Villaseñor"), Some("+17755550154"), Some(false)),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn stock_is_kept_by_product_and_place() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let columns = [(M::Sku, "A"), (M::ProductName, "B"), (M::Location, "C"), (M::Stock, "D")];
    let mapping = mapping(FileKind::Inventory, &columns);
    let first = bring_as(&services, &owner, &csv(&["A,B,C,D", "T1,Tea,London,5", "T1,Tea,Leeds,2.5", "P1,Pot,London,lots"]), &mapping).await;
    assert_eq!((first.rows_accepted, first.rows_rejected), (2, 1), "{first:?}");
    let second = bring_as(&services, &owner, &csv(&["A,B,C,D", "T1,Tea,London,4", "T1,Tea,Leeds,2.5"]), &mapping).await;
    assert_eq!((second.rows_accepted, second.rows_duplicate, second.orders_updated), (1, 1, 1), "{second:?}");
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let levels = entity::inventory_level::find(owner.merchant_id).all(&*tx).await.expect("stock reads");
    let told: BTreeSet<_> = levels.iter().map(|level| (level.location.as_str(), level.quantity_milli)).collect();
    assert_eq!(told, BTreeSet::from([("London", 4_000), ("Leeds", 2_500)]));
    drop(tx);
    assert_eq!(products(&services, &owner).await.len(), 1);
}

async fn movements(services: &TestServices, owner: &Actor) -> Vec<entity::money_movement::Model> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    entity::money_movement::find(owner.merchant_id).all(&*tx).await.expect("movements read")
}

#[tokio::test]
async fn a_payment_services_activity_becomes_movements_and_never_products_or_sales() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let columns = [
        (M::OrderedAt, "When"),
        (M::TransactionType, "Type"),
        (M::Currency, "Cur"),
        (M::Amount, "Gross"),
        (M::Fee, "Fee"),
        (M::Net, "Net"),
        (M::PayoutId, "Txn"),
    ];
    let file = csv(&[
        "When,Type,Cur,Gross,Fee,Net,Txn",
        "2026-01-05,Express Checkout Payment,EUR,20.00,-0.88,19.12,T1",
        "2026-01-06,Payment Refund,EUR,-20.00,0.88,-19.12,T2",
        "2026-01-07,General Withdrawal,EUR,-50.00,0.00,-50.00,T3",
        "2026-01-07,Express Checkout Payment,USD,7.00,-0.50,6.50,T4",
    ]);
    let mapping = mapping(FileKind::Payouts, &columns);
    let upload = bring_as(&services, &owner, &file, &mapping).await;
    assert_eq!((upload.status, upload.rows_accepted, upload.rows_duplicate), (UploadStatus::Completed, 4, 0), "{upload:?}");
    assert_eq!(upload.first_day.map(|day| day.to_string()).as_deref(), Some("2026-01-05"));
    let stored = movements(&services, &owner).await;
    let sum = |currency: &str| stored.iter().filter(|row| row.currency == currency).map(|row| row.net_minor).sum::<i64>();
    assert_eq!((sum("EUR"), sum("USD")), (-5_000, 650));
    let kinds: BTreeSet<&str> = stored.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(["sale", "refund", "payout"]));
    assert!(stored.iter().all(|row| row.amount_minor + row.fee_minor.unwrap_or_default() == row.net_minor));
    assert_eq!(products(&services, &owner).await.len() + orders(&services, owner.merchant_id).await.len(), 0);
    let again = bring_as(&services, &owner, &file, &mapping).await;
    assert_eq!((again.rows_accepted, again.rows_duplicate), (0, 4), "{again:?}");
}

#[tokio::test]
async fn movements_move_to_their_days_in_another_time_zone() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let columns = [(M::Date, "When"), (M::TransactionType, "Type"), (M::Amount, "Gross")];
    let file = csv(&["When,Type,Gross", "2026-01-31T23:30:00Z,sale,20.00", "2026-01-31T03:00:00Z,sale,7.00"]);
    bring_as(&services, &owner, &file, &mapping(FileKind::Payouts, &columns)).await;
    let patch = MerchantPatch { name: "Shop".into(), currency: "GBP".into(), time_zone: "Asia/Tokyo".into(), week_start: 1, fiscal_year_start: None };
    update_merchant(&services, &owner, patch).await.expect("changed");
    let worker = Worker::start(services.clone());
    let mut months = Vec::new();
    while months != [202_601, 202_602] {
        tokio::time::sleep(Duration::from_millis(20)).await;
        months = movements(&services, &owner).await.into_iter().map(|row| row.month).collect();
        months.sort_unstable();
    }
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn equal_rows_of_a_settlement_without_numbers_are_two_movements() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let columns = [
        (M::OrderedAt, "posted-date"),
        (M::TransactionType, "transaction-type"),
        (M::ProductName, "amount-description"),
        (M::Amount, "amount"),
        (M::OrderNumber, "order-id"),
        (M::Sku, "sku"),
        (M::Currency, "currency"),
    ];
    let file = csv(&[
        "posted-date,transaction-type,amount-description,amount,order-id,sku,currency",
        "2026-01-05,Order,Principal,20.00,O1,T1,EUR",
        "2026-01-05,Order,Commission,-3.00,O1,T1,",
        "2026-01-05,Order,Commission,-3.00,O1,T1,",
        "2026-01-05,Order,Shipping,4.00,O1,T1,",
    ]);
    let mapping = mapping(FileKind::Payouts, &columns);
    let upload = bring_as(&services, &owner, &file, &mapping).await;
    assert_eq!(upload.rows_accepted, 4, "{upload:?}");
    let stored = movements(&services, &owner).await;
    let sum = |kind: &str| stored.iter().filter(|row| row.kind == kind && row.currency == "EUR").map(|row| row.net_minor).sum::<i64>();
    assert_eq!((sum("sale"), sum("fee"), sum("shipping")), (2_000, -600, 400));
    assert_eq!(bring_as(&services, &owner, &file, &mapping).await.rows_duplicate, 4);
    assert_eq!(movements(&services, &owner).await.len(), 4);
}

#[tokio::test]
async fn advertising_is_summed_by_day_and_group_and_the_last_file_tells() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let columns = [(M::Date, "Day"), (M::Campaign, "C"), (M::AdGroup, "G"), (M::Spend, "Spend"), (M::Clicks, "Clicks")];
    let mapping = mapping(FileKind::AdSpend, &columns);
    let file = csv(&["Day,C,G,Spend,Clicks", "2026-01-05,Spring,Red,1.50,3", "2026-01-05,Spring,Red,2.50,4", "2026-01-06,Spring,,9.00,1"]);
    let upload = bring_as(&services, &owner, &file, &mapping).await;
    assert_eq!((upload.rows_accepted, upload.orders_new), (3, 2), "{upload:?}");
    let changed = csv(&["Day,C,G,Spend,Clicks", "2026-01-05,Spring,Red,5.00,7", "2026-01-06,Spring,,9.00,1"]);
    let second = bring_as(&services, &owner, &changed, &mapping).await;
    assert_eq!((second.rows_accepted, second.rows_duplicate), (1, 1), "{second:?}");
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let spend = entity::ad_spend::find(owner.merchant_id).all(&*tx).await.expect("advertising reads");
    assert_eq!(spend.iter().map(|row| (row.spend_minor, row.clicks)).collect::<Vec<_>>(), [(500, Some(7)), (900, Some(1))]);
}

#[tokio::test]
async fn a_stores_totals_are_sales_without_orders_and_refunds_take_sales_back() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let columns = [(M::Store, "Shop"), (M::Period, "Week"), (M::Sku, "Item"), (M::Quantity, "Units"), (M::LineAmount, "Value")];
    let file = csv(&["Shop,Week,Item,Units,Value", "Leeds,2026-01-05,T1,10,25.00", "Leeds,2026-01-05,P1,2,18.00", "York,2026-01-05,T1,4,10.00"]);
    let totals = bring_as(&services, &owner, &file, &mapping(FileKind::SellOut, &columns)).await;
    assert_eq!((totals.status, totals.rows_accepted), (UploadStatus::Completed, 3), "{totals:?}");
    bring(&services, &owner, "may.csv", &csv(&[HEADER, "1,2026-01-05,T1,Tea,2,2.50,GBP"])).await;
    let columns = [(M::RefundId, "Refund"), (M::OrderedAt, "When"), (M::Amount, "Refunded"), (M::Sku, "Item"), (M::Quantity, "Units")];
    let file = csv(&["Refund,When,Refunded,Item,Units", "R1,2026-01-06,2.50,T1,1"]);
    bring_as(&services, &owner, &file, &mapping(FileKind::Refunds, &columns)).await;
    let ask = async |json: &str| {
        let question: Question = serde_json::from_str(json).expect("it reads");
        answer(&services, &owner, question).await.expect("an answer").rows
    };
    let all = ask(r#"{"measures": ["net_sales", "gross_sales", "returns", "orders", "average_order_value", "units"]}"#).await;
    let numbers: Vec<_> = all[0].iter().map(|cell| cell.as_i64()).collect();
    assert_eq!(numbers, [5_550, 5_800, 250, 1, 500, 17].map(Some));
    let tea = ask(r#"{"measures": ["net_sales", "orders"], "filters": [{"dimension": "sku", "op": "in", "values": ["T1"]}]}"#).await;
    assert_eq!((tea[0][0].as_i64(), tea[0][1].as_i64()), (Some(2_500 + 1_000 + 500 - 250), Some(1)));
    assert_eq!(lines(&services, owner.merchant_id).await.iter().filter(|line| line.is_aggregate).count(), 3);
}

#[tokio::test]
async fn the_total_of_a_stores_row_is_its_value() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let columns = [(M::Store, "Shop"), (M::Period, "Week"), (M::Sku, "Item"), (M::Quantity, "Units"), (M::OrderTotal, "Takings")];
    let file = csv(&["Shop,Week,Item,Units,Takings", "Leeds,2026-01-05,T1,10,25.00", "Leeds,2026-01-05,P1,2,18.00", "York,2026-01-05,T1,-4,-10.00"]);
    let totals = bring_as(&services, &owner, &file, &mapping(FileKind::SellOut, &columns)).await;
    assert_eq!((totals.status, totals.rows_accepted), (UploadStatus::Completed, 3), "{totals:?}");
    let mut amounts: Vec<i64> = lines(&services, owner.merchant_id).await.iter().map(|line| line.amount_minor).collect();
    amounts.sort_unstable();
    assert_eq!(amounts, [-1_000, 1_800, 2_500]);
}

#[tokio::test]
async fn sell_out_of_two_brands_in_the_same_stores_and_weeks_stands_side_by_side() {
    for mode in [UploadMode::Upsert, UploadMode::Append] {
        let services = TestServices::start().await;
        let owner = services.owner("ada@example.com").await;
        let columns = [(M::Store, "Shop"), (M::Period, "Week"), (M::Sku, "Item"), (M::Quantity, "Units"), (M::LineAmount, "Value")];
        let tea = csv(&["Shop,Week,Item,Units,Value", "Leeds,2026-01-05,T1,10,25.00", "York,2026-01-05,T1,4,10.00"]);
        let pots = csv(&["Shop,Week,Item,Units,Value", "Leeds,2026-01-05,P1,2,18.00", "York,2026-01-05,P1,1,9.00"]);
        bring_as(&services, &owner, &tea, &mapping(FileKind::SellOut, &columns)).await;
        let second = bring_in_mode(&services, &owner, &pots, mode).await;
        assert_eq!((second.rows_accepted, second.rows_duplicate, second.orders_updated), (2, 0, 0), "{mode:?}: {second:?}");
        let net = |stored: Vec<entity::order::Model>| stored.iter().map(|order| order.net_minor).sum::<i64>();
        assert_eq!(net(orders(&services, owner.merchant_id).await), 2_500 + 1_000 + 1_800 + 900, "{mode:?}");
        let again = bring_in_mode(&services, &owner, &tea, mode).await;
        assert_eq!((again.rows_accepted, again.rows_duplicate), (0, 2), "{again:?}");
        let changed = csv(&["Shop,Week,Item,Units,Value", "Leeds,2026-01-05,P1,3,27.00"]);
        let third = bring_in_mode(&services, &owner, &changed, UploadMode::Upsert).await;
        assert_eq!((third.orders_updated, net(orders(&services, owner.merchant_id).await)), (1, 2_500 + 1_000 + 2_700 + 900), "{third:?}");
    }
}

#[tokio::test]
async fn several_refunds_of_an_order_without_numbers_of_their_own_all_count() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let columns = [(M::OrderNumber, "Order"), (M::OrderedAt, "When"), (M::Amount, "Refunded")];
    let header = "Order,When,Refunded";
    let first = csv(&[header, "1001,2026-01-06,2.50", "1002,2026-01-06,4.00", "1002,2026-01-06,4.00"]);
    let first_upload = bring_as(&services, &owner, &first, &mapping(FileKind::Refunds, &columns)).await;
    assert_eq!((first_upload.rows_accepted, first_upload.orders_new), (3, 3), "{first_upload:?}");
    bring_in_mode(&services, &owner, &csv(&[header, "1001,2026-01-09,1.50"]), UploadMode::Upsert).await;
    let net = async || orders(&services, owner.merchant_id).await.iter().map(|order| order.net_minor).sum::<i64>();
    assert_eq!(net().await, -(250 + 400 + 400 + 150));
    let again = bring_in_mode(&services, &owner, &first, UploadMode::Upsert).await;
    assert_eq!((again.rows_duplicate, net().await), (3, -1_200), "{again:?}");
}

/// Puts the orders of one number back together, as an earlier version kept them.
async fn as_before(services: &TestServices, owner: &Actor, number: &str) {
    let stored: Vec<_> = orders(services, owner.merchant_id).await.into_iter().filter(|order| order.external_id.starts_with(number)).collect();
    let hash = stored
        .iter()
        .fold(0_u128, |sum, order| sum.wrapping_add(u128::from_le_bytes(order.content_hash.as_slice().try_into().expect("sixteen bytes"))));
    let tx = services.db.write(owner.merchant_id).await.expect("a transaction");
    for (place, order) in stored.iter().enumerate() {
        let of_order = entity::order_line::Column::OrderId.eq(order.id);
        let lines = entity::order_line::update(owner.merchant_id).filter(of_order);
        let lines = lines.col_expr(entity::order_line::Column::OrderId, Expr::value(stored[0].id));
        lines.col_expr(entity::order_line::Column::Line, Expr::value(place as i32 + 1)).exec(&*tx).await.expect("moved");
        if place > 0 {
            let gone = entity::order::delete(owner.merchant_id).filter(entity::order::Column::Id.eq(order.id));
            gone.exec(&*tx).await.expect("removed");
        }
    }
    let net: i64 = stored.iter().map(|order| order.net_minor).sum();
    let whole = entity::order::update(owner.merchant_id).filter(entity::order::Column::Id.eq(stored[0].id));
    let whole = whole.col_expr(entity::order::Column::ExternalId, Expr::value(number)).col_expr(entity::order::Column::NetMinor, Expr::value(net));
    let whole = whole.col_expr(entity::order::Column::ContentHash, Expr::value(hash.to_le_bytes().to_vec()));
    whole.exec(&*tx).await.expect("put together");
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn what_an_earlier_version_kept_under_one_number_does_not_count_twice() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let columns = [(M::Store, "Shop"), (M::Period, "Week"), (M::Sku, "Item"), (M::Quantity, "Units"), (M::LineAmount, "Value")];
    let header = "Shop,Week,Item,Units,Value";
    let file = csv(&[header, "Leeds,2026-01-05,T1,10,25.00", "Leeds,2026-01-05,T2,4,10.00"]);
    bring_as(&services, &owner, &file, &mapping(FileKind::SellOut, &columns)).await;
    as_before(&services, &owner, "Leeds · 2026-01-05").await;
    let net = async || lines(&services, owner.merchant_id).await.iter().map(|line| line.amount_minor).sum::<i64>();
    assert_eq!((net().await, orders(&services, owner.merchant_id).await.len()), (3_500, 1));
    bring_in_mode(&services, &owner, &file, UploadMode::Upsert).await;
    assert_eq!((net().await, orders(&services, owner.merchant_id).await.len()), (3_500, 1), "the same file again");
    let pots = csv(&[header, "Leeds,2026-01-05,P1,2,18.00"]);
    bring_in_mode(&services, &owner, &pots, UploadMode::Upsert).await;
    assert_eq!(net().await, 5_300, "another brand's stands beside it");
    let more = csv(&[header, "Leeds,2026-01-05,T1,11,27.50", "Leeds,2026-01-05,T2,4,10.00", "Leeds,2026-01-05,T3,1,1.00"]);
    bring_in_mode(&services, &owner, &more, UploadMode::Upsert).await;
    assert_eq!(net().await, 1_800 + 2_750 + 1_000 + 100, "corrected, with one product more");
}

#[tokio::test]
async fn a_refund_that_an_earlier_version_kept_is_known_and_the_next_one_stands_beside_it() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let columns = [(M::OrderNumber, "Order"), (M::OrderedAt, "When"), (M::Amount, "Refunded")];
    let header = "Order,When,Refunded";
    let first = csv(&[header, "1001,2026-01-06,2.50"]);
    bring_as(&services, &owner, &first, &mapping(FileKind::Refunds, &columns)).await;
    as_before(&services, &owner, "1001 · refund").await;
    let both = csv(&[header, "1001,2026-01-06,2.50", "1001,2026-01-09,2.50"]);
    let upload = bring_in_mode(&services, &owner, &both, UploadMode::Upsert).await;
    assert_eq!((upload.rows_accepted, upload.rows_duplicate), (1, 1), "{upload:?}");
    let stored = orders(&services, owner.merchant_id).await;
    assert_eq!(stored.iter().map(|order| order.net_minor).collect::<Vec<_>>(), [-250, -250]);
}

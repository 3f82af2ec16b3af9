//! Real files arrive with the totals that pandas and SQLite compute of them (`tests/totals/compute.py`, recorded in `totals.json`).

use super::{bring, bring_file, lines, orders, real_file};
use crate::support::TestServices;
use domain::sources::{UploadStatus, UploadSummary};
use serde_json::Value;
use services::Actor;
use std::collections::{BTreeMap, BTreeSet};

const TOTALS: &str = include_str!("../../totals/totals.json");

pub(super) fn recorded(of: &str) -> Value {
    serde_json::from_str::<Value>(TOTALS).expect("it is JSON")[of].clone()
}

/// Orders, rows, units, sum and customers as they are stored.
async fn assert_arrived(services: &TestServices, owner: &Actor, upload: &UploadSummary, expected: &Value) {
    let rows = expected["rows"].as_i64().expect("a count");
    assert_eq!((upload.status, upload.rows_accepted, upload.rows_total), (UploadStatus::Completed, rows, rows), "{upload:?}");
    let (orders, lines) = (orders(services, owner.merchant_id).await, lines(services, owner.merchant_id).await);
    let units: i64 = lines.iter().map(|line| line.quantity_milli).sum();
    let sums = (orders.len() as i64, units, orders.iter().map(|order| order.net_minor).sum::<i64>());
    let of = |name: &str| expected[name].as_i64().expect("a number");
    assert_eq!(sums, (of("orders"), of("units") * 1_000, of("net_minor")));
    assert_eq!(lines.iter().map(|line| line.amount_minor).sum::<i64>(), of("net_minor"));
}

#[tokio::test]
async fn the_superstore_arrives_with_its_totals() {
    let Some(path) = real_file("superstore/superstore.csv") else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring_file(&services, &owner, &path).await;
    let expected = recorded("superstore");
    assert_arrived(&services, &owner, &upload, &expected).await;
    let stored = orders(&services, owner.merchant_id).await;
    // Its discounts are shares of prices that it does not tell.
    let (gross, net): (i64, i64) = stored.iter().fold((0, 0), |(gross, net), order| (gross + order.gross_minor, net + order.net_minor));
    assert_eq!((gross, net), (232_653_452, 232_653_452));
    let customers: BTreeSet<_> = stored.iter().filter_map(|order| order.customer_id).collect();
    assert_eq!(Some(customers.len() as u64), expected["customers"].as_u64());
    // Each row is rounded to the cent once; the file's own sum has four places.
    let exact: f64 = expected["exact"].as_str().and_then(|sum| sum.parse().ok()).expect("a sum");
    assert!((exact * 100.0 - 232_653_452.0).abs() < 10_194.0 * 0.5);
}

/// The values of an `INSERT`, its texts without their quotes.
fn values(statement: &str) -> Vec<String> {
    let inside = statement.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')).expect("values in parentheses").0;
    let (mut values, mut value, mut is_text) = (Vec::new(), String::new(), false);
    for letter in inside.chars() {
        match letter {
            '\'' => is_text = !is_text,
            ',' if !is_text => values.push(std::mem::take(&mut value).trim().to_owned()),
            other => value.push(other),
        }
    }
    values.push(value.trim().to_owned());
    values
}

/// Northwind's orders as a shop would export them: a row a line; the discount stands in its last column.
pub(super) fn northwind(script: &str, discount: bool) -> String {
    let orders = script.lines().filter(|line| line.starts_with("INSERT INTO Orders "));
    let orders: BTreeMap<String, Vec<String>> = orders.map(values).map(|values| (values[0].clone(), values)).collect();
    let mut text = "Order ID,Order Date,Customer ID,Ship City,Ship Country,Product ID,Unit Price,Quantity".to_owned();
    text += if discount { ",Discount\n" } else { "\n" };
    let mut script = script.lines();
    while let Some(line) = script.next() {
        if line.starts_with("INSERT INTO [Order Details]") {
            let line = values(script.next().expect("its values"));
            let order = &orders[&line[0]];
            text += &format!("{},{},{},\"{}\",{},{},{},{}", line[0], order[3], order[1], order[10], order[13], line[1], line[2], line[3]);
            text += &if discount { format!(",{}\n", line[4]) } else { "\n".to_owned() };
        }
    }
    text
}

#[tokio::test]
async fn northwinds_orders_arrive_with_their_totals() {
    let Some(path) = real_file("northwind/create.sql") else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let file = northwind(&std::fs::read_to_string(path).expect("the script reads"), false);
    let upload = bring(&services, &owner, "northwind.csv", file.as_bytes()).await;
    let expected = recorded("northwind");
    assert_arrived(&services, &owner, &upload, &expected).await;
    let mut by_country = BTreeMap::<String, i64>::new();
    for order in orders(&services, owner.merchant_id).await {
        *by_country.entry(order.country.unwrap_or_default()).or_default() += order.net_minor;
    }
    let recorded: BTreeMap<String, i64> = serde_json::from_value(expected["by_country"].clone()).expect("sums by country");
    let code = |name: &str| String::from_utf8(engine::ingestion::country_code(name).expect("a country").to_vec()).expect("letters");
    assert_eq!(by_country, recorded.iter().map(|(name, sum)| (code(name), *sum)).collect());
}

#[tokio::test]
async fn product_files_arrive_without_a_hand_with_their_totals() {
    let shopify = recorded("shopify");
    let mut files = vec![("woocommerce/v7.9.0/sample-data/sample_products.csv".to_owned(), "woocommerce", recorded("woocommerce"))];
    files.extend(shopify.as_object().expect("files").iter().map(|(name, sums)| (format!("shopify-products/{name}.csv"), "shopify", sums.clone())));
    for (file, vendor, expected) in files {
        let Some(path) = real_file(&file) else { return };
        let services = TestServices::start().await;
        let owner = services.owner("ada@example.com").await;
        let upload = bring_file(&services, &owner, &path).await;
        assert_eq!((upload.status, upload.vendor.as_deref(), upload.rows_rejected), (UploadStatus::Completed, Some(vendor), 0), "{file}: {upload:?}");
        assert_eq!(Some(upload.rows_total), expected["rows"].as_i64(), "{file}");
        let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
        let stored = entity::product::find(owner.merchant_id).all(&*tx).await.expect("products read");
        let prices: Vec<i64> = stored.iter().filter_map(|product| product.price_minor).collect();
        let sums = (prices.len() as u64, prices.iter().sum::<i64>());
        assert_eq!(sums, (expected["priced"].as_u64().expect("a count"), expected["price_minor"].as_i64().expect("a sum")), "{file}");
    }
}

//! Files under the headers of the program's own list of vendors, and what became of them.

use crate::sources::normal::{Row, table};
use crate::support::TestServices;
use services::Actor;
use std::collections::BTreeMap;
use std::path::Path;

/// The first header of an export that has all of these columns.
pub(super) fn header(vendor: &str, export: &str, columns: &[&str]) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../engine/src/ingestion/vendors/{vendor}.json"));
    let vendor: serde_json::Value = serde_json::from_slice(&std::fs::read(path).expect("the vendor reads")).expect("the vendor is JSON");
    let export = vendor["exports"].as_array().expect("exports").iter().find(|it| it["name"] == export).expect("the export is known");
    let headers: Vec<Vec<String>> = serde_json::from_value(export["headers"].clone()).expect("lists of names");
    headers.into_iter().find(|header| columns.iter().all(|column| header.iter().any(|name| name == column))).expect("a header with these columns")
}

/// A file of rows under such a header.
pub(super) fn file(vendor: &str, export: &str, columns: &[&str], delimiter: &str, rows: &[Row<'_>]) -> Vec<u8> {
    let header = header(vendor, export, columns);
    table(&header.iter().map(String::as_str).collect::<Vec<_>>(), delimiter, rows)
}

/// Amounts, fees and net amounts of all movements by kind.
pub(super) async fn moved(services: &TestServices, owner: &Actor) -> BTreeMap<String, (i64, i64, i64)> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let mut sums = BTreeMap::<String, (i64, i64, i64)>::new();
    for movement in entity::money_movement::find(owner.merchant_id).all(&*tx).await.expect("movements read") {
        let sum = sums.entry(movement.kind).or_default();
        *sum = (sum.0 + movement.amount_minor, sum.1 + movement.fee_minor.unwrap_or_default(), sum.2 + movement.net_minor);
    }
    sums
}

/// The same as it is expected.
pub(super) fn expected(sums: &[(&str, (i64, i64, i64))]) -> BTreeMap<String, (i64, i64, i64)> {
    sums.iter().map(|(kind, sum)| ((*kind).to_owned(), *sum)).collect()
}

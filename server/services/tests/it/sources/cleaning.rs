//! What cleaning changed is told: each step with its count and examples, equal to a count made apart from the product.

use super::{HEADER, bring, bring_as, bring_file, csv, lines, mapping, orders, real_file};
use crate::support::TestServices;
use domain::ErrorKind;
use domain::sources::{CleaningSample, CleaningUnit, ColumnMeaning as M, FileKind, UploadSummary};
use services::analytics::answer;
use services::sources::{list_uploads, upload_cleaning};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Counts by the steps' words.
pub(crate) fn counts(upload: &UploadSummary) -> BTreeMap<&str, i64> {
    upload.cleaning.iter().map(|step| (step.name.as_str(), step.changed)).collect()
}

fn samples(upload: &UploadSummary, name: &str) -> Vec<CleaningSample> {
    upload.cleaning.iter().find(|step| step.name == name).map(|step| step.samples.clone()).unwrap_or_default()
}

/// Names of the file that are of no single country.
const NOWHERE: [&str; 3] = ["Unspecified", "European Community", "Channel Islands"];
/// What is no product in this file: the names that its products have at last.
const NO_PRODUCTS: [&str; 10] =
    ["POSTAGE", "DOTCOM POSTAGE", "CARRIAGE", "Manual", "Bank Charges", "AMAZON FEE", "CRUK Commission", "Discount", "SAMPLES", "Adjust bad debt"];

/// What cleaning must find in the UCI file, counted apart from the product.
fn of_uci(path: &Path) -> BTreeMap<&'static str, i64> {
    let file = std::fs::File::open(path).expect("the file opens");
    let mut rows = csv::Reader::from_reader(flate2::read::MultiGzDecoder::new(file));
    let mut found: BTreeMap<&str, i64> = BTreeMap::new();
    let (mut spellings, mut names) = (BTreeSet::new(), BTreeMap::<String, BTreeMap<String, (bool, String)>>::new());
    let mut rows_of: BTreeMap<String, i64> = BTreeMap::new();
    for row in rows.records() {
        let row = row.expect("a row");
        let mut count = |step: &'static str, holds: bool| *found.entry(step).or_default() += i64::from(holds);
        for cell in &row {
            count("blanks_trimmed", cell.trim() != cell);
        }
        let name = row[2].split_whitespace().collect::<Vec<_>>().join(" ");
        count("blanks_collapsed", name != row[2].trim());
        count("decimals_of_ids_removed", row[6].ends_with(".0"));
        let country = &row[7];
        count("countries_emptied", NOWHERE.contains(&country));
        count("countries_to_codes", !NOWHERE.contains(&country));
        let code = row[1].to_uppercase();
        spellings.insert(row[1].to_owned());
        *rows_of.entry(code.clone()).or_default() += 1;
        let is_sold = !row[3].starts_with('-') && row[5].parse::<f64>().expect("a price") > 0.0;
        let newest = (is_sold, row[4].to_owned());
        let names = names.entry(code).or_default();
        if !name.is_empty() {
            let known = names.entry(name).or_insert_with(|| newest.clone());
            *known = newest.max(known.clone());
        }
    }
    found.insert("spellings_merged", (spellings.len() - rows_of.len()) as i64);
    found.insert("names_chosen", names.values().filter(|names| names.len() > 1).count() as i64);
    let is_none = |code: &str| {
        let chosen = names[code].iter().max_by_key(|(name, newest)| ((*newest).clone(), (*name).clone()));
        chosen.is_some_and(|(name, _)| NO_PRODUCTS.contains(&name.as_str()))
    };
    found.insert("non_products", rows_of.iter().filter(|(code, _)| is_none(code)).map(|(_, rows)| rows).sum());
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_files_log_has_the_figures_of_a_count_made_apart() {
    let Some(path) = real_file("uci-online-retail/online_retail.csv.gz") else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring_file(&services, &owner, &path).await;
    assert_eq!(counts(&upload), of_uci(&path));
    assert!(upload.cleaning.iter().all(|step| step.samples.len() == 5 && !step.sentence.is_empty()), "{:?}", upload.cleaning);
    let again = bring_file(&services, &owner, &path).await;
    assert_eq!(counts(&again)["duplicates_dropped"], 541_909);
}

#[tokio::test]
async fn each_change_is_counted_with_its_line_and_column_and_the_list_leaves_examples_out() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let file = csv(&[
        "Order ID,Order Date,SKU,Product,Quantity,Price,Currency,Email,Country",
        "1,2026-01-05,tea-1, Green  tea ,1,2.50,£,Ada@Example.com,England",
        "1,2026-01-05,TEA-1,Green tea,1,2.50,GBP,ada@example.com,GB",
        "2,2026-01-06,P,Postage,1,3.00,GBP,--,Atlantis",
    ]);
    let upload = bring(&services, &owner, "may.csv", &file).await;
    let expected = [
        ("blanks_collapsed", 1),
        ("blanks_trimmed", 1),
        ("countries_emptied", 1),
        ("countries_to_codes", 1),
        ("currencies_to_codes", 1),
        ("emails_lowered", 1),
        ("non_products", 1),
        ("nothing_emptied", 1),
        ("spellings_merged", 1),
    ];
    assert_eq!(counts(&upload), BTreeMap::from(expected));
    let sample = |line, column: &str, before: &str, after: &str| {
        vec![CleaningSample { line, column: column.to_owned(), before: before.to_owned(), after: after.to_owned() }]
    };
    assert_eq!(samples(&upload, "blanks_trimmed"), sample(2, "Product", " Green  tea ", "Green  tea"));
    assert_eq!(samples(&upload, "blanks_collapsed"), sample(2, "Product", "Green  tea", "Green tea"));
    assert_eq!(samples(&upload, "countries_emptied"), sample(4, "Country", "Atlantis", ""));
    assert_eq!(samples(&upload, "emails_lowered"), sample(2, "Email", "Ada@Example.com", "ada@example.com"));
    assert_eq!(samples(&upload, "spellings_merged"), sample(2, "", "tea-1", "TEA-1"));
    assert_eq!(upload.cleaning.iter().find(|step| step.name == "non_products").map(|step| step.unit), Some(CleaningUnit::Rows));
    let listed = list_uploads(&services, &owner).await.expect("uploads are listed");
    assert_eq!(counts(&listed[0]), counts(&upload));
    assert!(listed[0].cleaning.iter().all(|step| step.samples.is_empty()));
}

#[tokio::test]
async fn a_clean_file_has_an_empty_log() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring(&services, &owner, "may.csv", &csv(&[HEADER, "1,2026-01-05,TEA-1,Tea,1,2.50,GBP"])).await;
    assert_eq!(upload.cleaning, []);
}

#[tokio::test]
async fn test_orders_are_kept_with_their_mark_and_no_figure_counts_them() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    // Names that mean nothing to the reader: a person maps them.
    let header = "Ref,At,Kept as,What,How many,Each,In,Who,Way,All,Try";
    let file = csv(&[
        header,
        "1,2026-01-05,T,Tea,2,2.50,GBP,ada@example.com,1.00,6.00,false",
        "2,2026-01-05,T,Tea,9,2.50,GBP,try@example.com,1.00,23.50,true",
        "2,2026-01-05,X,Never sold,1,99.00,GBP,try@example.com,1.00,23.50,true",
    ]);
    let columns = [
        (M::OrderNumber, "Ref"),
        (M::OrderedAt, "At"),
        (M::Sku, "Kept as"),
        (M::ProductName, "What"),
        (M::Quantity, "How many"),
        (M::UnitPrice, "Each"),
        (M::Currency, "In"),
        (M::CustomerEmail, "Who"),
        (M::Shipping, "Way"),
        (M::OrderTotal, "All"),
        (M::IsTest, "Try"),
    ];
    let mapping = mapping(FileKind::Orders, &columns);
    let upload = bring_as(&services, &owner, &file, &mapping).await;
    assert_eq!((upload.rows_accepted, upload.orders_new, upload.net_sales[0].minor), (3, 2, 500), "{upload:?}");
    assert_eq!(counts(&upload)["test_orders"], 1);
    assert_eq!((samples(&upload, "test_orders")[0].line, samples(&upload, "test_orders")[0].before.as_str()), (3, "2"));
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> = stored.iter().map(|order| (order.is_test, order.net_minor, order.total_minor, order.shipping_minor, order.is_sale)).collect();
    assert_eq!(told, [(false, 500, 600, Some(100), true), (true, 0, 0, None, false)]);
    assert_eq!(lines(&services, owner.merchant_id).await.len(), 1);
    let question = r#"{"measures": ["net_sales", "gross_sales", "total_sales", "orders", "units", "customers", "average_order_value"]}"#;
    let rows = answer(&services, &owner, serde_json::from_str(question).expect("it reads")).await.expect("an answer").rows;
    let numbers: Vec<_> = rows[0].iter().map(|cell| cell.as_i64()).collect();
    assert_eq!(numbers, [500, 500, 600, 1, 2, 1, 500].map(Some));
    let again = bring_as(&services, &owner, &file, &mapping).await;
    assert_eq!((again.rows_duplicate, counts(&again)["duplicates_dropped"]), (3, 3));
}

#[tokio::test]
async fn the_steps_are_given_alone_too_and_not_to_others() {
    let services = TestServices::start().await;
    let (owner, other) = (services.owner("ada@example.com").await, services.owner("ben@example.com").await);
    let upload = bring(&services, &owner, "may.csv", &csv(&[HEADER, "1,2026-01-05,T, Tea ,1,2.50,GBP"])).await;
    assert_eq!(upload_cleaning(&services, &owner, upload.id).await.expect("steps are given"), upload.cleaning);
    assert_eq!(upload_cleaning(&services, &other, upload.id).await.expect_err("refused").into_app().kind, ErrorKind::NotFound);
}

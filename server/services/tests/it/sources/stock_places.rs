//! Stock in several columns, one a warehouse, outlet or location: each place keeps its own, and a product's stock is their sum.

use super::cleaning::counts;
use super::foreseen::undo_as_foretold;
use super::normal::{Row, brought, table};
use super::normal_shops::shop;
use super::undone::settled;
use super::{bring, bring_as, csv, data_version, mapping};
use crate::support::TestServices;
use domain::question::{Cell, Question};
use domain::sources::{ColumnMeaning as M, FileKind, Mapping, UploadStatus};
use services::Actor;
use services::analytics::answer;
use services::jobs::Worker;
use services::sources::{list_issues, mapping_preview, reprocess_upload, upload_quality};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// The header of an export's newest generation with a column for each of these places in the place of each open name.
fn header(vendor: &str, name: &str, places: &[&str]) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../engine/src/ingestion/vendors/{vendor}.json"));
    let vendor: serde_json::Value = serde_json::from_slice(&std::fs::read(path).expect("the vendor reads")).expect("the vendor is JSON");
    let export = vendor["exports"].as_array().expect("exports").iter().find(|export| export["name"] == name).expect("the export is known");
    let names = export["headers"].as_array().expect("headers").last().expect("a header").as_array().expect("names");
    let names = names.iter().map(|name| name.as_str().expect("a text"));
    names
        .flat_map(|name| if name.ends_with('*') { places.iter().map(|place| name.replace('*', place)).collect() } else { vec![name.to_owned()] })
        .collect()
}

fn file(header: &[String], rows: &[Row<'_>]) -> Vec<u8> {
    table(&header.iter().map(String::as_str).collect::<Vec<_>>(), ",", rows)
}

/// Products of ikas in three warehouses.
fn ikas<'a>(rows: &[(&'a str, [&'a str; 3])]) -> Vec<u8> {
    let header = header("ikas", "ikas products", &["Ana Depo", "Şube", "Fuar"]);
    let row = |(sku, [main, branch, fair]): &(&'a str, [&'a str; 3])| {
        vec![("SKU", *sku), ("İsim", *sku), ("Satış Fiyatı", "12.50"), ("Stok:Ana Depo", *main), ("Stok:Şube", *branch), ("Stok:Fuar", *fair)]
    };
    let rows: Vec<_> = rows.iter().map(row).collect();
    file(&header, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// Pieces by product and place.
async fn levels(services: &TestServices, owner: &Actor) -> BTreeMap<(String, String), i64> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let products = entity::product::find(owner.merchant_id).all(&*tx).await.expect("products read");
    let name = |id: i64| products.iter().find(|product| product.id == id).and_then(|product| product.sku.clone()).expect("a product");
    let levels = entity::inventory_level::find(owner.merchant_id).all(&*tx).await.expect("stock reads");
    levels.into_iter().map(|level| ((name(level.product_id), level.location), level.quantity_milli)).collect()
}

fn told(levels: &[(&str, &str, i64)]) -> BTreeMap<(String, String), i64> {
    levels.iter().map(|(sku, place, pieces)| (((*sku).to_owned(), (*place).to_owned()), pieces * 1_000)).collect()
}

/// The stock on hand of each product, as a board asks for it; and of the whole shop.
async fn on_hand(services: &TestServices, owner: &Actor) -> (Vec<(String, i64)>, i64) {
    let ask = async |json: &str| {
        let question: Question = serde_json::from_str(json).expect("it reads");
        answer(services, owner, question).await.expect("an answer").rows
    };
    let by_sku = ask(r#"{"measures": ["stock_on_hand"], "dimensions": ["sku"], "order": [{"by": "sku"}]}"#).await;
    let by_sku = by_sku.iter().map(|row| match row.as_slice() {
        [Cell::Text(sku), pieces] => (sku.clone(), pieces.as_i64().expect("pieces")),
        other => panic!("{other:?}"),
    });
    let all = ask(r#"{"measures": ["stock_on_hand"]}"#).await[0][0].as_i64().expect("pieces");
    (by_sku.collect(), all)
}

fn pieces(of: &[(&str, i64)]) -> Vec<(String, i64)> {
    of.iter().map(|(sku, pieces)| ((*sku).to_owned(), *pieces)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_in_three_warehouses_is_their_sum_and_changes_and_goes_with_its_files() {
    let (services, owner) = shop().await;
    let first_file = ikas(&[("A1", ["5", "", "7"]), ("B1", ["0", "3", "--"]), ("C1", ["", "", ""])]);
    let first = brought(&services, &owner, "ikas", FileKind::Products, &first_file).await;
    assert_eq!((first.rows_accepted, first.orders_new, first.rows_rejected), (3, 3, 0), "{first:?}");
    let of_first = told(&[("A1", "Ana Depo", 5), ("A1", "Fuar", 7), ("B1", "Ana Depo", 0), ("B1", "Şube", 3)]);
    assert_eq!(levels(&services, &owner).await, of_first, "an empty cell tells nothing of its warehouse");
    assert_eq!(on_hand(&services, &owner).await, (pieces(&[("A1", 12), ("B1", 3)]), 15), "of C1 nothing is told");

    // Nobody is told that the further columns were not known, and each is looked at.
    let summed = "Stock stands in 3 columns, one a place: “Ana Depo”, “Şube”, “Fuar”. A product's stock is their sum.";
    assert!(first.remarks.iter().any(|remark| remark == summed), "{:?}", first.remarks);
    assert_eq!(counts(&first), BTreeMap::from([("nothing_emptied", 1)]), "the dashes in the third warehouse");
    let report = upload_quality(&services, &owner, first.id).await.expect("a report");
    let stock: Vec<_> = report.columns.iter().filter(|column| column.meaning == M::Stock).map(|column| (column.filled, column.empty)).collect();
    assert_eq!(stock, [(2, 1)], "C1's stock is in no column");
    let preview = mapping_preview(&services, &owner, first.id, None).await.expect("a preview");
    assert_eq!(preview.guess.columns[&M::Stock], "Stok:Ana Depo");
    assert_eq!(preview.guess.further_stock, ["Stok:Şube", "Stok:Fuar"]);
    assert!(!preview.reasons.iter().any(|reason| reason.sentence.contains("not known")), "{:?}", preview.reasons);

    let before = data_version(&services, owner.merchant_id).await;
    let again = brought(&services, &owner, "ikas", FileKind::Products, &first_file).await;
    assert_eq!((again.rows_accepted, again.rows_duplicate, data_version(&services, owner.merchant_id).await), (0, 3, before), "{again:?}");

    let second = ikas(&[("A1", ["6", "1", ""]), ("B1", ["0", "3", ""]), ("C1", ["", "", ""])]);
    let second = brought(&services, &owner, "ikas", FileKind::Products, &second).await;
    assert_eq!((second.rows_accepted, second.orders_updated, second.rows_duplicate), (1, 1, 2), "{second:?}");
    assert_eq!(on_hand(&services, &owner).await, (pieces(&[("A1", 6 + 1 + 7), ("B1", 3)]), 17), "the fair's 7 stay, as nothing else is told");

    let worker = Worker::start(services.clone());
    undo_as_foretold(&services, &owner, second.id).await;
    assert_eq!(levels(&services, &owner).await, of_first);
    undo_as_foretold(&services, &owner, again.id).await;
    reprocess_upload(&services, &owner, first.id, None).await.expect("asked");
    assert_eq!(settled(&services, &owner, first.id).await.status, UploadStatus::Completed);
    assert_eq!(levels(&services, &owner).await, of_first);
    undo_as_foretold(&services, &owner, first.id).await;
    assert_eq!(levels(&services, &owner).await, BTreeMap::new());
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn a_cell_that_is_no_number_is_refused_by_its_own_columns_name() {
    let (services, owner) = shop().await;
    let upload = brought(&services, &owner, "ikas", FileKind::Products, &ikas(&[("A1", ["5", "çok", "7"]), ("B1", ["1", "1", "1"])])).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (1, 1), "{upload:?}");
    let issues = list_issues(&services, &owner, upload.id, 10).await.expect("issues read");
    assert_eq!(issues[0].column.as_deref(), Some("Stok:Şube"));
    assert!(issues[0].reason.contains("“çok”"), "{issues:?}");
    assert_eq!(on_hand(&services, &owner).await, (pieces(&[("B1", 3)]), 3));
}

#[tokio::test]
async fn a_tills_stock_is_kept_by_outlet() {
    let (services, owner) = shop().await;
    let header = header("lightspeed", "Lightspeed products", &["Main_Outlet", "Market_Square"]);
    let row = |sku, main, market| {
        let stock = [("inventory_Main_Outlet", main), ("inventory_Market_Square", market), ("reorder_point_Market_Square", "40")];
        [("sku", sku), ("name", sku), ("handle", sku), ("retail_price", "2.50")].into_iter().chain(stock).collect::<Vec<_>>()
    };
    let upload = file(&header, &[&row("TEA", "2", "9"), &row("POT", "-1", "4")]);
    let upload = brought(&services, &owner, "lightspeed", FileKind::Products, &upload).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (2, 0), "{upload:?}");
    let expected = [("POT", "Main_Outlet", -1), ("POT", "Market_Square", 4), ("TEA", "Main_Outlet", 2), ("TEA", "Market_Square", 9)];
    assert_eq!(levels(&services, &owner).await, told(&expected));
    assert_eq!(on_hand(&services, &owner).await, (pieces(&[("POT", 3), ("TEA", 11)]), 14));
}

const LOURDES: &str = "2133A LOURDES STREET, SAN MIGUEL VILLAGE,";

#[tokio::test]
async fn an_old_inventorys_columns_are_the_locations_that_a_new_ones_rows_name() {
    let (services, owner) = shop().await;
    let old = header("shopify", "Shopify inventory", &["Leeds", LOURDES]);
    let row =
        |sku, leeds, lourdes| vec![("Handle", "tee"), ("Title", "Tee"), ("Option1 Value", sku), ("SKU", sku), ("Leeds", leeds), (LOURDES, lourdes)];
    let upload = file(&old, &[&row("S", "9", "3"), &row("M", "2", "not stocked"), &row("L", "", "")]);
    let upload = brought(&services, &owner, "shopify", FileKind::Inventory, &upload).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (2, 1), "{upload:?}");
    let issues = list_issues(&services, &owner, upload.id, 10).await.expect("issues read");
    assert_eq!((issues[0].line, issues[0].reason.as_str()), (4, "the stock is missing"));
    assert_eq!(levels(&services, &owner).await, told(&[("S", "Leeds", 9), ("S", LOURDES, 3), ("M", "Leeds", 2), ("M", LOURDES, 0)]));
    assert_eq!(on_hand(&services, &owner).await, (pieces(&[("M", 2), ("S", 12)]), 14));

    let by_row = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,HS Code,COO,Location,Bin name,\
                  Incoming (not editable),Unavailable (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)";
    let row = |sku: &str, location: &str, on_hand: &str| format!("tee,Tee,Size,{sku},,,,,{sku},,,{location},,,,,,{on_hand},");
    let newer = csv(&[by_row, &row("S", "Leeds", "8"), &row("M", "Leeds", "not stocked")]);
    let newer = brought(&services, &owner, "shopify", FileKind::Inventory, &newer).await;
    assert_eq!((newer.rows_accepted, newer.rows_rejected), (2, 0), "{newer:?}");
    assert_eq!(on_hand(&services, &owner).await, (pieces(&[("M", 0), ("S", 11)]), 11));
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_that_a_person_maps_as_stock_are_places_and_what_was_told_without_one_is_among_them() {
    let (services, owner) = shop().await;
    let rows = |left: &str| csv(&["Foo,Bar,Left,Right", &format!("TEA,Tea,{left},2")]);
    let one = mapping(FileKind::Inventory, &[(M::Sku, "Foo"), (M::ProductName, "Bar"), (M::Stock, "Left")]);
    bring_as(&services, &owner, &rows("5"), &one).await;
    let second = bring(&services, &owner, "second.csv", &rows("6")).await;
    assert_eq!(levels(&services, &owner).await, told(&[("TEA", "", 6)]));

    let two = Mapping { further_stock: vec!["Right".to_owned()], ..one.clone() };
    let by_row = [(M::Location, "Right".to_owned())].into_iter().chain(one.columns.clone()).collect();
    for (wrong, field) in
        [(Mapping { further_stock: vec!["Up".to_owned()], ..one.clone() }, "further_stock"), (Mapping { columns: by_row, ..two.clone() }, "columns")]
    {
        let refusal = reprocess_upload(&services, &owner, second.id, Some(wrong)).await.expect_err("refused").into_app();
        assert!(refusal.field(field).is_some(), "{refusal:?}");
    }
    let worker = Worker::start(services.clone());
    reprocess_upload(&services, &owner, second.id, Some(two)).await.expect("asked");
    let read = settled(&services, &owner, second.id).await;
    assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, 1), "{read:?}");
    assert_eq!(on_hand(&services, &owner).await, (pieces(&[("TEA", 8)]), 8), "the 5 of the first file lie in these places");
    // The next file of this shape is read so, too, whichever of them goes.
    let third = bring(&services, &owner, "third.csv", &rows("1")).await;
    assert_eq!(levels(&services, &owner).await, told(&[("TEA", "", 0), ("TEA", "Left", 1), ("TEA", "Right", 2)]));
    undo_as_foretold(&services, &owner, second.id).await;
    assert_eq!(on_hand(&services, &owner).await, (pieces(&[("TEA", 3)]), 3));
    undo_as_foretold(&services, &owner, third.id).await;
    assert_eq!(levels(&services, &owner).await, told(&[("TEA", "", 5)]), "as the first file told");
    worker.stop(Duration::from_secs(5)).await;
}

//! Hostile and odd containers, one by one: each is read as what it holds, or refused with a sentence.

use super::containers::{CSV, archive, sheet, workbook};
use super::{HEADER, bring, csv, lines, orders};
use crate::support::TestServices;
use domain::sources::UploadStatus;
use futures::TryStreamExt;
use services::sources::{Conversion, convert, issues_csv};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const PARQUET: &[u8] = include_bytes!("../../files/orders.parquet");
const NESTED: &[u8] = include_bytes!("../../files/nested.parquet");

/// What becomes of a file that may unpack to so much.
fn converted(content: &[u8], most_bytes: u64) -> Result<String, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = (folder.path().join("input"), folder.path().join("output.table"));
    std::fs::write(&input, content).expect("written");
    let outcome = convert(&Conversion { input, output: output.clone(), sheet: None, most_bytes });
    let kept = std::fs::metadata(&output).map_or(0, |file| file.len());
    assert!(kept <= most_bytes + 1, "{kept} bytes were written");
    outcome.map(|_| std::fs::read_to_string(&output).expect("it is text")).map_err(|refusal| refusal.to_string())
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

#[tokio::test]
async fn parquet_files_of_pandas_are_read_alone_and_packed() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring(&services, &owner, "orders.parquet", PARQUET).await;
    assert_eq!((upload.status, upload.rows_accepted, upload.orders_new), (UploadStatus::Completed, 3, 2), "{upload:?}");
    assert!(upload.remarks.iter().any(|remark| remark.contains("Parquet")), "{:?}", upload.remarks);
    let stored = orders(&services, owner.merchant_id).await;
    assert_eq!(stored.iter().map(|order| (order.external_id.as_str(), order.net_minor)).collect::<Vec<_>>(), [("1001", 123_950), ("1002", 150)]);
    let quantities: Vec<i64> = lines(&services, owner.merchant_id).await.iter().map(|line| line.quantity_milli).collect();
    assert_eq!(quantities, [2_000, 1_000, 500]);
    for (name, packed) in [("orders.parquet.gz", gzip(PARQUET)), ("orders.zip", archive(&[("2026/orders.parquet", PARQUET)]))] {
        let again = bring(&services, &owner, name, &packed).await;
        assert_eq!((again.status, again.rows_duplicate), (UploadStatus::Completed, 3), "{name}: {again:?}");
    }
    let nested = bring(&services, &owner, "nested.parquet", NESTED).await;
    assert!(nested.error.as_deref().is_some_and(|sentence| sentence.contains("“Line items” holds lists or records")), "{nested:?}");
    let cut = bring(&services, &owner, "cut.parquet", &PARQUET[..PARQUET.len() / 2]).await;
    assert!(cut.error.as_deref().is_some_and(|sentence| sentence.contains("Parquet file cannot be read")), "{cut:?}");
}

#[test]
fn what_unpacks_a_thousandfold_is_refused_whatever_holds_it() {
    const MOST: u64 = 1 << 20;
    let long = "x".repeat(30_000);
    let rows: Vec<Vec<&str>> = vec![vec![long.as_str()]; 200];
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let book = workbook(&[("Bomb", sheet(&rows))]);
    let json = format!("[{}]", vec![format!("{{\"a\": \"{long}\", \"b\": 1}}"); 200].join(","));
    let deep = format!("[{}{}]", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    assert!(book.len() < 300_000 && gzip(json.as_bytes()).len() < 100_000);
    for (name, content, word) in [
        ("workbook", archive_again(&book), "unpacks to more"),
        ("JSON", json.into_bytes(), "unpacks to more"),
        ("text in gzip", gzip(&vec![b'a'; 4 << 20]), "unpacks to more"),
        ("deep JSON", deep.into_bytes(), "recursion limit"),
    ] {
        let refusal = converted(&content, MOST).expect_err(name);
        assert!(refusal.contains(word), "{name}: {refusal}");
    }
}

/// The same members, compressed as well as can be.
fn archive_again(stored: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(stored)).expect("an archive");
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).expect("a member");
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        packed.start_file(member.name().expect("a name").into_owned(), options).expect("it begins");
        std::io::copy(&mut member, &mut packed).expect("it is packed");
    }
    packed.finish().expect("it ends").into_inner()
}

#[test]
fn an_archive_that_lies_about_its_members_is_found_out_while_it_is_unpacked() {
    let large = "1,2026-01-05,A,2,2.50\n".repeat(200_000);
    let mut lying = archive(&[("a.csv", format!("Order ID,Order Date,SKU,Quantity,Price\n{large}").as_bytes())]);
    // The directory at the end says ten bytes instead of four million.
    let entry = lying.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").expect("a directory");
    lying[entry + 24..entry + 28].copy_from_slice(&10_u32.to_le_bytes());
    match converted(&lying, 1 << 20) {
        Ok(text) => assert!(text.len() <= 1 << 20, "{} bytes", text.len()),
        Err(refusal) => assert!(refusal.contains("unpacks to more") || refusal.contains("damaged"), "{refusal}"),
    }
}

#[test]
fn archives_with_passwords_or_too_many_members_are_refused() {
    let mut locked = archive(&[("a.csv", CSV.as_bytes())]);
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let entry = locked.windows(4).position(|bytes| bytes == signature).expect("an entry");
        locked[entry + flags] |= 1;
    }
    let names: Vec<String> = (0..10_001).map(|number| format!("{number}.csv")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    for (content, word) in [(locked, "protected by a password"), (archive(&many), "more than 10000 files")] {
        let refusal = converted(&content, 1 << 30).expect_err(word);
        assert!(refusal.contains(word), "{refusal}");
    }
}

#[test]
fn names_with_paths_write_nothing_outside() {
    let text = CSV.as_bytes();
    for name in
        ["../../../outside.csv", "/etc/outside.csv", "C:\\Windows\\outside.csv", "a/../../outside.csv", "nul\0.csv", "..\\outside.csv", "-rf.csv"]
    {
        assert_eq!(converted(&archive(&[(name, text)]), 1 << 20).as_deref(), Ok(CSV), "{name}");
    }
    assert!(!std::path::Path::new("/etc/outside.csv").exists() && !std::env::temp_dir().join("outside.csv").exists());
}

#[tokio::test]
async fn merged_cells_above_the_header_are_no_header() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let rows = sheet(&[
        &["Order", "", "Product", "", ""],
        &["Order ID", "Order Date", "SKU", "Quantity", "Price"],
        &["1", "2026-01-05", "007", "2", "2.50"],
        &["2", "46028", "B", "1", "4.00"],
    ]);
    let upload = bring(&services, &owner, "merged.xlsx", &workbook(&[("May", rows)])).await;
    assert_eq!((upload.status, upload.rows_accepted, upload.rows_total), (UploadStatus::Completed, 2, 2), "{upload:?}");
    assert_eq!(upload.last_day.map(|day| day.to_string()).as_deref(), Some("2026-01-06"));
}

#[tokio::test]
async fn formulas_are_kept_as_texts_and_disarmed_where_they_leave() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let formula = "=HYPERLINK(A1)";
    let rows = [HEADER, &format!("1,2026-01-05,A,{formula},1,2.50,GBP"), &format!("{formula},someday,@SUM(A1),Tea,1,2.50,GBP")];
    let upload = bring(&services, &owner, "formulas.csv", &csv(&rows)).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (1, 1), "{upload:?}");
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let products = entity::product::find(owner.merchant_id).all(&*tx).await.expect("products read");
    assert_eq!(products.iter().map(|product| product.title.as_str()).collect::<Vec<_>>(), [formula]);
    drop(tx);
    let pieces: Vec<_> = issues_csv(&services, &owner, upload.id).await.expect("the rows").try_collect().await.expect("they are read");
    let text = String::from_utf8(pieces.concat()).expect("it is text");
    assert!(text.contains(&format!("\"'{formula},someday")), "{text}");
}

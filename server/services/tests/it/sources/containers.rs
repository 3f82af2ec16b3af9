//! Workbooks, archives and JSON: read as what they hold, or refused with a sentence.

use super::{bring, bring_file, orders, real_file};
use crate::support::TestServices;
use domain::sources::UploadStatus;
use services::sources::{Conversion, convert, map_upload, mapping_preview};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;

pub(super) const CSV: &str = "Order ID,Order Date,SKU,Quantity,Price\n1,2026-01-05,A,2,2.50\n2,2026-01-06,B,1,4.00\n";

pub(super) fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a member begins");
        zip.write_all(content).expect("a member is written");
    }
    zip.finish().expect("the archive ends").into_inner()
}

pub(super) fn sheet(rows: &[&[&str]]) -> String {
    let row = |(number, cells): (usize, &&[&str])| {
        let cells: String = cells.iter().map(|cell| format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>")).collect();
        format!("<row r=\"{}\">{cells}</row>", number + 1)
    };
    let rows: String = rows.iter().enumerate().map(row).collect();
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

/// A workbook as small as one can be.
pub(super) fn workbook(sheets: &[(&str, String)]) -> Vec<u8> {
    let entries: String = (1..=sheets.len()).map(|n| format!(r#"<sheet name="{}" sheetId="{n}" r:id="r{n}"/>"#, sheets[n - 1].0)).collect();
    let book = format!(
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{entries}</sheets></workbook>"#
    );
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";
    let relations: String =
        (1..=sheets.len()).map(|n| format!(r#"<Relationship Id="r{n}" Type="{kind}" Target="worksheets/sheet{n}.xml"/>"#)).collect();
    let relations = format!(
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#
    );
    let root = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let mut members =
        vec![("_rels/.rels".to_owned(), root.to_owned()), ("xl/workbook.xml".to_owned(), book), ("xl/_rels/workbook.xml.rels".to_owned(), relations)];
    members.extend(sheets.iter().enumerate().map(|(n, (_, sheet))| (format!("xl/worksheets/sheet{}.xml", n + 1), sheet.clone())));
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, content)| (name.as_str(), content.as_bytes())).collect();
    archive(&members)
}

fn sales_sheet() -> String {
    sheet(&[
        &["Sales of January"],
        &[],
        &["Order ID", "Order Date", "SKU", "Quantity", "Price"],
        &["1", "2026-01-05", "007", "2", "2.50"],
        &["2", "2026-01-06", "B", "1", "4.00"],
    ])
}

#[tokio::test]
async fn a_workbook_is_read_from_the_sheet_that_holds_sales() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let notes = sheet(&[&["Dear Ada"], &["the sales are on the other sheet"]]);
    let upload = bring(&services, &owner, "may.xlsx", &workbook(&[("Letter", notes), ("January", sales_sheet())])).await;
    assert_eq!((upload.status, upload.rows_accepted), (UploadStatus::Completed, 2), "{upload:?}");
    assert_eq!(orders(&services, owner.merchant_id).await.iter().map(|order| order.net_minor).collect::<Vec<_>>(), [500, 400]);
    assert!(upload.remarks.iter().any(|remark| remark.contains("“January”") && remark.contains("Letter")), "{:?}", upload.remarks);
}

#[tokio::test]
async fn a_person_may_choose_another_sheet() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let odd = sheet(&[&["Foo", "Bar", "Qux"], &["9", "2026-02-01", "7.00"]]);
    let upload = bring(&services, &owner, "two.xlsx", &workbook(&[("Odd", odd.clone()), ("Odder", odd)])).await;
    assert_eq!(upload.status, UploadStatus::NeedsMapping);
    let preview = mapping_preview(&services, &owner, upload.id, Some("Odder".to_owned())).await.expect("a preview");
    assert_eq!((preview.sheets, preview.sheet.as_deref()), (vec!["Odd".to_owned(), "Odder".to_owned()], Some("Odder")));
    let mut mapping = preview.guess;
    use domain::sources::ColumnMeaning::{LineAmount, OrderNumber, OrderedAt};
    mapping.columns = [(OrderNumber, "Foo"), (OrderedAt, "Bar"), (LineAmount, "Qux")].map(|(meaning, header)| (meaning, header.to_owned())).into();
    assert_eq!(mapping.sheet.as_deref(), Some("Odder"));
    map_upload(&services, &owner, upload.id, mapping).await.expect("it is mapped");
    let missing = mapping_preview(&services, &owner, upload.id, Some("None".to_owned())).await.expect_err("no such sheet");
    assert!(missing.into_app().fields[0].message.contains("Odd, Odder"));
}

#[tokio::test]
async fn archives_and_json_are_read_as_what_they_hold() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring(&services, &owner, "one.zip", &archive(&[("__MACOSX/x.csv", b"x"), ("../../may.csv", CSV.as_bytes())])).await;
    assert_eq!((upload.status, upload.rows_accepted), (UploadStatus::Completed, 2), "{upload:?}");
    let more = "Order ID,Order Date,SKU,Quantity,Price\n3,2026-01-07,A,1,2.50";
    let upload = bring(&services, &owner, "two.zip", &archive(&[("a.csv", CSV.as_bytes()), ("b.csv", more.as_bytes())])).await;
    assert_eq!((upload.rows_total, upload.rows_accepted, upload.rows_duplicate), (3, 1, 2), "{upload:?}");
    let json = r#"{"orders": [{"order_number": 9, "created_at": "2026-01-08T10:00:00Z", "line_items": [{"sku": "A", "quantity": 2, "price": "1.25"}, {"sku": "B", "quantity": 1, "price": "3"}]}]}"#;
    let upload = bring(&services, &owner, "orders.json", json.as_bytes()).await;
    assert_eq!((upload.status, upload.rows_accepted, upload.orders_new), (UploadStatus::Completed, 2, 1), "{upload:?}");
    let inside = archive(&[("january.xlsx", &workbook(&[("January", sales_sheet())]))]);
    assert_eq!(bring(&services, &owner, "book.zip", &inside).await.status, UploadStatus::Completed);
}

#[tokio::test]
async fn hostile_and_hopeless_archives_are_refused_with_a_sentence() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let plain = archive(&[("may.csv", CSV.as_bytes())]);
    let other = "Name,Stock\nTea,5\n";
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("nested", archive(&[("inner.zip", &plain)]), "another archive"),
        ("disguised", archive(&[("inner.csv", &plain)]), "another archive"),
        ("differing", archive(&[("a.csv", CSV.as_bytes()), ("b.csv", other.as_bytes())]), "columns differ"),
        ("none", archive(&[("readme.md", b"hello")]), "no sales file"),
        ("cut", plain[..plain.len() / 2].to_vec(), "damaged"),
        ("broken workbook", archive(&[("xl/workbook.xml", b"<broken")]), "workbook cannot be read"),
    ];
    for (name, content, word) in cases {
        let upload = bring(&services, &owner, &format!("{name}.zip"), &content).await;
        assert_eq!(upload.status, UploadStatus::Failed, "{name}");
        assert!(upload.error.as_deref().is_some_and(|sentence| sentence.contains(word)), "{name}: {:?}", upload.error);
    }
    assert_eq!(orders(&services, owner.merchant_id).await, []);
}

#[test]
fn what_unpacks_to_more_than_it_may_is_refused_before_and_while_it_is_unpacked() {
    let folder = tempfile::tempdir().expect("a folder");
    let bomb = vec![b'a'; 4 << 20];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(format!("[{{\"a\": \"{}\"}}]", "a".repeat(4 << 20)).as_bytes()).expect("memory takes it");
    for (name, content) in [("zip", archive(&[("a.csv", &bomb)])), ("gz", gzip.finish().expect("memory takes it"))] {
        let (input, output) = (folder.path().join(name), folder.path().join(format!("{name}.table")));
        std::fs::write(&input, content).expect("written");
        let refusal = convert(&Conversion { input, output, sheet: None, most_bytes: 1 << 20 }).expect_err("it is too large");
        assert!(refusal.to_string().contains("unpacks to more than"), "{name}: {refusal}");
    }
    assert_eq!(
        std::fs::read_dir(folder.path())
            .expect("the folder reads")
            .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().contains("member")))
            .count(),
        0
    );
}

#[tokio::test]
async fn the_superstore_in_a_workbook_is_the_superstore_in_text() {
    let Some(path) = real_file("superstore/superstore.csv") else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let direct = bring_file(&services, &owner, &path).await;
    let packed = archive(&[("superstore.csv", &std::fs::read(&path).expect("the file reads"))]);
    let again = bring(&services, &owner, "superstore.zip", &packed).await;
    assert_eq!((again.rows_total, again.rows_duplicate), (direct.rows_total, direct.rows_total));
}

/// A workbook of one sheet, of so many megabytes of blanks.
fn swollen(megabytes: usize) -> Vec<u8> {
    let blanks = vec![b' '; 1 << 20];
    let plain = workbook(&[("Sales", sheet(&[&["Order ID", "Order Date"], &["1", "2026-01-05"]]))]);
    let mut book = zip::ZipArchive::new(Cursor::new(plain)).expect("an archive");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..book.len() {
        let mut member = book.by_index(index).expect("a member");
        let mut content = Vec::new();
        member.read_to_end(&mut content).expect("read");
        let name = member.name().expect("a name").into_owned();
        zip.start_file(name.clone(), SimpleFileOptions::default()).expect("a member begins");
        zip.write_all(&content).expect("written");
        if name.contains("sheet1") {
            (0..megabytes).for_each(|_| zip.write_all(&blanks).expect("written"));
        }
    }
    zip.finish().expect("the archive ends").into_inner()
}

#[test]
fn a_small_workbook_with_a_huge_part_is_refused_before_it_is_taken_apart() {
    let bomb = swollen(80);
    assert!(bomb.len() < 1 << 20, "{} bytes", bomb.len());
    // And one that says of its parts that they are small: it is read no further than that.
    let mut lying = bomb.clone();
    let size = (0..lying.len() - 46).find(|place| lying[*place..].starts_with(b"PK\x01\x02") && lying[place + 27] == 5).expect("the large part");
    let told = lying[size + 24..size + 28].to_vec();
    let places: Vec<usize> = (0..lying.len() - 4).filter(|place| lying[*place..*place + 4] == told).collect();
    places.into_iter().for_each(|place| lying[place..place + 4].copy_from_slice(&1_000_u32.to_le_bytes()));
    for (content, sentence) in [(bomb, "unpacks to more than"), (lying, "cannot be read")] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (input, output) = (folder.path().join("in.xlsx"), folder.path().join("out"));
        std::fs::write(&input, content).expect("written");
        let unconverted = convert(&Conversion { input, output, sheet: None, most_bytes: 64 << 20 }).expect_err("it is too large");
        assert!(unconverted.to_string().contains(sentence), "{unconverted}");
    }
}

#[test]
fn an_archive_that_lies_about_its_members_is_read_no_further_than_it_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (input, output) = (folder.path().join("in.zip"), folder.path().join("out"));
    let long = format!("a,b\n{}", "1,2\n".repeat(1_000));
    let mut content = archive(&[("a.csv", long.as_bytes()), ("b.csv", long.as_bytes())]);
    let conversion = Conversion { input: input.clone(), output, sheet: None, most_bytes: 6_000 };
    std::fs::write(&input, &content).expect("written");
    let unconverted = convert(&conversion).expect_err("each is smaller than that, both are not");
    assert!(unconverted.to_string().contains("unpacks to more than"), "{unconverted}");
    let size = u32::try_from(long.len()).expect("small").to_le_bytes();
    let places: Vec<usize> = (0..content.len() - 4).filter(|place| content[*place..*place + 4] == size).collect();
    places.into_iter().for_each(|place| content[place..place + 4].copy_from_slice(&9_u32.to_le_bytes()));
    std::fs::write(&input, content).expect("written");
    let unconverted = convert(&conversion).expect_err("the members are longer than they say");
    assert!(unconverted.to_string().contains("damaged"), "{unconverted}");
}

//! The report on a file's data: what it finds, as a page and as a file, and the rows it leads to.

use super::{HEADER, bring, csv};
use crate::support::TestServices;
use domain::ErrorKind;
use domain::sources::{FileKind, QualityAspect, RawRowsAsked, UploadStatus};
use services::sources::{quality_csv, quality_page, raw_rows, upload_quality};

/// Sixty orders on the working days of eight weeks but for one week, a slipped comma on line 12, a row that stands there twice, and one
/// that cannot be read.
fn file() -> Vec<u8> {
    let mut rows = vec![HEADER.to_owned()];
    for order in 0..60 {
        let day = order / 5 * 7 + order % 5;
        if (21..26).contains(&day) {
            continue;
        }
        let date = domain::Day(domain::Day::from_civil(2026, 1, 5).expect("a Monday").0 + day);
        let price = if order == 10 { "950.00" } else { "9.50" };
        let sku = if order % 3 == 0 { "" } else { "S1" };
        rows.push(format!("{order},{date},{sku},Bowl,1,{price},GBP"));
    }
    let twice = rows[5].clone();
    rows.insert(6, twice);
    rows.push("99,2026-01-05,S1,Bowl,some,9.50,GBP".to_owned());
    csv(&rows.iter().map(String::as_str).collect::<Vec<_>>())
}

#[tokio::test]
async fn a_report_finds_each_kind_of_fault_and_leads_to_its_rows() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring(&services, &owner, "till.csv", &file()).await;
    assert_eq!((upload.status, upload.rows_rejected), (UploadStatus::Completed, 1), "{upload:?}");
    let page = quality_page(&services, &owner, upload.id).await.expect("a page");
    let report = &page.report;
    let finding = |name: &str| report.findings.iter().find(|finding| finding.name == name).unwrap_or_else(|| panic!("{name}: {report:?}"));
    // The header is line 1, the tenth order line 13: the row that stands there twice is before it.
    let last = 1 + 55 + 1 + 1;
    assert_eq!(finding("rejected_rows").lines, [last]);
    assert_eq!(finding("repeated_rows").lines, [7]);
    assert_eq!(finding("missing_days").count, 1);
    let empty = finding("empty_cells");
    let column = report.columns.iter().find(|column| column.header == "SKU").expect("the column");
    assert_eq!((empty.count, column.empty, &empty.lines), (column.empty, 18, &column.empty_lines));
    assert!(report.findings.iter().all(|finding| QualityAspect::of(finding).is_some()), "{report:?}");
    let days = page.days.expect("a picture");
    assert!(days.title.ends_with("days have rows"), "{}", days.title);

    let rows = raw_rows(&services, &owner, upload.id, RawRowsAsked::Lines(vec![7, last])).await.expect("rows");
    assert_eq!(rows.rows[0].cells[..3], ["4".to_owned(), "2026-01-09".to_owned(), "S1".to_owned()]);
    assert_eq!((rows.rows[1].cells[4].as_str(), rows.rows[1].column.as_deref()), ("some", Some("Quantity")));
    assert!(rows.rows[0].reason.is_none() && rows.rows[1].reason.is_some(), "{rows:?}");
    let from = raw_rows(&services, &owner, upload.id, RawRowsAsked::From(1)).await.expect("rows");
    assert_eq!((from.rows.len(), from.rows[0].line, from.next_line), (50, 2, Some(52)));
}

#[tokio::test]
async fn a_price_a_hundredfold_is_found_where_the_product_is_known() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let text = String::from_utf8(file()).expect("text").replace(",,Bowl", ",S1,Bowl");
    let upload = bring(&services, &owner, "till.csv", text.as_bytes()).await;
    let report = upload_quality(&services, &owner, upload.id).await.expect("a report");
    let slipped = report.findings.iter().find(|finding| finding.name == "price_outliers").expect("it is found");
    let line = 1 + text.lines().position(|row| row.contains("950.00")).expect("it is there") as i64;
    assert_eq!(slipped.lines, [line]);
    assert_eq!(report.columns.iter().filter(|column| column.empty > 0).count(), 0, "{report:?}");
}

#[tokio::test]
async fn a_report_is_a_file_too() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring(&services, &owner, "till.csv", &file()).await;
    let report = upload_quality(&services, &owner, upload.id).await.expect("a report");
    let text = quality_csv(&services, &owner, upload.id).await.expect("a file");
    let sections = |name: &str| text.lines().filter(|line| line.starts_with(name)).count();
    assert_eq!(text.lines().next(), Some("section,subject,severity,finding,count,share_percent,lines"));
    assert_eq!((sections("columns,"), sections("rows_by_day,")), (report.columns.len(), report.days.len()));
    assert_eq!(text.lines().count(), 1 + report.findings.len() + report.columns.len() + report.days.len());
    let rows: i64 = text.lines().filter(|line| line.starts_with("rows_by_day,")).filter_map(|line| line.split(',').nth(4)?.parse::<i64>().ok()).sum();
    assert_eq!(rows, upload.rows_accepted);
}

#[tokio::test]
async fn files_of_other_kinds_have_a_report_as_well() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let header = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,\
                  Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,\
                  Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags";
    let row = |id: i32, email: &str| format!("{id},Ada,L,{email},yes,,,,Leeds,,GB,,,,no,1.00,1,,no,");
    let upload = bring(&services, &owner, "customers.csv", &csv(&[header, &row(1, "a@example.com"), &row(2, "b@example.com"), &row(3, "")])).await;
    assert_eq!((upload.status, upload.kind), (UploadStatus::Completed, FileKind::Customers), "{upload:?}");
    let report = upload_quality(&services, &owner, upload.id).await.expect("a report");
    let email = report.columns.iter().find(|column| column.header == "Email").expect("the column");
    assert_eq!((report.rows, email.filled, email.empty, email.empty_lines.as_slice()), (3, 2, 1, [4].as_slice()));
    assert!(!report.findings.iter().any(|finding| finding.name == "missing_days"), "{report:?}");
}

#[tokio::test]
async fn reports_and_rows_of_another_shop_do_not_exist_and_rows_of_a_lost_file_are_said_to_be_lost() {
    let services = TestServices::start().await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("eve@example.com").await);
    let upload = bring(&services, &owner, "till.csv", &file()).await;
    let all = RawRowsAsked::From(1);
    assert_eq!(raw_rows(&services, &stranger, upload.id, all.clone()).await.expect_err("refused").kind(), ErrorKind::NotFound);
    assert_eq!(quality_csv(&services, &stranger, upload.id).await.expect_err("refused").kind(), ErrorKind::NotFound);
    assert_eq!(quality_page(&services, &stranger, upload.id).await.expect_err("refused").kind(), ErrorKind::NotFound);
    let failed = bring(&services, &owner, "empty.csv", b"").await;
    assert_eq!(upload_quality(&services, &owner, failed.id).await.expect_err("there is none").kind(), ErrorKind::NotFound);
    for entry in std::fs::read_dir(services.config.data_dir.join("uploads")).expect("the folder").flatten() {
        std::fs::remove_file(entry.path()).expect("removed");
    }
    assert_eq!(raw_rows(&services, &owner, upload.id, all).await.expect_err("it is lost").kind(), ErrorKind::Conflict);
}

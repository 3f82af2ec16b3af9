//! What a report says of a second file: days that the first has, and what is otherwise than in it.

use super::undone::settled;
use super::{HEADER, bring, csv};
use crate::support::TestServices;
use domain::Day;
use domain::sources::{FileKind, QualityReport, UploadStatus};
use services::jobs::Worker;
use services::sources::{reprocess_upload, upload_quality};
use std::time::Duration;

/// An order on each of some days.
fn orders(days: impl Iterator<Item = Day>) -> Vec<u8> {
    let rows: Vec<String> = days.map(|day| format!("{},{day},S1,Bowl,1,9.50,GBP", day.0)).collect();
    csv(&[HEADER].into_iter().chain(rows.iter().map(String::as_str)).collect::<Vec<_>>())
}

fn said(report: &QualityReport, name: &str) -> Vec<String> {
    report.findings.iter().filter(|finding| finding.name == name).map(|finding| finding.sentence.clone()).collect()
}

#[tokio::test]
async fn days_that_an_earlier_file_of_the_source_has_are_not_missing() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let day = |text: &str| text.parse::<Day>().expect("a day");
    let days = |from: &str, to: &str| (day(from).0..=day(to).0).map(Day);
    let [third, tenth] = ["2026-02-03", "2026-02-10"].map(day);
    let later = || days("2026-01-15", "2026-03-15").filter(move |at| ![third, tenth].contains(at));

    let stranger = services.owner("eve@example.com").await;
    let alone = bring(&services, &stranger, "later.csv", &orders(later())).await;
    let report = upload_quality(&services, &stranger, alone.id).await.expect("a report");
    let missing = said(&report, "missing_days");
    assert!(missing.len() == 1 && missing[0].starts_with("2 stretches") && missing[0].contains(": 3 Feb 2026, 10 Feb 2026."), "{missing:?}");
    let parts = said(&report, "partial_month");
    assert_eq!(parts.len(), 2, "{parts:?}");
    assert!(parts[0].starts_with("Jan 2026") && parts[1].starts_with("Mar 2026"), "{parts:?}");

    bring(&services, &owner, "earlier.csv", &orders(days("2026-01-01", "2026-01-14").chain([third]))).await;
    let second = bring(&services, &owner, "later.csv", &orders(later())).await;
    let report = upload_quality(&services, &owner, second.id).await.expect("a report");
    let missing = said(&report, "missing_days");
    assert!(missing.len() == 1 && missing[0].starts_with("1 stretch") && missing[0].contains(": 10 Feb 2026."), "{missing:?}");
    let parts = said(&report, "partial_month");
    assert!(parts.len() == 1 && parts[0].starts_with("Mar 2026 is incomplete: the file ends on 15 Mar 2026."), "{parts:?}");
    assert_eq!(report.days.len(), 58, "rows a day stay the file's own: 60 days but two");
}

#[tokio::test]
async fn a_file_that_is_read_again_is_not_held_against_a_later_one() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let worker = Worker::start((*services).clone());
    let file = |first: i32, sku: &str| {
        let rows: Vec<String> = (first..first + 60).map(|number| format!("{number},2026-01-0{},{sku},Bowl,1,9.50,GBP", 1 + number % 9)).collect();
        csv(&[HEADER].into_iter().chain(rows.iter().map(String::as_str)).collect::<Vec<_>>())
    };
    let first = bring(&services, &owner, "first.csv", &file(0, "S1")).await;
    services.clock.advance_ms(60_000);
    let second = bring(&services, &owner, "second.csv", &file(100, "")).await;
    let drift = async |id| said(&upload_quality(&services, &owner, id).await.expect("a report"), "drift");
    let emptied = ["“SKU” is filled in 0.0\u{a0}% of the rows; in the last file of this source it was 100.0\u{a0}%."];
    assert_eq!(drift(second.id).await, emptied);
    reprocess_upload(&services, &owner, first.id, None).await.expect("asked");
    assert_eq!(settled(&services, &owner, first.id).await.status, UploadStatus::Completed);
    assert_eq!(drift(first.id).await, [""; 0], "the other file came later");
    reprocess_upload(&services, &owner, second.id, None).await.expect("asked");
    assert_eq!(settled(&services, &owner, second.id).await.status, UploadStatus::Completed);
    assert_eq!(drift(second.id).await, emptied);
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn a_list_without_days_has_no_rows_a_day() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let header = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,\
                  Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,\
                  Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags";
    let list = |count: i32| {
        let rows: Vec<String> = (0..count).map(|id| format!("{id},Ada,L,c{id}@example.com,yes,,,,Leeds,,GB,,,,no,1.00,1,,no,")).collect();
        csv(&[header].into_iter().chain(rows.iter().map(String::as_str)).collect::<Vec<_>>())
    };
    bring(&services, &owner, "customers.csv", &list(60)).await;
    let grown = bring(&services, &owner, "customers.csv", &list(240)).await;
    assert_eq!((grown.status, grown.kind), (UploadStatus::Completed, FileKind::Customers), "{grown:?}");
    let report = upload_quality(&services, &owner, grown.id).await.expect("a report");
    assert_eq!((report.rows, said(&report, "drift")), (240, vec![]));
}

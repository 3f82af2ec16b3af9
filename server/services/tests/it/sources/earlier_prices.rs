//! Prices of a file held against what the same products cost in earlier uploads.

use super::undone::{bring_in_mode, settled};
use super::{HEADER, bring, csv};
use crate::support::TestServices;
use domain::Role;
use domain::sources::{QualityAspect, QualityReport, RawRowsAsked, Severity, UploadMode, UploadStatus, UploadSummary};
use services::Actor;
use services::jobs::Worker;
use services::sources::{quality_csv, raw_rows, reprocess_upload, upload_quality};
use std::time::Duration;

/// Five sales of a bowl at 4.95 and three of a jug at 3.00.
fn ordinary() -> Vec<u8> {
    let row = |number: i32| match number {
        1..=5 => format!("{number},2026-01-0{number},S1,Bowl,1,4.95,GBP"),
        _ => format!("{number},2026-01-0{number},S2,Jug,1,3.00,GBP"),
    };
    file(&(1..=8).map(row).collect::<Vec<_>>())
}

fn file(rows: &[String]) -> Vec<u8> {
    csv(&[HEADER].into_iter().chain(rows.iter().map(String::as_str)).collect::<Vec<_>>())
}

async fn report_on(services: &TestServices, owner: &Actor, upload: &UploadSummary) -> QualityReport {
    assert_eq!(upload.status, UploadStatus::Completed, "{upload:?}");
    upload_quality(services, owner, upload.id).await.expect("a report")
}

/// What a report says of prices: how many rows of which lines are far from the usual, and of how many products the usual price was known before.
fn told(report: &QualityReport) -> (Vec<(i64, Vec<i64>)>, Option<i64>) {
    let of = |name: &'static str| report.findings.iter().filter(move |finding| finding.name == name);
    (of("price_outliers").map(|finding| (finding.count, finding.lines.clone())).collect(), of("prices_compared").map(|finding| finding.count).next())
}

#[tokio::test]
async fn one_row_of_a_hundredfold_price_is_found_by_what_earlier_uploads_say() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let first = bring(&services, &owner, "january.csv", &ordinary()).await;
    assert_eq!(told(&report_on(&services, &owner, &first).await), (vec![], None), "nothing is there from before");

    let rows = ["11,2026-01-11,S2,Jug,1,3.10,GBP", "12,2026-01-11,S9,Vase,1,700.00,GBP", "13,2026-01-11,S1,Bowl,1,495.00,GBP"].map(str::to_owned);
    let second = bring(&services, &owner, "day.csv", &file(&rows)).await;
    let report = report_on(&services, &owner, &second).await;
    assert_eq!(told(&report), (vec![(1, vec![4])], Some(2)), "the bowl on line 4; nothing is known of the vase");
    let finding = &report.findings[0];
    assert_eq!(
        finding.sentence,
        "1 row with a price about a hundred times above or below what the product cost before: “S1” at £495.00 (usually £4.95 in earlier uploads); \
         look whether a comma slipped."
    );
    assert_eq!((finding.severity, finding.share), (Severity::Warning, 1.0 / 3.0));
    let compared = report.findings.iter().find(|finding| finding.name == "prices_compared").expect("it is said");
    assert_eq!(compared.sentence, "Prices were held against earlier uploads too, which tell the usual price of 2 of 3 products.");
    assert_eq!((compared.severity, QualityAspect::of(compared)), (Severity::Good, Some(QualityAspect::Outliers)));

    let row = raw_rows(&services, &owner, second.id, RawRowsAsked::Lines(finding.lines.clone())).await.expect("the row");
    assert_eq!(row.rows[0].cells[2..6], ["S1", "Bowl", "1", "495.00"]);
    let text = quality_csv(&services, &owner, second.id).await.expect("a file");
    let outliers: Vec<&str> = text.lines().filter(|line| line.starts_with("outliers,")).collect();
    assert!(outliers.len() == 2 && outliers[0].contains("usually £4.95 in earlier uploads") && outliers[0].ends_with(",1,33.33,4"), "{outliers:?}");
    assert!(outliers[1].starts_with("outliers,,good,") && outliers[1].ends_with(",2,66.67,"), "{outliers:?}");
}

#[tokio::test]
async fn what_is_usual_in_earlier_uploads_is_told_to_viewers_without_the_lines() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let viewer = services.member(&owner, "vic@example.com", Role::Viewer).await;
    bring(&services, &owner, "january.csv", &ordinary()).await;
    let second = bring(&services, &owner, "day.csv", &file(&["13,2026-01-11,S1,Bowl,1,495.00,GBP".to_owned()])).await;
    assert_eq!(told(&report_on(&services, &viewer, &second).await), (vec![(1, vec![])], Some(1)));
    let stranger = services.owner("eve@example.com").await;
    let of_another_shop = bring(&services, &stranger, "day.csv", &file(&["13,2026-01-11,S1,Bowl,1,495.00,GBP".to_owned()])).await;
    assert_eq!(told(&report_on(&services, &stranger, &of_another_shop).await), (vec![], None), "another shop's prices are nobody's usual ones");
}

#[tokio::test]
async fn prices_in_another_currency_are_not_compared() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    bring(&services, &owner, "january.csv", &ordinary()).await;
    let rows = ["11,2026-01-11,S1,Bowl,1,495.00,EUR", "12,2026-01-11,S2,Jug,1,300.00,GBP"].map(str::to_owned);
    let second = bring(&services, &owner, "day.csv", &file(&rows)).await;
    assert_eq!(told(&report_on(&services, &owner, &second).await), (vec![(1, vec![3])], Some(1)));
}

#[tokio::test]
async fn two_lines_before_tell_no_usual_price_and_a_slip_among_them_does_not_become_one() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let rows = ["1,2026-01-01,S1,Bowl,1,495.00,GBP", "2,2026-01-02,S1,Bowl,1,4.95,GBP", "3,2026-01-02,,Tray,1,8.00,GBP"].map(str::to_owned);
    bring(&services, &owner, "a.csv", &file(&rows)).await;
    let next = |number: i32, price: &str| file(&[format!("{number},2026-01-0{number},S1,Bowl,1,{price},GBP")]);
    let third = bring(&services, &owner, "b.csv", &next(4, "4.90")).await;
    assert_eq!(told(&report_on(&services, &owner, &third).await), (vec![], Some(0)));
    // 4.90, 4.95 and 495.00: the middle one is 4.95, of which 0.05 is a 99th part.
    let fourth = bring(&services, &owner, "c.csv", &next(5, "0.05")).await;
    let report = report_on(&services, &owner, &fourth).await;
    assert_eq!(told(&report), (vec![(1, vec![2])], Some(1)));
    assert!(report.findings[0].sentence.contains("“S1” at £0.05 (usually £4.95 in earlier uploads)"), "{report:?}");
}

#[tokio::test]
async fn a_product_without_code_is_known_by_its_name_and_a_price_by_its_amount() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let amounts = |rows: &[&str]| csv(&[&["Order ID,Order Date,Product,Quantity,Line Total"], rows].concat());
    let rows = ["1,2026-01-01,Tea,1,2.50", "2,2026-01-02,Tea,2,5.00", "3,2026-01-03,Tea,4,10.00"];
    bring(&services, &owner, "a.csv", &amounts(&rows)).await;
    let upload = bring(&services, &owner, "b.csv", &amounts(&["4,2026-01-04,TEA,3,750.00", "5,2026-01-04,Tea,100,250.00"])).await;
    let report = report_on(&services, &owner, &upload).await;
    // A piece costs 250.00 on line 2, and 2.50 on line 3: two spellings of one product.
    assert_eq!(told(&report), (vec![(1, vec![2])], Some(2)));
    assert!(report.findings[0].sentence.contains("“TEA” at £250.00 (usually £2.50 in earlier uploads)"), "{report:?}");
}

#[tokio::test]
async fn what_a_file_replaces_is_no_earlier_price() {
    for (mode, first_number) in [(UploadMode::Upsert, 1), (UploadMode::ReplacePeriod, 11)] {
        let services = TestServices::start().await;
        let owner = services.owner("ada@example.com").await;
        let week = |from: i32, price: &str| {
            file(&(0..5).map(|count| format!("{},2026-01-0{},S1,Bowl,1,{price},GBP", from + count, count + 1)).collect::<Vec<_>>())
        };
        bring(&services, &owner, "slipped.csv", &week(1, "495.00")).await;
        let mended = bring_in_mode(&services, &owner, &week(first_number, "4.95"), mode).await;
        let (outliers, _) = told(&report_on(&services, &owner, &mended).await);
        assert_eq!(outliers, [], "{mode:?}: what is gone is no measure");
        let more = bring(&services, &owner, "more.csv", &file(&["99,2026-01-09,S1,Bowl,1,495.00,GBP".to_owned()])).await;
        assert_eq!(told(&report_on(&services, &owner, &more).await), (vec![(1, vec![2])], Some(1)), "{mode:?}: what took its place is");
    }
}

#[tokio::test]
async fn a_file_that_is_read_again_is_held_neither_against_itself_nor_against_later_ones() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let worker = Worker::start((*services).clone());
    let again = async |upload: &UploadSummary| {
        reprocess_upload(&services, &owner, upload.id, None).await.expect("asked");
        told(&report_on(&services, &owner, &settled(&services, &owner, upload.id).await).await)
    };
    let dear: Vec<String> = (1..=4).map(|day| format!("{day},2026-01-0{day},S1,Bowl,1,495.00,GBP")).collect();
    let first = bring(&services, &owner, "first.csv", &file(&dear)).await;
    services.clock.advance_ms(60_000);
    let second = bring(&services, &owner, "second.csv", &file(&["5,2026-01-05,S1,Bowl,1,4.95,GBP".to_owned()])).await;
    assert_eq!(told(&report_on(&services, &owner, &second).await), (vec![(1, vec![2])], Some(1)));
    services.clock.advance_ms(60_000);
    let cheap: Vec<String> = (11..=20).map(|day| format!("{day},2026-01-{day},S1,Bowl,1,4.95,GBP")).collect();
    bring(&services, &owner, "third.csv", &file(&cheap)).await;
    // Eleven of fifteen lines are at 4.95 by now; but when the second came, four were at 495.00.
    assert_eq!(again(&second).await, (vec![(1, vec![2])], Some(1)));
    assert_eq!(again(&first).await, (vec![], Some(0)), "all that is there is later");
    worker.stop(Duration::from_secs(5)).await;
}

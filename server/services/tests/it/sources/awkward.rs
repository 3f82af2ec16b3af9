//! Bad input: each gets a sentence, and the figures stay as they were.

use super::{HEADER, bring, csv, data_version, lines, orders};
use crate::support::{Collector, TestServices};
use domain::sources::UploadStatus;
use services::sources::list_issues;
use std::io::Write;

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

#[tokio::test]
async fn a_file_that_is_no_sales_file_fails_with_a_sentence_and_changes_nothing() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let before = data_version(&services, owner.merchant_id).await;
    let long = csv(&[HEADER, &"1,2026-01-05,A,Tea,1,2.50,GBP\n".repeat(2_000)]);
    let cut = packed(&long);
    let cases: [(&str, &[u8], &str); 6] = [
        ("empty.csv", b"", "empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        ("no-header.csv", b"1,2026-01-05,2.50\n2,2026-01-06,3.50\n", "column names"),
        ("header-only.csv", b"Order ID,Order Date,SKU,Quantity,Price\n", "no rows"),
        ("prose.csv", b"Dear Sir or Madam\nplease find attached\n", "column"),
        ("cut.csv.gz", &cut[..cut.len() / 2], "gzip"),
    ];
    for (name, content, word) in cases {
        let upload = bring(&services, &owner, name, content).await;
        assert_eq!(upload.status, UploadStatus::Failed, "{name}: {upload:?}");
        assert!(upload.error.as_deref().is_some_and(|sentence| sentence.contains(word)), "{name}: {:?}", upload.error);
    }
    assert_eq!(orders(&services, owner.merchant_id).await, []);
    assert_eq!(data_version(&services, owner.merchant_id).await, before);
}

#[tokio::test]
async fn a_file_without_one_good_row_fails_and_its_rows_can_be_looked_at() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let file = csv(&[HEADER, "1,someday,A,Tea,1,2.50,GBP", "2,2026-01-05,A,Tea,many,2.50,GBP"]);
    let upload = bring(&services, &owner, "bad.csv", &file).await;
    assert_eq!((upload.status, upload.rows_total, upload.rows_rejected), (UploadStatus::Failed, 2, 2), "{upload:?}");
    assert!(upload.error.as_deref().is_some_and(|sentence| sentence.contains("line 2") && sentence.contains("someday")), "{:?}", upload.error);
    let issues = list_issues(&services, &owner, upload.id, 10).await.expect("issues read");
    assert_eq!(
        issues.iter().map(|issue| (issue.line, issue.column.as_deref())).collect::<Vec<_>>(),
        [(2, Some("Order Date")), (3, Some("Quantity"))]
    );
    assert_eq!(issues[1].raw, "2,2026-01-05,A,Tea,many,2.50,GBP");
}

#[tokio::test]
async fn what_stands_in_a_file_does_not_reach_the_log() {
    let log = Collector::default();
    let _collecting = tracing::subscriber::set_default(log.clone());
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring(&services, &owner, "bad.csv", &csv(&[HEADER, "1,canary@example.org,A,Tea,1,2.50,GBP"])).await;
    assert!(upload.error.as_deref().is_some_and(|sentence| sentence.contains("canary@example.org")), "{:?}", upload.error);
    let text = log.text();
    assert!(text.contains("no readable row") && text.contains(&upload.id.to_string()), "{text}");
    assert!(!text.contains("canary"), "{text}");
}

#[tokio::test]
async fn bad_rows_are_rejected_one_by_one_and_the_rest_is_kept() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let rows = [
        HEADER,
        "1,2026-01-05,A,Tea,2,2.50,GBP",
        "1,2026-01-05,B,Pot,1,ten,GBP",
        ",2026-01-05,A,Tea,1,2.50,GBP",
        "2,2026-02-30,A,Tea,1,2.50,GBP",
        "3,2026-01-06,A,Tea,1",
        "4,2026-01-06,A,Tea,-1,2.50,GBP",
    ];
    let upload = bring(&services, &owner, "mixed.csv", &csv(&rows)).await;
    assert_eq!((upload.status, upload.rows_total, upload.rows_accepted, upload.rows_rejected), (UploadStatus::Completed, 6, 2, 4), "{upload:?}");
    assert_eq!(upload.net_sales[0].minor, 250);
    assert_eq!(
        (upload.first_day.map(|day| day.to_string()), upload.last_day.map(|day| day.to_string())),
        (Some("2026-01-05".into()), Some("2026-01-06".into()))
    );
}

#[tokio::test]
async fn rows_equal_in_every_cell_are_lines_of_their_own() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let row = "1,2026-01-05,A,Tea,1,2.50,GBP";
    let upload = bring(&services, &owner, "twice.csv", &csv(&[HEADER, row, row])).await;
    assert_eq!((upload.rows_accepted, upload.rows_duplicate, upload.net_sales[0].minor), (2, 0, 500));
    let stored = lines(&services, owner.merchant_id).await;
    assert_eq!(stored.iter().map(|line| line.line).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn an_order_whose_rows_lie_apart_is_one_order_and_its_lines_may_change_places() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let (one, other, third) = ("1,2026-01-05,A,Tea,1,2.50,GBP", "2,2026-01-05,A,Tea,3,2.50,GBP", "1,2026-01-05,B,Pot,1,9.00,GBP");
    let upload = bring(&services, &owner, "apart.csv", &csv(&[HEADER, one, other, third])).await;
    assert_eq!((upload.orders_new, upload.rows_accepted), (2, 3));
    let again = bring(&services, &owner, "moved.csv", &csv(&[HEADER, third, other, one])).await;
    assert_eq!((again.rows_accepted, again.rows_duplicate, again.orders_updated), (0, 3, 0), "{again:?}");
}

#[tokio::test]
async fn an_order_that_differs_in_a_later_file_is_replaced() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let stays = "2,2026-01-06,A,Tea,1,2.50,GBP";
    bring(&services, &owner, "first.csv", &csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP", "1,2026-01-05,B,Pot,1,9.00,GBP", stays])).await;
    let before = data_version(&services, owner.merchant_id).await;
    let upload = bring(&services, &owner, "second.csv", &csv(&[HEADER, "1,2026-01-07,A,Tea,1,2.50,GBP", stays])).await;
    assert_eq!((upload.rows_accepted, upload.rows_duplicate, upload.orders_new, upload.orders_updated), (1, 1, 0, 1), "{upload:?}");
    let stored = orders(&services, owner.merchant_id).await;
    assert_eq!(stored.iter().map(|order| (order.external_id.as_str(), order.net_minor)).collect::<Vec<_>>(), [("1", 250), ("2", 250)]);
    assert_eq!(lines(&services, owner.merchant_id).await.len(), 2);
    assert_eq!(data_version(&services, owner.merchant_id).await, before + 1);
}

#[tokio::test]
async fn orders_in_another_currency_keep_it_and_are_reported() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let rows = [HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP", "2,2026-01-05,A,Tea,1,3.00,EUR", "2,2026-01-05,A,Tea,1,500,JPY"];
    let upload = bring(&services, &owner, "mixed.csv", &csv(&rows)).await;
    assert_eq!((upload.rows_accepted, upload.orders_new), (3, 3), "{upload:?}");
    let amounts: Vec<_> = upload.net_sales.iter().map(|money| (money.currency.code(), money.minor)).collect();
    assert_eq!(amounts, [("EUR", 300), ("GBP", 250), ("JPY", 500)]);
    assert_eq!(upload.remarks.iter().filter(|remark| remark.contains("never converted")).count(), 2);
    let again = bring(&services, &owner, "mixed.csv", &csv(&rows)).await;
    assert_eq!(again.rows_duplicate, 3);
}

#[tokio::test]
async fn an_order_in_two_currencies_is_the_same_whichever_row_comes_first() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let (pounds, dollars) = ("1001,2026-01-05,A,Tea,1,2.50,GBP", "1001,2026-01-05,B,Pot,1,9.00,USD");
    let like_a_side = "1001 (USD),2026-01-05,C,Cup,1,4.00,USD";
    bring(&services, &owner, "first.csv", &csv(&[HEADER, pounds, dollars, like_a_side])).await;
    let before = orders(&services, owner.merchant_id).await;
    assert_eq!(before.iter().map(|order| order.net_minor).sum::<i64>(), 1_550);
    let again = bring(&services, &owner, "second.csv", &csv(&[HEADER, dollars, like_a_side, pounds])).await;
    assert_eq!((again.rows_accepted, again.rows_duplicate), (0, 3), "{again:?}");
    assert_eq!(orders(&services, owner.merchant_id).await, before);
    let crafted = bring(&services, &owner, "third.csv", &csv(&[HEADER, "1001\u{1f}USD,2026-01-05,B,Pot,1,9.00,USD", pounds])).await;
    assert_eq!((crafted.rows_rejected, crafted.rows_duplicate), (1, 1), "{crafted:?}");
}

#[tokio::test]
async fn dates_and_decimals_are_read_as_the_whole_column_tells() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let mut rows = vec!["Order ID;Order Date;SKU;Quantity;Price".to_owned()];
    rows.extend((0..400).map(|number| format!("{number};05/06/2025;A;1;2500")));
    rows.push("400;05/31/2025;A;1;2,50".to_owned());
    let text = rows.join("\n");
    let upload = bring(&services, &owner, "late.csv", text.as_bytes()).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (401, 0), "{upload:?}");
    assert_eq!(upload.net_sales[0].minor, 400 * 250_000 + 250);
    assert_eq!(
        (upload.first_day.map(|day| day.to_string()), upload.last_day.map(|day| day.to_string())),
        (Some("2025-05-06".into()), Some("2025-05-31".into()))
    );
}

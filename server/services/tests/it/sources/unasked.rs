//! What is not read unasked: amounts that could be of the whole row.

use super::normal_shops::shop;
use super::{bring, csv, map_by_hand, orders};
use crate::support::TestServices;
use domain::sources::{Ambiguity, ColumnMeaning as M, Mapping, UploadStatus, UploadSummary};
use domain::Day;
use services::Actor;
use services::sources::mapping_preview;

/// Net sales in minor units and the day of each order.
async fn told(services: &TestServices, owner: &Actor) -> Vec<(i64, String)> {
    orders(services, owner.merchant_id).await.iter().map(|order| (order.net_minor, Day(order.day).to_string())).collect()
}

async fn asked(services: &TestServices, owner: &Actor, upload: &UploadSummary) -> (Vec<Ambiguity>, Mapping) {
    assert_eq!((upload.status, upload.rows_total), (UploadStatus::NeedsMapping, 0), "{upload:?}");
    assert_eq!(orders(services, owner.merchant_id).await, []);
    let preview = mapping_preview(services, owner, upload.id, None).await.expect("a preview");
    (preview.ambiguities, preview.guess)
}

fn says(upload: &UploadSummary, words: &str) {
    assert!(upload.remarks.iter().any(|remark| remark.contains(words)), "{:?}", upload.remarks);
}

#[tokio::test]
async fn amazons_order_report_comes_near_and_is_asked_with_prices_of_whole_rows() {
    let (services, owner) = shop().await;
    let file = csv(&[
        "order-id,order-item-id,purchase-date,payments-date,buyer-email,sku,product-name,quantity-purchased,currency,item-price,item-tax,shipping-price",
        "A1,7,2026-01-05T10:00:00+00:00,2026-01-05T10:00:00+00:00,a@b.example,T,Tea,2,GBP,30.00,5.00,4.00",
    ]);
    let upload = bring(&services, &owner, "report.csv", &file).await;
    says(&upload, "not recognised");
    says(&upload, "Amazon orders");
    let (_, guess) = asked(&services, &owner, &upload).await;
    assert_eq!(guess.columns.get(&M::LineAmount).map(String::as_str), Some("item-price"));
    let read = map_by_hand(&services, &owner, upload.id, &guess).await;
    assert_eq!(read.status, UploadStatus::Completed, "{read:?}");
    // Two pieces for 30.00 together.
    let stored: Vec<_> = orders(&services, owner.merchant_id).await.iter().map(|order| (order.net_minor, order.units_milli)).collect();
    assert_eq!(stored, [(3_000, 2_000)]);
}

#[tokio::test]
async fn prices_that_could_be_of_all_pieces_are_asked_and_plain_ones_are_read() {
    for (header, row) in [
        ("Order ID,Order Date,Product,Quantity,Item Price", "1,2026-01-05,Tea,2,30.00"),
        ("Order ID,Order Date,Product,Quantity,Price,Amount", "1,2026-01-05,Tea,2,30.00,30.00"),
        ("Order ID,Order Date,Order Total", "1,2026-01-05,30.00\n1,2026-01-05,30.00"),
    ] {
        let (services, owner) = shop().await;
        let upload = bring(&services, &owner, "may.csv", &csv(&[header, row])).await;
        says(&upload, "not recognised");
        asked(&services, &owner, &upload).await;
    }
    let (services, owner) = shop().await;
    let plain = csv(&["Order ID,Order Date,Product,Quantity,Price,Amount", "1,2026-01-05,Tea,2,15.00,30.00"]);
    assert_eq!(bring(&services, &owner, "may.csv", &plain).await.status, UploadStatus::Completed);
    assert_eq!(told(&services, &owner).await, [(3_000, "2026-01-05".to_owned())]);
}

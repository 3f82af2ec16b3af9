//! A Shopify orders export: order values stand on an order's first row only.

use super::{bring_file, lines, orders, real_file};
use crate::support::TestServices;
use domain::sources::UploadStatus;

#[tokio::test]
async fn an_orders_export_gives_its_orders_with_their_stated_totals() {
    let Some(path) = real_file("shopify-orders-export/orders_export_1.csv") else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring_file(&services, &owner, &path).await;
    assert_eq!((upload.status, upload.vendor.as_deref()), (UploadStatus::Completed, Some("shopify")), "{upload:?}");
    assert_eq!((upload.rows_total, upload.rows_accepted, upload.orders_new), (121, 121, 51));

    let stored = orders(&services, owner.merchant_id).await;
    assert_eq!(stored.len(), 51);
    assert_eq!(stored.iter().map(|order| order.total_minor).sum::<i64>(), 59_068_329);
    assert!(stored.iter().all(|order| order.currency == "INR"));
    assert_eq!(lines(&services, owner.merchant_id).await.len(), 121);
    assert!(upload.remarks.iter().any(|remark| remark.contains("INR") && remark.contains("never converted")), "{:?}", upload.remarks);

    let again = bring_file(&services, &owner, &path).await;
    assert_eq!((again.rows_accepted, again.rows_duplicate), (0, 121));
}

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

    let mut rows = csv::Reader::from_path(&path).expect("the file opens");
    let headers = rows.headers().expect("a header").clone();
    let at = |name: &str| headers.iter().position(|header| header == name).expect("the column is there");
    let columns = ["Shipping", "Taxes", "Discount Amount", "Refunded Amount"].map(at);
    let mut expected = [0_i64; 4];
    for row in rows.records() {
        let row = row.expect("a row");
        for (sum, column) in expected.iter_mut().zip(columns) {
            *sum += row[column].replace('.', "").parse::<i64>().unwrap_or_default();
        }
    }
    let sum = |of: fn(&entity::order::Model) -> Option<i64>| stored.iter().filter_map(of).sum::<i64>();
    let sums = [sum(|row| row.shipping_minor), sum(|row| row.tax_minor), sum(|row| row.discount_minor), sum(|row| row.refunded_minor)];
    assert_eq!(sums, expected);

    // No order of it is discounted, refunded or cancelled: quantity times price is gross and net.
    let (gross, net) = stored.iter().fold((0, 0), |(gross, net), order| (gross + order.gross_minor, net + order.net_minor));
    assert_eq!((gross, net), (58_594_200, 58_594_200));

    let again = bring_file(&services, &owner, &path).await;
    assert_eq!((again.rows_accepted, again.rows_duplicate), (0, 121));
}

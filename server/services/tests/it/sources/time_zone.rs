//! A shop that moves to another time zone.

use super::{bring, csv, lines, orders};
use crate::support::TestServices;
use domain::accounts::MerchantPatch;
use services::accounts::update_merchant;
use services::jobs::Worker;
use std::time::Duration;

#[tokio::test]
async fn days_are_worked_out_anew_with_orders_and_lines_alike() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let rows = [
        "Order ID,Order Date,Product,Quantity,Price,Store",
        "1,2026-01-05T23:30:00Z,Tea,1,2.50,Leeds",
        "1,2026-01-05T23:30:00Z,Pot,1,9,Leeds",
        "2,2026-01-05T03:00:00Z,Tea,1,2.50,",
    ];
    bring(&services, &owner, "may.csv", &csv(&rows)).await;
    let patch = MerchantPatch { name: "Shop".into(), currency: "GBP".into(), time_zone: "Asia/Tokyo".into(), week_start: 1, fiscal_year_start: None };
    update_merchant(&services, &owner, patch).await.expect("changed");
    let worker = Worker::start(services.clone());
    let moved = loop {
        let orders = orders(&services, owner.merchant_id).await;
        if orders.iter().any(|order| order.hour == 8) {
            break orders;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    worker.stop(Duration::from_secs(5)).await;
    let day: domain::Day = "2026-01-05".parse().expect("a day");
    assert_eq!(moved.iter().map(|order| (order.day, order.month, order.hour)).collect::<Vec<_>>(), [(day.0 + 1, 202_601, 8), (day.0, 202_601, 12)]);
    let lines = lines(&services, owner.merchant_id).await;
    assert_eq!(lines.len(), 3);
    for line in lines {
        let order = moved.iter().find(|order| order.id == line.order_id).expect("each line has its order");
        let store = (order.external_id == "1").then(|| "Leeds".to_owned());
        assert_eq!((line.day, line.month, line.hour, line.store), (order.day, order.month, order.hour, store));
    }
}

//! What files say of rows besides their amounts: cancelled, failed, unpaid, tests, other clocks. Figures computed by hand.

use super::cleaning::counts;
use super::normal::{Row, brought, table};
use super::{bring, csv, orders};
use crate::support::TestServices;
use domain::accounts::MerchantPatch;
use domain::sources::{FileKind, UploadStatus};
use services::Actor;
use services::accounts::update_merchant;
use std::collections::BTreeMap;

/// A file with the last header of a vendor's export that has these columns.
pub(super) fn export_of(vendor: &str, name: &str, rows: &[Row<'_>]) -> Vec<u8> {
    let path = format!("{}/../engine/src/ingestion/vendors/{vendor}.json", env!("CARGO_MANIFEST_DIR"));
    let vendor: serde_json::Value = serde_json::from_slice(&std::fs::read(path).expect("the vendor reads")).expect("it is JSON");
    let export = vendor["exports"].as_array().expect("exports").iter().find(|export| export["name"] == name).expect("the export is there");
    let headers: Vec<Vec<String>> = serde_json::from_value(export["headers"].clone()).expect("headers are texts");
    let has_all = |header: &&Vec<String>| rows.iter().all(|row| row.iter().all(|(name, _)| header.iter().any(|own| own == name)));
    let header = headers.iter().rfind(has_all).expect("a header with these columns");
    table(&header.iter().map(String::as_str).collect::<Vec<_>>(), ",", rows)
}

pub(super) async fn movements(services: &TestServices, owner: &Actor) -> Vec<entity::money_movement::Model> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    entity::money_movement::find(owner.merchant_id).all(&*tx).await.expect("movements read")
}

/// Amounts, fees and net amounts by kind.
pub(super) fn by_kind(movements: &[entity::money_movement::Model]) -> BTreeMap<&str, (i64, i64, i64)> {
    let mut sums = BTreeMap::<&str, (i64, i64, i64)>::new();
    for movement in movements {
        let sum = sums.entry(movement.kind.as_str()).or_default();
        *sum = (sum.0 + movement.amount_minor, sum.1 + movement.fee_minor.unwrap_or_default(), sum.2 + movement.net_minor);
    }
    sums
}

async fn move_shop_to(services: &TestServices, owner: &Actor, zone: &str) {
    let patch = MerchantPatch { name: "Shop".into(), currency: "GBP".into(), time_zone: zone.into(), week_start: 1, fiscal_year_start: None };
    update_merchant(services, owner, patch).await.expect("changed");
}

#[tokio::test]
async fn a_cancelled_order_of_magento_is_known_as_cancelled() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let row = |id, status| {
        [("ID", id), ("Purchase Date", "2026-01-05 10:00:00"), ("Subtotal", "50.00"), ("Grand Total (Purchased)", "50.00"), ("Status", status)]
    };
    let rows = [row("1", "complete"), row("2", "canceled"), row("3", "Storniert"), row("4", "pending")];
    let file = export_of("magento", "Magento orders", &rows.each_ref().map(|row| row.as_slice()));
    let upload = brought(&services, &owner, "magento", FileKind::Orders, &file).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (4, 0), "{upload:?}");
    assert_eq!(counts(&upload)["cancelled_orders"], 2);
    let step = upload.cleaning.iter().find(|step| step.name == "cancelled_orders").expect("the step is there");
    assert_eq!(step.samples.iter().map(|sample| (sample.line, sample.before.as_str())).collect::<Vec<_>>(), [(3, "2"), (4, "3")]);
}

#[tokio::test]
async fn stripes_payments_are_payments_with_their_fees_and_refunds() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let row = |id, amount, refunded, fee, status| {
        let said = [("id", id), ("Created date (UTC)", "2026-01-06 02:30"), ("Amount", amount), ("Amount Refunded", refunded)];
        said.into_iter().chain([("Currency", "gbp"), ("Fee", fee), ("Status", status), ("Mode", "Live")]).collect::<Vec<_>>()
    };
    let file = |refunded| {
        let rows = [
            row("ch_1", "20.00", "5.00", "0.88", "Paid"),
            row("ch_2", "100.00", "0.00", "0.00", "Failed"),
            row("ch_3", "10.00", refunded, "0.30", "Paid"),
        ];
        export_of("stripe", "Stripe payments", &rows.each_ref().map(Vec::as_slice))
    };
    let upload = brought(&services, &owner, "stripe", FileKind::Payouts, &file("0.00")).await;
    assert_eq!((upload.rows_total, upload.rows_accepted, upload.rows_rejected), (2, 2, 0), "{upload:?}");
    // 20.00 + 10.00 charged, 0.88 + 0.30 kept, 5.00 given back.
    let stored = movements(&services, &owner).await;
    assert_eq!(by_kind(&stored), BTreeMap::from([("sale", (3_000, -118, 2_882)), ("refund", (-500, 0, -500))]));
    assert_eq!(counts(&upload)["left_out_by_status"], 1);
    let step = upload.cleaning.iter().find(|step| step.name == "left_out_by_status").expect("the step is there");
    let sample = &step.samples[0];
    assert_eq!((sample.line, sample.column.as_str(), sample.before.as_str(), sample.after.as_str()), (3, "Status", "Failed", "left out"));
    assert!(upload.remarks.iter().any(|remark| remark.starts_with("Left out: 1 row whose “Status” is “Failed”.")), "{:?}", upload.remarks);
    let again = brought(&services, &owner, "stripe", FileKind::Payouts, &file("0.00")).await;
    assert_eq!((again.rows_accepted, again.rows_duplicate), (0, 2), "{again:?}");
    let later = brought(&services, &owner, "stripe", FileKind::Payouts, &file("10.00")).await;
    assert_eq!((later.rows_accepted, later.rows_duplicate), (1, 1), "{later:?}");
    assert_eq!(by_kind(&movements(&services, &owner).await)["refund"], (-1_500, 0, -1_500));
}

#[tokio::test]
async fn a_file_of_nothing_but_failed_payments_says_so() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let row = [("id", "ch_1"), ("Created date (UTC)", "2026-01-06 02:30"), ("Amount", "20.00"), ("Currency", "gbp"), ("Status", "Failed")];
    let upload = bring(&services, &owner, "export.csv", &export_of("stripe", "Stripe payments", &[&row])).await;
    assert_eq!((upload.status, upload.rows_total), (UploadStatus::Failed, 0));
    assert!(upload.error.as_deref().is_some_and(|error| error.contains("1 row of which, by their status, no money came")), "{upload:?}");
}

#[tokio::test]
async fn paypals_denied_payments_and_memos_move_no_money() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let row = |id, gross, status, impact| {
        [("Date", "13/01/2026"), ("Time", "21:30:00"), ("TimeZone", "PST"), ("Type", "Express Checkout Payment"), ("Status", status)]
            .into_iter()
            .chain([("Currency", "GBP"), ("Gross", gross), ("Net", gross), ("Transaction ID", id), ("Balance Impact", impact)])
            .collect::<Vec<_>>()
    };
    let rows = [
        row("T1", "20.00", "Completed", "Credit"),
        row("T2", "30.00", "Denied", "Credit"),
        row("T3", "40.00", "Completed", "Memo"),
        row("T4", "50.00", "Pending", "Credit"),
    ];
    let file = export_of("paypal", "PayPal activity", &rows.each_ref().map(Vec::as_slice));
    let upload = brought(&services, &owner, "paypal", FileKind::Payouts, &file).await;
    assert_eq!((upload.rows_total, upload.rows_accepted, counts(&upload)["left_out_by_status"]), (1, 1, 3), "{upload:?}");
    let stored = movements(&services, &owner).await;
    assert_eq!(by_kind(&stored), BTreeMap::from([("sale", (2_000, 0, 2_000))]));
    // 21:30 in Pacific Standard Time is 05:30 of the next day in London.
    let day: domain::Day = "2026-01-14".parse().expect("a day");
    assert_eq!((stored[0].occurred_at, stored[0].day), (1_768_339_800_000 + 8 * 3_600_000, day.0));
}

#[tokio::test]
async fn failed_payments_of_a_till_are_no_sales_and_voided_orders_are_cancelled() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let row = |id, amount, result| {
        [("Order ID", id), ("Order Date", "2026-01-05 10:00"), ("Amount", amount), ("Tender", "Visa"), ("Currency", "GBP"), ("Result", result)]
    };
    let rows = [row("1", "20.00", "FAIL"), row("1", "20.00", "SUCCESS"), row("2", "7.00", "SUCCESS")];
    let file = export_of("clover", "Clover payments", &rows.each_ref().map(|row| row.as_slice()));
    let upload = brought(&services, &owner, "clover", FileKind::Orders, &file).await;
    assert_eq!((upload.rows_total, counts(&upload)["left_out_by_status"]), (2, 1), "{upload:?}");
    assert_eq!(orders(&services, owner.merchant_id).await.iter().map(|order| order.net_minor).collect::<Vec<_>>(), [2_000, 700]);
    let row = |id, voided| [("Order Id", id), ("Opened", "2026-01-05 10:00"), ("Amount", "9.00"), ("Total", "9.00"), ("Voided", voided)];
    let rows = [row("T1", "false"), row("T2", "true")];
    let file = export_of("toast", "Toast order details", &rows.each_ref().map(|row| row.as_slice()));
    let upload = brought(&services, &owner, "toast", FileKind::Orders, &file).await;
    assert_eq!((upload.rows_accepted, counts(&upload)["cancelled_orders"]), (2, 1), "{upload:?}");
}

#[tokio::test]
async fn amazons_cancelled_and_pending_rows_without_money_are_no_errors() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let row = |id, status, item, quantity, price| {
        [("amazon-order-id", id), ("purchase-date", "2026-01-05T10:00:00+00:00"), ("order-status", status), ("item-status", item)]
            .into_iter()
            .chain([("sku", "T1"), ("quantity", quantity), ("item-price", price), ("currency", "GBP")])
            .collect::<Vec<_>>()
    };
    let first = [row("A", "Shipped", "Shipped", "1", "12.00"), row("B", "Unshipped", "Unshipped", "1", "8.00")];
    let upload =
        brought(&services, &owner, "amazon", FileKind::Orders, &export_of("amazon", "Amazon orders", &first.each_ref().map(Vec::as_slice))).await;
    assert_eq!(upload.net_sales[0].minor, 2_000);
    let then = [
        row("A", "Shipped", "Shipped", "1", "12.00"),
        row("A", "Shipped", "Cancelled", "0", ""),
        row("B", "Cancelled", "Cancelled", "0", ""),
        row("C", "Pending", "Unshipped", "1", ""),
    ];
    let upload =
        brought(&services, &owner, "amazon", FileKind::Orders, &export_of("amazon", "Amazon orders", &then.each_ref().map(Vec::as_slice))).await;
    assert_eq!((upload.rows_total, upload.rows_rejected), (2, 0), "{upload:?}");
    assert_eq!((counts(&upload)["left_out_by_status"], counts(&upload)["cancelled_orders"]), (2, 1));
    // What was sold before it was cancelled is sold no more.
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> = stored.iter().map(|order| (order.external_id.as_str(), order.net_minor, order.is_sale)).collect();
    assert_eq!(told, [("A", 1_200, true), ("B", 0, false)]);
}

#[tokio::test]
async fn times_of_other_clocks_fall_on_the_shops_days() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    move_shop_to(&services, &owner, "America/New_York").await;
    let payment = [("id", "ch_1"), ("Created date (UTC)", "2026-01-06 02:30"), ("Amount", "20.00"), ("Currency", "gbp"), ("Status", "Paid")];
    brought(&services, &owner, "stripe", FileKind::Payouts, &export_of("stripe", "Stripe payments", &[&payment])).await;
    let payout =
        [("id", "po_1"), ("Amount", "9.00"), ("Created (UTC)", "2026-01-05 08:00"), ("Arrival Date (UTC)", "2026-01-06 00:00"), ("Currency", "gbp")];
    brought(&services, &owner, "stripe", FileKind::Payouts, &export_of("stripe", "Stripe payouts", &[&payout])).await;
    let days: BTreeMap<_, _> = movements(&services, &owner).await.into_iter().map(|row| (row.kind, domain::Day(row.day).to_string())).collect();
    // A day without a time is the shop's day.
    assert_eq!(days, BTreeMap::from([("payout".to_owned(), "2026-01-06".to_owned()), ("sale".to_owned(), "2026-01-05".to_owned())]));
    let nobodys = csv(&["Order ID,Order Date (UTC),Product,Quantity,Price", "1,2026-01-06 02:30,Tea,1,2.50"]);
    bring(&services, &owner, "may.csv", &nobodys).await;
    let stored = orders(&services, owner.merchant_id).await;
    assert_eq!((domain::Day(stored[0].day).to_string().as_str(), stored[0].hour), ("2026-01-05", 21));
}

#[tokio::test]
async fn squares_rows_are_on_their_own_clocks_and_all_their_fees_count() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let row = |id, zone| {
        [("Date", "2026-01-06"), ("Time", "20:30:00"), ("Time Zone", zone), ("Net Sales", "$10.00"), ("Total Collected", "$10.00")]
            .into_iter()
            .chain([("Fees", "-$0.50"), ("Third Party Fees", "-$0.10"), ("Transaction ID", id)])
            .collect::<Vec<_>>()
    };
    let rows = [row("S1", "Eastern Time (US & Canada)"), row("S2", "Middle-earth")];
    let file = export_of("square", "Square transactions", &rows.each_ref().map(Vec::as_slice));
    let upload = brought(&services, &owner, "square", FileKind::Orders, &file).await;
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> = stored.iter().map(|order| (domain::Day(order.day).to_string(), order.hour, order.fee_minor)).collect();
    // 20:30 in New York is 01:30 of the next day in London; an unknown zone is the shop's.
    assert_eq!(told, [("2026-01-07".to_owned(), 1, Some(60)), ("2026-01-06".to_owned(), 20, Some(60))]);
    assert_eq!(counts(&upload)["amounts_summed"], 2);
    assert!(upload.remarks.iter().any(|remark| remark.contains("“Middle-earth”")), "{:?}", upload.remarks);
}

#[tokio::test]
async fn files_of_nobody_say_cancelled_and_test_in_their_own_words() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let header = "Order ID,Order Date,Product,Quantity,Price,Status,Test";
    let file = csv(&[
        header,
        "1,2026-01-05,Tea,1,2.50,Paid,false",
        "2,2026-01-05,Tea,1,2.50,Storniert,false",
        "3,2026-01-05,Tea,1,2.50,İptal edildi,",
        "4,2026-01-05,Tea,1,2.50,Paid,TRUE",
        "5,2026-01-05,Tea,1,,unpaid,false",
    ]);
    let upload = bring(&services, &owner, "may.csv", &file).await;
    assert_eq!((upload.status, upload.rows_accepted, upload.rows_rejected), (UploadStatus::Completed, 4, 0), "{upload:?}");
    let changed = counts(&upload);
    assert_eq!((changed["cancelled_orders"], changed["test_orders"], changed["left_out_by_status"]), (2, 1, 1));
    // A column that is only called so.
    let file = csv(&["Order ID,Order Date,Product,Quantity,Price,Test", "7,2026-01-05,Kit,1,2.50,Iron", "8,2026-01-05,Kit,1,2.50,1"]);
    let upload = bring(&services, &owner, "labs.csv", &file).await;
    assert_eq!((upload.rows_accepted, counts(&upload).get("test_orders")), (2, None), "{upload:?}");
}

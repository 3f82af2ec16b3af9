//! What is not read unasked: amounts that could be of the whole row or a thousand times more, and dates without a century that could be of two days.

use super::normal_shops::{export, shop};
use super::{HEADER, bring, csv, map_by_hand, orders};
use crate::support::TestServices;
use domain::sources::{Ambiguity, ChoiceValue, ColumnMeaning as M, DateOrder, Mapping, UploadStatus, UploadSummary};
use domain::{Currency, Day};
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

#[tokio::test]
async fn numbers_that_could_be_thousands_are_asked_and_read_as_answered() {
    let lira: Currency = "TRY".parse().expect("a currency");
    let file = csv(&[HEADER, "1,2026-01-05,A,Tea,1,18.500,TRY", "2,2026-01-06,A,Pot,2,1.250,TRY"]);
    for (comma, expected) in [(true, [1_850_000, 250_000]), (false, [1_850, 250])] {
        let (services, owner) = shop().await;
        let upload = bring(&services, &owner, "may.csv", &file).await;
        says(&upload, "“18.500” is 18500 or 18.500");
        let (open, guess) = asked(&services, &owner, &upload).await;
        let choices: Vec<_> = open.iter().flat_map(|asked| &asked.choices).map(|choice| choice.value.clone()).collect();
        assert_eq!(choices, [ChoiceValue::DecimalComma(false), ChoiceValue::DecimalComma(true)]);
        let read = map_by_hand(&services, &owner, upload.id, &Mapping { decimal_comma: Some(comma), ..guess }).await;
        assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, 2), "{read:?}");
        let stored: Vec<_> = orders(&services, owner.merchant_id).await.iter().map(|order| (order.net_minor, order.currency.clone())).collect();
        assert_eq!(stored, expected.map(|minor| (minor, lira.code().to_owned())));
    }
    // One number anywhere in the file answers.
    let (services, owner) = shop().await;
    let decided = csv(&[HEADER, &"1,2026-01-05,A,Tea,1,18.500,TRY\n".repeat(900), "2,2026-01-06,A,Pot,1,\"2,5\",TRY"]);
    assert_eq!(bring(&services, &owner, "june.csv", &decided).await.status, UploadStatus::Completed);
    assert_eq!(told(&services, &owner).await[1].0, 250);
}

#[tokio::test]
async fn who_confirms_without_an_answer_is_told_how_numbers_were_read() {
    let (services, owner) = shop().await;
    let upload = bring(&services, &owner, "may.csv", &csv(&[HEADER, "1,2026-01-05,A,Tea,1,18.500,GBP"])).await;
    let (_, guess) = asked(&services, &owner, &upload).await;
    let read = map_by_hand(&services, &owner, upload.id, &guess).await;
    says(&read, "read with a decimal point");
    assert_eq!(told(&services, &owner).await, [(1_850, "2026-01-05".to_owned())]);
}

#[tokio::test]
async fn dates_without_a_century_are_read_as_their_vendor_writes_them() {
    let (services, owner) = shop().await;
    let item = [("Sale Date", "01/05/26"), ("Item Name", "Print"), ("Quantity", "1"), ("Price", "16.00"), ("Currency", "GBP"), ("Order ID", "38")];
    let read = bring(&services, &owner, "etsy.csv", &export("etsy", "Etsy sold order items", ",", &[&item])).await;
    assert_eq!((read.status, read.vendor.as_deref()), (UploadStatus::Completed, Some("etsy")), "{read:?}");
    says(&read, "month before day, as Etsy writes them");
    let order = [("Location", "Leeds"), ("Order Id", "9"), ("Opened", "1/6/26 6:05 PM"), ("Amount", "10.00"), ("Total", "12.00")];
    let read = bring(&services, &owner, "toast.csv", &export("toast", "Toast order details", ",", &[&order])).await;
    assert_eq!((read.status, read.vendor.as_deref()), (UploadStatus::Completed, Some("toast")), "{read:?}");
    assert_eq!(told(&services, &owner).await, [(1_600, "2026-01-05".to_owned()), (1_000, "2026-01-06".to_owned())]);
    // What a column itself tells counts more than a habit.
    let rows = [("25/01/26", "40"), ("01/02/26", "41")].map(|(date, number)| {
        [("Sale Date", date), ("Item Name", "Print"), ("Quantity", "1"), ("Price", "16.00"), ("Currency", "GBP"), ("Order ID", number)]
    });
    let (services, owner) = shop().await;
    bring(&services, &owner, "etsy.csv", &export("etsy", "Etsy sold order items", ",", &[&rows[0], &rows[1]])).await;
    assert_eq!(told(&services, &owner).await.iter().map(|(_, day)| day.as_str()).collect::<Vec<_>>(), ["2026-01-25", "2026-02-01"]);
}

#[tokio::test]
async fn dates_without_a_century_that_are_nobodys_are_asked_and_never_failed() {
    let file = csv(&[HEADER, "1,01/05/26,A,Tea,1,2.50,GBP", "2,02/05/26,A,Tea,1,2.50,GBP"]);
    for (order, expected) in [(DateOrder::MonthDayYear, ["2026-01-05", "2026-02-05"]), (DateOrder::DayMonthYear, ["2026-05-01", "2026-05-02"])] {
        let (services, owner) = shop().await;
        let upload = bring(&services, &owner, "may.csv", &file).await;
        says(&upload, "day or the month");
        let (open, guess) = asked(&services, &owner, &upload).await;
        assert!(open.iter().flat_map(|asked| &asked.choices).any(|choice| choice.value == ChoiceValue::DateOrder(order)), "{open:?}");
        let read = map_by_hand(&services, &owner, upload.id, &guess).await;
        assert_eq!(read.status, UploadStatus::NeedsMapping, "without an answer no date can be read: {read:?}");
        let read = map_by_hand(&services, &owner, upload.id, &Mapping { date_order: Some(order), ..guess }).await;
        assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, 2), "{read:?}");
        assert_eq!(told(&services, &owner).await.iter().map(|(_, day)| day.as_str()).collect::<Vec<_>>(), expected);
    }
    // The fifth of May is the same day in both orders.
    let (services, owner) = shop().await;
    bring(&services, &owner, "may.csv", &csv(&[HEADER, "1,05/05/26,A,Tea,1,2.50,GBP"])).await;
    assert_eq!(told(&services, &owner).await, [(250, "2026-05-05".to_owned())]);
}

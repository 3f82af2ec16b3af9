//! Discounts in shares and in money: asked where nothing tells, and gross, discount and net are right in both readings.

use super::totals::{northwind, recorded};
use super::{bring, bring_as, csv, lines, map_by_hand, mapping, orders, real_file};
use crate::support::TestServices;
use domain::sources::{ChoiceValue, ColumnMeaning as M, DiscountReading, FileKind, Mapping, UploadStatus, UploadSummary};
use sea_orm::sea_query::Expr;
use services::sources::{ImportOptions, import_file_with, map_upload, mapping_preview, try_mapping};

use DiscountReading::{Amount, Fraction};

const HEADER: &str = "Order ID,Order Date,Product,Unit Price,Quantity,Discount,Currency";

/// Order 1: 35 × 42.40 = 1,484.00 and 15 × 16.80 = 252.00, both less 0.15; order 2: 10 × 9.80, less nothing.
fn file() -> Vec<u8> {
    csv(&[HEADER, "1,2026-01-05,Tea,42.4,35,0.15,GBP", "1,2026-01-05,Pot,16.8,15,0.15,GBP", "2,2026-01-06,Tea,9.8,10,0,GBP"])
}

fn meanings(reading: Option<DiscountReading>) -> Mapping {
    let columns = [
        (M::OrderNumber, "Order ID"),
        (M::OrderedAt, "Order Date"),
        (M::ProductName, "Product"),
        (M::UnitPrice, "Unit Price"),
        (M::Quantity, "Quantity"),
        (M::LineDiscount, "Discount"),
        (M::Currency, "Currency"),
    ];
    Mapping { discount_as: reading, ..mapping(FileKind::Orders, &columns) }
}

/// What is left of each order, and what was taken off.
async fn figures(services: &TestServices, owner: &services::Actor) -> Vec<(i64, Option<i64>)> {
    orders(services, owner.merchant_id).await.iter().map(|order| (order.net_minor, order.discount_minor)).collect()
}

#[tokio::test]
async fn discounts_between_nothing_and_one_are_asked_and_read_as_answered() {
    for (reading, expected) in
        [(Fraction, [(126_140 + 21_420, Some(22_260 + 3_780)), (9_800, Some(0))]), (Amount, [(148_385 + 25_185, Some(15 + 15)), (9_800, Some(0))])]
    {
        let services = TestServices::start().await;
        let owner = services.owner("ada@example.com").await;
        let asked = bring(&services, &owner, "may.csv", &file()).await;
        assert_eq!(asked.status, UploadStatus::NeedsMapping, "{asked:?}");
        assert!(
            asked.remarks.iter().any(|remark| remark.contains("“Discount”") && remark.contains("leaves 1261.40 as a share (15 %)")),
            "{:?}",
            asked.remarks
        );
        let preview = mapping_preview(&services, &owner, asked.id, None).await.expect("a preview");
        let [question] = preview.ambiguities.as_slice() else { panic!("{:?}", preview.ambiguities) };
        assert_eq!(question.evidence, ["“0.15” off 1484.00 leaves 1261.40 as a share (15 %), 1483.85 as money"]);
        assert!(question.choices.iter().any(|choice| choice.value == ChoiceValue::Discount(reading)));
        let answered = Mapping { discount_as: Some(reading), ..preview.guess };
        let trial = try_mapping(&services, &owner, asked.id, answered.clone()).await.expect("tried");
        assert_eq!((trial.rows_good, trial.ambiguities.len()), (3, 0), "{trial:?}");
        assert!(trial.columns.iter().any(|column| column == M::LineDiscount.label()), "{:?}", trial.columns);
        let read = map_by_hand(&services, &owner, asked.id, &answered).await;
        assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, 3), "{read:?}");
        assert_eq!(figures(&services, &owner).await, expected, "{reading:?}");
        let next = csv(&[HEADER, "3,2026-01-07,Tea,10,1,0.1,GBP"]);
        assert_eq!(bring(&services, &owner, "june.csv", &next).await.status, UploadStatus::Completed, "the answer is remembered");
    }
}

#[tokio::test]
async fn whoever_confirms_without_an_answer_is_told_what_was_assumed() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let read = bring_as(&services, &owner, &file(), &meanings(None)).await;
    assert!(read.remarks.iter().any(|remark| remark.contains("nobody said") && remark.contains("shares")), "{:?}", read.remarks);
    assert_eq!(figures(&services, &owner).await[0], (147_560, Some(26_040)));
}

#[tokio::test]
async fn a_line_total_answers_and_amounts_that_are_nobodys_are_not_taken_off_unasked() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let proven =
        csv(&["Order ID,Order Date,Unit Price,Quantity,Discount,Line Total", "1,2026-01-05,42.4,35,0.15,1261.40", "2,2026-01-05,16.8,6,0.05,95.76"]);
    let read = bring(&services, &owner, "proven.csv", &proven).await;
    assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, 2), "{read:?}");
    assert!(read.remarks.iter().any(|remark| remark.contains("“Line Total” is price × quantity less that")), "{:?}", read.remarks);
    assert_eq!(figures(&services, &owner).await, [(126_140, Some(22_260)), (9_576, Some(504))]);

    let doubtful = csv(&["Invoice No,Order Date,Unit Price,Quantity,Discount", "8,2026-02-05,42.4,35,5.00", "9,2026-02-05,16.8,6,0"]);
    let read = bring(&services, &owner, "doubtful.csv", &doubtful).await;
    assert!(read.remarks.iter().any(|remark| remark.contains("they were not taken off")), "{:?}", read.remarks);
    assert_eq!(figures(&services, &owner).await[2..], [(148_400, None), (10_080, None)]);
}

#[tokio::test]
async fn shares_of_whole_orders_are_the_sum_over_their_rows_beside_what_rows_repeat() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let rows =
        ["No,When,What,Each,Many,Post,Off", "1,2026-01-05,Tea,10,2,4.50,10 %", "1,2026-01-05,Pot,30,1,4.50,10 %", "2,2026-01-05,Pot,30,1,4.50,"];
    let columns = [
        (M::OrderNumber, "No"),
        (M::OrderedAt, "When"),
        (M::ProductName, "What"),
        (M::UnitPrice, "Each"),
        (M::Quantity, "Many"),
        (M::Shipping, "Post"),
        (M::Discount, "Off"),
    ];
    let read = bring_as(&services, &owner, &csv(&rows), &mapping(FileKind::Orders, &columns)).await;
    assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, 3), "{read:?}");
    let stored = orders(&services, owner.merchant_id).await;
    let money = ["No,When,What,Each,Many,Off", "8,2026-01-05,Tea,10,2,£2.50", "9,2026-01-06,Pot,30,1,10 %"];
    let mut of_money = mapping(FileKind::Orders, &columns);
    of_money.columns.remove(&M::Shipping);
    let read = bring_as(&services, &owner, &csv(&money), &of_money).await;
    assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, 2), "{read:?}");
    let mixed: Vec<_> = orders(&services, owner.merchant_id).await[2..].iter().map(|order| (order.net_minor, order.discount_minor)).collect();
    assert_eq!(mixed, [(2_000 - 250, Some(250)), (3_000 - 300, Some(300))], "a sign is about its own cell");
    let stated: Vec<_> = stored.iter().map(|order| (order.net_minor, order.discount_minor, order.shipping_minor)).collect();
    assert_eq!(stated, [(5_000 - 500, Some(500), Some(450)), (3_000, None, Some(450))]);
}

#[tokio::test]
async fn northwinds_discounts_are_asked_and_right_in_both_readings() {
    let Some(path) = real_file("northwind/create.sql") else { return };
    let file = northwind(&std::fs::read_to_string(path).expect("the script reads"), true);
    let expected = recorded("northwind");
    let of = |name: &str| expected[name].as_i64().expect("a number");
    for (reading, net) in [(Fraction, of("net_minor_less_shares")), (Amount, of("net_minor_less_amounts"))] {
        let services = TestServices::start().await;
        let owner = services.owner("ada@example.com").await;
        let asked = bring(&services, &owner, "northwind.csv", file.as_bytes()).await;
        assert_eq!(asked.status, UploadStatus::NeedsMapping, "{asked:?}");
        let guess = mapping_preview(&services, &owner, asked.id, None).await.expect("a preview").guess;
        let read = map_by_hand(&services, &owner, asked.id, &Mapping { discount_as: Some(reading), ..guess }).await;
        assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, of("rows")), "{read:?}");
        let gross: i64 = orders(&services, owner.merchant_id).await.iter().map(|order| order.gross_minor).sum();
        assert_eq!(gross, of("net_minor"), "gross is before discounts, as the file without them is");
        let sums = figures(&services, &owner).await.into_iter().fold((0, 0), |(net, off), (one, other)| (net + one, off + other.unwrap_or(0)));
        assert_eq!(sums, (net, of("net_minor") - net), "net and discount make the gross of the file");
        let lines = lines(&services, owner.merchant_id).await;
        assert_eq!(lines.iter().map(|line| line.amount_minor).sum::<i64>(), net);
        assert_eq!(lines.iter().filter_map(|line| line.discount_minor).sum::<i64>(), of("net_minor") - net);
    }
}

#[tokio::test]
async fn discounts_in_totals_of_stores_are_asked_and_taken_off() {
    let columns =
        [(M::Store, "Shop"), (M::Period, "Week"), (M::Sku, "Item"), (M::Quantity, "Units"), (M::UnitPrice, "Each"), (M::LineDiscount, "Off")];
    let file =
        csv(&["Shop,Week,Item,Units,Each,Off", "Leeds,2026-01-05,T1,35,42.4,0.15", "Leeds,2026-01-05,P1,15,16.8,10 %", "York,2026-01-05,T1,10,9.8,"]);
    // Leeds: 1,484.00 less 0.15, and 252.00 less a tenth. York: 98.00.
    let shares = [(22_680, Some(2_520)), (126_140, Some(22_260)), (9_800, None)];
    let money = [(22_680, Some(2_520)), (148_385, Some(15)), (9_800, None)];
    for (reading, expected) in [(Fraction, shares), (Amount, money)] {
        let services = TestServices::start().await;
        let owner = services.owner("ada@example.com").await;
        let upload = bring(&services, &owner, "weeks.csv", &file).await;
        assert_eq!(upload.status, UploadStatus::NeedsMapping, "{upload:?}");
        let open = mapping(FileKind::SellOut, &columns);
        let trial = try_mapping(&services, &owner, upload.id, open.clone()).await.expect("tried");
        assert_eq!((trial.rows_good, trial.rows_bad), (3, 0), "{trial:?}");
        let mut choices = trial.ambiguities.iter().flat_map(|question| &question.choices);
        assert!(choices.any(|choice| choice.value == ChoiceValue::Discount(reading)), "{:?}", trial.ambiguities);
        let read = map_by_hand(&services, &owner, upload.id, &Mapping { discount_as: Some(reading), ..open }).await;
        assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, 3), "{read:?}");
        assert_eq!(figures(&services, &owner).await, expected, "{reading:?}");
    }
}

#[tokio::test]
async fn totals_of_stores_that_were_paid_are_not_lessened_again() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let columns = [
        (M::Store, "Shop"),
        (M::Period, "Week"),
        (M::Sku, "Item"),
        (M::Quantity, "Units"),
        (M::UnitPrice, "Each"),
        (M::LineDiscount, "Off"),
        (M::Amount, "Paid"),
    ];
    let file = csv(&["Shop,Week,Item,Units,Each,Off,Paid", "Leeds,2026-01-05,T1,35,42.4,0.15,1261.40", "Leeds,2026-01-05,P1,6,16.8,0.05,95.76"]);
    let open = mapping(FileKind::SellOut, &columns);
    let upload = bring(&services, &owner, "paid.csv", &file).await;
    let trial = try_mapping(&services, &owner, upload.id, open.clone()).await.expect("tried");
    let read = map_by_hand(&services, &owner, upload.id, &open).await;
    assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, 2), "{read:?}");
    for remarks in [&trial.remarks, &read.remarks] {
        assert!(remarks.iter().any(|remark| remark.contains("“Paid” has the discounts taken off already")), "{remarks:?}");
    }
    assert_eq!(figures(&services, &owner).await, [(9_576, Some(504)), (126_140, Some(22_260))]);
}

/// A store's totals, with two columns that may be discounts.
fn totals(week: &str) -> Vec<u8> {
    csv(&["Shop,Week,Item,Paid,Off,Bonus", &format!("Leeds,{week},T1,90.00,10.00,1.50"), &format!("York,{week},T1,45.00,,")])
}

fn of_totals(more: &[(M, &str)]) -> Mapping {
    let columns = [(M::Store, "Shop"), (M::Period, "Week"), (M::Sku, "Item"), (M::OrderTotal, "Paid")];
    mapping(FileKind::SellOut, &[columns.as_slice(), more].concat())
}

#[tokio::test]
async fn a_discount_on_the_whole_is_that_of_the_stores_row() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let said = Mapping { line_amount_is_net: Some(false), ..of_totals(&[(M::Discount, "Off")]) };
    let read = bring_as(&services, &owner, &totals("2026-01-05"), &said).await;
    assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, 2), "{read:?}");
    assert_eq!(figures(&services, &owner).await, [(8_000, Some(1_000)), (4_500, None)]);
}

#[tokio::test]
async fn of_two_discounts_in_totals_of_stores_a_person_says_which_is_the_rows() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let (one, two) = (of_totals(&[(M::Discount, "Off")]), of_totals(&[(M::LineDiscount, "Bonus"), (M::Discount, "Off")]));
    let upload = bring(&services, &owner, "first.csv", &totals("2026-01-05")).await;
    let trial = try_mapping(&services, &owner, upload.id, two.clone()).await.expect("tried");
    assert_eq!(trial.missing, ["which of the two discounts is the row's (leave the other out)"]);
    let refusal = map_upload(&services, &owner, upload.id, two.clone()).await.expect_err("two discounts").into_app();
    assert!(refusal.field("columns").is_some_and(|sentence| sentence.contains("which of the two discounts")), "{refusal:?}");
    map_by_hand(&services, &owner, upload.id, &one).await;

    // A mapping with both may be remembered from before.
    let tx = services.db.write(owner.merchant_id).await.expect("a transaction");
    let before = Expr::value(serde_json::to_string(&two).expect("it writes"));
    let updated = entity::source::update(owner.merchant_id).col_expr(entity::source::Column::Mapping, before).exec(&*tx).await;
    assert_eq!(updated.expect("it is updated").rows_affected, 1);
    tx.commit().await.expect("committed");
    let next = bring(&services, &owner, "next.csv", &totals("2026-01-12")).await;
    assert_eq!(next.status, UploadStatus::NeedsMapping, "{next:?}");
    assert!(next.remarks.iter().any(|remark| remark.contains("which of the two discounts")), "{:?}", next.remarks);
}

/// Brings totals of stores under a source's name.
async fn bring_of(services: &TestServices, owner: &services::Actor, source: &str, week: &str) -> UploadSummary {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("weeks.csv");
    std::fs::write(&path, totals(week)).expect("the file is written");
    let options = ImportOptions { source: Some(source.to_owned()), ..ImportOptions::default() };
    import_file_with(services, owner, &path, options).await.expect("the file is taken")
}

#[tokio::test]
async fn what_was_answered_of_amounts_without_prices_is_not_asked_again() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let open = of_totals(&[(M::LineDiscount, "Off")]);
    for (source, week) in [("North", "2026-01-05"), ("South", "2026-01-05"), ("North", "2026-01-12")] {
        let asked = bring_of(&services, &owner, source, week).await;
        assert_eq!(asked.status, UploadStatus::NeedsMapping, "{asked:?}");
        let trial = try_mapping(&services, &owner, asked.id, open.clone()).await.expect("tried");
        assert!(trial.remarks.iter().any(|remark| remark.contains("nobody said: it was left as it stands")), "{:?}", trial.remarks);
        let is_answered = week == "2026-01-12";
        let said = Mapping { line_amount_is_net: is_answered.then_some(false), ..open.clone() };
        let read = map_by_hand(&services, &owner, asked.id, &said).await;
        assert_eq!(read.status, UploadStatus::Completed, "{read:?}");
        assert_ne!(is_answered, read.remarks.iter().any(|remark| remark.contains("nobody said: it was left as it stands")), "{:?}", read.remarks);
    }
    // The other name's mapping is the younger one, and leaves it open.
    let next = bring_of(&services, &owner, "North", "2026-01-19").await;
    assert_eq!(next.status, UploadStatus::Completed, "{next:?}");
    let all = orders(&services, owner.merchant_id).await;
    let mut leeds: Vec<_> = all.iter().filter(|order| order.external_id.starts_with("Leeds")).map(|order| order.net_minor).collect();
    leeds.sort_unstable();
    assert_eq!(leeds, [8_000, 8_000, 9_000, 9_000]);
}

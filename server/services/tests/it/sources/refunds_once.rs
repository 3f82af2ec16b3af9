//! One refund that two files tell, the export of its order and a file of refunds: it counts once, whichever came first and whichever goes.

use super::foreseen::undo_as_foretold;
use super::undone::{bring_in_mode, settled};
use super::{HEADER, bring, bring_as, csv, data_version, lines, mapping, orders};
use crate::columns::{both, with_copies};
use crate::support::TestServices;
use domain::question::Question;
use domain::sources::{ColumnMeaning as M, FileKind, Mapping, OrderChange, UploadMode, UploadStatus, UploadSummary};
use domain::{Currency, Money};
use services::Actor;
use services::analytics::{EngineName, answer_by};
use services::jobs::Worker;
use services::sources::{ImportOptions, import_file_with, reprocess_upload, undo_preview, undo_upload};
use std::collections::BTreeMap;
use std::time::Duration;

const ORDERS: &str = "No,When,Item,Worth,Back,Off,In";
const REFUNDS: &str = "Refund,Day,Sum,Of,Money";

pub(super) fn of_orders() -> Mapping {
    let columns = [(M::OrderNumber, "No"), (M::OrderedAt, "When"), (M::ProductName, "Item"), (M::LineAmount, "Worth")];
    mapping(FileKind::Orders, &[columns.as_slice(), &[(M::Amount, "Back"), (M::CancelledAt, "Off"), (M::Currency, "In")]].concat())
}

pub(super) fn of_refunds() -> Mapping {
    let columns = [(M::RefundId, "Refund"), (M::OrderedAt, "Day"), (M::Amount, "Sum"), (M::OrderNumber, "Of"), (M::Currency, "Money")];
    mapping(FileKind::Refunds, &columns)
}

pub(super) fn orders_file(rows: &[&str]) -> Vec<u8> {
    csv(&[&[ORDERS], rows].concat())
}

pub(super) fn refunds_file(rows: &[&str]) -> Vec<u8> {
    csv(&[&[REFUNDS], rows].concat())
}

/// A refund of it all, a part of it, more than the export says, a cancelled order, one refunded with its shipping and tax, one of which the
/// export tells nothing, and one with a mark before its number.
fn some_orders() -> Vec<u8> {
    orders_file(&[
        "1001,2026-01-05,Tea,30.00,5.00,,GBP",
        "1002,2026-01-05,Tea,30.00,5.00,,GBP",
        "1003,2026-01-05,Tea,30.00,5.00,,GBP",
        "1004,2026-01-05,Tea,20.00,,2026-01-06,GBP",
        "1005,2026-01-05,Tea,30.00,41.00,,GBP",
        "1006,2026-01-05,Tea,20.00,,,GBP",
        "#1007,2026-01-05,Tea,30.00,8.00,,GBP",
    ])
}

fn some_refunds() -> Vec<u8> {
    refunds_file(&[
        "R1,2026-02-07,5.00,1001,GBP",
        "R2,2026-02-07,2.00,1002,GBP",
        "R3,2026-02-07,5.00,1003,GBP",
        "R4,2026-02-08,4.00,1003,GBP",
        "R5,2026-02-07,26.00,1004,GBP",
        "R6,2026-02-07,41.00,1005,GBP",
        "R7,2026-02-07,3.00,1006,GBP",
        "R8,2026-02-07,8.00,1007,GBP",
        "R9,2026-02-07,1.00,9999,GBP",
    ])
}

/// What each order and refund says, by its number.
pub(super) async fn books(services: &TestServices, owner: &Actor) -> BTreeMap<String, String> {
    let lines = lines(services, owner.merchant_id).await;
    let of = |order: &entity::order::Model| {
        let own = lines.iter().filter(|line| line.order_id == order.id);
        let own: Vec<_> =
            own.map(|line| (line.line, line.day, line.amount_minor, line.told_minor, line.quantity_milli, line.told_quantity_milli)).collect();
        assert_eq!(order.units_milli, own.iter().map(|line| line.4).sum::<i64>(), "{order:?}");
        assert_eq!(order.net_minor, own.iter().map(|line| line.2).sum::<i64>(), "{order:?}");
        let told = own.iter().map(|line| line.3.unwrap_or(line.2)).sum::<i64>();
        assert_eq!(order.told_twice_minor.unwrap_or(0), order.net_minor - told, "{order:?}");
        assert_eq!(order.total_minor, order.stated_total_minor.unwrap_or(order.net_minor), "{order:?}");
        let sums = (order.day, order.net_minor, order.gross_minor, order.line_count, order.given_back_minor, &order.refund_of);
        (format!("{} {}", order.external_id, order.currency), format!("{sums:?} {own:?} {:?}", order.content_hash))
    };
    orders(services, owner.merchant_id).await.iter().map(of).collect()
}

/// Net sales by currency.
pub(super) async fn net(services: &TestServices, owner: &Actor) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for order in orders(services, owner.merchant_id).await {
        *sums.entry(order.currency).or_default() += order.net_minor;
    }
    sums
}

async fn pounds(services: &TestServices, owner: &Actor) -> i64 {
    net(services, owner).await.get("GBP").copied().unwrap_or(0)
}

/// Net sales of some orders and refunds, in the order of their numbers.
async fn net_of<const N: usize>(services: &TestServices, owner: &Actor, numbers: [&str; N]) -> [i64; N] {
    let stored = orders(services, owner.merchant_id).await;
    numbers.map(|number| stored.iter().find(|order| order.external_id == number).expect("it is there").net_minor)
}

pub(super) fn says(upload: &UploadSummary, words: &str) -> bool {
    upload.remarks.iter().any(|remark| remark.contains(words))
}

pub(super) async fn taken_back(services: &TestServices, owner: &Actor, upload: &UploadSummary) {
    undo_as_foretold(services, owner, upload.id).await;
}

pub(super) async fn read_again(services: &TestServices, owner: &Actor, upload: &UploadSummary) -> UploadSummary {
    reprocess_upload(services, owner, upload.id, None).await.expect("asked");
    let upload = settled(services, owner, upload.id).await;
    assert_eq!(upload.status, UploadStatus::Completed, "{upload:?}");
    upload
}

async fn shop() -> (TestServices, Actor) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    (services, owner)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_both_tell_counts_once_in_either_order_of_arrival_and_an_undo_restores_the_books() {
    let mut in_either_order = Vec::new();
    for orders_first in [true, false] {
        let (services, owner) = shop().await;
        let worker = Worker::start((*services).clone());
        let told = async |of_orders_now: bool| match of_orders_now {
            true => bring_as(&services, &owner, &some_orders(), &of_orders()).await,
            false => bring_as(&services, &owner, &some_refunds(), &of_refunds()).await,
        };
        let first = told(orders_first).await;
        let alone = books(&services, &owner).await;
        // 190.00 less 5 + 5 + 5 + 20 + 30 + 8; or 5 + 2 + 9 + 26 + 41 + 3 + 8 + 1 given back.
        assert_eq!(pounds(&services, &owner).await, if orders_first { 19_000 - 7_300 } else { -9_500 });
        let second = told(!orders_first).await;
        // 190.00 less 5, 5, 9, 20, 30, 3 and 8, and 1.00 of an order that nobody knows.
        assert_eq!(pounds(&services, &owner).await, 19_000 - 8_100);
        let own = net_of(&services, &owner, ["1001", "1002", "1003", "1004", "1005", "1006", "#1007"]).await;
        assert_eq!(own, [3_000, 2_700, 3_000, 2_000, 3_000, 2_000, 3_000], "of order 1002, 3.00 are told by no refund");
        let refunds = ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9"].map(|number| format!("refund {number}"));
        let refunds = net_of(&services, &owner, refunds.each_ref().map(String::as_str)).await;
        assert_eq!(refunds, [-500, -200, -500, -400, -2_000, -3_000, -300, -800, -100], "no order loses more than it sold");
        let words =
            if orders_first { "were in the orders' export already and are counted once." } else { "are in this export too and are counted once." };
        assert!(
            says(&second, &format!("6 refunds of {} {words}", if orders_first { "this file" } else { "a file of refunds" })),
            "{:?}",
            second.remarks
        );
        assert!(!says(&first, "once") && !says(&second, "twice"), "{:?} {:?}", first.remarks, second.remarks);

        let whole = books(&services, &owner).await;
        let again = told(orders_first).await;
        let (version, again) = (data_version(&services, owner.merchant_id).await, (again, told(!orders_first).await));
        assert_eq!((again.0.rows_accepted, again.1.rows_accepted), (0, 0), "{again:?}");
        assert_eq!((data_version(&services, owner.merchant_id).await, books(&services, &owner).await), (version, whole.clone()), "nothing new");
        for upload in [&again.0, &again.1] {
            taken_back(&services, &owner, upload).await;
            assert_eq!(books(&services, &owner).await, whole);
        }
        for upload in [&first, &second] {
            read_again(&services, &owner, upload).await;
            assert_eq!(books(&services, &owner).await, whole, "read again");
        }
        taken_back(&services, &owner, &second).await;
        assert_eq!(books(&services, &owner).await, alone, "as though it had never come");
        told(!orders_first).await;
        assert_eq!(books(&services, &owner).await, whole);
        in_either_order.push(whole);
        worker.stop(Duration::from_secs(5)).await;
    }
    assert_eq!(in_either_order[0], in_either_order[1], "which came first does not matter");
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_back_the_first_file_leaves_the_books_of_the_second_alone() {
    for orders_first in [true, false] {
        let (services, owner) = shop().await;
        let worker = Worker::start((*services).clone());
        let (file, means, other, other_means) = match orders_first {
            true => (some_orders(), of_orders(), some_refunds(), of_refunds()),
            false => (some_refunds(), of_refunds(), some_orders(), of_orders()),
        };
        let first = bring_as(&services, &owner, &file, &means).await;
        bring_as(&services, &owner, &other, &other_means).await;
        taken_back(&services, &owner, &first).await;
        let (fresh, ada) = shop().await;
        bring_as(&fresh, &ada, &other, &other_means).await;
        assert_eq!(books(&services, &owner).await, books(&fresh, &ada).await);
        assert_eq!(pounds(&services, &owner).await, if orders_first { -9_500 } else { 11_700 });
        worker.stop(Duration::from_secs(5)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_foretells_what_other_orders_are_worth_then() {
    let (services, owner) = shop().await;
    bring_as(&services, &owner, &orders_file(&["1001,2026-01-05,Tea,30.00,5.00,,GBP"]), &of_orders()).await;
    let refunds = bring_as(&services, &owner, &refunds_file(&["R1,2026-02-07,7.00,1001,GBP"]), &of_refunds()).await;
    let told = undo_preview(&services, &owner, refunds.id).await.expect("foretold");
    let gbp = |minor: i64| Money::new(minor, "GBP".parse::<Currency>().expect("a currency"));
    assert_eq!(told.net_sales.iter().map(|change| (change.now, change.then)).collect::<Vec<_>>(), [(gbp(2_300), gbp(2_500))]);
    let change = |number: &str, now, then: Option<i64>| OrderChange { number: number.to_owned(), now: Some(gbp(now)), then: then.map(gbp) };
    assert_eq!(told.changes, [change("1001", 3_000, Some(2_500)), change("refund R1", -700, None)]);
}

#[tokio::test]
async fn later_files_move_the_line_between_the_two_tellings() {
    let (services, owner) = shop().await;
    bring_as(&services, &owner, &orders_file(&["1001,2026-01-05,Tea,30.00,5.00,,GBP"]), &of_orders()).await;
    let refunds = async |rows: &[&str]| bring_as(&services, &owner, &refunds_file(rows), &of_refunds()).await;
    let exported = async |row: &str| bring_as(&services, &owner, &orders_file(&[row]), &of_orders()).await;
    let both = async || net_of(&services, &owner, ["1001", "refund R1"]).await;
    refunds(&["R1,2026-02-07,5.00,1001,GBP"]).await;
    assert_eq!(both().await, [3_000, -500]);
    exported("1001,2026-01-05,Tea,30.00,12.00,,GBP").await;
    assert_eq!(both().await, [2_300, -500], "12.00 were given back, and 7.00 of them by no refund that is known");
    refunds(&["R1,2026-02-07,1.00,1001,GBP"]).await;
    assert_eq!(both().await, [1_900, -100], "the refund was corrected");
    exported("1001,2026-01-05,Tea,30.00,,,GBP").await;
    assert_eq!(both().await, [3_000, -100], "the export tells nothing any more");
    exported("1001,2026-01-05,Tea,30.00,,2026-01-09,GBP").await;
    assert_eq!(both().await, [100, -100], "cancelled");
    refunds(&["R1,2026-02-07,1.00,1002,GBP"]).await;
    assert_eq!(both().await, [0, -100], "it was another order's refund: both count");
    refunds(&["R1,2026-02-07,90.00,1001,GBP", "R2,2026-02-08,2.00,1001,GBP"]).await;
    assert_eq!((both().await, net_of(&services, &owner, ["refund R2"]).await), ([3_000, -3_000], [0]), "more than all of it is not given back");
    let period = refunds_file(&["R2,2026-02-07,2.00,1001,GBP", "R3,2026-02-09,1.00,1001,GBP"]);
    bring_in_mode(&services, &owner, &period, UploadMode::ReplacePeriod).await;
    assert_eq!(pounds(&services, &owner).await, 0, "R1 is gone with its period");
    assert_eq!(net_of(&services, &owner, ["1001", "refund R2", "refund R3"]).await, [300, -200, -100]);
}

#[tokio::test]
async fn refunds_without_numbers_and_returned_products_of_the_export_count_once_too() {
    let (services, owner) = shop().await;
    // 4.00 of the 5.00 that came back are a line of the export.
    let rows = ["1001,2026-01-05,Tea,30.00,8.00,,GBP", "1002,2026-01-05,Tea,30.00,5.00,,GBP", "1002,2026-01-05,Tea,-4.00,5.00,,GBP"];
    bring_as(&services, &owner, &orders_file(&rows), &of_orders()).await;
    assert_eq!(net_of(&services, &owner, ["1001", "1002"]).await, [2_200, 2_500]);
    let columns = [(M::OrderNumber, "Order"), (M::OrderedAt, "When"), (M::Amount, "Refunded")];
    let file = csv(&["Order,When,Refunded", "1001,2026-02-06,4.00", "1001,2026-02-06,4.00", "1002,2026-02-06,5.00"]);
    let upload = bring_as(&services, &owner, &file, &mapping(FileKind::Refunds, &columns)).await;
    assert!(says(&upload, "3 refunds of this file were in the orders' export already"), "{:?}", upload.remarks);
    assert_eq!(net_of(&services, &owner, ["1001", "1002"]).await, [3_000, 2_600]);
    assert_eq!(pounds(&services, &owner).await, 6_000 - 800 - 500);
}

#[tokio::test]
async fn of_refunds_that_name_no_order_the_upload_says_that_they_may_count_twice() {
    for orders_first in [true, false] {
        let (services, owner) = shop().await;
        let columns = [(M::RefundId, "Refund"), (M::OrderedAt, "Day"), (M::Amount, "Sum")];
        let nameless = (csv(&["Refund,Day,Sum", "R1,2026-02-07,5.00"]), mapping(FileKind::Refunds, &columns));
        let mut files = [(orders_file(&["1001,2026-01-05,Tea,30.00,5.00,,GBP"]), of_orders()), nameless];
        if !orders_first {
            files.reverse();
        }
        let first = bring_as(&services, &owner, &files[0].0, &files[0].1).await;
        let second = bring_as(&services, &owner, &files[1].0, &files[1].1).await;
        assert!(says(&second, "1 order states refunds, and a file of refunds that name no order was read as well"), "{:?}", second.remarks);
        assert!(!says(&first, "twice"), "{:?}", first.remarks);
        assert_eq!(pounds(&services, &owner).await, 2_000);
    }
}

#[tokio::test]
async fn only_tellings_in_one_currency_are_compared() {
    for orders_first in [true, false] {
        let (services, owner) = shop().await;
        let listed =
            orders_file(&["1001,2026-01-05,Tea,30.00,5.00,,GBP", "2001,2026-01-05,Tea,30.00,5.00,,GBP", "2001,2026-01-05,Tea,40.00,6.00,,EUR"]);
        let refunds = refunds_file(&[
            "S0,2026-02-07,5.00,1001,EUR",
            "S1,2026-02-07,5.00,2001,GBP",
            "S2,2026-02-07,9.00,2001,EUR",
            "S3,2026-02-07,2.00,2001,USD",
        ]);
        let mut files = [(listed, of_orders()), (refunds, of_refunds())];
        if !orders_first {
            files.reverse();
        }
        for (file, means) in &files {
            bring_as(&services, &owner, file, means).await;
        }
        // 30 - 5 and 30 - 5 pounds; 40 - 9 euros, and 5 of an order that has no euros; 2 dollars likewise.
        let expected = [("EUR", 4_000 - 900 - 500), ("GBP", 5_000), ("USD", -200)].map(|(code, minor)| (code.to_owned(), minor));
        assert_eq!(net(&services, &owner).await, BTreeMap::from(expected), "orders first: {orders_first}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_shops_with_the_same_numbers_each_has_its_own_refunds_and_what_is_unclear_is_said() {
    let (services, owner) = shop().await;
    let named = async |file: Vec<u8>, source: &str| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("some.csv");
        std::fs::write(&path, file).expect("written");
        let options = ImportOptions { source: Some(source.to_owned()), ..ImportOptions::default() };
        import_file_with(&services, &owner, &path, options).await.expect("taken")
    };
    let row = ["3001,2026-01-05,Tea,30.00,5.00,,GBP"];
    bring_as(&services, &owner, &orders_file(&row), &of_orders()).await;
    named(orders_file(&row), "Till").await;
    bring_as(&services, &owner, &refunds_file(&["R1,2026-02-07,5.00,3001,GBP"]), &of_refunds()).await;
    assert_eq!(pounds(&services, &owner).await, 5_000, "the refund is of the shop without a name");
    named(refunds_file(&["R1,2026-02-07,6.00,3001,GBP"]), "Till").await;
    assert_eq!(pounds(&services, &owner).await, 4_900, "and this one the till's");

    let other = bring(&services, &owner, "other.csv", &csv(&[HEADER, "3001,2026-01-05,A,Tea,1,10.00,GBP"])).await;
    assert!(says(&other, "1 refund names an order number that several sources have"), "{:?}", other.remarks);
    assert_eq!(pounds(&services, &owner).await, 4_900 + 1_000 - 500, "the refund may be of either order: both tellings count");
    let worker = Worker::start((*services).clone());
    undo_upload(&services, &owner, other.id).await.expect("asked");
    assert_eq!(settled(&services, &owner, other.id).await.status, UploadStatus::Undone);
    assert_eq!(pounds(&services, &owner).await, 4_900);
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_copy_follows_into_the_months_of_orders_that_were_there_before() {
    let services = with_copies().await;
    let owner = services.owner("ada@example.com").await;
    let worker = Worker::start((*services).clone());
    let json = r#"{"measures": ["net_sales", "gross_sales", "returns"], "time": {"grain": "month"}}"#;
    let question: Question = serde_json::from_str(json).expect("it reads");
    let by_month = async || {
        for _ in 0..2_000 {
            if answer_by(&services, &owner, &question, EngineName::Columns).await.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let (sql, columns) = both(&services, &owner, &question).await;
        assert_eq!(sql.rows, columns.rows);
        sql.rows.iter().map(|row| [1, 2, 3].map(|place| row[place].as_i64().unwrap_or(0))).collect::<Vec<_>>()
    };
    bring_as(&services, &owner, &some_orders(), &of_orders()).await;
    assert_eq!(by_month().await, [[11_700, 19_000, 7_300]]);
    bring_as(&services, &owner, &some_refunds(), &of_refunds()).await;
    assert_eq!(by_month().await, [[18_700, 19_000, 300], [-7_800, 0, 7_800]], "refunds are on their own days");
    worker.stop(Duration::from_secs(5)).await;
}

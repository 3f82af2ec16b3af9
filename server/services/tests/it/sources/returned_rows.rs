//! Rows whose status says that they were returned: sold and given back, once, whoever else tells the return. Figures computed by hand.

use super::cleaning::counts;
use super::normal::{Row, brought};
use super::refunds_once::{books, read_again, says, taken_back};
use super::statuses::export_of;
use super::{bring_as, csv, data_version, lines, mapping, orders};
use crate::support::TestServices;
use domain::accounts::MerchantPatch;
use domain::question::Cell;
use domain::sources::{ColumnMeaning as M, FileKind, Mapping, UploadSummary};
use services::Actor;
use services::accounts::update_merchant;
use services::analytics::answer;
use services::jobs::Worker;
use std::collections::BTreeMap;
use std::time::Duration;

pub(super) async fn turkish_shop() -> (TestServices, Actor) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let (currency, time_zone) = ("TRY".to_owned(), "Europe/Istanbul".to_owned());
    let patch = MerchantPatch { name: "Shop".to_owned(), currency, time_zone, week_start: 1, fiscal_year_start: None };
    update_merchant(&services, &owner, patch).await.expect("changed");
    (services, owner)
}

/// Number, code, pieces, amount, fee, whether it was returned, the parcel's status.
pub(super) type Sold<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str);

const AUGUST: [Sold<'_>; 7] = [
    ("1001", "CAY", "2", "1.250,50", "150,06", "Hayır", "Teslim edildi"),
    ("1001", "FINCAN", "1", "99,90", "11,99", "Evet", "Teslim edildi"),
    ("1002", "CAY", "3", "1.875,75", "225,09", "Evet", "Teslim edildi"),
    ("1003", "FINCAN", "3", "299,70", "35,97", "Hayır", "Teslim edildi"),
    ("1004", "FINCAN", "1", "99,90", "11,99", "Evet", "İptal Edildi"),
    ("1005", "KUPA", "1", "0,00", "0,00", "Evet", "Teslim edildi"),
    ("1006", "KUPA", "1", "bedava", "0,00", "Evet", "Teslim edildi"),
];

fn row<'a>((number, sku, pieces, amount, fee, returned, parcel): &Sold<'a>) -> Vec<(&'a str, &'a str)> {
    let said = [("Sipariş Numarası", *number), ("Sipariş Tarihi", "04-08-2026 10:14:00"), ("Satıcı Stok Kodu", *sku), ("Ürün Adı", *sku)];
    let more = [("Adet", *pieces), ("Faturalandırılacak Satış Fiyatı", *amount), ("Komisyon Tutarı (KDV Dahil)", *fee), ("Para Birimi", "TRY")];
    said.into_iter().chain(more).chain([("İade edildi mi?", *returned), ("Paket Durumu", *parcel)]).collect()
}

pub(super) fn export(sold: &[Sold<'_>]) -> Vec<u8> {
    let rows: Vec<_> = sold.iter().map(row).collect();
    export_of("hepsiburada", "Hepsiburada orders", &rows.iter().map(Vec::as_slice).collect::<Vec<Row<'_>>>())
}

async fn listed(services: &TestServices, owner: &Actor, sold: &[Sold<'_>]) -> UploadSummary {
    brought(services, owner, "hepsiburada", FileKind::Orders, &export(sold)).await
}

/// A file of refunds: number, day, amount, order, code, pieces.
pub(super) fn refunds_file(rows: &[&str]) -> Vec<u8> {
    csv(&[&["Refund,Day,Sum,Of,Code,Pieces"], rows].concat())
}

pub(super) fn of_refunds() -> Mapping {
    let columns = [(M::RefundId, "Refund"), (M::OrderedAt, "Day"), (M::Amount, "Sum"), (M::OrderNumber, "Of"), (M::Sku, "Code")];
    mapping(FileKind::Refunds, &[columns.as_slice(), &[(M::Quantity, "Pieces")]].concat())
}

async fn refunded(services: &TestServices, owner: &Actor, rows: &[&str]) -> UploadSummary {
    bring_as(services, owner, &refunds_file(rows), &of_refunds()).await
}

/// Gross sales, returns, net sales, units and orders, of each row that a question answers.
async fn figures(services: &TestServices, owner: &Actor, rest: &str) -> Vec<(String, [i64; 5])> {
    let question = format!(r#"{{"measures": ["gross_sales", "returns", "net_sales", "units", "orders"]{rest}}}"#);
    let rows = answer(services, owner, serde_json::from_str(&question).expect("it reads")).await.expect("an answer").rows;
    let numbers = |row: &[Cell]| std::array::from_fn(|place| row[row.len() - 5 + place].as_i64().unwrap_or(0));
    rows.iter().map(|row| (row[0].as_text().unwrap_or_default().to_owned(), numbers(row))).collect()
}

const BY_PRODUCT: &str = r#", "dimensions": ["product"], "order": [{"by": "product"}]"#;
const BY_MONTH: &str = r#", "time": {"grain": "month"}"#;

async fn in_all(services: &TestServices, owner: &Actor) -> [i64; 5] {
    figures(services, owner, "").await[0].1
}

/// Net sales and thousandths of pieces by number.
async fn kept(services: &TestServices, owner: &Actor) -> BTreeMap<String, (i64, i64)> {
    orders(services, owner.merchant_id).await.into_iter().map(|order| (order.external_id, (order.net_minor, order.units_milli))).collect()
}

fn owned<const N: usize>(told: [(&str, (i64, i64)); N]) -> BTreeMap<String, (i64, i64)> {
    told.map(|(number, sums)| (number.to_owned(), sums)).into()
}

#[tokio::test]
async fn a_returned_row_is_sold_and_given_back_on_the_day_of_its_order() {
    let (services, owner) = turkish_shop().await;
    let upload = listed(&services, &owner, &AUGUST).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (5, 1), "the free text is no amount: {upload:?}");
    assert_eq!((counts(&upload)["returned_rows"], counts(&upload)["left_out_by_status"]), (3, 1), "what was cancelled was not sold");
    let step = upload.cleaning.iter().find(|step| step.name == "returned_rows").expect("the step is there");
    let told: Vec<_> =
        step.samples.iter().map(|sample| (sample.line, sample.column.as_str(), sample.before.as_str(), sample.after.as_str())).collect();
    assert_eq!(told, [3, 4, 7].map(|line| (line, "İade edildi mi?", "Evet", "sold and given back")));
    assert!(says(&upload, "3 rows are marked as returned in the file; they count as sold and as given back"), "{:?}", upload.remarks);

    let told: Vec<_> = orders(&services, owner.merchant_id).await.into_iter().collect();
    let sums: Vec<_> = told.iter().map(|order| (order.gross_minor, order.net_minor, order.units_milli, order.line_count)).collect();
    assert_eq!(sums, [(135_040, 125_050, 2_000, 3), (187_575, 0, 0, 2), (29_970, 29_970, 3_000, 1), (0, 0, 0, 2)]);
    let told: Vec<_> = told.iter().map(|order| (order.is_sale, order.given_back_minor, order.fee_minor)).collect();
    let fees = [(true, Some(9_990), Some(15_006)), (true, Some(187_575), None), (true, None, Some(3_597)), (false, Some(0), None)];
    assert_eq!(told, fees, "the fee of a returned row is given back as well");

    // 1,350.40 + 1,875.75 + 299.70 sold, 99.90 + 1,875.75 given back; 2 and 3 pieces are left of 9 and a gift.
    assert_eq!(in_all(&services, &owner).await, [352_585, 197_565, 155_020, 5, 3]);
    let by_product = figures(&services, &owner, BY_PRODUCT).await;
    let expected = [("CAY", [312_625, 187_575, 125_050, 2, 2]), ("FINCAN", [39_960, 9_990, 29_970, 3, 2]), ("KUPA", [0, 0, 0, 0, 0])];
    assert_eq!(by_product, expected.map(|(name, sums)| (name.to_owned(), sums)));

    let version = data_version(&services, owner.merchant_id).await;
    let again = listed(&services, &owner, &AUGUST).await;
    assert_eq!((again.rows_accepted, again.rows_duplicate, data_version(&services, owner.merchant_id).await), (0, 5, version), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_that_a_file_of_refunds_tells_too_counts_once_whichever_came_first() {
    // All of 1002 with its pieces; 1001 by nobody knows which product; 50.00 of 1003, which its export does not call returned.
    let refunds = ["R1,2026-08-20,1875.75,1002,CAY,3", "R2,2026-08-21,99.90,1001,,0", "R3,2026-09-02,50.00,1003,FINCAN,0"];
    let mut in_either_order = Vec::new();
    for orders_first in [true, false] {
        let (services, owner) = turkish_shop().await;
        let worker = Worker::start((*services).clone());
        let bring = async |of_orders: bool| match of_orders {
            true => listed(&services, &owner, &AUGUST[..6]).await,
            false => refunded(&services, &owner, &refunds).await,
        };
        let first = bring(orders_first).await;
        let alone = books(&services, &owner).await;
        let second = bring(!orders_first).await;
        let words = if orders_first {
            "2 refunds of this file were in the orders' export already"
        } else {
            "2 refunds of a file of refunds are in this export too"
        };
        assert!(says(&second, words), "{:?}", second.remarks);
        let expected = owned([
            ("1001", (135_040, 2_000)),
            ("1002", (187_575, 3_000)),
            ("1003", (29_970, 3_000)),
            ("1005", (0, 0)),
            ("refund R1", (-187_575, -3_000)),
            ("refund R2", (-9_990, 0)),
            ("refund R3", (-5_000, 0)),
        ]);
        assert_eq!(kept(&services, &owner).await, expected, "the refund of 1001 tells no piece: its export's stays");
        assert_eq!(in_all(&services, &owner).await, [352_585, 202_565, 150_020, 5, 3]);
        let by_month = figures(&services, &owner, BY_MONTH).await;
        assert_eq!(by_month.iter().map(|(_, sums)| *sums).collect::<Vec<_>>(), [[352_585, 197_565, 155_020, 5, 3], [0, 5_000, -5_000, 0, 0]]);

        let whole = books(&services, &owner).await;
        let again = (bring(orders_first).await, bring(!orders_first).await);
        assert_eq!((again.0.rows_accepted, again.1.rows_accepted), (0, 0), "{again:?}");
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
        bring(!orders_first).await;
        taken_back(&services, &owner, &first).await;
        let left = in_all(&services, &owner).await;
        assert_eq!(left, if orders_first { [0, 202_565, -202_565, -3, 0] } else { [352_585, 197_565, 155_020, 5, 3] });
        in_either_order.push(whole);
        worker.stop(Duration::from_secs(5)).await;
    }
    assert_eq!(in_either_order[0], in_either_order[1], "which came first does not matter");
}

#[tokio::test]
async fn refunds_of_a_part_or_of_more_leave_the_rest_to_the_order() {
    let (services, owner) = turkish_shop().await;
    listed(&services, &owner, &AUGUST[..4]).await;
    refunded(&services, &owner, &["R1,2026-08-20,625.25,1002,CAY,1"]).await;
    let of_1002 = async || {
        let kept = kept(&services, &owner).await;
        [kept["1002"], kept["refund R1"]]
    };
    assert_eq!(of_1002().await, [(62_525, 1_000), (-62_525, -1_000)], "one of three pieces came back on its own day, two on the order's");
    assert_eq!(in_all(&services, &owner).await, [352_585, 197_565, 155_020, 5, 3]);
    let back = lines(&services, owner.merchant_id).await.into_iter().find(|line| line.told_minor == Some(-187_575)).expect("it is lessened");
    assert_eq!((back.amount_minor, back.quantity_milli, back.told_quantity_milli), (-125_050, -2_000, Some(-3_000)));
    refunded(&services, &owner, &["R1,2026-08-20,1925.75,1002,CAY,3"]).await;
    assert_eq!(of_1002().await, [(187_575, 3_000), (-187_575, -3_000)], "with 50.00 of shipping, which was no sale");
    refunded(&services, &owner, &["R1,2026-08-20,1925.75,7777,CAY,3"]).await;
    assert_eq!(of_1002().await, [(0, 0), (-192_575, -3_000)], "it was another order's");
}

#[tokio::test]
async fn a_row_that_is_returned_later_or_not_after_all_replaces_its_order() {
    let (services, owner) = turkish_shop().await;
    let two = |first: &'static str, second: &'static str| {
        [("1001", "CAY", "1", "625,25", "", first, "Teslim edildi"), ("1001", "KUPA", "1", "625,25", "", second, "Teslim edildi")]
    };
    for (returned, net, back) in
        [(two("Hayır", "Hayır"), 125_050, None), (two("Evet", "Hayır"), 62_525, Some("CAY")), (two("Hayır", "Evet"), 62_525, Some("KUPA"))]
    {
        let upload = listed(&services, &owner, &returned).await;
        assert_eq!((upload.rows_accepted, upload.rows_rejected), (2, 0), "another row was returned: {upload:?}");
        assert_eq!(in_all(&services, &owner).await[2], net);
        let by_product = figures(&services, &owner, BY_PRODUCT).await;
        let with_returns: Vec<_> = by_product.iter().filter(|(_, sums)| sums[1] > 0).map(|(name, _)| name.as_str()).collect();
        assert_eq!(with_returns, back.into_iter().collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn of_refunds_that_name_no_order_the_upload_says_that_returned_rows_may_count_twice() {
    let columns = [(M::RefundId, "Refund"), (M::OrderedAt, "Day"), (M::Amount, "Sum")];
    let (nameless, means) = (csv(&["Refund,Day,Sum", "R1,2026-08-20,1875.75"]), mapping(FileKind::Refunds, &columns));
    let warning = "2 orders state refunds, and a file of refunds that name no order was read as well";
    for orders_first in [true, false] {
        let (services, owner) = turkish_shop().await;
        let told = async |of_orders: bool| match of_orders {
            true => listed(&services, &owner, &AUGUST[..4]).await,
            false => bring_as(&services, &owner, &nameless, &means).await,
        };
        let (first, second) = (told(orders_first).await, told(!orders_first).await);
        assert!(!says(&first, "twice") && says(&second, warning), "{:?} {:?}", first.remarks, second.remarks);
        assert_eq!(in_all(&services, &owner).await, [352_585, 385_140, -32_555, 5, 3], "nothing tells which order it was of");
    }
}

//! A vendor's list of orders and its list of sold items tell the same sales: they count once, by what tells more.

use super::normal::{brought, product_names};
use super::normal_shops::{export, shop};
use super::orders;
use super::undone::settled;
use crate::support::TestServices;
use domain::ids::UploadId;
use domain::sources::{FileKind, UploadStatus, UploadSummary};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use services::Actor;
use services::jobs::Worker;
use services::sources::{ImportOptions, import_file_with, reprocess_upload, undo_upload};
use std::time::Duration;

/// Order 38 as a sum, and order 39 that the list of items does not have.
fn list_of_orders() -> Vec<u8> {
    let order = |number, value, discount, total| {
        [("Sale Date", "01/13/26"), ("Order ID", number), ("Currency", "USD"), ("Order Value", value), ("Discount Amount", discount)]
            .into_iter()
            .chain([("Shipping", "3.50"), ("Sales Tax", "1.08"), ("Order Total", total), ("Card Processing Fees", "1.41")])
            .collect::<Vec<_>>()
    };
    export("etsy", "Etsy orders", ",", &[&order("38", "36.00", "2.00", "38.58"), &order("39", "5.00", "0.00", "9.58")])
}

fn list_of_items() -> Vec<u8> {
    let item = |name, pieces, price, discount| {
        [("Sale Date", "01/13/26"), ("Item Name", name), ("Quantity", pieces), ("Price", price), ("Discount Amount", discount), ("Currency", "USD")]
            .into_iter()
            .chain([("Order Shipping", "3.50"), ("Order Sales Tax", "1.08"), ("Order ID", "38"), ("SKU", name)])
            .collect::<Vec<_>>()
    };
    export("etsy", "Etsy sold order items", ",", &[&item("Print", "2", "16.00", "2.00"), &item("Card", "1", "4.00", "0.00")])
}

/// Each order's number, net sales, and how many lines and pieces it has.
async fn told(services: &TestServices, owner: &Actor) -> Vec<(String, i64, i32, i64)> {
    let stored = orders(services, owner.merchant_id).await.into_iter();
    let mut told: Vec<_> = stored.map(|row| (row.external_id, row.net_minor, row.line_count, row.units_milli)).collect();
    told.sort_unstable();
    told
}

async fn etsy(services: &TestServices, owner: &Actor, file: &[u8]) -> UploadSummary {
    let upload = brought(services, owner, "etsy", FileKind::Orders, file).await;
    assert_eq!(upload.rows_accepted + upload.rows_rejected + upload.rows_duplicate, upload.rows_total, "{upload:?}");
    upload
}

async fn taken_back(services: &TestServices, owner: &Actor, id: UploadId) {
    undo_upload(services, owner, id).await.expect("asked");
    assert_eq!(settled(services, owner, id).await.status, UploadStatus::Undone);
}

fn by_items() -> (String, i64, i32, i64) {
    ("38".to_owned(), 3_200 - 200 + 400, 2, 3_000)
}

fn as_sum() -> (String, i64, i32, i64) {
    ("38".to_owned(), 3_600 - 200, 1, 1_000)
}

fn only_a_sum() -> (String, i64, i32, i64) {
    ("39".to_owned(), 500, 1, 1_000)
}

#[tokio::test(flavor = "multi_thread")]
async fn whichever_list_comes_first_an_order_counts_once_and_by_its_products() {
    for items_first in [false, true] {
        let (services, owner) = shop().await;
        let worker = Worker::start(services.clone());
        let mut files = [list_of_orders(), list_of_items()];
        if items_first {
            files.reverse();
        }
        let (first, second) = (etsy(&services, &owner, &files[0]).await, etsy(&services, &owner, &files[1]).await);
        assert_eq!(told(&services, &owner).await, [by_items(), only_a_sum()], "items first: {items_first}");
        assert_eq!(product_names(&services, &owner).await, ["Card", "Print"]);
        let says_so =
            |upload: &UploadSummary| upload.remarks.iter().any(|remark| remark.starts_with("1 order of this file is there already with products"));
        assert_eq!((says_so(&first), says_so(&second)), (false, items_first), "{:?}", second.remarks);
        let (orders, items) = if items_first { (&second, &first) } else { (&first, &second) };

        reprocess_upload(&services, &owner, orders.id, None).await.expect("asked");
        assert!(says_so(&settled(&services, &owner, orders.id).await), "read again, it comes after the items");
        assert_eq!(told(&services, &owner).await, [by_items(), only_a_sum()]);
        taken_back(&services, &owner, items.id).await;
        assert_eq!(told(&services, &owner).await, [as_sum(), only_a_sum()], "the list of orders is all that is left");
        let again = etsy(&services, &owner, &list_of_items()).await;
        assert_eq!((again.orders_new, again.orders_updated), (0, 1));
        taken_back(&services, &owner, orders.id).await;
        assert_eq!(told(&services, &owner).await, [by_items()]);
        worker.stop(Duration::from_secs(5)).await;
    }
}

#[tokio::test]
async fn a_second_shop_with_the_same_numbers_stays_apart_under_its_own_name() {
    let (services, owner) = shop().await;
    etsy(&services, &owner, &list_of_orders()).await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("items.csv");
    std::fs::write(&path, list_of_items()).expect("written");
    let options = ImportOptions { source: Some("Second shop".to_owned()), ..ImportOptions::default() };
    let named = import_file_with(&services, &owner, &path, options).await.expect("taken");
    assert_eq!(told(&services, &owner).await, [as_sum(), by_items(), only_a_sum()]);
    assert!(!named.remarks.iter().any(|remark| remark.contains("count twice")), "{:?}", named.remarks);
}

/// Earlier versions of the program kept the lists as two sources.
#[tokio::test]
async fn orders_of_a_list_that_was_a_source_of_its_own_are_told_of_where_they_count_twice() {
    let (services, owner) = shop().await;
    etsy(&services, &owner, &list_of_orders()).await;
    let tx = services.db.write(owner.merchant_id).await.expect("a transaction");
    let of_before = entity::source::update(owner.merchant_id).filter(entity::source::Column::Key.eq("etsy"));
    of_before.col_expr(entity::source::Column::Key, Expr::value("etsy:orders")).exec(&*tx).await.expect("renamed");
    tx.commit().await.expect("committed");
    let items = etsy(&services, &owner, &list_of_items()).await;
    assert!(items.remarks.iter().any(|remark| remark.starts_with("1 order of this file is also in “")), "{:?}", items.remarks);
}

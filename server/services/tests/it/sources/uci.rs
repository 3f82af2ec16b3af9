//! UCI Online Retail: half a million real rows.

use super::{bring_file, lines, orders, real_file};
use crate::support::TestServices;
use domain::ids::MerchantId;
use domain::sources::UploadStatus;
use sea_orm::QueryOrder;
use services::Services;
use std::collections::BTreeMap;
use std::path::Path;

const WHOLE: &str = "uci-online-retail/online_retail.csv.gz";
const NET_PENCE: i64 = 974_774_793;
const GROSS_PENCE: i64 = 1_066_668_454;

/// Each month's gross sales in pence, computed apart from the product: whole numbers only, half a penny rounded away from zero.
fn gross_by_month(path: &Path) -> BTreeMap<i32, i64> {
    let file = std::fs::File::open(path).expect("the file opens");
    let mut rows = csv::Reader::from_reader(flate2::read::MultiGzDecoder::new(file));
    let mut months = BTreeMap::new();
    for row in rows.records() {
        let row = row.expect("a row");
        let (quantity, date, price) = (row[3].parse::<i128>().expect("a quantity"), &row[4], &row[5]);
        let (whole, part) = price.split_once('.').unwrap_or((price, ""));
        let scale = 10_i128.pow(part.len() as u32);
        let digits: i128 = format!("{whole}{part}").parse().expect("a price");
        let hundredfold = quantity * digits * 100;
        let pence = (hundredfold.abs() * 2 + scale) / (scale * 2) * hundredfold.signum();
        let month: i32 = date[..4].parse::<i32>().expect("a year") * 100 + date[5..7].parse::<i32>().expect("a month");
        *months.entry(month).or_default() += i64::try_from(pence.max(0)).expect("pence");
    }
    months
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_file_gives_its_known_figures_and_changes_nothing_the_second_time() {
    let Some(path) = real_file(WHOLE) else { return };
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring_file(&services, &owner, &path).await;
    assert_eq!((upload.status, upload.rows_total, upload.rows_accepted), (UploadStatus::Completed, 541_909, 541_909), "{upload:?}");
    assert_eq!((upload.orders_new, upload.net_sales[0].minor), (25_900, NET_PENCE));

    let stored = orders(&services, owner.merchant_id).await;
    assert_eq!(stored.iter().map(|order| order.net_minor).sum::<i64>(), NET_PENCE);
    assert_eq!(stored.iter().map(|order| order.gross_minor).sum::<i64>(), GROSS_PENCE);
    let rows = lines(&services, owner.merchant_id).await;
    assert_eq!((rows.len(), rows.iter().map(|line| line.amount_minor).sum::<i64>()), (541_909, NET_PENCE));
    let mut months = BTreeMap::new();
    for line in &rows {
        *months.entry(line.month).or_default() += line.amount_minor.max(0);
    }
    assert_eq!(months, gross_by_month(&path));

    let again = bring_file(&services, &owner, &path).await;
    assert_eq!((again.rows_accepted, again.rows_duplicate, again.orders_new, again.orders_updated), (0, 541_909, 0, 0));
    assert!(again.remarks.iter().any(|remark| remark.contains("there already, unchanged")), "{:?}", again.remarks);
    assert_eq!(orders(&services, owner.merchant_id).await, stored);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_daily_files_in_any_order_give_the_figures_of_the_whole() {
    let (Some(whole), Some(days)) = (real_file(WHOLE), real_file("uci-online-retail/by-day.tar.gz")) else { return };
    let services = TestServices::start().await;
    let (at_once, by_day) = (services.owner("ada@example.com").await, services.owner("ben@example.com").await);
    bring_file(&services, &at_once, &whole).await;

    let folder = tempfile::tempdir().expect("a temporary folder");
    let unpacked = std::process::Command::new("tar").arg("xzf").arg(&days).arg("-C").arg(folder.path()).status().expect("tar runs");
    assert!(unpacked.success());
    let mut files: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    shuffle(&mut files, 42);
    assert_eq!(files.len(), 305);
    let mut accepted = 0;
    for file in &files {
        accepted += bring_file(&services, &by_day, file).await.rows_accepted;
    }
    assert_eq!(accepted, 541_909);
    assert_eq!(content(&services, by_day.merchant_id).await, content(&services, at_once.merchant_id).await);
}

/// Orders, lines and product names without ids.
async fn content(
    services: &Services,
    merchant: MerchantId,
) -> (Vec<(String, i64, i64, i64, i32, Vec<u8>)>, (usize, i64, i64), Vec<(String, String)>) {
    let orders = orders(services, merchant).await;
    let orders = orders
        .into_iter()
        .map(|order| (order.external_id, order.occurred_at, order.net_minor, order.units_milli, order.line_count, order.content_hash));
    let lines = lines(services, merchant).await;
    let sums = (lines.len(), lines.iter().map(|line| line.amount_minor.max(0)).sum(), lines.iter().map(|line| line.quantity_milli).sum());
    let tx = services.db.read(merchant).await.expect("a transaction");
    let products = entity::product::find(merchant).order_by_asc(entity::product::Column::Key).all(&*tx).await.expect("products read");
    (orders.collect(), sums, products.into_iter().map(|product| (product.key, product.title)).collect())
}

/// Fisher and Yates with a small generator: the same order for the same seed.
fn shuffle<T>(items: &mut [T], mut seed: u64) {
    for last in (1..items.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(last, (seed >> 33) as usize % (last + 1));
    }
}

//! Uploads taken back and read again: the books are those of a shop that never had them.

use super::foreseen::undo_as_foretold;
use super::{HEADER, bring, csv, data_version, lines, orders};
use crate::support::{TestServices, setting};
use domain::ids::UploadId;
use domain::sources::{UploadMode, UploadStatus, UploadSummary};
use domain::{ErrorKind, Role};
use futures::{StreamExt, stream};
use services::jobs::Worker;
use services::sources::{ImportOptions, get_upload, import_file_with, reprocess_upload, undo_upload};
use services::{Actor, Services};
use std::collections::BTreeMap;
use std::time::Duration;

/// So many histories are lived through side by side: each mostly waits for its jobs.
pub(super) const AT_ONCE: usize = 4;

/// A small generator of numbers, the same on each machine.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// A file of some of a dozen orders; the same order comes again, the same or changed.
fn file(dice: &mut Dice) -> Vec<u8> {
    let mut text = "Order ID,Order Date,SKU,Product,Quantity,Price,Currency,Email,Customer Name,Store\n".to_owned();
    for order in 0..12 {
        if dice.below(2) == 0 {
            continue;
        }
        let (version, customer, store) = (dice.below(3), dice.below(3), ["Leeds", "York", ""][(order % 3) as usize]);
        let store = if version == 2 { "Bath" } else { store };
        for line in 0..=(order % 3) {
            let sku = (order * 5 + line + version) % 7;
            let price = if dice.below(20) == 0 { "free".to_owned() } else { format!("{}.50", sku + version + 1) };
            text.push_str(&format!(
                "{order},2026-01-{:02} 10:00:00,S{sku},Thing {sku} v{version},{},{price},GBP,c{customer}@example.com,Name {},{store}\n",
                order + 1 + version,
                line + 1,
                dice.below(4)
            ));
        }
    }
    text.push_str(&format!("99,2026-01-{:02} 10:00:00,S99,Always,1,9.00,GBP,a@example.com,Ada,\n", dice.below(9) + 3));
    text.into_bytes()
}

/// All that the books say, without the numbers that the program gives.
type Books = (BTreeMap<String, String>, BTreeMap<String, String>, BTreeMap<String, String>, Vec<String>);

async fn books(services: &Services, owner: &Actor, names: &BTreeMap<UploadId, usize>) -> Books {
    let shop = owner.merchant_id;
    let of = |upload: sea_orm::prelude::Uuid| names.get(&UploadId(upload)).map_or(usize::MAX, |name| *name);
    let tx = services.db.read(shop).await.expect("a transaction");
    let products = entity::product::find(shop).all(&*tx).await.expect("products read");
    let customers = entity::customer::find(shop).all(&*tx).await.expect("customers read");
    let kept = entity::replaced_order::find(shop).all(&*tx).await.expect("the history reads");
    drop(tx);
    let product = |id: Option<i64>| products.iter().find(|row| Some(row.id) == id).map(|row| row.key.clone());
    let customer = |id: Option<i64>| customers.iter().find(|row| Some(row.id) == id).map(|row| row.key.clone());
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    let mut numbers = BTreeMap::new();
    for order in orders(services, shop).await {
        numbers.insert(order.id, order.external_id.clone());
        let who = (of(order.upload_id), customer(order.customer_id), &order.store);
        let what =
            (order.occurred_at, order.day, order.hour, order.net_minor, order.gross_minor, order.units_milli, order.line_count, &order.content_hash);
        told.insert(order.external_id.clone(), format!("{who:?} {what:?}"));
    }
    for line in lines(services, shop).await {
        let what = (line.day, line.month, product(line.product_id), customer(line.customer_id), line.quantity_milli, line.amount_minor, &line.store);
        told.get_mut(&numbers[&line.order_id]).expect("each line has its order").push_str(&format!(" {what:?}"));
    }
    let mut kept: Vec<String> = kept
        .into_iter()
        .map(|row| {
            format!("{:?}", (row.external_id, of(row.upload_id), of(row.previous_upload_id), row.previous.is_some(), row.way, row.left_out.is_some()))
        })
        .collect();
    kept.sort_unstable();
    let products = products.into_iter().map(|row| (row.key.clone(), format!("{} {}", row.title, row.title_as_of))).collect();
    let customers = customers.into_iter().map(|row| (row.key.clone(), format!("{:?} {:?} {:?}", row.name, row.external_id, row.country))).collect();
    (told, products, customers, kept)
}

pub(super) async fn settled(services: &Services, owner: &Actor, id: UploadId) -> UploadSummary {
    for _ in 0..2_000 {
        let upload = get_upload(services, owner, id).await.expect("it is there");
        if upload.status.is_settled() {
            return upload;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the upload is not settled");
}

/// Brings a file that does something else than to add and update.
pub(super) async fn bring_in_mode(services: &Services, owner: &Actor, content: &[u8], mode: UploadMode) -> UploadSummary {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("some.csv");
    std::fs::write(&path, content).expect("the file is written");
    let options = ImportOptions { mode, ..ImportOptions::default() };
    let upload = import_file_with(services, owner, &path, options).await.expect("the file is taken");
    assert_eq!(upload.rows_accepted + upload.rows_rejected + upload.rows_duplicate, upload.rows_total, "{upload:?}");
    upload
}

/// Brings files and takes some back or reads them again, as the seed says; then holds the books against a shop that got what is left.
async fn holds_for(seed: u64) {
    let (services, mut dice) = (TestServices::start().await, Dice(seed));
    let owner = services.owner("ada@example.com").await;
    let worker = Worker::start(services.clone());
    let mut alive: Vec<(UploadId, Vec<u8>, UploadMode)> = Vec::new();
    for _ in 0..9 {
        match dice.below(if alive.is_empty() { 1 } else { 4 }) {
            0 | 1 => {
                let content = file(&mut dice);
                let mode = UploadMode::ALL[usize::try_from(dice.below(5)).expect("small").min(2)];
                let upload = bring_in_mode(&services, &owner, &content, mode).await;
                assert_eq!((upload.status, upload.mode), (UploadStatus::Completed, mode), "{upload:?}");
                alive.push((upload.id, content, mode));
            }
            2 => {
                let (id, ..) = alive.remove(usize::try_from(dice.below(alive.len() as u64)).expect("small"));
                undo_as_foretold(&services, &owner, id).await;
            }
            _ => {
                let again = alive.remove(usize::try_from(dice.below(alive.len() as u64)).expect("small"));
                reprocess_upload(&services, &owner, again.0, None).await.expect("asked");
                assert_eq!(settled(&services, &owner, again.0).await.status, UploadStatus::Completed);
                alive.push(again);
            }
        }
        services.clock.advance_ms(1_000);
    }
    worker.stop(Duration::from_secs(5)).await;
    let order: BTreeMap<UploadId, usize> = alive.iter().enumerate().map(|(place, (id, ..))| (*id, place)).collect();
    let found = books(&services, &owner, &order).await;
    let fresh = TestServices::start().await;
    let other = fresh.owner("ada@example.com").await;
    let mut order = BTreeMap::new();
    for (place, (_, content, mode)) in alive.iter().enumerate() {
        order.insert(bring_in_mode(&fresh, &other, content, *mode).await.id, place);
    }
    assert_eq!(found, books(&fresh, &other, &order).await, "seed {seed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_taken_back_or_read_again_the_books_are_those_of_a_shop_that_got_the_rest() {
    let seeds: u64 = setting("TRADEPOST_UNDO_SEEDS").map_or(10, |count| count.parse().expect("a number"));
    stream::iter(1..=seeds).map(holds_for).buffer_unordered(AT_ONCE).collect::<()>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_taken_back_once_and_by_those_who_may() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let stranger = services.owner("eve@example.com").await;
    let upload = bring(&services, &owner, "may.csv", &csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"])).await;
    assert!(upload.can_undo && upload.can_reprocess);
    let viewer = Actor { role: Role::Viewer, ..owner.clone() };
    assert_eq!(undo_upload(&services, &viewer, upload.id).await.expect_err("not allowed").into_app().kind, ErrorKind::Forbidden);
    assert_eq!(undo_upload(&services, &stranger, upload.id).await.expect_err("another shop's").into_app().kind, ErrorKind::NotFound);
    assert_eq!(reprocess_upload(&services, &stranger, upload.id, None).await.expect_err("another shop's").into_app().kind, ErrorKind::NotFound);
    let before = data_version(&services, owner.merchant_id).await;
    let worker = Worker::start(services.clone());
    undo_upload(&services, &owner, upload.id).await.expect("asked");
    let undone = settled(&services, &owner, upload.id).await;
    assert_eq!((undone.status, undone.can_undo), (UploadStatus::Undone, false));
    assert_eq!(data_version(&services, owner.merchant_id).await, before + 1, "what is cached of the figures is old");
    assert_eq!(orders(&services, owner.merchant_id).await, []);
    assert_eq!(undo_upload(&services, &owner, upload.id).await.expect_err("it is gone").into_app().kind, ErrorKind::Conflict);
    let again = bring(&services, &owner, "may.csv", &csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"])).await;
    assert_eq!((again.rows_accepted, again.rows_duplicate), (1, 0), "nothing of it was left");
    worker.stop(Duration::from_secs(5)).await;
}

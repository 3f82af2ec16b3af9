//! Products, customers, stock, payments and advertising taken back and read again: what is left is as in a shop that got the rest.

use super::foreseen::undo_as_foretold;
use super::mapping;
use super::undone::{AT_ONCE, Dice, bring_in_mode, settled};
use crate::support::{TestServices, setting};
use domain::ids::UploadId;
use domain::sources::{ColumnMeaning as M, FileKind, Mapping, UploadMode, UploadStatus, UploadSummary};
use futures::{StreamExt, stream};
use services::Actor;
use services::jobs::Worker;
use services::sources::{get_upload, map_upload, reprocess_upload};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const KINDS: [FileKind; 8] = [
    FileKind::Products,
    FileKind::Customers,
    FileKind::Inventory,
    FileKind::Payouts,
    FileKind::AdSpend,
    FileKind::Orders,
    FileKind::SellOut,
    FileKind::Refunds,
];

fn meanings(kind: FileKind) -> Mapping {
    let columns: &[(M, &str)] = match kind {
        FileKind::Products => &[(M::Sku, "Pa"), (M::ProductName, "Pb"), (M::Price, "Pc"), (M::Brand, "Pd"), (M::Stock, "Stok:East")],
        FileKind::Customers => &[(M::CustomerEmail, "Ca"), (M::CustomerName, "Cb"), (M::City, "Cc"), (M::Phone, "Cd")],
        FileKind::Inventory => &[(M::Sku, "Ia"), (M::ProductName, "Ib"), (M::Location, "Ic"), (M::Stock, "Id")],
        FileKind::Payouts => &[(M::Date, "Ma"), (M::TransactionType, "Mb"), (M::Amount, "Mc"), (M::PayoutId, "Md")],
        FileKind::AdSpend => &[(M::Date, "Aa"), (M::Campaign, "Ab"), (M::Spend, "Ac"), (M::Clicks, "Ad")],
        FileKind::Orders => {
            let columns = [(M::OrderNumber, "Oa"), (M::OrderedAt, "Ob"), (M::Sku, "Oc"), (M::ProductName, "Od"), (M::LineAmount, "Oe")];
            return mapping(kind, &[columns.as_slice(), &[(M::CustomerEmail, "Of"), (M::Amount, "Og")]].concat());
        }
        FileKind::SellOut => &[(M::Store, "Sa"), (M::Period, "Sb"), (M::Sku, "Sc"), (M::LineAmount, "Sd"), (M::Quantity, "Se")],
        FileKind::Refunds => &[(M::RefundId, "Ra"), (M::OrderedAt, "Rb"), (M::Amount, "Rc"), (M::Sku, "Rd"), (M::OrderNumber, "Re")],
    };
    mapping(kind, columns)
}

/// A row about the `thing`-th of a handful of things; the same thing comes again, the same or changed, with more or less of it told.
fn row(kind: FileKind, thing: u64, dice: &mut Dice) -> String {
    let (version, day) = (dice.below(3), thing + dice.below(2) * 3 + 1);
    let sometimes = |text: String, dice: &mut Dice| if dice.below(2) == 0 { String::new() } else { text };
    match kind {
        FileKind::Products => {
            let (price, brand) = (sometimes(format!("{version}.50"), dice), sometimes(format!("Brand {version}"), dice));
            let [east, west] = [sometimes(format!("{version}"), dice), sometimes(format!("{}", version + 4), dice)];
            format!("T{thing},Thing {thing} v{version},{price},{brand},{east},{west}")
        }
        FileKind::Customers => {
            let (city, phone) = (sometimes(format!("City {version}"), dice), sometimes(format!("+44 20 7946 000{version}"), dice));
            format!("c{thing}@example.com,Name {version},{city},{phone}")
        }
        FileKind::Inventory => format!("T{thing},Thing {thing},Place {},{version}", dice.below(2)),
        FileKind::Payouts => format!("2026-01-{day:02},Payout,{version}.00,P{thing}"),
        FileKind::AdSpend => format!("2026-01-{day:02},Campaign {thing},{version}.25,{version}"),
        FileKind::Orders => {
            let refunded = sometimes(format!("0.{}0", dice.below(9)), dice);
            format!("N{thing},2026-01-{day:02} 10:00,T{thing},Thing {thing} o{version},{version}.75,c{version}@example.com,{refunded}")
        }
        FileKind::SellOut => format!("Store {},2026-01-{:02},T{thing},{version}.00,{version}", dice.below(2), day % 3 + 5),
        FileKind::Refunds => format!("R{thing},2026-01-{day:02} 10:00,{version}.10,T{thing},N{}", dice.below(6)),
    }
}

fn file(kind: FileKind, dice: &mut Dice) -> Vec<u8> {
    let mapping = meanings(kind);
    let mut headers: Vec<&str> = mapping.columns.values().map(String::as_str).collect();
    headers.sort_unstable();
    // Of stock, the columns of all places count, whichever is mapped.
    headers.extend((kind == FileKind::Products).then_some("Stok:West"));
    let mut rows = vec![headers.join(",")];
    for thing in 0..5 {
        if dice.below(3) > 0 {
            rows.push(row(kind, thing, dice));
        }
    }
    rows.push(row(kind, 5, dice));
    (rows.join("\n") + "\n").into_bytes()
}

async fn bring_kind(services: &TestServices, owner: &Actor, kind: FileKind, content: &[u8], mode: UploadMode) -> UploadSummary {
    let upload = bring_in_mode(services, owner, content, mode).await;
    if upload.status == UploadStatus::NeedsMapping {
        map_upload(services, owner, upload.id, meanings(kind)).await.expect("the mapping is taken");
    }
    let upload = settled(services, owner, upload.id).await;
    assert_eq!((upload.status, upload.kind), (UploadStatus::Completed, kind), "{upload:?}");
    upload
}

/// All that is known, without the numbers that the program gives.
async fn known(services: &TestServices, owner: &Actor, names: &BTreeMap<UploadId, usize>) -> BTreeSet<String> {
    let shop = owner.merchant_id;
    let of = |upload: sea_orm::prelude::Uuid| names.get(&UploadId(upload)).copied();
    let tx = services.db.read(shop).await.expect("a transaction");
    let products = entity::product::find(shop).all(&*tx).await.expect("products read");
    let key = |id: i64| products.iter().find(|row| row.id == id).map_or("?", |row| row.key.as_str()).to_owned();
    let mut known = BTreeSet::new();
    for row in &products {
        let told = (&row.sku, &row.title, row.title_as_of, &row.brand, row.price_minor, &row.currency, row.is_product);
        known.insert(format!("product {} {told:?} by {:?}", row.key, row.upload_id.map(of)));
    }
    for row in entity::customer::find(shop).all(&*tx).await.expect("customers read") {
        let told = (&row.name, &row.email, &row.city, &row.phone, &row.external_id);
        known.insert(format!("customer {} {told:?} by {:?}", row.key, row.upload_id.map(of)));
    }
    for row in entity::inventory_level::find(shop).all(&*tx).await.expect("stock reads") {
        known.insert(format!("stock {} {} {} by {:?}", key(row.product_id), row.location, row.quantity_milli, of(row.upload_id)));
    }
    for row in entity::money_movement::find(shop).all(&*tx).await.expect("movements read") {
        known.insert(format!("money {} {} {} by {:?}", row.key, row.day, row.net_minor, of(row.upload_id)));
    }
    for row in entity::ad_spend::find(shop).all(&*tx).await.expect("advertising reads") {
        known.insert(format!("ads {} {} {} {:?} by {:?}", row.day, row.campaign, row.spend_minor, row.clicks, of(row.upload_id)));
    }
    for row in entity::order::find(shop).all(&*tx).await.expect("orders read") {
        let told = (row.day, row.net_minor, row.units_milli, &row.store);
        known.insert(format!("order {} {told:?} by {:?}", row.external_id, of(row.upload_id)));
    }
    for row in entity::replaced_fact::find(shop).all(&*tx).await.expect("the history reads") {
        let name = if row.kind == 3 { "a level" } else { row.key.as_str() };
        let told = (row.kind, name, row.previous.is_some(), row.way, row.left_out.is_some());
        known.insert(format!("history {told:?} by {:?} after {:?}", of(row.upload_id), of(row.previous_upload_id)));
    }
    known
}

async fn holds_for(seed: u64) {
    let (services, mut dice) = (TestServices::start().await, Dice(seed));
    let owner = services.owner("ada@example.com").await;
    let worker = Worker::start(services.clone());
    let mut alive: Vec<(UploadId, FileKind, Vec<u8>, UploadMode)> = Vec::new();
    for _ in 0..14 {
        services.clock.advance_ms(1_000);
        let place = |dice: &mut Dice, count: usize| usize::try_from(dice.below(count as u64)).expect("small");
        match dice.below(if alive.is_empty() { 1 } else { 5 }) {
            3 => {
                let (id, ..) = alive.remove(place(&mut dice, alive.len()));
                undo_as_foretold(&services, &owner, id).await;
            }
            4 => {
                let again = alive.remove(place(&mut dice, alive.len()));
                reprocess_upload(&services, &owner, again.0, None).await.expect("asked");
                assert_eq!(settled(&services, &owner, again.0).await.status, UploadStatus::Completed);
                alive.push(again);
            }
            _ => {
                let kind = KINDS[place(&mut dice, KINDS.len())];
                let (content, mode) = (file(kind, &mut dice), UploadMode::ALL[place(&mut dice, 5).min(2)]);
                let upload = bring_kind(&services, &owner, kind, &content, mode).await;
                alive.push((upload.id, kind, content, mode));
            }
        }
    }
    let names: BTreeMap<UploadId, usize> = alive.iter().enumerate().map(|(place, (id, ..))| (*id, place)).collect();
    let found = known(&services, &owner, &names).await;
    let fresh = TestServices::start().await;
    let other = fresh.owner("ada@example.com").await;
    let (busy, mut names) = (Worker::start(fresh.clone()), BTreeMap::new());
    for (place, (id, kind, content, mode)) in alive.iter().enumerate() {
        // What a file names is as of when it was brought, also where it is read again later.
        let brought_at = get_upload(&services, &owner, *id).await.expect("there").created_at;
        fresh.clock.advance_ms(brought_at - services::clock::Clock::now_ms(&*fresh.clock));
        names.insert(bring_kind(&fresh, &other, *kind, content, *mode).await.id, place);
    }
    let expected = known(&fresh, &other, &names).await;
    worker.stop(Duration::from_secs(5)).await;
    busy.stop(Duration::from_secs(5)).await;
    let (too_much, too_little): (Vec<_>, Vec<_>) = (found.difference(&expected).collect(), expected.difference(&found).collect());
    assert!(too_much.is_empty() && too_little.is_empty(), "seed {seed}: too much {too_much:#?}, too little {too_little:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_kind_is_taken_back_or_read_again_what_is_left_is_as_in_a_shop_that_got_the_rest() {
    let seeds: u64 = setting("TRADEPOST_UNDO_SEEDS").map_or(12, |count| count.parse().expect("a number"));
    stream::iter(1..=seeds).map(holds_for).buffer_unordered(AT_ONCE).collect::<()>().await;
}

//! What an undo is foretold to do is what it then does.

use super::undone::{bring_in_mode, settled};
use super::{HEADER, bring, csv};
use crate::support::TestServices;
use domain::ids::UploadId;
use domain::sources::{NetSalesChange, OrderChange, UndoPart, UndoThing, UploadMode, UploadStatus};
use domain::{ErrorKind, Money, Role};
use services::jobs::Worker;
use services::sources::{undo_preview, undo_upload};
use services::{Actor, Services};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What each row says, by what it is known by.
type Table = BTreeMap<String, String>;

/// All that a shop has, a table for each kind of thing, and its net sales by currency.
async fn all_of(services: &Services, owner: &Actor) -> (Vec<(UndoThing, Table)>, BTreeMap<String, i64>) {
    let shop = owner.merchant_id;
    let tx = services.db.read(shop).await.expect("a transaction");
    let orders = entity::order::find(shop).all(&*tx).await.expect("orders read");
    let mut net = BTreeMap::new();
    for order in &orders {
        *net.entry(order.currency.clone()).or_default() += order.net_minor;
    }
    let orders = orders.iter().map(|row| (format!("{} {}", row.source_id, row.external_id), format!("{:?}", row.content_hash))).collect();
    let products = entity::product::find(shop).all(&*tx).await.expect("products read");
    let products = products.iter().map(|row| (row.id.to_string(), format!("{row:?}"))).collect();
    let customers = entity::customer::find(shop).all(&*tx).await.expect("customers read");
    let customers = customers.iter().map(|row| (row.id.to_string(), format!("{row:?}"))).collect();
    let stock = entity::inventory_level::find(shop).all(&*tx).await.expect("stock reads");
    let stock = stock.iter().map(|row| (format!("{} {} {}", row.product_id, row.source_id, row.location), row.quantity_milli.to_string())).collect();
    let paid = entity::money_movement::find(shop).all(&*tx).await.expect("movements read");
    let paid = paid.iter().map(|row| (format!("{} {}", row.source_id, row.key), format!("{:?}", row.content_hash))).collect();
    let ads = entity::ad_spend::find(shop).all(&*tx).await.expect("advertising reads");
    let key = |row: &entity::ad_spend::Model| format!("{} {} {} {} {}", row.source_id, row.day, row.campaign, row.ad_group, row.currency);
    let told = |row: &entity::ad_spend::Model| format!("{:?}", (row.spend_minor, row.impressions, row.clicks, row.conversions_milli));
    let ads = ads.iter().map(|row| (key(row), told(row))).collect();
    use UndoThing::{AdvertisingDays, Customers, Orders, Payments, Products, StockLevels};
    (vec![(Orders, orders), (Products, products), (Customers, customers), (StockLevels, stock), (Payments, paid), (AdvertisingDays, ads)], net)
}

fn count(keys: impl Iterator) -> i64 {
    i64::try_from(keys.count()).expect("few")
}

/// Takes an upload back and holds what was foretold against what became of the books.
pub(super) async fn undo_as_foretold(services: &Services, owner: &Actor, id: UploadId) {
    let told = undo_preview(services, owner, id).await.expect("foretold");
    let (before, net_before) = all_of(services, owner).await;
    undo_upload(services, owner, id).await.expect("asked");
    assert_eq!(settled(services, owner, id).await.status, UploadStatus::Undone);
    let (after, net_after) = all_of(services, owner).await;
    for ((thing, before), (_, after)) in before.iter().zip(&after) {
        let part = told.parts.iter().find(|part| part.thing == *thing).copied().unwrap_or_else(|| UndoPart::none(*thing));
        let removed = count(before.keys().filter(|key| !after.contains_key(*key)));
        let returned = count(after.keys().filter(|key| !before.contains_key(*key)));
        let restored = count(before.iter().filter(|(key, content)| after.get(*key).is_some_and(|now| now != *content)));
        assert_eq!((part.removed, part.returned, part.restored), (removed, returned, restored), "{thing:?} of {told:?}");
    }
    let codes: BTreeSet<&String> = net_before.keys().chain(net_after.keys()).collect();
    let sums = codes.into_iter().map(|code| [&net_before, &net_after].map(|table| table.get(code).copied().unwrap_or(0)));
    let changed: Vec<_> = sums.filter(|[now, then]| now != then).collect();
    let foretold: Vec<_> = told.net_sales.iter().map(|change| [change.now.minor, change.then.minor]).collect();
    assert_eq!(foretold, changed, "{told:?}");
}

fn gbp(minor: i64) -> Money {
    Money::new(minor, "GBP".parse().expect("a currency"))
}

fn orders_of(parts: &[UndoPart]) -> (i64, i64, i64, i64) {
    let part = parts.iter().find(|part| part.thing == UndoThing::Orders).expect("orders are concerned");
    (part.removed, part.restored, part.returned, part.kept)
}

#[tokio::test]
async fn what_goes_what_is_restored_and_what_stays_is_told_to_the_penny() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let first = csv(&[HEADER, "1,2026-01-01,A,Tea,1,10.00,GBP", "2,2026-01-02,A,Tea,1,20.00,GBP", "3,2026-01-03,B,Cup,1,30.00,GBP"]);
    let second = csv(&[HEADER, "2,2026-01-02,A,Tea,1,25.00,GBP", "3,2026-01-03,B,Cup,1,30.00,GBP", "4,2026-01-04,C,Pot,1,40.00,GBP"]);
    let first = bring(&services, &owner, "first.csv", &first).await;
    let second = bring(&services, &owner, "second.csv", &second).await;
    let change = |number: &str, now, then: Option<i64>| OrderChange { number: number.to_owned(), now: Some(gbp(now)), then: then.map(gbp) };

    let told = undo_preview(&services, &owner, second.id).await.expect("foretold");
    assert_eq!(orders_of(&told.parts), (1, 1, 0, 1), "order 4 goes, order 2 is as before, order 3 stays");
    assert_eq!(told.net_sales, [NetSalesChange { now: gbp(10_500), then: gbp(6_000) }]);
    assert_eq!(told.changes, [change("2", 2_500, Some(2_000)), change("4", 4_000, None)]);
    let products = told.parts.iter().find(|part| part.thing == UndoThing::Products).copied().expect("products are concerned");
    assert_eq!((products.removed, products.kept), (1, 2), "the pot goes; tea and cup are the first file's too");

    let told = undo_preview(&services, &owner, first.id).await.expect("foretold");
    assert_eq!(orders_of(&told.parts), (1, 0, 0, 2), "order 1 goes; the others are the second file's too");
    assert_eq!(told.net_sales, [NetSalesChange { now: gbp(10_500), then: gbp(9_500) }]);

    let period = csv(&[HEADER, "1,2026-01-01,A,Tea,1,11.00,GBP", "9,2026-01-03,A,Tea,1,9.00,GBP"]);
    let period = bring_in_mode(&services, &owner, &period, UploadMode::ReplacePeriod).await;
    let told = undo_preview(&services, &owner, period.id).await.expect("foretold");
    assert_eq!(orders_of(&told.parts), (1, 1, 2, 0), "order 9 goes, order 1 is as before, orders 2 and 3 come back");
    assert_eq!(told.net_sales, [NetSalesChange { now: gbp(6_000), then: gbp(10_500) }]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_can_be_taken_back_is_foretold_and_only_to_those_who_may() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let stranger = services.owner("eve@example.com").await;
    let upload = bring(&services, &owner, "may.csv", &csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"])).await;
    let viewer = Actor { role: Role::Viewer, ..owner.clone() };
    let refused = async |actor: &Actor| undo_preview(&services, actor, upload.id).await.expect_err("refused").into_app().kind;
    assert_eq!(refused(&viewer).await, ErrorKind::Forbidden);
    assert_eq!(refused(&stranger).await, ErrorKind::NotFound);
    let worker = Worker::start(services.clone());
    undo_as_foretold(&services, &owner, upload.id).await;
    worker.stop(Duration::from_secs(5)).await;
    assert_eq!(refused(&owner).await, ErrorKind::Conflict);
}

async fn products(services: &Services, owner: &Actor) -> Vec<entity::product::Model> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    entity::product::find(owner.merchant_id).all(&*tx).await.expect("products read")
}

#[tokio::test(flavor = "multi_thread")]
async fn however_many_products_a_file_names_each_is_as_before_once_it_is_taken_back() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    bring(&services, &owner, "first.csv", &csv(&[HEADER, "1,2026-01-01,S,Tea,1,2.50,GBP"])).await;
    let before = products(&services, &owner).await;
    // By its code, by its name alone, and among more products than are looked at together.
    let fillers: Vec<String> = (0..700).map(|number| format!("3,2026-01-09,F{number:03},Thing {number},1,1.00,GBP")).collect();
    let rows = [HEADER, "2,2026-01-09,S,Tea,1,2.50,GBP", "2,2026-01-09,,Tea,1,2.50,GBP"].into_iter().chain(fillers.iter().map(String::as_str));
    let second = bring(&services, &owner, "second.csv", &csv(&rows.collect::<Vec<_>>())).await;
    assert_eq!((second.orders_new, products(&services, &owner).await.len()), (2, 701));
    let worker = Worker::start(services.clone());
    undo_as_foretold(&services, &owner, second.id).await;
    worker.stop(Duration::from_secs(5)).await;
    assert_eq!(products(&services, &owner).await, before);
}

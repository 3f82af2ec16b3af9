//! Orders' exports and files of refunds by chance, brought, taken back and read again: net sales are those of an oracle that knows only the rows.

use super::foreseen::undo_as_foretold;
use super::refunds_once::{books, net, of_orders, of_refunds, orders_file, refunds_file};
use super::undone::{AT_ONCE, Dice, settled};
use super::{bring, map_by_hand};
use crate::support::{TestServices, setting};
use domain::ids::UploadId;
use domain::sources::UploadStatus;
use futures::{StreamExt, stream};
use services::Actor;
use services::jobs::Worker;
use services::sources::reprocess_upload;
use std::collections::BTreeMap;
use std::time::Duration;

const NUMBERS: u64 = 5;

/// An order as its export tells it: minor units.
#[derive(Clone, Debug)]
struct Sold {
    number: u64,
    sold: i64,
    returned: i64,
    refunded: i64,
    is_cancelled: bool,
}

/// A refund as its file tells it.
#[derive(Clone, Debug)]
struct Back {
    id: u64,
    number: u64,
    amount: i64,
    is_in_euros: bool,
    day: u64,
}

#[derive(Clone, Debug)]
enum File {
    Orders(Vec<Sold>),
    Refunds(Vec<Back>),
}

/// The last order is in euros.
fn currency(number: u64) -> &'static str {
    if number == NUMBERS - 1 { "EUR" } else { "GBP" }
}

fn decimal(minor: i64) -> String {
    format!("{}{}.{:02}", if minor < 0 { "-" } else { "" }, minor.abs() / 100, minor.abs() % 100)
}

impl File {
    fn by_chance(dice: &mut Dice) -> Self {
        let money = |most: u64, dice: &mut Dice| i64::try_from(dice.below(most) * 50).expect("small");
        if dice.below(2) == 0 {
            let told: Vec<u64> = (0..NUMBERS).filter(|_| dice.below(3) > 0).collect();
            let order = |number, dice: &mut Dice| {
                let sold = 2_000 + money(40, dice);
                let (returned, refunded) =
                    (if dice.below(4) == 0 { 50 + money(30, dice) } else { 0 }, if dice.below(3) == 0 { 0 } else { money(110, dice) });
                Sold { number, sold, returned, refunded, is_cancelled: dice.below(6) == 0 }
            };
            return Self::Orders(
                told.into_iter().chain([0]).collect::<std::collections::BTreeSet<_>>().into_iter().map(|number| order(number, dice)).collect(),
            );
        }
        let told: Vec<u64> = (0..8).filter(|_| dice.below(2) > 0).collect();
        let back = |id, dice: &mut Dice| {
            let number = if dice.below(5) == 0 { dice.below(NUMBERS + 1) } else { id % NUMBERS };
            Back { id, number, amount: 50 + money(60, dice), is_in_euros: (currency(number) == "EUR") != (dice.below(6) == 0), day: id % 3 + 1 }
        };
        Self::Refunds(told.into_iter().chain([8]).map(|id| back(id, dice)).collect())
    }

    fn text(&self) -> Vec<u8> {
        match self {
            Self::Orders(orders) => {
                let rows = orders.iter().flat_map(|order| {
                    let amounts = [Some(order.sold), Some(-order.returned).filter(|amount| *amount != 0)];
                    let (back, off) = (decimal(order.refunded), if order.is_cancelled { "2026-01-09" } else { "" });
                    amounts.into_iter().flatten().map(move |amount| {
                        format!("A{0},2026-01-0{1},Tea,{2},{back},{off},{3}", order.number, order.number + 1, decimal(amount), currency(order.number))
                    })
                });
                let rows: Vec<String> = rows.collect();
                orders_file(&rows.iter().map(String::as_str).collect::<Vec<_>>())
            }
            Self::Refunds(refunds) => {
                let rows = refunds.iter().map(|back| {
                    let (code, mark) = (if back.is_in_euros { "EUR" } else { "GBP" }, if back.id % 2 == 0 { "#" } else { "" });
                    format!("R{},2026-02-0{},{},{mark}A{},{code}", back.id, back.day, decimal(back.amount), back.number)
                });
                let rows: Vec<String> = rows.collect();
                refunds_file(&rows.iter().map(String::as_str).collect::<Vec<_>>())
            }
        }
    }
}

/// Net sales by currency of what the files tell, the later ones instead of the earlier.
fn expected(files: &[&File]) -> BTreeMap<String, i64> {
    let (mut sold, mut back) = (BTreeMap::new(), BTreeMap::new());
    for file in files {
        match file {
            File::Orders(orders) => sold.extend(orders.iter().map(|order| (order.number, order))),
            File::Refunds(refunds) => back.extend(refunds.iter().map(|refund| (refund.id, refund))),
        }
    }
    let mut net: BTreeMap<String, i64> = BTreeMap::new();
    let mut single: BTreeMap<(u64, &str), i64> = BTreeMap::new();
    for refund in back.values() {
        *single.entry((refund.number, if refund.is_in_euros { "EUR" } else { "GBP" })).or_default() += refund.amount;
    }
    for order in sold.values() {
        let refunds = single.remove(&(order.number, currency(order.number))).unwrap_or(0);
        // The larger of the two tellings, where there are two, and never more than was sold.
        let by_export = if order.is_cancelled { order.sold } else { order.refunded.min(order.sold).max(order.returned) };
        let tells = order.is_cancelled || order.refunded > 0;
        let returns = if tells { by_export.max(refunds.min(order.sold)) } else { order.returned + refunds };
        *net.entry(currency(order.number).to_owned()).or_default() += order.sold - returns;
    }
    for ((_, code), refunds) in single {
        *net.entry(code.to_owned()).or_default() -= refunds;
    }
    net
}

async fn brought(services: &TestServices, owner: &Actor, file: &File) -> UploadId {
    let upload = bring(services, owner, "some.csv", &file.text()).await;
    if upload.status == UploadStatus::NeedsMapping {
        let means = if matches!(file, File::Orders(_)) { of_orders() } else { of_refunds() };
        map_by_hand(services, owner, upload.id, &means).await;
    }
    let upload = settled(services, owner, upload.id).await;
    assert_eq!((upload.status, upload.rows_rejected), (UploadStatus::Completed, 0), "{upload:?}");
    upload.id
}

/// The books of a shop that got these files, in that order.
async fn fresh(files: &[&File]) -> BTreeMap<String, String> {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    for file in files {
        brought(&services, &owner, file).await;
    }
    books(&services, &owner).await
}

async fn holds_for(seed: u64) {
    let (services, mut dice) = (TestServices::start().await, Dice(seed));
    let owner = services.owner("ada@example.com").await;
    let worker = Worker::start((*services).clone());
    let mut alive: Vec<(UploadId, File)> = Vec::new();
    for step in 0..12 {
        let place = |dice: &mut Dice, count: usize| usize::try_from(dice.below(count as u64)).expect("small");
        match dice.below(if alive.is_empty() { 1 } else { 5 }) {
            3 => {
                let (id, _) = alive.remove(place(&mut dice, alive.len()));
                undo_as_foretold(&services, &owner, id).await;
            }
            4 => {
                let again = alive.remove(place(&mut dice, alive.len()));
                reprocess_upload(&services, &owner, again.0, None).await.expect("asked");
                assert_eq!(settled(&services, &owner, again.0).await.status, UploadStatus::Completed);
                alive.push(again);
            }
            _ => {
                let file = File::by_chance(&mut dice);
                alive.push((brought(&services, &owner, &file).await, file));
            }
        }
        let files: Vec<&File> = alive.iter().map(|(_, file)| file).collect();
        let without_nothing = |sums: BTreeMap<String, i64>| sums.into_iter().filter(|(_, minor)| *minor != 0).collect::<BTreeMap<_, _>>();
        let found = without_nothing(net(&services, &owner).await);
        assert_eq!(found, without_nothing(expected(&files)), "seed {seed}, step {step}: {files:#?}");
    }
    worker.stop(Duration::from_secs(5)).await;
    let mut files: Vec<&File> = alive.iter().map(|(_, file)| file).collect();
    let found = books(&services, &owner).await;
    assert_eq!(found, fresh(&files).await, "seed {seed}: as in a shop that got the rest");
    for refunds_first in [true, false] {
        files.sort_by_key(|file| matches!(file, File::Orders(_)) == refunds_first);
        assert_eq!(found, fresh(&files).await, "seed {seed}: whichever kind came first");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn net_sales_are_those_of_the_rows_whatever_comes_goes_and_comes_again() {
    let seeds: u64 = setting("TRADEPOST_UNDO_SEEDS").map_or(8, |count| count.parse().expect("a number"));
    stream::iter(1..=seeds).map(holds_for).buffer_unordered(AT_ONCE).collect::<()>().await;
}

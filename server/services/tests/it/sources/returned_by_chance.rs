//! Exports with returned rows and files of refunds by chance, brought, taken back and read again: money and pieces are those of an oracle that
//! knows only the rows.

use super::foreseen::undo_as_foretold;
use super::refunds_once::books;
use super::returned_rows::{Sold, export, of_refunds, refunds_file, turkish_shop};
use super::undone::{AT_ONCE, Dice, settled};
use super::{bring, map_by_hand, orders};
use crate::support::{TestServices, setting};
use domain::ids::UploadId;
use domain::sources::UploadStatus;
use futures::{StreamExt, stream};
use services::Actor;
use services::jobs::Worker;
use services::sources::reprocess_upload;
use std::collections::BTreeMap;
use std::time::Duration;

const NUMBERS: u64 = 4;
const CODES: [&str; 2] = ["CAY", "FINCAN"];

/// A row of an order, in minor units and pieces.
#[derive(Clone, Copy, Debug)]
struct Row {
    amount: i64,
    pieces: i64,
    is_returned: bool,
}

/// A refund; of no product where its code is none of theirs.
#[derive(Clone, Copy, Debug)]
struct Back {
    number: u64,
    amount: i64,
    pieces: i64,
    code: usize,
}

#[derive(Clone, Debug)]
enum File {
    Orders(BTreeMap<u64, [Row; 2]>),
    Refunds(BTreeMap<u64, Back>),
}

fn some(dice: &mut Dice, most: u64) -> i64 {
    i64::try_from(dice.below(most)).expect("small")
}

impl File {
    fn by_chance(dice: &mut Dice) -> Self {
        if dice.below(2) == 0 {
            let row = |dice: &mut Dice| Row { amount: 500 + some(dice, 40) * 50, pieces: 1 + some(dice, 3), is_returned: dice.below(3) == 0 };
            let told: Vec<u64> = (0..NUMBERS).filter(|number| *number == 0 || dice.below(3) > 0).collect();
            return Self::Orders(told.into_iter().map(|number| (number, [row(dice), row(dice)])).collect());
        }
        // A refund stays that of its product: what names none leaves one that does as it is.
        let back = |id: u64, dice: &mut Dice| {
            let (number, code) = (dice.below(NUMBERS + 1), usize::try_from(id % 3).expect("small"));
            Back { number, amount: 50 + some(dice, 60) * 50, pieces: some(dice, 3), code }
        };
        let told: Vec<u64> = (0..6).filter(|id| *id == 0 || dice.below(2) > 0).collect();
        Self::Refunds(told.into_iter().map(|id| (id, back(id, dice))).collect())
    }

    fn text(&self) -> Vec<u8> {
        let yes = |is: bool| if is { "Evet" } else { "Hayır" };
        match self {
            Self::Orders(told) => {
                let cells = |(number, rows): (&u64, &[Row; 2])| {
                    let of = |row: &Row| [format!("A{number}"), row.pieces.to_string(), format!("{},{:02}", row.amount / 100, row.amount % 100)];
                    rows.map(|row| (of(&row), yes(row.is_returned)))
                };
                let cells: Vec<_> = told.iter().flat_map(cells).collect();
                let rows = cells.iter().zip(CODES.into_iter().cycle());
                let rows: Vec<Sold<'_>> =
                    rows.map(|(([number, pieces, amount], returned), code)| (&**number, code, &**pieces, &**amount, "", *returned, "")).collect();
                export(&rows)
            }
            Self::Refunds(told) => {
                let row = |(id, back): (&u64, &Back)| {
                    let (amount, code) = (format!("{}.{:02}", back.amount / 100, back.amount % 100), CODES.get(back.code).unwrap_or(&""));
                    format!("R{id},2026-08-2{id},{amount},A{},{code},{}", back.number, back.pieces)
                };
                let rows: Vec<String> = told.iter().map(row).collect();
                refunds_file(&rows.iter().map(String::as_str).collect::<Vec<_>>())
            }
        }
    }
}

/// Gross sales, net sales and pieces of what the files tell, the later ones instead of the earlier.
fn expected(files: &[&File]) -> [i64; 3] {
    let (mut sold, mut back): (BTreeMap<u64, [Row; 2]>, BTreeMap<u64, Back>) = Default::default();
    for file in files {
        match file {
            File::Orders(orders) => sold.extend(orders),
            File::Refunds(refunds) => back.extend(refunds),
        }
    }
    let (mut gross, mut net, mut pieces) = (0, 0, 0);
    for (number, rows) in &sold {
        let of = |value: fn(&Row) -> i64, returned: bool| rows.iter().filter(|row| row.is_returned || !returned).map(value).sum::<i64>();
        let refunds: Vec<&Back> = back.values().filter(|back| back.number == *number).collect();
        let (whole, single) = (of(|row| row.amount, true), refunds.iter().map(|back| back.amount).sum::<i64>());
        let all = of(|row| row.amount, false);
        gross += all;
        net += all - if whole > 0 { whole.max(single.min(all)) } else { single };
        // Of each product the larger telling; pieces of no product are some of those that are left.
        let told = |code: usize| refunds.iter().filter(|back| back.code == code).map(|back| back.pieces).sum::<i64>();
        let own = (0..CODES.len()).filter(|place| rows[*place].is_returned).map(|place| (rows[place].pieces - told(place)).max(0)).sum::<i64>();
        pieces += of(|row| row.pieces, false) - (0..=CODES.len()).map(told).sum::<i64>() - (own - told(CODES.len())).max(0);
    }
    for alone in back.values().filter(|back| !sold.contains_key(&back.number)) {
        (net, pieces) = (net - alone.amount, pieces - alone.pieces);
    }
    [gross, net, pieces * 1_000]
}

async fn found(services: &TestServices, owner: &Actor) -> [i64; 3] {
    let stored = orders(services, owner.merchant_id).await;
    stored.iter().fold([0; 3], |sums, order| [sums[0] + order.gross_minor, sums[1] + order.net_minor, sums[2] + order.units_milli])
}

async fn brought(services: &TestServices, owner: &Actor, file: &File) -> UploadId {
    let upload = bring(services, owner, "some.csv", &file.text()).await;
    if upload.status == UploadStatus::NeedsMapping {
        map_by_hand(services, owner, upload.id, &of_refunds()).await;
    }
    let upload = settled(services, owner, upload.id).await;
    assert_eq!((upload.status, upload.rows_rejected), (UploadStatus::Completed, 0), "{upload:?}");
    upload.id
}

async fn holds_for(seed: u64) {
    let ((services, owner), mut dice) = (turkish_shop().await, Dice(seed));
    let worker = Worker::start((*services).clone());
    let mut alive: Vec<(UploadId, File)> = Vec::new();
    for step in 0..10 {
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
        assert_eq!(found(&services, &owner).await, expected(&files), "seed {seed}, step {step}: {files:#?}");
    }
    worker.stop(Duration::from_secs(5)).await;
    let (fresh, ada) = turkish_shop().await;
    for (_, file) in &alive {
        brought(&fresh, &ada, file).await;
    }
    assert_eq!(books(&services, &owner).await, books(&fresh, &ada).await, "seed {seed}: as in a shop that got the rest");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_and_pieces_are_those_of_the_rows_whatever_comes_goes_and_comes_again() {
    let seeds: u64 = setting("TRADEPOST_UNDO_SEEDS").map_or(8, |count| count.parse().expect("a number"));
    stream::iter(1..=seeds).map(holds_for).buffer_unordered(AT_ONCE).collect::<()>().await;
}

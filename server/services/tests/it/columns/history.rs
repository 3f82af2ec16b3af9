//! A shop that changes step by step, what it sold in each state, and somebody who asks all the while.

use super::generated::Chance;
use crate::sources::HEADER;
use crate::support::TestServices;
use domain::ids::UploadId;
use domain::question::{Cell, Question};
use domain::semantic::Measure;
use domain::sources::{UploadMode, UploadStatus};
use services::analytics::{self, EngineName};
use services::{Actor, sources};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the shop sold in one state: net sales and orders.
type Figures = (i64, i64);

/// Orders by number: their month and day, and what they brought.
type Orders = BTreeMap<String, ((usize, usize), i64)>;

/// The states the shop has been in or is about to be in, and how far it certainly is.
#[derive(Default)]
pub(super) struct History {
    states: Mutex<Vec<Figures>>,
    reached: AtomicUsize,
    is_over: AtomicBool,
}

impl History {
    /// Before the first change.
    pub(super) fn of_nothing() -> Arc<Self> {
        let history = Self::default();
        history.begin((0, 0));
        Arc::new(history)
    }

    /// A change begins; the state after it may be seen from now on.
    fn begin(&self, after: Figures) {
        self.states.lock().expect("nobody panics here").push(after);
    }

    /// The change is done; the state before it must not be seen any more.
    fn end(&self) {
        self.reached.fetch_add(1, SeqCst);
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(SeqCst)
    }
}

/// Whoever asks stops when the changes are over, also where they failed.
struct Over(Arc<History>);

impl Drop for Over {
    fn drop(&mut self) {
        self.0.is_over.store(true, SeqCst);
    }
}

fn figures(orders: &Orders) -> Figures {
    (orders.values().map(|(_, cents)| cents).sum(), orders.len() as i64)
}

fn file(orders: &Orders) -> Vec<u8> {
    let row = |(number, ((month, day), cents)): (&String, &((usize, usize), i64))| {
        let (year, month) = (2024 + month / 12, month % 12 + 1);
        format!("{number},{year}-{month:02}-{:02},S{},Thing,1,{}.{:02},GBP\n", day + 1, day % 7, cents / 100, cents % 100)
    };
    format!("{HEADER}\n{}", orders.iter().map(row).collect::<String>()).into_bytes()
}

fn some_orders(chance: &mut Chance, step: usize) -> Orders {
    let order =
        |number: usize, chance: &mut Chance| (format!("F{step}-{number}"), ((chance.below(24), chance.below(28)), 1 + chance.below(9_999) as i64));
    (0..20 + chance.below(60)).map(|number| order(number, chance)).collect()
}

/// Every third order of what is there, with other amounts.
fn corrected(chance: &mut Chance, orders: &Orders) -> Orders {
    let third = orders.iter().step_by(3).map(|(number, (day, _))| (number.clone(), *day));
    third.map(|(number, day)| (number, (day, 1 + chance.below(9_999) as i64))).collect()
}

/// Puts a file into the place of all orders of its days.
fn replace_days(orders: &Orders, file: &Orders) -> Orders {
    let days = || file.values().map(|(day, _)| *day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return orders.clone() };
    let outside = orders.iter().filter(|(_, (day, _))| *day < first || *day > last);
    outside.chain(file).map(|(number, order)| (number.clone(), *order)).collect()
}

async fn enqueue(services: &TestServices, owner: &Actor, step: usize, orders: &Orders, mode: UploadMode) -> UploadId {
    let writer = sources::UploadWriter::create(services, owner, &format!("{step}.csv"), Some("Shop".to_owned())).await.expect("it begins");
    let mut writer = writer.with_mode(mode);
    writer.write(&file(orders)).await.expect("it is written");
    writer.finish().await.expect("it is taken").id
}

pub(super) async fn settled(services: &TestServices, owner: &Actor, id: UploadId, wanted: UploadStatus) {
    for _ in 0..3_000 {
        if sources::get_upload(services, owner, id).await.expect("it is there").status == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the upload never was {wanted:?}");
}

/// Waits until a worker has written a copy of the newest data.
pub(super) async fn until_there_is_a_copy(services: &TestServices, owner: &Actor) {
    let question = Question::new([Measure::Orders]);
    for _ in 0..3_000 {
        if analytics::answer_by(services, owner, &question, EngineName::Columns).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        // What failed is tried again after a while.
        services.clock.advance_ms(20);
    }
    panic!("no copy was written");
}

/// Changes the shop: new files, corrections, days that are replaced, undos of the last; a worker elsewhere does the work.
pub(super) async fn change(services: Arc<TestServices>, owner: Actor, history: Arc<History>, seed: u64, steps: usize) {
    let _over = Over(history.clone());
    let mut chance = Chance::new(seed);
    let mut states: Vec<(UploadId, Orders)> = Vec::new();
    for step in 0..steps {
        let now = states.last().map(|(_, orders)| orders.clone()).unwrap_or_default();
        let kind = if states.is_empty() { 0 } else { chance.below(5) };
        if kind == 4 {
            let (id, _) = states.pop().expect("there is one");
            history.begin(states.last().map(|(_, orders)| figures(orders)).unwrap_or_default());
            sources::undo_upload(&services, &owner, id).await.expect("it may be undone");
            settled(&services, &owner, id, UploadStatus::Undone).await;
        } else {
            let (orders, mode) = match kind {
                0 | 1 => (some_orders(&mut chance, step), UploadMode::Upsert),
                2 => (corrected(&mut chance, &now), UploadMode::Upsert),
                _ => (corrected(&mut chance, &now), UploadMode::ReplacePeriod),
            };
            let after = match mode {
                UploadMode::ReplacePeriod => replace_days(&now, &orders),
                _ => now.into_iter().chain(orders.clone()).collect(),
            };
            history.begin(figures(&after));
            let id = enqueue(&services, &owner, step, &orders, mode).await;
            settled(&services, &owner, id, UploadStatus::Completed).await;
            states.push((id, after));
        }
        history.end();
        if step + 1 == steps || chance.below(3) == 0 {
            until_there_is_a_copy(&services, &owner).await;
        }
        tokio::time::sleep(Duration::from_millis(chance.below(120) as u64)).await;
    }
}

/// Asks again and again; answers how often, and how often the copy answered.
pub(super) async fn ask(services: Arc<TestServices>, owner: Actor, history: Arc<History>) -> (usize, usize) {
    let (mut asked, mut by_copy) = (0, 0);
    while !history.is_over() {
        asked += 1;
        tokio::time::sleep(Duration::from_millis(5)).await;
        // Another limit each time: an answer that was kept shows nothing.
        let json = serde_json::json!({"measures": ["net_sales", "orders"], "time": {"grain": "month"}, "limit": 100 + asked % 9_000});
        let question: Question = serde_json::from_value(json).expect("it reads");
        let from = history.reached.load(SeqCst);
        let answer = match asked % 2 {
            0 => analytics::answer(&services, &owner, question).await.expect("an answer"),
            _ => match analytics::answer_by(&services, &owner, &question, EngineName::Columns).await {
                Ok(answer) => answer,
                Err(_) => continue,
            },
        };
        by_copy += asked % 2;
        let sum = |column: usize| answer.rows.iter().map(|row| if let Cell::Int(number) = row[column] { number } else { 0 }).sum::<i64>();
        let seen = (sum(1), sum(2));
        let states = history.states.lock().expect("nobody panics here");
        assert!(states[from..].contains(&seen), "{seen:?} is none of {:?}", &states[from..]);
    }
    (asked, by_copy)
}

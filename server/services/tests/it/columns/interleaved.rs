//! Uploads, undos and refreshed copies in an order by chance, with questions in between: every answer is that of a moment, never of half a change.

use super::generated::Chance;
use super::{until_there_is_a_copy, with_copies};
use crate::sources::{HEADER, bring};
use crate::support::TestServices;
use domain::ids::UploadId;
use domain::question::{Cell, Question};
use domain::sources::UploadStatus;
use services::analytics::{self, EngineName};
use services::jobs::{Worker, WorkerOptions};
use services::{Actor, sources};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const STEPS: usize = 14;

/// What the shop sold in one state: net sales and orders.
type Figures = (i64, i64);

/// The states the shop has been in or is about to be in, and how far it certainly is.
#[derive(Default)]
struct History {
    states: Mutex<Vec<Figures>>,
    reached: AtomicUsize,
    is_over: AtomicBool,
}

impl History {
    /// A change begins; the state after it may be seen from now on.
    fn begin(&self, after: Figures) {
        self.states.lock().expect("nobody panics here").push(after);
    }

    /// The change is done; the state before it must not be seen any more.
    fn end(&self) {
        self.reached.fetch_add(1, SeqCst);
    }
}

/// A file of some orders over two years, and its figures.
fn file(chance: &mut Chance, number: usize) -> (Vec<u8>, Figures) {
    let (mut text, mut net) = (format!("{HEADER}\n"), 0);
    let orders = 20 + chance.below(60);
    for order in 0..orders {
        let (cents, month) = (1 + chance.below(9_999) as i64, 1 + chance.below(24));
        let (year, month) = (2024 + (month - 1) / 12, (month - 1) % 12 + 1);
        net += cents;
        text.push_str(&format!(
            "F{number}-{order},{year}-{month:02}-{:02},S{},Thing,1,{}.{:02},GBP\n",
            1 + order % 28,
            order % 7,
            cents / 100,
            cents % 100
        ));
    }
    (text.into_bytes(), (net, orders as i64))
}

pub(super) async fn settled(services: &TestServices, owner: &Actor, id: UploadId, wanted: UploadStatus) {
    for _ in 0..600 {
        if sources::get_upload(services, owner, id).await.expect("it is there").status == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the upload never was {wanted:?}");
}

/// Changes the shop step by step.
async fn change(services: Arc<TestServices>, owner: Actor, history: Arc<History>, seed: u64) {
    let mut chance = Chance::new(seed);
    let (mut present, mut now): (Vec<(UploadId, Figures)>, Figures) = (Vec::new(), (0, 0));
    for step in 0..STEPS {
        if present.len() < 2 || chance.below(5) < 3 {
            let (content, (net, orders)) = file(&mut chance, step);
            now = (now.0 + net, now.1 + orders);
            history.begin(now);
            let upload = bring(&services, &owner, &format!("{step}.csv"), &content).await;
            assert_eq!(upload.status, UploadStatus::Completed, "{upload:?}");
            present.push((upload.id, (net, orders)));
        } else {
            let (id, (net, orders)) = present.remove(chance.below(present.len()));
            now = (now.0 - net, now.1 - orders);
            history.begin(now);
            sources::undo_upload(&services, &owner, id).await.expect("it may be undone");
            settled(&services, &owner, id, UploadStatus::Undone).await;
        }
        history.end();
        if step + 1 == STEPS || chance.below(3) == 0 {
            until_there_is_a_copy(&services, &owner).await;
        }
        tokio::time::sleep(Duration::from_millis(chance.below(120) as u64)).await;
    }
    history.is_over.store(true, SeqCst);
}

/// Asks again and again; answers how often the copy answered.
async fn ask(services: Arc<TestServices>, owner: Actor, history: Arc<History>) -> (usize, usize) {
    let (mut asked, mut by_copy) = (0, 0);
    while !history.is_over.load(SeqCst) {
        asked += 1;
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

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_that_of_a_moment() {
    for seed in [11, 12] {
        let services = Arc::new(with_copies().await);
        let owner = services.owner("ada@example.com").await;
        let worker = Worker::start_with((**services).clone(), WorkerOptions { tasks: 2, lease: Duration::from_secs(5), cron: false });
        let history = Arc::new(History::default());
        history.begin((0, 0));
        let changes = tokio::spawn(change(services.clone(), owner.clone(), history.clone(), seed));
        let (_, by_copy) = ask(services.clone(), owner.clone(), history.clone()).await;
        changes.await.expect("all changes are made");
        worker.stop(Duration::from_secs(5)).await;
        assert!(by_copy > 0, "seed {seed}: the copy answered nothing");
    }
}

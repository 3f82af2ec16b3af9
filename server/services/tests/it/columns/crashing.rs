//! `kill -9` of the worker again and again, while it reads files, takes them back and writes copies: every answer is that of a moment, and in the
//! end all changes are made.

use super::generated::Chance;
use super::history::{History, ask, change};
use super::{both, reindex, with_copies};
use crate::support::setting;
use domain::question::Question;
use services::Services;
use services::clock::{Clock as _, ManualClock};
use services::config::{ColumnsUse, ServicesConfig};
use services::jobs::{Worker, WorkerOptions};
use services::random::SystemRandom;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::process::{Child, Command};

const FOLDER: &str = "TRADEPOST_CRASHING_FOLDER";
const DATABASE: &str = "TRADEPOST_CRASHING_DATABASE";
const CLOCK: &str = "TRADEPOST_CRASHING_CLOCK";
const NAME: &str = "columns::crashing::the_worker_that_is_killed";
const STEPS: usize = 8;
/// Each worker's clock is so far behind that of the next: what a killed one held is free again.
const LATER_MS: i64 = 60_000;

/// Works until it is killed.
#[tokio::test(flavor = "multi_thread")]
async fn the_worker_that_is_killed() {
    let (Some(folder), Some(database_url), Some(clock)) = (setting(FOLDER), setting(DATABASE), setting(CLOCK)) else { return };
    let config = ServicesConfig { database_url, columns: ColumnsUse::Always, ..ServicesConfig::embedded(PathBuf::from(folder)) };
    let clock = Arc::new(ManualClock::at(clock.parse().expect("milliseconds")));
    let services = Services::start_with(config, clock, Arc::new(SystemRandom)).await.expect("started");
    let _worker = Worker::start_with(services, WorkerOptions { tasks: 2, lease: Duration::from_secs(30), cron: false });
    std::future::pending::<()>().await;
}

fn worker(config: &ServicesConfig, now_ms: i64) -> Child {
    Command::new(std::env::current_exe().expect("a test binary has a path"))
        .args([NAME, "--exact"])
        .env(FOLDER, &config.data_dir)
        .env(DATABASE, &config.database_url)
        .env(CLOCK, now_ms.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("the worker starts")
}

/// Kills the worker at moments by chance and starts another; answers how many.
async fn kill_again_and_again(config: ServicesConfig, mut now_ms: i64, history: Arc<History>) -> usize {
    let (mut chance, mut kills) = (Chance::new(5), 0);
    let mut child = worker(&config, now_ms);
    while !history.is_over() {
        // Every second one lives long enough to get something done: what is killed five times in a row is given up.
        let life = if kills % 2 == 0 { 700 + chance.below(1_500) as u64 } else { 3_000 + 1_000 * kills as u64 };
        let ends = tokio::time::Instant::now() + Duration::from_millis(life);
        while tokio::time::Instant::now() < ends && !history.is_over() {
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        assert!(child.try_wait().expect("the worker can be asked").is_none(), "it works until it is killed");
        child.kill().await.expect("killed");
        (kills, now_ms) = (kills + 1, now_ms + LATER_MS);
        child = worker(&config, now_ms);
    }
    kills
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_answer_is_that_of_a_moment_though_the_worker_is_killed() {
    let services = Arc::new(with_copies().await);
    let owner = services.owner("ada@example.com").await;
    let history = History::of_nothing();
    let kills = tokio::spawn(kill_again_and_again(services.config.clone(), services.clock.now_ms(), history.clone()));
    let changes = tokio::spawn(change(services.clone(), owner.clone(), history.clone(), 21, STEPS));
    let (_, by_copy) = ask(services.clone(), owner.clone(), history.clone()).await;
    changes.await.expect("all changes are made");
    let kills = kills.await.expect("the worker was killed");
    assert!(kills >= 2 && by_copy > 0, "{kills} kills, {by_copy} answers by the copy");
    let question: Question = serde_json::from_str(r#"{"measures": ["net_sales", "orders"], "dimensions": ["sku"]}"#).expect("it reads");
    reindex(&services, &owner).await;
    let (sql, columns) = both(&services, &owner, &question).await;
    assert_eq!(sql, columns);
}

//! Uploads, corrections, undos and refreshed copies in an order by chance, with questions in between: every answer is that of a moment, never of
//! half a change; and copies that are written anew change none.

use super::history::{History, ask, change};
use super::{both, reindex, with_copies};
use domain::question::Question;
use services::jobs::{Worker, WorkerOptions};
use std::sync::Arc;
use std::time::Duration;

const STEPS: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_answer_is_that_of_a_moment() {
    for seed in [11, 12] {
        let services = Arc::new(with_copies().await);
        let owner = services.owner("ada@example.com").await;
        let worker = Worker::start_with((**services).clone(), WorkerOptions { tasks: 2, lease: Duration::from_secs(5), cron: false });
        let history = History::of_nothing();
        let changes = tokio::spawn(change(services.clone(), owner.clone(), history.clone(), seed, STEPS));
        let (_, by_copy) = ask(services.clone(), owner.clone(), history.clone()).await;
        changes.await.expect("all changes are made");
        worker.stop(Duration::from_secs(5)).await;
        assert!(by_copy > 0, "seed {seed}: the copy answered nothing");
        let json = r#"{"measures": ["net_sales", "orders", "units"], "dimensions": ["sku"], "time": {"grain": "month"}}"#;
        let question: Question = serde_json::from_str(json).expect("it reads");
        let before = both(&services, &owner, &question).await;
        reindex(&services, &owner).await;
        assert_eq!(both(&services, &owner, &question).await, before, "a copy that is written anew changes no figure");
        assert_eq!(before.0, before.1);
    }
}

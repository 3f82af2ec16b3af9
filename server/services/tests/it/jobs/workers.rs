//! Workers and what they share.

use super::{ask, broom, job, lost_mail};
use crate::support::TestServices;
use domain::jobs::JobState;
use sea_orm::{ColumnTrait, QueryFilter};
use services::Services;
use services::clock::Clock;
use services::jobs::{Worker, WorkerOptions};
use services::random::SystemRandom;
use std::sync::Arc;
use std::time::Duration;

const OPTIONS: WorkerOptions = WorkerOptions { tasks: 2, lease: Duration::from_secs(30), cron: false };

async fn until_none_is_open(services: &TestServices) -> Vec<entity::job::Model> {
    loop {
        let tx = services.db.system_read().await.expect("a transaction");
        let jobs = entity::job::everywhere().all(&*tx).await.expect("jobs read");
        drop(tx);
        let is_open = |job: &entity::job::Model| job.state == "queued" || job.state == "running";
        if !jobs.iter().any(is_open) {
            return jobs;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_one_database_run_each_job_once() {
    let services = TestServices::start().await;
    let other = Services::start_with(services.config.clone(), services.clock.clone(), Arc::new(SystemRandom)).await.expect("a second server");
    for _ in 0..60 {
        ask(&services, broom(None)).await;
    }
    let workers = [Worker::start_with(services.clone(), OPTIONS), Worker::start_with(other, OPTIONS)];
    let jobs = until_none_is_open(&services).await;
    for worker in workers {
        worker.stop(Duration::from_secs(5)).await;
    }
    assert_eq!(jobs.len(), 60);
    assert!(jobs.iter().all(|job| job.state == "done" && job.attempts == 1 && job.progress == 100));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_asks_for_each_slot_once_however_many_servers_there_are() {
    let services = TestServices::start().await;
    let other = Services::start_with(services.config.clone(), services.clock.clone(), Arc::new(SystemRandom)).await.expect("a second server");
    let options = WorkerOptions { cron: true, ..OPTIONS };
    let workers = [Worker::start_with(services.clone(), options), Worker::start_with(other, options)];
    let states = async || {
        let tx = services.db.system_read().await.expect("a transaction");
        let made = entity::job::everywhere().filter(entity::job::Column::Kind.eq("clean_up")).all(&*tx).await.expect("jobs read");
        made.into_iter().map(|job| job.state).collect::<Vec<_>>()
    };
    while !states().await.contains(&"done".to_owned()) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // Room for a second one to be made.
    tokio::time::sleep(Duration::from_millis(300)).await;
    for worker in workers {
        worker.stop(Duration::from_secs(5)).await;
    }
    assert_eq!(states().await, ["done"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_fails_is_tried_later_and_then_buried_with_its_reason() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let id = ask(&services, lost_mail(owner.merchant_id, 2)).await;
    let worker = Worker::start_with(services.clone(), OPTIONS);
    let first = loop {
        let job = job(&services, id).await;
        if job.last_error.is_some() {
            break job;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    assert_eq!((first.state.as_str(), first.attempts), ("queued", 1));
    let pause = first.run_at - first.created_at;
    assert!((2_000..=6_000).contains(&pause), "{pause} ms");
    services.clock.advance_ms(pause);
    services.wake_workers();
    until_none_is_open(&services).await;
    worker.stop(Duration::from_secs(5)).await;
    let buried = job(&services, id).await;
    assert_eq!((JobState::parse(&buried.state), buried.attempts), (Some(JobState::Dead), 2));
    assert!(buried.last_error.is_some_and(|sentence| sentence.contains("no such mail")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_worker_died_is_taken_over_when_its_lease_has_run_out() {
    use entity::job::Column;
    use sea_orm::sea_query::Expr;
    let services = TestServices::start().await;
    let id = ask(&services, broom(None)).await;
    let tx = services.db.system_write().await.expect("a transaction");
    let dead_worker = services.random.uuid_v7(0);
    entity::job::update_everywhere()
        .filter(Column::Id.eq(id.0))
        .col_expr(Column::State, Expr::value("running"))
        .col_expr(Column::Attempts, Expr::value(1))
        .col_expr(Column::LeaseToken, Expr::value(dead_worker))
        .col_expr(Column::LeaseUntil, Expr::value(services.clock.now_ms() + 30_000))
        .exec(&*tx)
        .await
        .expect("a job that someone runs");
    tx.commit().await.expect("committed");
    let worker = Worker::start_with(services.clone(), OPTIONS);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(job(&services, id).await.attempts, 1, "the lease still stands");
    services.clock.advance_ms(30_001);
    services.wake_workers();
    until_none_is_open(&services).await;
    worker.stop(Duration::from_secs(5)).await;
    let done = job(&services, id).await;
    assert_eq!((done.state.as_str(), done.attempts), ("done", 2));
}

//! The queue as admins handle it.

use super::{ask, broom, job, lost_mail};
use crate::support::TestServices;
use domain::jobs::JobState;
use domain::{ErrorKind, Role};
use services::jobs::{NewJob, Worker, WorkerOptions, cancel_job, enqueue, list_jobs, retry_job};
use std::time::Duration;

#[tokio::test]
async fn a_job_is_there_only_when_its_transaction_lasts() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let tx = services.db.write(owner.merchant_id).await.expect("a transaction");
    enqueue(&tx, &services, broom(Some(owner.merchant_id))).await.expect("enqueued");
    drop(tx);
    assert_eq!(list_jobs(&services, &owner).await.expect("a list"), []);
}

#[tokio::test]
async fn one_key_has_one_open_job() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let keyed = || NewJob { dedup_key: Some("once".to_owned()), ..broom(Some(owner.merchant_id)) };
    let (first, second) = (ask(&services, keyed()).await, ask(&services, keyed()).await);
    assert_eq!(first, second);
    cancel_job(&services, &owner, first).await.expect("cancelled");
    assert_ne!(ask(&services, keyed()).await, first);
}

#[tokio::test]
async fn a_waiting_job_is_cancelled_at_once_and_comes_back_when_asked() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let id = ask(&services, broom(Some(owner.merchant_id))).await;
    assert_eq!(cancel_job(&services, &owner, id).await.expect("cancelled").state, JobState::Cancelled);
    assert_eq!(cancel_job(&services, &owner, id).await.expect_err("ended").kind(), ErrorKind::Conflict);
    assert_eq!(retry_job(&services, &owner, id).await.expect("again").state, JobState::Queued);
    assert_eq!(retry_job(&services, &owner, id).await.expect_err("it waits").kind(), ErrorKind::Conflict);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_job_is_replayed_with_all_its_attempts() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let id = ask(&services, lost_mail(owner.merchant_id, 1)).await;
    for _ in 0..2 {
        let worker = Worker::start_with(services.clone(), WorkerOptions { tasks: 1, lease: Duration::from_secs(30), cron: false });
        while job(&services, id).await.state != "dead" {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        worker.stop(Duration::from_secs(5)).await;
        assert_eq!(job(&services, id).await.attempts, 1);
        let again = retry_job(&services, &owner, id).await.expect("again");
        assert_eq!((again.state, again.attempts), (JobState::Queued, 0));
    }
}

#[tokio::test]
async fn jobs_are_for_admins_and_hidden_from_other_shops() {
    let services = TestServices::start().await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("eve@example.com").await);
    let analyst = services.member(&owner, "ann@example.com", Role::Analyst).await;
    let id = ask(&services, broom(Some(owner.merchant_id))).await;
    assert_eq!(list_jobs(&services, &owner).await.expect("a list").iter().filter(|job| job.id == id).count(), 1);
    assert!(list_jobs(&services, &stranger).await.expect("a list").iter().all(|job| job.id != id));
    assert_eq!(list_jobs(&services, &analyst).await.expect_err("an analyst").kind(), ErrorKind::Forbidden);
    for refusal in [cancel_job(&services, &stranger, id).await, retry_job(&services, &stranger, id).await] {
        assert_eq!(refusal.expect_err("foreign").kind(), ErrorKind::NotFound);
    }
    assert_eq!(job(&services, id).await.state, "queued");
}

//! Background work: run once, tried again, buried, replayed, cancelled.

mod queue;
mod workers;

use crate::support::TestServices;
use domain::ids::{JobId, MerchantId};
use services::Services;
use services::jobs::{JobKind, NewJob, enqueue};

/// Puts a job into the queue.
async fn ask(services: &Services, job: NewJob) -> JobId {
    let tx = services.db.system_write().await.expect("a transaction");
    let id = enqueue(&tx, services, job).await.expect("enqueued");
    tx.commit().await.expect("committed");
    id
}

/// Work that always succeeds.
fn broom(merchant: Option<MerchantId>) -> NewJob {
    let payload = serde_json::json!({});
    NewJob { merchant_id: merchant, kind: JobKind::CleanUp, payload, dedup_key: None, run_at: None, max_attempts: 3 }
}

/// Work that always fails: there is no such mail.
fn lost_mail(merchant: MerchantId, attempts: i32) -> NewJob {
    let payload = serde_json::json!({ "mail_id": "00000000-0000-7000-8000-000000000000" });
    NewJob { merchant_id: Some(merchant), kind: JobKind::SendMail, payload, dedup_key: None, run_at: None, max_attempts: attempts }
}

async fn job(services: &TestServices, id: JobId) -> entity::job::Model {
    use sea_orm::{ColumnTrait, QueryFilter};
    let tx = services.db.system_read().await.expect("a transaction");
    let job = entity::job::everywhere().filter(entity::job::Column::Id.eq(id.0));
    job.one(&*tx).await.expect("jobs read").expect("the job is there")
}

//! The columnar copy: equal to the database in every answer, never older than it, whole or not there.

mod copies;
mod differential;
mod generated;
mod interleaved;
mod killed;
mod parts;

use crate::support::TestServices;
use domain::AppError;
use domain::question::{Answer, Question};
use domain::semantic::Measure;
use services::analytics::{self, EngineName};
use services::config::ColumnsUse;
use services::{Actor, ServiceError};
use std::time::Duration;

/// Services that keep a copy of every shop, however small.
pub(crate) async fn with_copies() -> TestServices {
    TestServices::start_configured(|config| config.columns = ColumnsUse::Always).await
}

/// Writes the shop's copy from the database.
pub(crate) async fn reindex(services: &TestServices, actor: &Actor) -> analytics::CopySize {
    let mut copy = None;
    analytics::reindex(services, Some(actor.merchant_id), |shop| copy = shop.copy).await.expect("the copy is written");
    copy.expect("the shop has a copy")
}

/// What the database says and what the copy says, which may both be a refusal.
pub(crate) async fn either(services: &TestServices, actor: &Actor, question: &Question) -> (Result<Answer, AppError>, Result<Answer, AppError>) {
    let ask = async |engine: EngineName| match analytics::answer_by(services, actor, question, engine).await {
        Ok(answer) => Ok(answer),
        Err(ServiceError::App(refusal)) => Err(refusal),
        Err(ServiceError::Internal(cause)) => panic!("{engine:?}: {}: {cause:?}", serde_json::to_string(question).expect("it writes")),
    };
    (ask(EngineName::Sql).await, ask(EngineName::Columns).await)
}

/// The answers of the database and of the copy.
pub(crate) async fn both(services: &TestServices, actor: &Actor, question: &Question) -> (Answer, Answer) {
    let (sql, columns) = either(services, actor, question).await;
    (sql.expect("the database answers"), columns.expect("the copy answers"))
}

/// Waits until a worker has written a copy of the newest data.
pub(crate) async fn until_there_is_a_copy(services: &TestServices, owner: &Actor) {
    let question = Question::new([Measure::Orders]);
    for _ in 0..1_000 {
        if analytics::answer_by(services, owner, &question, EngineName::Columns).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("no copy was written");
}

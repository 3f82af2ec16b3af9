//! The columnar copy: equal to the database in every answer, never older than it, whole or not there.

mod copies;
mod crashing;
mod differential;
mod dressed;
mod generated;
mod history;
mod interleaved;
mod killed;
mod parts;

use crate::support::TestServices;
use domain::AppError;
use domain::question::{Answer, Question};
use services::analytics::{self, EngineName};
use services::config::ColumnsUse;
use services::{Actor, ServiceError};

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

/// What an engine says, which may be a refusal.
pub(crate) async fn ask(services: &TestServices, actor: &Actor, question: &Question, engine: EngineName) -> Result<Answer, AppError> {
    match analytics::answer_by(services, actor, question, engine).await {
        Ok(answer) => Ok(answer),
        Err(ServiceError::App(refusal)) => Err(refusal),
        Err(ServiceError::Internal(cause)) => panic!("{engine:?}: {}: {cause:?}", serde_json::to_string(question).expect("it writes")),
    }
}

/// The answers of the database and of the copy.
pub(crate) async fn both(services: &TestServices, actor: &Actor, question: &Question) -> (Answer, Answer) {
    let (sql, columns) = (ask(services, actor, question, EngineName::Sql).await, ask(services, actor, question, EngineName::Columns).await);
    (sql.expect("the database answers"), columns.expect("the copy answers"))
}

//! How a question is answered: its statements, their plans and times.

use domain::Permission;
use domain::question::{Explanation, Question};
use engine::planning::holds_money;

use super::answer::{Asking, chosen_currency};
use super::cache::is_cached;
use super::engine::EngineName;
use super::limits::check_roles;
use super::overview::overview;
use super::reading::Reading;
use super::steps::Steps;
use crate::db::Backend;
use crate::{Actor, Result, Services};

/// Answers a question anew and tells how. Values of filters are told by their number only.
pub async fn explain(services: &Services, actor: &Actor, question: Question) -> Result<Explanation> {
    actor.require(Permission::SeeFigures)?;
    check_roles(actor, &question)?;
    question.check()?;
    let started = services.clock.now_ms();
    let tx = Reading::question(services, actor.merchant_id).await?;
    let overview = overview(services, actor, &tx).await?;
    let cached = is_cached(services, &overview.merchant, overview.version, &question).await?;
    let currency = chosen_currency(services, &tx, &overview, &question).await?;
    let steps = Steps::remembering(services, &tx);
    tx.in_time(services, Asking { overview: &overview, currency, steps: &steps }.answer(&question)).await?;
    Ok(Explanation {
        currency: holds_money(&question).then(|| currency.code().to_owned()),
        question,
        engine: engine_name(services, overview.engine.name()).to_owned(),
        steps: steps.into_explained(),
        cached,
        elapsed_ms: u64::try_from(services.clock.now_ms() - started).unwrap_or_default(),
    })
}

fn engine_name(services: &Services, engine: EngineName) -> &'static str {
    match (engine, services.db.backend()) {
        (EngineName::Columns, _) => "columns",
        (EngineName::Sql, Backend::Sqlite) => "sqlite",
        (EngineName::Sql, Backend::Postgres) => "postgres",
    }
}

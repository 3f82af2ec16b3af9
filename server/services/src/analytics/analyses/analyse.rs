//! Answers an analysis from the facts of the actor's shop.

use domain::analysis::{AnalysisAnswer, AnalysisRequest};
use domain::question::Question;
use domain::range::DateRange;
use domain::{AppError, ErrorKind, Permission};
use engine::planning::Scope;

use super::super::answer::{Asking, chosen_currency, data_as_of};
use super::super::cache::cached;
use super::super::engine::EngineName;
use super::super::limits::check_roles;
use super::super::overview::{Overview, overview};
use super::super::reading::Reading;
use super::super::steps::Steps;
use super::running::Running;
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// Answers an analysis. The answer is kept until the shop's data change.
pub async fn analyse(services: &Services, actor: &Actor, request: AnalysisRequest) -> Result<AnalysisAnswer> {
    may(actor, &request)?;
    let tx = Reading::question(services, actor.merchant_id).await?;
    let overview = overview(services, actor, &tx).await?;
    let work = tx.in_time(services, analyse_within(services, &tx, &overview, actor, &request));
    let answer = cached(services, &overview.merchant, overview.version, &("analysis", &request), work).await?;
    Ok(AnalysisAnswer { data_as_of: data_as_of(&overview), ..answer })
}

/// Answers an analysis anew by one engine: to hold the engines against each other.
pub async fn analyse_by(services: &Services, actor: &Actor, request: &AnalysisRequest, engine: EngineName) -> Result<AnalysisAnswer> {
    let tx = services.db.read(actor.merchant_id).await?;
    let mut overview = overview(services, actor, &tx).await?;
    overview.engine = overview.engine.only(engine)?;
    analyse_within(services, &tx, &overview, actor, request).await
}

/// Answers an analysis within a transaction; board cards are answered like this.
pub(crate) async fn analyse_within(
    services: &Services,
    tx: &Tx,
    overview: &Overview,
    actor: &Actor,
    request: &AnalysisRequest,
) -> Result<AnalysisAnswer> {
    may(actor, request)?;
    let data = overview.days().unwrap_or(DateRange { from: overview.today, to: overview.today });
    let to = request.to.unwrap_or(data.to);
    let days = DateRange::new(request.from.unwrap_or(data.from.min(to)), to)?;
    let asked = Scope { from: request.from, to, filters: request.filters.clone() }.question();
    asked.check()?;
    let currency = chosen_currency(services, tx, overview, &asked).await?;
    let steps = Steps::new(services, tx);
    let asking = Asking { overview, currency, steps: &steps };
    let filters = asking.with_rankings(&asked).await?.filters;
    let running = Running { asking: &asking, analysis: &request.analysis, days, data, filters };
    let result = running.result().await?;
    Ok(AnalysisAnswer { result, currency, days, data_as_of: None })
}

/// Customers by name are not for every role, neither as a result nor to filter by. Asked before anything that is kept is looked up.
fn may(actor: &Actor, request: &AnalysisRequest) -> Result<()> {
    actor.require(Permission::SeeFigures)?;
    request.analysis.check()?;
    let lowest = request.analysis.lowest_role();
    if actor.role < lowest {
        let message = format!("customers by name are for the role {lowest} and those above it; ask without them, with \"customers\": 0");
        return Err(AppError::new(ErrorKind::Forbidden, message).into());
    }
    check_roles(actor, &Question { filters: request.filters.clone(), ..Question::default() })
}

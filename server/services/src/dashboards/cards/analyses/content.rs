//! Which card shows which result.

use domain::analysis::{Analysis, AnalysisRequest, AnalysisResult, CohortFigure, CohortsInput};
use domain::dashboards::{BoardCard, DashboardView, Picture};
use domain::range::{DateRange, RangeChoice};
use domain::{AppError, Permission};

use super::showing::{Showing, Shown};
use super::{abc, baskets, cohorts, customers, movers, returning};
use crate::analytics::{Overview, analyse_within};
use crate::dashboards::chosen::Chosen;
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// What a card of an analysis shows, for the days and filters of a board.
pub(in crate::dashboards::cards) async fn content(
    (services, tx, overview): (&Services, &Tx, &Overview),
    actor: &Actor,
    (index, card): (usize, &BoardCard),
    (view, data): (&DashboardView, DateRange),
) -> Result<Shown> {
    actor.require(Permission::SeeFigures)?;
    card.is_sound()?;
    let analysis = card.analysis.clone().ok_or_else(AppError::internal)?;
    let own = card.question.time.and_then(|time| DateRange::new(time.from?, time.to?).ok());
    let view = match own {
        Some(range) => DashboardView { range: Some(RangeChoice::Custom(range)), ..view.clone() },
        None => view.clone(),
    };
    let days = Chosen::of(&view, data, overview).range;
    let mut filters = card.question.filters.clone();
    filters.extend(view.filters.iter().filter(|filter| !card.question.filters.contains(filter)).cloned());
    // Looking back from a day to come would make all customers look as if they had left.
    let to = days.to.min(data.to).max(days.from);
    let request = AnalysisRequest { analysis, from: Some(days.from), to: Some(to), filters };
    let answer = analyse_within(services, tx, overview, actor, &request).await?;
    let showing = Showing { index, card, picture: Picture::of(card), currency: answer.currency };
    Ok(match (answer.result, &request.analysis) {
        (AnalysisResult::Rfm(found), _) => customers::show(&showing, found),
        (AnalysisResult::Cohorts(found), Analysis::Cohorts(CohortsInput { show: CohortFigure::Revenue, .. })) => cohorts::revenue(&showing, found),
        (AnalysisResult::Cohorts(found), _) => cohorts::retention(&showing, found),
        (AnalysisResult::Abc(found), _) => abc::show(&showing, found),
        (AnalysisResult::SlowMovers(found), _) => movers::show(&showing, found),
        (AnalysisResult::BoughtTogether(found), _) => baskets::show(&showing, found),
        (AnalysisResult::NewAndReturning(found), _) => returning::show(&showing, found),
    })
}

//! The answers to a board's cards, kept until the data change.

use domain::AppError;
use domain::dashboards::{BoardCard, CardContent, CardView, DashboardView};
use domain::range::DateRange;

use crate::analytics::{Overview, cached};
use crate::dashboards::cards as shown;
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// All cards of a board, in its order.
pub(super) async fn answer_cards(
    services: &Services,
    actor: &Actor,
    parts: (&Tx, &Overview),
    cards: &[BoardCard],
    days: (&DashboardView, DateRange),
) -> Result<Vec<CardView>> {
    let mut views = Vec::with_capacity(cards.len());
    for card in cards.iter().enumerate() {
        views.push(answer_card(services, actor, parts, card, days).await?);
    }
    Ok(views)
}

/// Each card is kept by itself: a board that changes in one asks only that one anew.
pub(in crate::dashboards) async fn answer_card(
    services: &Services,
    actor: &Actor,
    (tx, overview): (&Tx, &Overview),
    (index, card): (usize, &BoardCard),
    (view, days): (&DashboardView, DateRange),
) -> Result<CardView> {
    let key = ("card", overview.today, actor.role, index, card, view.to_pairs());
    let mut failed = None;
    let work = async {
        let view = shown::view((services, tx, overview), actor, (index, card), (view, days)).await;
        if matches!(view.content, CardContent::Failed(_)) {
            failed = Some(view);
            return Err(AppError::internal().into());
        }
        Ok(view)
    };
    let kept = cached(services, &overview.merchant, overview.version, &key, work).await;
    // What failed once may be answered the next time: it is shown, but not kept.
    match (kept, failed) {
        (Ok(view), _) | (Err(_), Some(view)) => Ok(view),
        (Err(error), None) => Err(error),
    }
}

//! The answer to a board's card, kept until the data change.

use domain::AppError;
use domain::dashboards::{BoardCard, CardContent, CardView, DashboardView, Picture};
use domain::range::DateRange;

use crate::analytics::{Overview, Reading, cached};
use crate::dashboards::cards as shown;
use crate::{Actor, Result, Services};

/// Says which figures of a board are read together: all of them, also where only some of its cards are wanted.
pub(super) fn announce(actor: &Actor, overview: &Overview, cards: &[BoardCard]) {
    let figures = cards.iter().filter(|card| Picture::of(card) == Picture::Figure);
    let measures = figures.flat_map(|card| card.question.measures.first()).filter(|measure| actor.role >= measure.lowest_role());
    overview.shared.read_together(measures.copied().collect());
}

/// Each card is kept by itself: a board that changes in one asks only that one anew.
pub(super) async fn answer_card(
    services: &Services,
    actor: &Actor,
    (reading, overview): (&Reading, &Overview),
    (index, card): (usize, &BoardCard),
    (view, days): (&DashboardView, DateRange),
) -> Result<CardView> {
    let key = ("card", overview.today, actor.role, index, card, view.to_pairs());
    let mut failed = None;
    let work = async {
        let view = shown::view((services, reading, overview), actor, (index, card), (view, days)).await;
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

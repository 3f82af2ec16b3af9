//! The answers to a board's cards, kept until the data change.

use domain::AppError;
use domain::dashboards::{BoardCard, CardContent, CardView, DashboardView, Picture};
use domain::range::DateRange;
use futures::future::BoxFuture;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};

use crate::analytics::{Overview, Reading, cached};
use crate::dashboards::cards as shown;
use crate::{Actor, Result, Services};

/// So many cards of a board are worked on at the same time.
const AT_ONCE: usize = 4;

/// All cards of a board, in its order; its figures are read together.
pub(super) async fn answer_cards(
    services: &Services,
    actor: &Actor,
    parts: (&Reading, &Overview),
    cards: &[BoardCard],
    days: (&DashboardView, DateRange),
) -> Result<Vec<CardView>> {
    let figures = cards.iter().filter(|card| Picture::of(card) == Picture::Figure);
    let measures = figures.flat_map(|card| card.question.measures.first()).filter(|measure| actor.role >= measure.lowest_role());
    parts.1.shared.read_together(measures.copied().collect());
    let mut answers: Vec<BoxFuture<'_, Result<CardView>>> = Vec::with_capacity(cards.len());
    for card in cards.iter().enumerate() {
        answers.push(Box::pin(answer_card(services, actor, parts, card, days)));
    }
    stream::iter(answers).buffered(AT_ONCE).try_collect().await
}

/// Each card is kept by itself: a board that changes in one asks only that one anew.
async fn answer_card(
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

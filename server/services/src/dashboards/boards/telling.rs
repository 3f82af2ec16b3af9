//! Boards that come with the product are silent about what a shop's data do not tell.

use domain::dashboards::{BoardCard, BoardKey, CardContent, CardView, StandardBoard};

use crate::Actor;

/// Whether a card may tell something to somebody. A board of the shop's own keeps all of them: somebody pinned each.
pub(super) fn may_tell(actor: &Actor, key: BoardKey, card: &BoardCard) -> bool {
    match key {
        BoardKey::Own(_) => true,
        BoardKey::Standard(_) => may_see(actor, card),
    }
}

fn may_see(actor: &Actor, card: &BoardCard) -> bool {
    let (mut measures, mut dimensions) = (card.question.all_measures(), card.question.all_dimensions());
    let may_analyse = card.analysis.as_ref().is_none_or(|analysis| actor.role >= analysis.lowest_role());
    may_analyse
        && measures.all(|measure| actor.role >= measure.entry().lowest_role)
        && dimensions.all(|dimension| actor.role >= dimension.entry().lowest_role)
}

/// Whether an answered card tells something.
pub(super) fn is_telling(key: BoardKey, view: &CardView) -> bool {
    match key {
        // That nobody is in a segment is what its board is asked for.
        BoardKey::Own(_) | BoardKey::Standard(StandardBoard::Segment(_)) => true,
        BoardKey::Standard(_) => tells(view),
    }
}

fn tells(view: &CardView) -> bool {
    match &view.content {
        CardContent::Empty(_) => false,
        CardContent::Figure(figure) => figure.value != "–",
        CardContent::Chart(_) | CardContent::Table(_) | CardContent::Failed(_) => true,
    }
}

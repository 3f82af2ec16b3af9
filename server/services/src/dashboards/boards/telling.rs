//! Boards that come with the product are silent about what a shop's data do not tell.

use domain::dashboards::{BoardCard, BoardKey, CardContent, CardView};

use crate::Actor;

/// The cards that tell something. A board of the shop's own keeps all of them: somebody pinned each.
pub(super) fn telling(actor: &Actor, key: BoardKey, cards: Vec<BoardCard>, views: Vec<CardView>) -> (Vec<BoardCard>, Vec<CardView>) {
    match key {
        BoardKey::Own(_) => (cards, views),
        BoardKey::Standard(_) => cards.into_iter().zip(views).filter(|(card, view)| may_see(actor, card) && tells(view)).unzip(),
    }
}

fn may_see(actor: &Actor, card: &BoardCard) -> bool {
    let (mut measures, mut dimensions) = (card.question.all_measures(), card.question.all_dimensions());
    measures.all(|measure| actor.role >= measure.entry().lowest_role) && dimensions.all(|dimension| actor.role >= dimension.entry().lowest_role)
}

fn tells(view: &CardView) -> bool {
    match &view.content {
        CardContent::Empty(_) => false,
        CardContent::Figure(figure) => figure.value != "–",
        CardContent::Chart(_) | CardContent::Table(_) | CardContent::Failed(_) => true,
    }
}

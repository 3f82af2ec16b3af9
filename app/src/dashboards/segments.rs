//! From a card of segments to the customers of each.

use domain::Role;
use domain::analysis::{Analysis, RfmInput};
use domain::dashboards::{BoardCard, BoardKey, Picture, StandardBoard};
use domain::question::Question;
use domain::semantic::Dimension;
use leptos::prelude::*;

/// Whether a card shows segments of whose customers there are lists, and these are for somebody. A list knows nothing of a card's own days and filters.
pub(super) fn have_lists(key: BoardKey, card: &BoardCard, shown: Picture, role: Role) -> bool {
    let is_of_segments = matches!(card.analysis, Some(Analysis::Rfm(RfmInput { as_of: None, customers: 0, .. }))) && shown != Picture::HeatMap;
    let is_as_its_board = matches!(key, BoardKey::Standard(_)) || card.question == Question::default();
    is_of_segments && is_as_its_board && role >= Dimension::Customer.entry().lowest_role
}

/// A link to the customers of each segment, for the board's days and filters.
#[component]
pub(super) fn SegmentLinks(
    /// The days and filters as an address has them.
    query: String,
) -> impl IntoView {
    let mark = if query.is_empty() { "" } else { "?" };
    let link = |board: StandardBoard| view! { <li><a href=format!("/dashboards/{}{mark}{query}", board.as_str())>{board.title()}</a></li> };
    view! {
        <nav class="segment-links" aria-label="Customers of each segment">
            <p>"Who they are, by name:"</p>
            <ul>{StandardBoard::segments().map(link).collect_view()}</ul>
        </nav>
    }
}

use super::address::view_of;
use super::changed_page::href_of;
use crate::charts::Sparkline;
use crate::ui::{Direction, FigureCard, Icon};
use domain::dashboards::Figure;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A headline figure with its course; what it means is one key, hover or touch away.
#[component]
pub(super) fn SalesFigure(figure: Figure) -> impl IntoView {
    let Figure { measure, value, change, sparkline, .. } = figure;
    let entry = measure.entry();
    let direction = change.as_ref().map(|change| match change.direction {
        1.. => Direction::Up,
        0 => Direction::Same,
        _ => Direction::Down,
    });
    let search = use_location().search;
    let why = change.as_ref().filter(|_| measure.has_change_parts()).map(|_| {
        let target = move || search.with(|search| href_of(measure, &view_of(search)));
        view! { <a class="figure-why" href=target aria-label=format!("What changed {}?", entry.label.to_lowercase())>"What changed?"</a> }
    });
    let is_good = change.as_ref().and_then(|change| change.is_good);
    let sentence = change.map(|change| change.sentence);
    let tip = format!("figure-{}", entry.name);
    view! {
        <div class="figure-cell">
            <FigureCard label=entry.label value change=sentence direction is_good definition=entry.definition>
                <Sparkline values=sparkline />
            </FigureCard>
            <button type="button" class="figure-help" popovertarget=tip.clone() aria-label=format!("What “{}” means", entry.label)>
                <Icon name="info" />
            </button>
            {why}
            <p class="figure-definition" id=tip popover="auto">{entry.definition}</p>
        </div>
    }
}

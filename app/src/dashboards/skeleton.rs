//! The shapes of what is on its way.

use domain::dashboards::{CardShape, Picture};
use leptos::prelude::*;

/// The dashboard's shape while the figures are on their way.
#[component]
pub(super) fn BoardSkeleton() -> impl IntoView {
    let figures = (0..7)
        .map(|_| view! { <div class="figure-card figure-ghost"><i class="ghost"></i><i class="ghost ghost-value"></i><i class="ghost"></i></div> });
    let charts = ["line", "bar", "bar", "heat"].map(|kind| {
        view! { <div class=format!("card chart chart-{kind}")><i class="ghost ghost-title"></i><i class="ghost ghost-plot"></i></div> }
    });
    view! {
        <div class="board-ghost" role="status">
            <span class="visually-hidden">"Your figures are on their way."</span>
            <div aria-hidden="true">
                <i class="ghost ghost-heading"></i>
                <div class="board-figures">{figures.collect_view()}</div>
                <div class="board-charts">{charts.collect_view()}</div>
            </div>
        </div>
    }
}

/// Where a card will be.
#[component]
pub(super) fn CardGhost(shape: CardShape) -> impl IntoView {
    let inside = match shape.picture {
        Picture::Figure => {
            view! { <div class="figure-card figure-ghost"><i class="ghost"></i><i class="ghost ghost-value"></i><i class="ghost"></i></div> }
        }
        _ => view! { <div class="card chart chart-bar"><i class="ghost ghost-title"></i><i class="ghost ghost-plot"></i></div> },
    };
    view! { <div class=format!("board-cell-ghost board-cell-{}", shape.width) aria-hidden="true">{inside}</div> }
}

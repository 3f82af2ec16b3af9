use crate::ui::Icon;
use leptos::prelude::*;

/// Where a figure went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
    Same,
}

/// A headline figure: label, value, change in an arrow and in words, and room for a sparkline.
#[component]
pub fn FigureCard(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    /// The change in words: "up 12.3 % on previous 30 days".
    #[prop(optional, into)]
    change: Signal<Option<String>>,
    #[prop(optional, into)] direction: Signal<Option<Direction>>,
    /// Whether the change is good news; colours the arrow.
    #[prop(optional, into)]
    is_good: Signal<Option<bool>>,
    /// What the figure means, as a tip.
    #[prop(optional, into)]
    definition: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let icon = Signal::derive(move || match direction.get() {
        Some(Direction::Up) => "arrow-up-right",
        Some(Direction::Down) => "arrow-down-right",
        _ => "minus",
    });
    let tone = move || match is_good.get() {
        Some(true) => "figure-change figure-change-good",
        Some(false) => "figure-change figure-change-bad",
        None => "figure-change",
    };
    view! {
        <article class="figure-card" title=definition>
            <h3 class="figure-label">{move || label.get()}</h3>
            <p class="figure-value">{move || value.get()}</p>
            {move || {
                change.get().map(|change| {
                    view! {
                        <p class=tone>
                            {direction.get().is_some().then(|| view! { <Icon name=icon /> })}
                            <span>{change}</span>
                        </p>
                    }
                })
            }}
            {children.map(|children| view! { <div class="figure-spark">{children()}</div> })}
        </article>
    }
}

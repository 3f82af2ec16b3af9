//! A board to be looked at and nothing else: on a wall, or by whoever has its public link.

use super::card::BoardCardView;
use super::filters::in_words;
use super::payload::ShownCard;
use crate::charts::{CardFiles, OpenTables};
use crate::ui::{EmptyState, sentence};
use domain::format;
use domain::question::Filter;
use domain::range::DateRange;
use leptos::prelude::*;
use leptos_meta::Title;

/// What stands above the cards.
#[derive(Clone)]
pub(super) struct Heading {
    /// Whose board it is, where that is not plain.
    pub(super) shop: Option<String>,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) range: DateRange,
    pub(super) compared_range: Option<DateRange>,
    pub(super) filters: Vec<Filter>,
    pub(super) freshness: Option<String>,
    pub(super) has_data: bool,
}

/// The heading and the cards.
#[component]
pub(super) fn Sheet(heading: Heading, cards: Vec<ShownCard>, open_tables: OpenTables) -> impl IntoView {
    let Heading { shop, title, description, range, compared_range, filters, freshness, has_data } = heading;
    let days = format::range(range);
    let mut words = vec![days.clone()];
    words.extend(compared_range.map(|compared| format!("compared with {}", format::range(compared))));
    words.extend(in_words(&filters));
    let files = |index: usize| Some((index, CardFiles { days: days.clone(), ..CardFiles::default() }));
    let is_empty = cards.is_empty();
    let cards = cards.into_iter().enumerate().map(|(index, card)| view! { <BoardCardView card open_tables files=files(index) /> }).collect_view();
    let in_head = title.clone();
    view! {
        <Title text=move || in_head.clone() />
        <header class="sheet-head">
            <div>
                {shop.map(|shop| view! { <p class="sheet-shop">{shop}</p> })}
                <h1>{title}</h1>
                {(!description.is_empty()).then(|| view! { <p class="page-lead">{sentence(&description)}</p> })}
            </div>
            <p class="sheet-words">
                <span>{words.join(" · ")}</span>
                {freshness.map(|freshness| view! { <small>{freshness}</small> })}
            </p>
        </header>
        {if !has_data {
            view! { <EmptyState title="No figures yet" text="They appear here with the shop’s first sales." icon="chart-column" /> }.into_any()
        } else if is_empty {
            view! { <EmptyState title="This board has no cards yet" text="They appear here as soon as somebody pins one." icon="layers" /> }.into_any()
        } else {
            view! {
                <h2 class="visually-hidden">"Cards"</h2>
                <section class="board-grid" aria-label="Cards">{cards}</section>
            }
                .into_any()
        }}
    }
}

//! One currency for all cards of a board that comes with the product.

use domain::Currency;
use domain::dashboards::{BoardCard, BoardKey, DashboardView};
use domain::question::{Filter, Question};
use domain::semantic::{Dimension, Measure};

use crate::analytics::{Overview, Reading, cached, check_roles, chosen_currency};
use crate::dashboards::notices::other_currencies;
use crate::{Actor, Result, Services};

/// Cards whose orders, customers and units are of the same orders as their money, and what has to be said of the others.
///
/// Where a shop sells in several currencies, its money is shown in one of them; counts of all would stand beside money that is not theirs. A board
/// of the shop's own asks what its cards ask.
pub(in crate::dashboards) async fn in_one_currency(
    services: &Services,
    actor: &Actor,
    (reading, overview): (&Reading, &Overview),
    (key, view): (BoardKey, &DashboardView),
    cards: Vec<BoardCard>,
) -> Result<(Vec<BoardCard>, Option<String>)> {
    let is_chosen = view.filters.iter().any(|filter| filter.dimension == Dimension::Currency);
    if matches!(key, BoardKey::Own(_)) || overview.currencies.len() < 2 || is_chosen {
        return Ok((cards, None));
    }
    let question = Question { filters: view.filters.clone(), ..Question::new([Measure::NetSales]) };
    // What is wrong with the filters, each card says in its place.
    if question.check().is_err() || check_roles(actor, &question).is_err() {
        return Ok((cards, None));
    }
    let asked = ("currency", overview.today, &question);
    let chosen = cached(services, &overview.merchant, overview.version, &asked, chosen_currency(services, reading, overview, &question));
    let currency = reading.in_time(services, chosen).await?;
    let cards: Vec<BoardCard> = cards.into_iter().map(|card| of(currency, card)).collect();
    let is_any = cards.iter().any(|card| card.question.filters.iter().any(|filter| filter.dimension == Dimension::Currency));
    Ok((cards, other_currencies(&view.filters, currency, overview).filter(|_| is_any)))
}

/// A card about the orders of one currency. Stock has none.
fn of(currency: Currency, mut card: BoardCard) -> BoardCard {
    if card.question.all_measures().all(|measure| measure.goes_with(Dimension::Currency)) {
        card.question.filters.push(Filter::is_in(Dimension::Currency, vec![currency.code().to_owned()]));
    }
    card
}

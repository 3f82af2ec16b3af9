//! A board that was opened: what stands around its cards, and how they are answered side by side.

use std::collections::BTreeSet;

use domain::Permission;
use domain::dashboards::{Annotation, BoardCard, BoardKey, BoardView, CardShape, CardView, DashboardView, DataSpan, Picture};
use domain::range::{DateRange, Grain};
use futures::future::{self, BoxFuture};
use futures::stream::{self, BoxStream, StreamExt as _};

use super::answer_card::{announce, answer_card};
use super::named::{Named, named};
use super::one_currency::in_one_currency;
use super::one_thing::of_one_thing;
use super::stored;
use super::telling::{is_telling, may_tell};
use crate::analytics::{Overview, Reading, overview};
use crate::dashboards::annotations::{mark_card, seen};
use crate::dashboards::cards as shown;
use crate::dashboards::chosen::Chosen;
use crate::{Actor, Result, Services};

/// So many cards of a board are worked on at the same time.
const AT_ONCE: usize = 4;

/// A card as it was saved, and as it is shown.
pub(super) type Answered = (BoardCard, CardView);

/// A board whose cards can be answered, all within one transaction, which ends with it.
pub(super) struct Opened {
    services: Services,
    actor: Actor,
    reading: Reading,
    overview: Overview,
    /// Everything but the answered cards.
    pub(super) head: BoardView,
    /// All its cards, also those that tell nothing.
    cards: Vec<BoardCard>,
    view: DashboardView,
    /// What the data span; absent before the first upload, and then no card is answered.
    days: Option<DateRange>,
    notes: Vec<Annotation>,
    /// So many notes of each period are said.
    said: usize,
}

/// A board that the first may open, with the figures that the second may see; with those notes that are wanted, and at most so many of each
/// period.
pub(super) async fn open(
    services: &Services,
    (opener, actor): (&Actor, &Actor),
    (key, view): (BoardKey, DashboardView),
    (wanted, said): (impl Fn(&Annotation) -> bool, usize),
) -> Result<Opened> {
    actor.require(Permission::SeeFigures)?;
    let reading = Reading::page(services, actor.merchant_id).await?;
    let mut named = of_one_thing(actor, key, named(&reading, opener, key).await?, &view)?;
    let is_favourite = stored::favourites(&reading, actor).await?.contains(&key.to_string());
    let overview = overview(services, actor, &reading).await?;
    let (cards, left_out) = in_one_currency(services, actor, (&reading, &overview), (key, &view), named.cards).await?;
    named.cards = cards;
    named.notices.extend(left_out);
    let (mut head, cards) = blank(key, named, is_favourite, &overview);
    let (services, actor, days) = (services.clone(), actor.clone(), overview.days());
    let Some(span) = days else {
        return Ok(Opened { services, actor, reading, overview, head, cards, view, days, notes: Vec::new(), said });
    };
    let view = key.completed(view);
    let chosen = Chosen::of(&view, span, &overview);
    // Read first: a board that runs out of time shows the cards that were answered, and its transaction answers nothing more.
    let mut notes = seen(&reading, &actor, chosen.range).await?;
    notes.retain(wanted);
    announce(&actor, &overview, &cards);
    head.data = Some(DataSpan { days: span, changed_at: overview.changed_at.unwrap_or_default(), today: overview.today });
    (head.range, head.compared_range, head.grain) = (chosen.range, chosen.compared.map(|(_, range)| range), chosen.grain);
    Ok(Opened { services, actor, reading, overview, head, cards, view, days, notes, said })
}

/// What is known of a board before its days are, and its cards.
fn blank(key: BoardKey, named: Named, is_favourite: bool, overview: &Overview) -> (BoardView, Vec<BoardCard>) {
    let Named { title, description, version, is_archived, audience, cards, notices } = named;
    let head = BoardView {
        merchant: overview.merchant.clone(),
        key,
        title,
        description,
        version,
        is_archived,
        is_favourite,
        roles: audience.roles,
        data: None,
        range: DateRange { from: overview.today.plus_days(-29), to: overview.today },
        compared_range: None,
        grain: Grain::Day,
        cards: Vec::new(),
        views: Vec::new(),
        notices,
    };
    (head, cards)
}

impl Opened {
    /// The shapes of the cards that there may be, in the board's order.
    pub(super) fn shapes(&self) -> Vec<CardShape> {
        self.possible().map(|(place, card)| CardShape { place, picture: Picture::of(card), width: card.width }).collect()
    }

    /// The cards but for those in some places, each as soon as it is answered.
    pub(super) fn cards(&self, has: &BTreeSet<usize>) -> BoxStream<'_, Result<Answered>> {
        let mut answers: Vec<BoxFuture<'_, Result<Option<Answered>>>> = Vec::with_capacity(self.cards.len());
        for (place, card) in self.possible().filter(|(place, _)| !has.contains(place)) {
            answers.push(Box::pin(self.card(place, card)));
        }
        stream::iter(answers).buffer_unordered(AT_ONCE).filter_map(|card| future::ready(card.transpose())).boxed()
    }

    fn possible(&self) -> impl Iterator<Item = (usize, &BoardCard)> {
        self.cards.iter().enumerate().filter(|(_, card)| self.days.is_none() || may_tell(&self.actor, self.head.key, card))
    }

    /// A card with the notes on its days, if it tells something.
    async fn card(&self, place: usize, card: &BoardCard) -> Result<Option<Answered>> {
        let Some(days) = self.days else {
            return Ok(Some((card.clone(), shown::unasked((place, card)))));
        };
        let mut shown = answer_card(&self.services, &self.actor, (&self.reading, &self.overview), (place, card), (&self.view, days)).await?;
        if !is_telling(self.head.key, &shown) {
            return Ok(None);
        }
        mark_card(&mut shown, &self.notes, self.head.grain, self.said);
        Ok(Some((card.clone(), shown)))
    }

    /// The board with these cards, which are put in its order.
    pub(super) fn with(self, answered: Vec<Answered>) -> BoardView {
        with_cards(self.head, answered)
    }
}

/// A board with these cards, which are put in its order.
pub(super) fn with_cards(head: BoardView, mut answered: Vec<Answered>) -> BoardView {
    answered.sort_unstable_by_key(|(_, card)| card.place);
    let (cards, views) = answered.into_iter().unzip();
    BoardView { cards, views, ..head }
}

//! A board while it is changed.

use super::payload::ShownCard;
use crate::ui::{focus_soon, keep_focus};
use domain::AppError;
use domain::dashboards::{BoardCard, WIDTHS};
use leptos::prelude::*;

/// A card while its board is changed.
#[derive(Clone)]
pub(super) struct DraftCard {
    /// Stays with the card when it moves.
    pub(super) id: usize,
    pub(super) card: RwSignal<BoardCard>,
    /// What it shows, once it is known.
    pub(super) shown: RwSignal<Option<Result<ShownCard, AppError>>>,
}

/// The cards of a board while it is changed, in order.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    cards: RwSignal<Vec<DraftCard>>,
    next: RwSignal<usize>,
    /// Whether something was changed since it was saved.
    pub(super) is_changed: RwSignal<bool>,
    /// The card that is being changed in the builder.
    pub(super) changing: RwSignal<Option<usize>>,
    /// What was done last, for screen readers.
    pub(super) said: RwSignal<String>,
}

impl DraftCard {
    /// Says what it shows.
    pub(super) fn show(&self, answer: Result<ShownCard, AppError>) {
        let id = self.id;
        // The card may be gone by now.
        let _ = self.shown.try_set(Some(answer.map(|shown| shown.named(format!("draft-{id}")))));
    }
}

/// What names a card's head on the page.
pub(super) fn head_id(id: usize) -> String {
    format!("edited-{id}")
}

impl Draft {
    pub(super) fn new(cards: Vec<(BoardCard, Option<ShownCard>)>) -> Self {
        let (is_changed, changing) = (RwSignal::new(false), RwSignal::new(None));
        let draft = Self { cards: RwSignal::default(), next: RwSignal::new(0), is_changed, changing, said: RwSignal::default() };
        for (card, shown) in cards {
            draft.push(card, shown);
        }
        draft.is_changed.set(false);
        draft
    }

    pub(super) fn cards(self) -> Vec<DraftCard> {
        self.cards.get()
    }

    /// One of them, if it is still there.
    pub(super) fn card(self, id: usize) -> Option<DraftCard> {
        self.cards.with_untracked(|cards| cards.iter().find(|card| card.id == id).cloned())
    }

    /// Puts a card that was changed back in its place.
    pub(super) fn replace(self, id: usize, card: BoardCard, shown: Option<ShownCard>) {
        let Some(old) = self.card(id) else { return };
        old.card.set(card);
        match shown {
            Some(shown) => old.show(Ok(shown)),
            None => old.shown.set(None),
        }
        self.is_changed.set(true);
        self.said.set("Card changed".to_owned());
    }

    /// What is saved.
    pub(super) fn saved(self) -> Vec<BoardCard> {
        self.cards.with_untracked(|cards| cards.iter().map(|card| card.card.get_untracked()).collect())
    }

    pub(super) fn push(self, card: BoardCard, shown: Option<ShownCard>) {
        let id = self.next.get_untracked();
        self.next.set(id + 1);
        let added = DraftCard { id, card: RwSignal::new(card), shown: RwSignal::new(None) };
        if let Some(shown) = shown {
            added.show(Ok(shown));
        }
        self.cards.update(|cards| cards.push(added));
        self.is_changed.set(true);
    }

    /// Takes a card off; the focus goes to the one that follows it, or to the last.
    pub(super) fn remove(self, id: usize) {
        let at = self.cards.with_untracked(|cards| cards.iter().position(|card| card.id == id)).unwrap_or_default();
        if self.changing.get_untracked() == Some(id) {
            self.changing.set(None);
        }
        self.cards.update(|cards| cards.retain(|card| card.id != id));
        self.is_changed.set(true);
        self.said.set("Card removed".to_owned());
        let neighbour = self.cards.with_untracked(|cards| cards.get(at).or(cards.last()).map(|card| head_id(card.id)));
        focus_soon(neighbour.unwrap_or_else(|| "builder-analysis".to_owned()));
    }

    /// Moves a card by some places; nothing happens at an end.
    pub(super) fn shift(self, id: usize, by: isize) {
        let from = self.cards.with_untracked(|cards| cards.iter().position(|card| card.id == id));
        if let Some(to) = from.and_then(|from| from.checked_add_signed(by)) {
            self.put(id, to);
        }
    }

    /// What was done to the card of a place by mouse or keyboard: its new place and width.
    pub(super) fn arrange(self, from: usize, to: usize, width: u8) {
        let Some(card) = self.cards.with_untracked(|cards| cards.get(from).cloned()) else { return };
        self.put(card.id, to);
        self.size(&card, width);
    }

    fn put(self, id: usize, to: usize) {
        let count = self.cards.with_untracked(Vec::len);
        let from = self.cards.with_untracked(|cards| cards.iter().position(|card| card.id == id));
        if let Some(from) = from.filter(|from| *from != to && to < count) {
            // What moves in the document loses the focus.
            keep_focus();
            self.cards.update(|cards| {
                let card = cards.remove(from);
                cards.insert(to, card);
            });
            self.is_changed.set(true);
            self.said.set(format!("Card is now number {} of {count}", to + 1));
        }
    }

    /// Makes a card wider or narrower by one step.
    pub(super) fn resize(self, card: &DraftCard, by: isize) {
        let at = WIDTHS.iter().position(|width| *width == card.card.get_untracked().width).unwrap_or(2);
        if let Some(width) = at.checked_add_signed(by).and_then(|at| WIDTHS.get(at)) {
            self.size(card, *width);
        }
    }

    fn size(self, card: &DraftCard, width: u8) {
        if WIDTHS.contains(&width) && card.card.with_untracked(|card| card.width) != width {
            card.card.update(|card| card.width = width);
            self.is_changed.set(true);
            self.said.set(format!("Card is {width} of 12 wide"));
        }
    }
}

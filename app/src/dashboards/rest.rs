//! The cards of a board's page: those of its first answer, and those that come after it, each in its place as soon as it is ready.

use super::address::query_of;
use super::boards_api::rest_of_dashboard;
use super::payload::{ShownBoard, ShownCard};
use super::rest_lines::{Lines, RestLine, not_understood};
use crate::ui::{Button, Notice, Tone};
use domain::dashboards::{BoardCard, BoardKey, CardShape, DashboardView};
use domain::{AppError, ErrorKind};
use futures::StreamExt as _;
use futures::future::abortable;
use leptos::prelude::*;
use std::pin::pin;
use std::sync::Arc;

/// How far the reading is.
#[derive(Clone, Debug, PartialEq)]
enum Progress {
    Coming,
    Whole,
    Broken(AppError),
}

/// What is read, and the moment that the cards which are there are of.
#[derive(Clone)]
struct Asked {
    key: BoardKey,
    query: String,
    pulse: String,
}

/// A card as it was saved, and as it is shown.
pub(super) type Card = Arc<(BoardCard, ShownCard)>;

/// What stands in a place of the grid.
#[derive(Clone)]
pub(super) enum Slot {
    /// A card.
    Card(Card),
    /// The shape of one that comes, or turns out to tell nothing.
    Shape(CardShape),
}

impl Slot {
    /// What it is known by.
    pub(super) fn id(&self) -> (usize, bool) {
        match self {
            Self::Card(card) => (card.1.place, true),
            Self::Shape(shape) => (shape.place, false),
        }
    }
}

/// The cards of a board. They go with the board: what comes late lands nowhere.
#[derive(Clone, Copy)]
pub(super) struct Rest {
    /// Those that are there, in the board's order.
    cards: RwSignal<Vec<Card>>,
    /// The others, as far as they are known.
    shapes: StoredValue<Vec<CardShape>>,
    progress: RwSignal<Progress>,
    /// Counts up where it is tried again.
    tries: RwSignal<u32>,
    /// What takes the work over that the first answer left.
    ticket: StoredValue<Option<String>>,
}

impl Rest {
    /// Reads what is missing of a board. What is of another moment is not put beside it: then the board is read anew.
    pub(super) fn of(board: &mut ShownBoard, view: Memo<DashboardView>, read_anew: Callback<()>) -> Self {
        let cards = RwSignal::new(std::mem::take(&mut board.cards).into_iter().map(Arc::new).collect());
        let progress = RwSignal::new(if board.rest.is_none() { Progress::Whole } else { Progress::Coming });
        let (ticket, shapes) = board.rest.take().map(|rest| (rest.ticket, rest.cards)).unzip();
        let shapes = StoredValue::new(shapes.unwrap_or_default());
        let rest = Self { cards, shapes, progress, tries: RwSignal::new(0), ticket: StoredValue::new(ticket) };
        if progress.with_untracked(|progress| *progress == Progress::Whole) {
            return rest;
        }
        let asked = Asked { key: board.key, query: view.with_untracked(query_of), pulse: board.pulse.clone() };
        Effect::new(move |_| {
            rest.tries.track();
            // Whoever has chosen other days waits for these no longer.
            if view.with(query_of) != asked.query {
                return;
            }
            let (reading, stop) = abortable(rest.read(asked.clone(), read_anew));
            leptos::task::spawn_local(async move {
                let _ = reading.await;
            });
            on_cleanup(move || stop.abort());
        });
        rest
    }

    /// Whether it is known that there are no cards.
    pub(super) fn is_nothing(self) -> bool {
        self.progress.with(|progress| *progress == Progress::Whole) && self.cards.with(Vec::is_empty)
    }

    /// What stands on the grid, in its order.
    pub(super) fn slots(self) -> Vec<Slot> {
        let mut slots: Vec<Slot> = self.cards.with(|cards| cards.iter().cloned().map(Slot::Card).collect());
        if self.progress.with(|progress| *progress == Progress::Coming) {
            let is_there = |shape: &CardShape| slots.iter().any(|slot| slot.id().0 == shape.place);
            let coming: Vec<Slot> =
                self.shapes.with_value(|shapes| shapes.iter().filter(|shape| !is_there(shape)).copied().map(Slot::Shape).collect());
            slots.extend(coming);
            slots.sort_by_key(Slot::id);
        }
        slots
    }

    async fn read(self, asked: Asked, read_anew: Callback<()>) {
        let progress = match self.take(&asked).await {
            Ok(true) => Progress::Whole,
            Ok(false) => {
                read_anew.try_run(());
                return;
            }
            Err(error) => Progress::Broken(error),
        };
        self.progress.try_set(progress);
    }

    /// Takes card after card; `false` where they are of another moment than those that are there.
    async fn take(self, asked: &Asked) -> Result<bool, AppError> {
        let has = self.cards.try_with_untracked(|cards| cards.iter().map(|card| card.1.place.to_string()).collect::<Vec<_>>().join(","));
        let ticket = self.ticket.try_update_value(Option::take).flatten();
        let pieces = rest_of_dashboard(asked.key, asked.query.clone(), has.unwrap_or_default(), ticket).await?;
        let mut pieces = pin!(pieces.into_inner());
        let (mut lines, mut is_of_moment) = (Lines::default(), false);
        while let Some(piece) = pieces.next().await {
            lines.push(&piece?);
            while let Some(line) = lines.next_line() {
                match RestLine::read(&line)? {
                    RestLine::Pulse(pulse) if pulse == asked.pulse => is_of_moment = true,
                    RestLine::Pulse(_) => return Ok(false),
                    RestLine::Failed(error) => return Err(error),
                    _ if !is_of_moment => return Err(not_understood()),
                    RestLine::Card(card) => self.put(*card),
                    RestLine::End => return Ok(true),
                }
            }
        }
        Err(AppError::new(ErrorKind::Unavailable, "the connection broke off; try again"))
    }

    /// Puts a card in its place.
    fn put(self, card: (BoardCard, ShownCard)) {
        self.cards.try_update(|cards| {
            let at = cards.partition_point(|there| there.1.place < card.1.place);
            if cards.get(at).is_none_or(|there| there.1.place != card.1.place) {
                cards.insert(at, Arc::new(card));
            }
        });
    }

    /// Reads what has not come.
    fn try_again(self) {
        self.progress.try_set(Progress::Coming);
        self.tries.try_update(|tries| *tries += 1);
    }
}

/// Says that cards are on their way, or why they do not come.
#[component]
pub(super) fn WhatIsMissing(rest: Rest) -> impl IntoView {
    move || match rest.progress.get() {
        Progress::Coming => view! { <p class="board-rest visually-hidden" role="status">"More cards are on their way."</p> }.into_any(),
        Progress::Whole => ().into_any(),
        Progress::Broken(error) => view! {
            <div class="board-rest">
                <Notice tone=Tone::Bad live=true>
                    <p>{format!("The other cards did not come: {}.", error.message)}</p>
                    <Button icon="refresh-cw" on:click=move |_| rest.try_again()>"Try again"</Button>
                </Notice>
            </div>
        }
        .into_any(),
    }
}

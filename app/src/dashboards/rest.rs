//! The cards that were not ready with a board's first answer: the browser reads them, and shows each as it comes.

use super::address::query_of;
use super::boards_api::rest_of_dashboard;
use super::payload::{ShownBoard, ShownCard};
use super::rest_lines::{Lines, RestLine};
use super::skeleton::CardGhosts;
use crate::ui::{Button, Notice, Tone};
use domain::dashboards::{BoardCard, BoardKey, DashboardView};
use domain::{AppError, ErrorKind};
use futures::StreamExt as _;
use futures::future::abortable;
use leptos::prelude::*;
use std::pin::pin;

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

/// The other cards of a board. It goes with the board: what comes late lands nowhere.
#[derive(Clone, Copy)]
pub(super) struct Rest {
    pub(super) cards: RwSignal<Vec<(BoardCard, ShownCard)>>,
    progress: RwSignal<Progress>,
    /// Counts up where it is tried again.
    tries: RwSignal<u32>,
    /// The place of the last card of the first answer.
    first: Option<usize>,
}

impl Rest {
    /// Reads what is missing of a board. What is of another moment is not put beside it: then the board is read anew.
    pub(super) fn of(board: &ShownBoard, view: Memo<DashboardView>, read_anew: Callback<()>) -> Self {
        let progress = RwSignal::new(if board.is_whole { Progress::Whole } else { Progress::Coming });
        let first = board.cards.last().map(|(_, card)| card.place);
        let rest = Self { cards: RwSignal::new(Vec::new()), progress, tries: RwSignal::new(0), first };
        if board.is_whole {
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

    /// Whether it is known that there are no other cards.
    pub(super) fn is_nothing(self) -> bool {
        self.progress.with(|progress| *progress == Progress::Whole) && self.cards.with(Vec::is_empty)
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
        let last = self.cards.try_with_untracked(|cards| cards.last().map(|(_, card)| card.place)).flatten();
        let pieces = rest_of_dashboard(asked.key, asked.query.clone(), last.or(self.first)).await?;
        let mut pieces = pin!(pieces.into_inner());
        let mut lines = Lines::default();
        while let Some(piece) = pieces.next().await {
            lines.push(&piece?);
            while let Some(line) = lines.next_line() {
                match RestLine::read(&line)? {
                    RestLine::Pulse(pulse) if pulse == asked.pulse => {}
                    RestLine::Pulse(_) => return Ok(false),
                    RestLine::Card(card) => {
                        self.cards.try_update(|cards| cards.push(*card));
                    }
                    RestLine::Failed(error) => return Err(error),
                    RestLine::End => return Ok(true),
                }
            }
        }
        Err(AppError::new(ErrorKind::Unavailable, "the connection broke off; try again"))
    }

    /// Reads on after the last card that came.
    fn try_again(self) {
        self.progress.try_set(Progress::Coming);
        self.tries.try_update(|tries| *tries += 1);
    }
}

/// What stands behind the cards that are there: the shapes of those that come, or why they do not.
#[component]
pub(super) fn WhatIsMissing(rest: Rest) -> impl IntoView {
    move || match rest.progress.get() {
        Progress::Coming => view! { <CardGhosts /> }.into_any(),
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

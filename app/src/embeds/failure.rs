//! When a board does not load: what happened, the likely cause for its tool, and the way forward.

use super::stage::OpenInTool;
use super::words::host;
use crate::ui::{Button, ButtonKind, Icon};
use domain::embeds::{EmbedAccess, EmbedHelp, EmbedView};
use leptos::prelude::*;

/// Why there is nothing to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    Timeout,
    Refused,
    Expired,
    /// Our own page was loaded before it might show this origin.
    Blocked,
}

impl Problem {
    pub(super) fn of(kind: &str) -> Option<Self> {
        match kind {
            "timeout" => Some(Self::Timeout),
            "refused" => Some(Self::Refused),
            "expired" => Some(Self::Expired),
            "blocked" => Some(Self::Blocked),
            _ => None,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Timeout => "The board has not answered",
            Self::Refused => "The tool does not show its board here",
            Self::Expired => "The tool no longer accepts the token",
            Self::Blocked => "This page may not show the board yet",
        }
    }

    /// What to say, line by line.
    pub(super) fn lines(self, help: &EmbedHelp) -> Vec<String> {
        match self {
            Self::Timeout => help.timeout.clone(),
            Self::Refused => help.refused.clone(),
            Self::Expired => help.expired.clone(),
            Self::Blocked => vec![
                "A page shows only the tools that were switched on when it was opened; this board was added or moved since.".to_owned(),
                "Reload the page. If that does not help, the board has been switched off.".to_owned(),
            ],
        }
    }
}

/// Stands over a frame in which nothing will come.
#[component]
pub(super) fn Failure(problem: Problem, view: RwSignal<EmbedView>, check_open: RwSignal<bool>) -> impl IntoView {
    let (lines, open_url) = view.with_untracked(|view| (problem.lines(&view.help), view.open_url.clone()));
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let reload = move |_| {
        // Fails only for a document that is going away.
        let _ = window().location().reload();
    };
    let again = if problem == Problem::Blocked { "Reload the page" } else { "Try again" };
    view! {
        <div class="board-cover board-cover-failed">
            <section class="board-failure" role="alert">
                <span class="state-icon"><Icon name="triangle-alert" /></span>
                <h2>{problem.title()}</h2>
                <ul>{lines}</ul>
                <div class="row">
                    <Button kind=ButtonKind::Primary icon="refresh-cw" on:click=reload>{again}</Button>
                    {open_url.map(|url| view! { <OpenInTool url /> })}
                    <Button kind=ButtonKind::Quiet on:click=move |_| check_open.set(true)>"Check each step"</Button>
                </div>
            </section>
        </div>
    }
}

/// Browsers do not tell a page whether a frame was refused: the viewer is asked, and told the likely causes.
pub(super) fn ask_whether_shown(view: RwSignal<EmbedView>, access: EmbedAccess) -> impl IntoView {
    let (help, name) = view.with_untracked(|view| (view.help.clone(), host(&view.origin)));
    let cookies = if access == EmbedAccess::Signed { Vec::new() } else { help.third_party_cookies };
    let lines = [help.refused, cookies].concat();
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <details>
            <summary>{format!("A grey box, an error or a sign-in page of {name}?")}</summary>
            <ul>{lines}</ul>
        </details>
    }
}

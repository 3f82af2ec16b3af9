//! A board while it is written down: a signal a field, read into what the server takes.

use super::api::recognise_board;
use super::lock_rows::LockRows;
use super::paste_box::Recognised;
use domain::Role;
use domain::embeds::{DateParameters, EmbedHeight, EmbedInput, EmbedPatch, EmbedSummary};
use domain::ids::UserId;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long one may pause while typing.
const PAUSE: Duration = Duration::from_millis(250);

/// How high a board may stand, as the select says it.
pub(super) const RATIOS: [(&str, &str, u32, u32); 4] =
    [("16:9", "16 to 9, as a screen", 16, 9), ("4:3", "4 to 3", 4, 3), ("1:1", "Square", 1, 1), ("9:16", "9 to 16, a long page", 9, 16)];

/// The fields of a board.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) paste: RwSignal<String>,
    pub(super) title: RwSignal<String>,
    /// Until a person writes a title, it follows the guess.
    pub(super) has_own_title: RwSignal<bool>,
    /// Whether the board is signed for, where its tool leaves the choice.
    pub(super) is_signed: RwSignal<bool>,
    pub(super) secret: RwSignal<BTreeMap<String, String>>,
    pub(super) roles: RwSignal<Vec<Role>>,
    pub(super) members: RwSignal<Vec<UserId>>,
    pub(super) description: RwSignal<String>,
    pub(super) group: RwSignal<String>,
    pub(super) icon: RwSignal<String>,
    pub(super) locked: LockRows,
    pub(super) date_from: RwSignal<String>,
    pub(super) date_to: RwSignal<String>,
    /// `auto` or one of [`RATIOS`].
    pub(super) height: RwSignal<String>,
    pub(super) is_start: RwSignal<bool>,
}

impl Draft {
    /// A new board.
    pub(super) fn empty() -> Self {
        Self {
            paste: RwSignal::default(),
            title: RwSignal::default(),
            has_own_title: RwSignal::new(false),
            is_signed: RwSignal::new(false),
            secret: RwSignal::default(),
            roles: RwSignal::new(Role::ALL.to_vec()),
            members: RwSignal::default(),
            description: RwSignal::default(),
            group: RwSignal::default(),
            icon: RwSignal::default(),
            locked: LockRows::new(Vec::new()),
            date_from: RwSignal::default(),
            date_to: RwSignal::default(),
            height: RwSignal::new("auto".to_owned()),
            is_start: RwSignal::new(false),
        }
    }

    /// A board as it is.
    pub(super) fn of(board: &EmbedSummary) -> Self {
        let dates = board.dates.clone().unwrap_or(DateParameters { from: String::new(), to: String::new() });
        Self {
            paste: RwSignal::new(board.url.clone()),
            title: RwSignal::new(board.title.clone()),
            has_own_title: RwSignal::new(true),
            is_signed: RwSignal::new(board.has_secret),
            secret: RwSignal::default(),
            roles: RwSignal::new(board.roles.clone()),
            members: RwSignal::new(board.members.clone()),
            description: RwSignal::new(board.description.clone()),
            group: RwSignal::new(board.group.clone()),
            icon: RwSignal::new(board.icon.clone()),
            locked: LockRows::new(board.locked.clone()),
            date_from: RwSignal::new(dates.from),
            date_to: RwSignal::new(dates.to),
            height: RwSignal::new(height_word(board.height)),
            is_start: RwSignal::new(board.is_start),
        }
    }

    /// What the pasted text is, asked as one types: the reader of addresses would be a tenth of what every page loads.
    pub(super) fn recognised(self) -> Recognised {
        let found: Recognised = RwSignal::new(None);
        Effect::new(move |_| {
            let text = self.paste.get();
            if text.trim().is_empty() {
                return found.set(None);
            }
            let ask = move || {
                leptos::task::spawn_local(async move {
                    let answer = recognise_board(text.clone()).await;
                    // What was typed meanwhile is asked for by itself.
                    if self.paste.try_with_untracked(|newest| *newest == text) == Some(true) {
                        found.set(Some(answer));
                    }
                });
            };
            if let Ok(waiting) = set_timeout_with_handle(ask, PAUSE) {
                on_cleanup(move || waiting.clear());
            }
        });
        found
    }

    /// What the server takes to add it.
    pub(super) fn input(self) -> EmbedInput {
        let secret = self.secret.get_untracked().into_iter().filter(|(_, value)| !value.is_empty()).collect::<BTreeMap<_, _>>();
        EmbedInput {
            description: self.description.get_untracked(),
            group: self.group.get_untracked(),
            icon: self.icon.get_untracked(),
            roles: self.roles.get_untracked(),
            members: self.members.get_untracked(),
            secret: (!secret.is_empty()).then_some(secret),
            locked: self.locked.read(),
            dates: self.dates(),
            height: height_of(&self.height.get_untracked()),
            is_start: self.is_start.get_untracked(),
            ..EmbedInput::new(self.paste.get_untracked(), self.title.get_untracked())
        }
    }

    /// What the server takes to change it. An address that was left alone is not sent.
    pub(super) fn patch(self, board: &EmbedSummary) -> EmbedPatch {
        let input = self.input();
        EmbedPatch {
            paste: (input.paste != board.url).then_some(input.paste),
            title: Some(input.title),
            description: Some(input.description),
            group: Some(input.group),
            icon: Some(input.icon),
            roles: Some(input.roles),
            members: Some(input.members),
            locked: Some(input.locked),
            dates: Some(input.dates),
            height: Some(input.height),
            enabled: None,
            is_start: Some(input.is_start),
        }
    }

    fn dates(self) -> Option<DateParameters> {
        let (from, to) = (self.date_from.get_untracked().trim().to_owned(), self.date_to.get_untracked().trim().to_owned());
        match (from.is_empty(), to.is_empty()) {
            (true, true) => None,
            (false, true) => Some(DateParameters { to: from.clone(), from }),
            (true, false) => Some(DateParameters { from: to.clone(), to }),
            (false, false) => Some(DateParameters { from, to }),
        }
    }
}

fn height_word(height: EmbedHeight) -> String {
    match height {
        EmbedHeight::Auto => "auto".to_owned(),
        EmbedHeight::Ratio { width, height } => format!("{width}:{height}"),
    }
}

fn height_of(word: &str) -> EmbedHeight {
    let parts = word.split_once(':').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    parts.map_or(EmbedHeight::Auto, |(width, height)| EmbedHeight::Ratio { width, height })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_height_reads_back() {
        for word in ["auto", "16:9", "21:9"] {
            assert_eq!(height_word(height_of(word)), word);
        }
        assert_eq!(height_of("tall"), EmbedHeight::Auto);
    }
}

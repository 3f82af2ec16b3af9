//! Screens that stay open: they ask now and then whether there is something new, and read the board anew only when there is.

use domain::{AppError, ErrorKind};
use leptos::prelude::*;
use std::time::Duration;

/// How often a screen on a wall asks, and how often a page that somebody reads.
pub(super) const ON_A_WALL: Duration = Duration::from_secs(10);
pub(super) const IN_A_PAGE: Duration = Duration::from_secs(60);

/// What a screen shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nothing yet, or what was there while it is read anew.
    #[default]
    OnItsWay,
    /// The board of a pulse.
    Board(String),
    /// Why there is no board.
    Failed(ErrorKind),
}

impl Shown {
    /// What became of a reading.
    pub(super) fn of(read: Option<Result<String, AppError>>) -> Self {
        match read {
            None => Self::OnItsWay,
            Some(Ok(pulse)) => Self::Board(pulse),
            Some(Err(error)) => Self::Failed(error.kind),
        }
    }

    /// Whether an answer to the question for the pulse says that the board is to be read anew: it is another one, it can be
    /// read again, or it is no longer open, so that the page says so.
    fn is_outdated_by(&self, answer: &Result<String, AppError>) -> bool {
        match (self, answer) {
            (Self::OnItsWay, _) => false,
            (Self::Board(shown), Ok(pulse)) => shown != pulse,
            (Self::Failed(_), Ok(_)) => true,
            (Self::Board(_), Err(error)) => matches!(error.kind, ErrorKind::NotFound | ErrorKind::Unauthorized | ErrorKind::Forbidden),
            // It says already why it is not there.
            (Self::Failed(_), Err(_)) => false,
        }
    }
}

/// Asks for the pulse every so often, and reads the board anew when that is worth it; not while nobody sees the page.
pub(super) fn keep_fresh<Asked>(
    every: Signal<Option<Duration>>,
    shown: RwSignal<Shown>,
    ask: impl Fn() -> Asked + Copy + 'static,
    read_anew: Callback<()>,
) where
    Asked: Future<Output = Result<String, AppError>> + 'static,
{
    let look = move || {
        if document().hidden() {
            return;
        }
        leptos::task::spawn_local(async move {
            let answer = ask().await;
            // The page may have been left meanwhile.
            if shown.try_with_untracked(|shown| shown.is_outdated_by(&answer)) == Some(true) {
                shown.set(Shown::OnItsWay);
                read_anew.try_run(());
            }
        });
    };
    Effect::new(move |_| {
        let Some(every) = every.get() else { return };
        let timer = set_interval_with_handle(look, every);
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_is_read_anew_when_it_is_another_and_when_it_can_be_read_again() {
        let (pulse, refused) = (Ok("2".to_owned()), Err(AppError::not_found("board")));
        let board = |pulse: &str| Shown::of(Some(Ok(pulse.to_owned())));
        assert!(board("1").is_outdated_by(&pulse) && !board("2").is_outdated_by(&pulse));
        assert!(board("2").is_outdated_by(&refused), "the page says that it is closed");
        let failed = Shown::of(Some(refused.clone()));
        assert!(failed.is_outdated_by(&pulse) && !failed.is_outdated_by(&refused));
        assert!(!Shown::of(None).is_outdated_by(&pulse), "it is being read");
    }
}

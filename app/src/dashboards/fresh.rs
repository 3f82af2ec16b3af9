//! Screens that stay open: they ask now and then whether there is something new, and read the board anew only when there is.

use domain::{AppError, ErrorKind};
use leptos::prelude::*;
use std::time::Duration;

/// How often a screen on a wall asks, and how often a page that somebody reads.
pub(super) const ON_A_WALL: Duration = Duration::from_secs(10);
pub(super) const IN_A_PAGE: Duration = Duration::from_secs(60);

/// Asks for the pulse every so often, and reads the board anew when it is another than the one that is shown, or when the
/// board is no longer open, so that the page says so.
pub(super) fn keep_fresh<Asked>(
    every: Signal<Duration>,
    shown: RwSignal<Option<String>>,
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
            let is_new = match ask().await {
                Ok(pulse) => shown.get_untracked().is_some_and(|shown| shown != pulse),
                Err(error) => matches!(error.kind, ErrorKind::NotFound | ErrorKind::Unauthorized | ErrorKind::Forbidden),
            };
            if is_new {
                read_anew.run(());
            }
        });
    };
    Effect::new(move |_| {
        let timer = set_interval_with_handle(look, every.get());
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
}

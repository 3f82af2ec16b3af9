//! One JSON object a line on stderr.

use std::panic::PanicHookInfo;
use tracing_subscriber::EnvFilter;

/// Starts the log with a filter that the configuration has checked.
pub fn start(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let started = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_target(true)
        .with_writer(std::io::stderr)
        .with_env_filter(filter)
        .try_init();
    if started.is_err() {
        tracing::debug!("the log was started already");
    }
    std::panic::set_hook(Box::new(log_panic));
}

/// Where it happened, and under the request's id. Its message is left out: it may spell a row of somebody's data.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
    tracing::error!(code.place = place, "the program failed in a way that nobody foresaw");
}

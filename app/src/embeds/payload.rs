//! What `<tradepost-board>` of `public/js/board_frame.js` is told.

use domain::embeds::{EmbedHeight, EmbedView};
use serde::Serialize;

#[derive(Serialize)]
struct Payload<'a> {
    tool: &'static str,
    title: &'a str,
    url: &'a str,
    origin: &'a str,
    token: Option<&'a str>,
    previous_secret: bool,
    other_secret: bool,
    refresh_in_ms: Option<u64>,
    sandbox: &'a str,
    allow: &'a str,
    referrer_policy: &'a str,
    auto_height: bool,
}

/// The element's `view` attribute.
pub(super) fn payload(view: &EmbedView) -> String {
    let payload = Payload {
        tool: view.tool.as_str(),
        title: &view.title,
        url: &view.url,
        origin: &view.origin,
        token: view.token.as_deref(),
        previous_secret: view.previous_secret,
        other_secret: view.other_secret,
        refresh_in_ms: view.refresh_in_ms,
        sandbox: &view.sandbox,
        allow: &view.allow,
        referrer_policy: &view.referrer_policy,
        auto_height: view.height == EmbedHeight::Auto,
    };
    serde_json::to_string(&payload).expect("texts and numbers are always JSON")
}

/// The element's `data-height` and `style` for a height.
pub(super) fn shape(height: EmbedHeight) -> (&'static str, Option<String>) {
    match height {
        EmbedHeight::Auto => ("auto", None),
        EmbedHeight::Ratio { width, height } => ("ratio", Some(format!("--board-ratio: {width} / {height}"))),
    }
}

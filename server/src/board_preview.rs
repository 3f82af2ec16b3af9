//! A board before it is saved: a page that may show this one frame and nothing else.
//!
//! The form where a board is added shows this page in a frame. That form's own policy then needs no origin that nobody has
//! saved, and what is previewed stands apart from everything a member could click.

use crate::http::authentication::Who;
use crate::http::security_headers::PagePolicy;
use crate::problem::Problem;
use crate::state::App;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use domain::embeds::{Pasted, RecogniseInput, allow, referrer_policy, sandbox};
use domain::{AppError, Permission};
use services::embeds;

/// The preview of what was pasted; for those who set boards up.
pub async fn page(State(app): State<App>, Extension(who): Extension<Who>, Query(input): Query<RecogniseInput>) -> Result<Response, Problem> {
    let Who::Member(actor) = who else { return Err(Problem::from(AppError::unauthorized())) };
    actor.require(Permission::ManageBoards)?;
    let pasted = embeds::recognise(&app.services, &actor, &input.paste).await?;
    let mut response = (StatusCode::OK, Html(document(&pasted))).into_response();
    response.extensions_mut().insert(PagePolicy(policy(&pasted.origin)));
    Ok(response)
}

/// Nothing but the frame; shown by our own pages only.
fn policy(origin: &str) -> String {
    format!("default-src 'none'; style-src-attr 'unsafe-inline'; frame-src {origin}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
}

fn document(pasted: &Pasted) -> String {
    format!(
        r#"<!DOCTYPE html><html lang="en" style="height:100%"><head><meta charset="utf-8"><title>Preview</title></head><body style="height:100%;margin:0"><iframe title="{}" src="{}" sandbox="{}" allow="{}" referrerpolicy="{}" style="display:block;width:100%;height:100%;border:0"></iframe></body></html>"#,
        escaped(pasted.tool.label()),
        escaped(&pasted.url),
        sandbox(pasted.tool),
        allow(pasted.tool),
        referrer_policy(pasted.tool),
    )
}

/// A text inside a quoted attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_cannot_leave_its_attribute() {
        assert_eq!(escaped(r#"https://a.example/?a="><script>&b"#), "https://a.example/?a=&quot;&gt;&lt;script&gt;&amp;b");
    }

    #[test]
    fn the_page_may_show_one_origin_only() {
        assert!(policy("https://a.example").contains("frame-src https://a.example;"));
    }
}

//! Headers that tell browsers what our pages may do: on every answer.

use crate::state::App;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use leptos::nonce::Nonce;

const FIXED: [(HeaderName, HeaderValue); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ),
];
const TRANSPORT_SECURITY: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// What a page may frame: on an answer's extensions. An answer without it frames nothing.
#[derive(Clone, Debug, Default)]
pub struct Framing {
    /// The sources of `frame-src`; none is `'none'`.
    pub sources: Vec<String>,
    /// Whether a window that a frame opens, to sign somebody in, stays in touch with it.
    pub needs_popups: bool,
}

/// A page for whoever has its link: on an answer's extensions. It loads only what is ours, tells nobody where it was linked from,
/// and may be shown in a frame by these sites beside our own.
#[derive(Clone, Debug, Default)]
pub struct SharedPage {
    /// The sources of `frame-ancestors` beside `'self'`.
    pub embedders: Vec<String>,
}

/// What a single page may load, in place of what all pages may: on an answer's extensions.
#[derive(Clone, Debug)]
pub struct PagePolicy(pub String);

/// Gives the request the nonce that its page's scripts carry, and the answer the headers.
pub async fn secure(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let nonce = Nonce::new();
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let framing = response.extensions_mut().remove::<Framing>().unwrap_or_default();
    let own = response.extensions_mut().remove::<PagePolicy>();
    let shared = response.extensions_mut().remove::<SharedPage>();
    let policy = match (own, &shared) {
        (Some(PagePolicy(policy)), _) => policy,
        (None, Some(page)) => shared_policy(&nonce, page, app.config.is_https),
        (None, None) => content_security_policy(&nonce, &framing, app.config.is_https),
    };
    let headers = response.headers_mut();
    let opener = if framing.needs_popups { "same-origin-allow-popups" } else { "same-origin" };
    headers.insert(OPENER_POLICY, HeaderValue::from_static(opener));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in FIXED {
        headers.insert(name, value);
    }
    if shared.is_some() {
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    if app.config.is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, TRANSPORT_SECURITY);
    }
    response
}

/// As for other pages, but nothing is loaded that is not named here, no form is sent, and named sites may frame it.
fn shared_policy(nonce: &str, page: &SharedPage, is_https: bool) -> String {
    let embedders: String = page.embedders.iter().map(|origin| format!(" {origin}")).collect();
    let upgrade = if is_https { "; upgrade-insecure-requests" } else { "" };
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; \
         frame-ancestors 'self'{embedders}; form-action 'none'{upgrade}"
    )
}

/// Scripts by nonce only, and what they load in turn; styles from us, but for the attributes that charts write.
fn content_security_policy(nonce: &str, framing: &Framing, is_https: bool) -> String {
    let frames = if framing.sources.is_empty() { "'none'".to_owned() } else { framing.sources.join(" ") };
    let upgrade = if is_https { "; upgrade-insecure-requests" } else { "" };
    format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src {frames}; object-src 'none'; base-uri 'none'; \
         frame-ancestors 'self'; form-action 'self'{upgrade}"
    )
}

//! Every request has an id, one line in the log and its place in the metrics.

use crate::state::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::Instant;
use tracing::Instrument;

/// The header that carries a request's id both ways.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request's id, in its extensions.
#[derive(Clone, Debug)]
pub struct RequestId(pub Arc<str>);

/// Gives the request its id, and logs and counts it once it is answered.
pub async fn observe(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id: Arc<str> = given_id(request.headers()).unwrap_or_else(|| new_id(&app)).into();
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    let observed = Observed::begin(&request, &id);
    let mut response = next.run(request).instrument(observed.span.clone()).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    observed.end(response.status().as_u16());
    response
}

/// A request under way. Dropped before its end, its client went away.
struct Observed {
    span: tracing::Span,
    method: &'static str,
    route: String,
    started: Instant,
    status: Option<u16>,
}

impl Observed {
    fn begin(request: &Request, id: &str) -> Self {
        metrics::gauge!("http_server_active_requests").increment(1);
        Self {
            span: tracing::info_span!("request", request_id = %id, tenant = tracing::field::Empty),
            method: known_method(request.method()),
            route: request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned(),
            started: Instant::now(),
            status: None,
        }
    }

    fn end(mut self, status: u16) {
        self.status = Some(status);
    }
}

/// One line and one measurement a request. Never what stands after the question mark, nor the path itself: both may hold secrets.
impl Drop for Observed {
    fn drop(&mut self) {
        let elapsed = self.started.elapsed();
        metrics::gauge!("http_server_active_requests").decrement(1);
        // As nginx counts a client that did not wait for its answer.
        let status = self.status.unwrap_or(499);
        self.span.in_scope(|| {
            let ms = (elapsed.as_secs_f64() * 100_000.0).round() / 100.0;
            let message = if self.status.is_some() { "request answered" } else { "request broken off" };
            tracing::info!(http.method = self.method, http.route = self.route, http.status = status, elapsed_ms = ms, message);
        });
        let labels = [("method", self.method.to_owned()), ("route", std::mem::take(&mut self.route)), ("status", status.to_string())];
        metrics::histogram!("http_server_request_duration_seconds", &labels).record(elapsed.as_secs_f64());
    }
}

fn new_id(app: &App) -> String {
    app.services.random.uuid_v7(app.services.clock.now_ms()).to_string()
}

/// An id that the caller gave, if it is short and harmless in a log; else the trace id of W3C's `traceparent`.
fn given_id(headers: &HeaderMap) -> Option<String> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let harmless = |id: &&str| (8..=64).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    text("x-request-id").filter(harmless).or_else(|| text("traceparent")?.split('-').nth(1).filter(harmless)).map(str::to_owned)
}

/// Methods are a closed set, so that nobody can fill the metrics with names of their own.
fn known_method(method: &axum::http::Method) -> &'static str {
    ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].into_iter().find(|known| *known == method.as_str()).unwrap_or("_OTHER")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callers_id_is_kept_only_if_it_is_harmless() {
        let given = |name: &'static str, value: &'static str| {
            given_id(&[(HeaderName::from_static(name), HeaderValue::from_static(value))].into_iter().collect())
        };
        assert_eq!(given("x-request-id", "abc-123_XYZ").as_deref(), Some("abc-123_XYZ"));
        assert_eq!(given("x-request-id", "{\"level\":\"x\"}"), None);
        let trace = given("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assert_eq!(trace.as_deref(), Some("0af7651916cd43dd8448eb211c80319c"));
    }
}

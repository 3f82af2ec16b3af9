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

/// Gives the request its id, and logs and counts it once it is answered. Never logs what stands after the question mark.
pub async fn observe(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id: Arc<str> = given_id(request.headers()).unwrap_or_else(|| new_id(&app)).into();
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    let method = known_method(request.method());
    let span = tracing::info_span!("request", request_id = %id, tenant = tracing::field::Empty);
    let started = Instant::now();
    let active = metrics::gauge!("http_server_active_requests");
    active.increment(1);
    let mut response = next.run(request).instrument(span.clone()).await;
    active.decrement(1);
    let elapsed = started.elapsed();
    let status = response.status().as_u16();
    span.in_scope(|| {
        let ms = elapsed.as_secs_f64() * 1000.0;
        tracing::info!(http.method = method, http.route = route, http.status = status, elapsed_ms = (ms * 100.0).round() / 100.0, "request answered");
    });
    let labels = [("method", method.to_owned()), ("route", route), ("status", status.to_string())];
    metrics::histogram!("http_server_request_duration_seconds", &labels).record(elapsed.as_secs_f64());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
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

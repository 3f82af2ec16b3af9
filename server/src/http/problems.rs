//! Writes problems out, once the request's id is known: JSON for programs, a plain page for people.

use super::request_log::RequestId;
use crate::problem::{CONTENT_TYPE, Problem};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

/// Gives every problem its body; an error that came without one (an unknown route, a body over its limit) becomes a problem too.
pub async fn finish(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    // Server functions answer in their own form, which the pages read.
    let is_server_function = request.uri().path().starts_with("/api/fn/");
    let id = request.extensions().get::<RequestId>().map(|RequestId(id)| id.to_string());
    let mut response = next.run(request).await;
    let problem = response.extensions_mut().remove::<Problem>().or_else(|| bare_error(&response).filter(|_| is_api && !is_server_function));
    let Some(mut problem) = problem else { return response };
    problem.request_id = id;
    let (body, content_type) = if is_api { (json(&problem), CONTENT_TYPE) } else { (page(&problem), "text/html; charset=utf-8") };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(body);
    response
}

/// The problem behind an error answer that some layer gave as plain text.
fn bare_error(response: &Response) -> Option<Problem> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let detail = match status {
        StatusCode::NOT_FOUND => "there is nothing at this address; /api/docs lists what there is",
        StatusCode::METHOD_NOT_ALLOWED => "this address does not take this method; the header Allow says which it takes",
        StatusCode::PAYLOAD_TOO_LARGE => "the body is larger than this address takes",
        StatusCode::REQUEST_TIMEOUT => "the request did not arrive in time; send it again",
        status if status.is_server_error() => "something went wrong on our side; try again, and if it stays, tell us the request id",
        _ => "the request could not be read; /api/docs says what this address takes",
    };
    Some(Problem::new(status, detail))
}

fn json(problem: &Problem) -> String {
    serde_json::to_string(problem).expect("a problem holds only text and numbers")
}

fn page(problem: &Problem) -> String {
    let id = problem.request_id.as_deref().unwrap_or_default();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title></head><body><main><h1>{title}</h1><p>{detail}</p><p>Code: <code>{id}</code></p>\
         <p><a href=\"/\">Back to Tradepost</a></p></main></body></html>",
        title = escape(problem.title),
        detail = escape(&problem.detail),
        id = escape(id),
    )
}

/// Text as it may stand in HTML, in attributes too.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

//! Refuses writes that another site's page makes a browser send, cookies and all.

use crate::problem::Problem;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower::{Layer, ServiceExt};
use tower_http::csrf::{CsrfLayer, ProtectionError};

/// The layer with its refusal.
pub type Protection = CsrfLayer<fn(ProtectionError) -> Response>;

/// Protection that also knows the address people use, for proxies that rewrite `Host`.
pub fn protection(public_url: &str) -> Protection {
    let layer = CsrfLayer::new().add_trusted_origin(public_url).unwrap_or_else(|error| {
        tracing::warn!(%error, "the public address is no origin; only requests whose Origin equals their Host are taken");
        CsrfLayer::new()
    });
    layer.with_rejection_response(refusal as fn(ProtectionError) -> Response)
}

fn refusal(_: ProtectionError) -> Response {
    Problem::new(
        StatusCode::FORBIDDEN,
        "this request was sent by a page of another site and was not carried out; open Tradepost itself and try again",
    )
    .into_response()
}

/// A request with an `Authorization` header is exempt: its cookies are not looked at, and no browser adds that header unasked.
pub async fn protect(State(layer): State<Protection>, request: Request, next: Next) -> Response {
    if request.headers().contains_key(header::AUTHORIZATION) {
        return next.run(request).await;
    }
    match layer.layer(next).oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

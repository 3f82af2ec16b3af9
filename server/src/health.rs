//! Whether the program lives, whether it is ready, and what it counts.

use crate::metrics as counters;
use crate::problem::Problem;
use crate::state::App;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::AppError;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::net::SocketAddr;
use std::time::Duration;

/// A database that has not answered by then does not answer.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Serialize)]
struct Parts {
    status: &'static str,
    database: bool,
    key_value: bool,
    draining: bool,
}

/// The process answers; asks nothing of anyone.
pub(crate) async fn is_alive() -> &'static str {
    "ok"
}

/// Requests can be served: the database answers and no end has begun.
pub(crate) async fn is_ready(State(app): State<App>) -> Response {
    let draining = app.draining.is_cancelled();
    let readiness = tokio::time::timeout(PATIENCE, app.services.is_ready()).await;
    let (database, key_value) = readiness.map_or((false, false), |readiness| (readiness.database, readiness.key_value));
    let ready = database && !draining;
    let parts = Parts {
        status: if ready {
            "ready"
        } else if draining {
            "draining"
        } else {
            "unavailable"
        },
        database,
        key_value,
        draining,
    };
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(header::CACHE_CONTROL, "no-store")], axum::Json(parts)).into_response()
}

/// The counters, for this machine or whoever has the token.
pub(crate) async fn metrics(State(app): State<App>, ConnectInfo(remote): ConnectInfo<SocketAddr>, headers: HeaderMap) -> Result<Response, Problem> {
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    let has_token = match (&app.config.metrics_token, token) {
        // Hashes are compared, so that the time it takes says nothing of the token.
        (Some(expected), Some(given)) => Sha256::digest(expected) == Sha256::digest(given),
        _ => false,
    };
    // Behind a proxy on this machine everyone comes from loopback: who is known to the world by another name needs the token.
    let is_forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"].iter().any(|name| headers.contains_key(*name));
    let is_local = remote.ip().to_canonical().is_loopback() && !is_forwarded && is_loopback_url(&app.config.services.public_url);
    if !has_token && !is_local {
        return Err(AppError::not_found("page").into());
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], counters::render()).into_response())
}

/// Whether people reach the program only from its own machine.
fn is_loopback_url(public_url: &str) -> bool {
    let authority = public_url.split_once("://").map_or(public_url, |(_, rest)| rest).split('/').next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    ["localhost", "[::1]"].contains(&host) || host.starts_with("127.")
}

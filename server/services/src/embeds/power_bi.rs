//! Power BI, "app owns data": Microsoft makes the token, so it is asked for. The addresses are this installation's configuration, never a person's input.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use domain::{AppError, ErrorKind};
use engine::embeds::{Claims, Minted, power_bi_frame_url, power_bi_request};
use http_body_util::{BodyExt, Full, Limited};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::{Method, Request, StatusCode};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;
use url::form_urlencoded;

use super::signing::SigningProblem;
use crate::{Result, ServiceError, Services};

/// What a token may be used for: all that the app has been given in Power BI.
const SCOPE: &str = "https://analysis.windows.net/powerbi/api/.default";
/// A person waits for the board.
const PATIENCE: Duration = Duration::from_secs(10);
/// Tokens are a few kilobytes.
const ANSWER_BYTES: usize = 256 * 1024;

/// The app's own token, for which it gives its secret.
#[derive(Deserialize)]
struct AppToken {
    access_token: String,
}

/// The token of one view.
#[derive(Deserialize)]
struct EmbedToken {
    token: String,
    expiration: Option<String>,
}

/// Asks for the token of one view of one report.
pub(super) async fn token(services: &Services, fields: &BTreeMap<String, String>, claims: &Claims<'_>) -> Result<Minted, SigningProblem> {
    let request = power_bi_request(claims)?;
    let url = power_bi_frame_url(claims.url)?;
    let app = app_token(services, fields).await?;
    let answer = Request::builder()
        .method(Method::POST)
        .uri(format!("{}{}", services.config.power_bi_api_url, request.path))
        .header(AUTHORIZATION, format!("Bearer {}", app.access_token))
        .header(CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from(request.body.to_string())));
    let words = "Power BI gave no token for this report; check that the app is a member of its workspace and that the report is still there";
    let token: EmbedToken = ask(answer.map_err(anyhow::Error::from).map_err(ServiceError::from)?, words).await?;
    let told = token.expiration.and_then(|text| chrono::DateTime::parse_from_rfc3339(&text).ok()).map(|instant| instant.timestamp());
    let expires_at_s = told.unwrap_or(claims.now_s + claims.ttl_s);
    Ok(Minted { url, token: Some(token.token), expires_at_s })
}

async fn app_token(services: &Services, fields: &BTreeMap<String, String>) -> Result<AppToken> {
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let tenant = field("tenant_id");
    if tenant.is_empty() || !tenant.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte)) {
        return Err(AppError::conflict("the directory (tenant) ID of this board's secret is none; an admin enters it again").into());
    }
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "client_credentials")
        .append_pair("client_id", field("client_id"))
        .append_pair("client_secret", field("secret"))
        .append_pair("scope", SCOPE)
        .finish();
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("{}/{tenant}/oauth2/v2.0/token", services.config.power_bi_login_url))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Full::new(Bytes::from(form)))
        .map_err(anyhow::Error::from)?;
    ask(request, "Microsoft did not accept the app's secret; it may have ended, or belong to another directory. An admin enters it again").await
}

/// Sends a request and reads the answer; `refused` is said where the other side does not want to. Its own words may hold secrets and stay unsaid.
async fn ask<T: serde::de::DeserializeOwned>(request: Request<Full<Bytes>>, refused: &str) -> Result<T> {
    let (status, body) = tokio::time::timeout(PATIENCE, exchange(request)).await.map_err(|_| away())?.map_err(|error| {
        tracing::warn!(error.cause = format!("{error:#}"), "Power BI does not answer");
        away()
    })?;
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        tracing::warn!(http.status = status.as_u16(), "Power BI is out of order");
        return Err(away().into());
    }
    if !status.is_success() {
        tracing::warn!(http.status = status.as_u16(), "Power BI refuses a token");
        return Err(AppError::conflict(refused).into());
    }
    serde_json::from_slice(&body).map_err(|_| AppError::conflict(refused).into())
}

async fn exchange(request: Request<Full<Bytes>>) -> anyhow::Result<(StatusCode, Bytes)> {
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    let connector = HttpsConnectorBuilder::new().with_provider_and_webpki_roots(provider)?.https_or_http().enable_http1().build();
    let response = Client::builder(TokioExecutor::new()).build::<_, Full<Bytes>>(connector).request(request).await?;
    let status = response.status();
    let body = Limited::new(response.into_body(), ANSWER_BYTES).collect().await.map_err(anyhow::Error::from_boxed)?.to_bytes();
    Ok((status, body))
}

fn away() -> AppError {
    AppError { retry_after: Some(30), ..AppError::new(ErrorKind::Unavailable, "Power BI does not answer at the moment; try again in half a minute") }
}

//! Power BI, "app owns data": Microsoft makes the token, so it is asked for. The addresses are this installation's configuration, never a person's input.

use std::time::Duration;

use bytes::Bytes;
use domain::ids::MerchantId;
use domain::{AppError, ErrorKind};
use engine::embeds::{Claims, Minted, PowerBiRequest, power_bi_frame_url, power_bi_request};
use entity::embed_secret;
use http_body_util::{BodyExt, Full, Limited};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::{Method, Request, StatusCode};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;

use super::entra;
use super::signing::SigningProblem;
use crate::{Result, Services};

/// A person waits for the board.
const PATIENCE: Duration = Duration::from_secs(10);
/// Tokens are a few kilobytes.
const ANSWER_BYTES: usize = 256 * 1024;

/// The token of one view.
#[derive(Deserialize)]
struct EmbedToken {
    token: String,
    expiration: Option<String>,
}

/// Asks for the token of one view of one report. Microsoft may take an app's token back before its time: then it is asked for another, once.
pub(super) async fn token(
    services: &Services,
    merchant: MerchantId,
    row: &embed_secret::Model,
    claims: &Claims<'_>,
) -> Result<Minted, SigningProblem> {
    let request = power_bi_request(claims)?;
    let url = power_bi_frame_url(claims.url)?;
    let app = entra::app_token(services, merchant, row).await?;
    let token = match embed_token(services, &request, &app.text).await {
        Err(error) if app.is_kept && error.kind() == ErrorKind::Conflict => {
            entra::forget(services, merchant, row).await;
            let app = entra::app_token(services, merchant, row).await?;
            embed_token(services, &request, &app.text).await?
        }
        answer => answer?,
    };
    let told = token.expiration.and_then(|text| chrono::DateTime::parse_from_rfc3339(&text).ok()).map(|instant| instant.timestamp());
    let expires_at_s = told.unwrap_or(claims.now_s + claims.ttl_s);
    Ok(Minted { url, token: Some(token.token), expires_at_s })
}

async fn embed_token(services: &Services, request: &PowerBiRequest, app_token: &str) -> Result<EmbedToken> {
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("{}{}", services.config.power_bi_api_url, request.path))
        .header(AUTHORIZATION, format!("Bearer {app_token}"))
        .header(CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from(request.body.to_string())))
        .map_err(anyhow::Error::from)?;
    let words = "Power BI gave no token for this report; check that the app is a member of its workspace and that the report is still there";
    ask(request, words).await
}

/// Sends a request and reads the answer; `refused` is said where the other side does not want to. Its own words may hold secrets and stay unsaid.
pub(super) async fn ask<T: serde::de::DeserializeOwned>(request: Request<Full<Bytes>>, refused: &str) -> Result<T> {
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

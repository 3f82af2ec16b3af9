//! The token of a Power BI app itself, for which it gives its secret to Microsoft Entra: kept sealed until shortly before it ends, so that a
//! view asks Microsoft once and not twice.

use std::time::Duration;

use bytes::Bytes;
use domain::AppError;
use domain::ids::MerchantId;
use entity::embed_secret;
use http_body_util::Full;
use hyper::header::CONTENT_TYPE;
use hyper::{Method, Request};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

use super::power_bi::ask;
use super::sealing::{Sealed, open, seal};
use super::secrets;
use crate::{Result, Services};

/// What the token may be used for: all that the app has been given in Power BI.
const SCOPE: &str = "https://analysis.windows.net/powerbi/api/.default";
/// It is not used in its last minutes: a request made with it takes a while, and clocks differ.
const SPARED_S: u64 = 5 * 60;

/// The app's token.
pub(super) struct AppToken {
    pub(super) text: String,
    /// Whether it was asked for at another view.
    pub(super) is_kept: bool,
}

/// As Entra answers.
#[derive(Deserialize)]
struct Answer {
    access_token: String,
    expires_in: Option<u64>,
}

/// As the key-value store keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    key_id: String,
    nonce: Vec<u8>,
    bytes: Vec<u8>,
}

/// The token of the app whose secret this is: the kept one, or a new one.
pub(super) async fn app_token(services: &Services, merchant: MerchantId, row: &embed_secret::Model) -> Result<AppToken> {
    if let Some(text) = kept(services, merchant, row).await? {
        return Ok(AppToken { text, is_kept: true });
    }
    let answer = asked(services, merchant, row).await?;
    keep(services, merchant, row, &answer).await?;
    Ok(AppToken { text: answer.access_token, is_kept: false })
}

/// Forgets the kept token: Microsoft has taken it back.
pub(super) async fn forget(services: &Services, merchant: MerchantId, row: &embed_secret::Model) {
    services.kv.delete(&place(merchant, row)).await;
}

async fn kept(services: &Services, merchant: MerchantId, row: &embed_secret::Model) -> Result<Option<String>> {
    let place = place(merchant, row);
    let Some(kept) = services.kv.get(&place).await.and_then(|json| serde_json::from_str::<Kept>(&json).ok()) else { return Ok(None) };
    let sealed = Sealed { key_id: kept.key_id, nonce: kept.nonce, bytes: kept.bytes };
    Ok(open(&services.keys, &place, &sealed)?.ok())
}

async fn keep(services: &Services, merchant: MerchantId, row: &embed_secret::Model, answer: &Answer) -> Result<()> {
    let life = answer.expires_in.unwrap_or_default().saturating_sub(SPARED_S);
    if life == 0 {
        return Ok(());
    }
    let place = place(merchant, row);
    let Sealed { key_id, nonce, bytes } = seal(&services.keys, services.random.as_ref(), &place, &answer.access_token)?;
    let json = serde_json::to_string(&Kept { key_id, nonce, bytes })?;
    services.kv.set(&place, &json, Duration::from_secs(life)).await;
    Ok(())
}

async fn asked(services: &Services, merchant: MerchantId, row: &embed_secret::Model) -> Result<Answer> {
    let fields = secrets::opened(services, merchant, row)?;
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

/// Where the token belongs, inside what is sealed; another secret has another token. A board's id is never given twice.
fn place(merchant: MerchantId, row: &embed_secret::Model) -> String {
    format!("embeds:entra:{merchant}:{}:{}:{}", row.embed_id, row.generation, row.set_at)
}

//! Metabase: a token in the path, for static and guest embeds alike.

use super::claims::{Claims, MintProblem, Minted, Secret};
use super::json_web_token::{Header, sign};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::{Url, form_urlencoded};

#[derive(Serialize)]
struct Payload<'a> {
    resource: BTreeMap<&'a str, u64>,
    params: BTreeMap<&'a str, Value>,
    exp: i64,
}

pub(super) fn mint(secret: &Secret, claims: &Claims<'_>) -> Result<Minted, MintProblem> {
    let key = secret.required("secret")?;
    let problem = MintProblem::WrongResource("a dashboard's or question's number");
    let kind = match claims.resource.kind.as_str() {
        kind @ ("dashboard" | "question") => kind,
        _ => return Err(problem),
    };
    let id: u64 = claims.resource.id.parse().map_err(|_| problem)?;
    let payload = Payload { resource: BTreeMap::from([(kind, id)]), params: params(claims), exp: claims.expires_at_s() };
    let url = frame_url(claims, kind, id, &sign(key, &Header::default(), &payload))?;
    Ok(Minted { url, token: None, expires_at_s: claims.expires_at_s() })
}

/// Every locked parameter must be there; an empty list is how Metabase spells "no filter".
fn params<'a>(claims: &Claims<'a>) -> BTreeMap<&'a str, Value> {
    let value = |text: &String| if text.is_empty() { json!([]) } else { json!(text) };
    claims.locked.iter().map(|(name, text)| (name.as_str(), value(text))).collect()
}

/// The stored address ends in `/embed/dashboard/42`; the token takes the number's place.
/// A parameter cannot be locked and in the address at once: Metabase would refuse it.
fn frame_url(claims: &Claims<'_>, kind: &str, id: u64, token: &str) -> Result<String, MintProblem> {
    let wrong = || MintProblem::WrongResource("a Metabase embed");
    let mut url = Url::parse(claims.url).map_err(|_| wrong())?;
    let path = url.path().strip_suffix(&format!("/embed/{kind}/{id}")).ok_or_else(wrong)?;
    url.set_path(&format!("{path}/embed/{kind}/{token}"));
    let kept: Vec<&str> = url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !is_locked(pair, claims)).collect();
    let query = kept.join("&");
    url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
    Ok(url.into())
}

fn is_locked(pair: &str, claims: &Claims<'_>) -> bool {
    form_urlencoded::parse(pair.as_bytes()).any(|(name, _)| claims.locked.contains_key(name.as_ref()))
}

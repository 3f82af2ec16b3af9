//! Power BI, "app owns data": what is asked of its token service, and what its frame shows. The asking itself needs the network.

use super::claims::{Claims, MintProblem};
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

/// A call of `GenerateToken`.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerBiRequest {
    /// Below `https://api.powerbi.com`.
    pub path: String,
    /// The body.
    pub body: Value,
}

/// What to ask for: one report, to look at, for as long as the claims say.
/// Locked parameters are the identity for row-level security: `username`, `role`, `dataset` and `customData`.
pub fn power_bi_request(claims: &Claims<'_>) -> Result<PowerBiRequest, MintProblem> {
    let wrong = || MintProblem::WrongResource("a report in a workspace");
    let group = claims.resource.group.as_deref().filter(|group| is_uuid(group)).ok_or_else(wrong)?;
    if claims.resource.kind != "report" || !is_uuid(&claims.resource.id) {
        return Err(wrong());
    }
    let minutes = (claims.ttl_s.clamp(60, super::MAX_LIFE_S) + 59) / 60;
    let mut body = json!({ "accessLevel": "View", "lifetimeInMinutes": minutes });
    if let Some(identity) = identity(claims)? {
        body["identities"] = json!([identity]);
    }
    Ok(PowerBiRequest { path: format!("/v1.0/myorg/groups/{group}/reports/{}/GenerateToken", claims.resource.id), body })
}

fn identity(claims: &Claims<'_>) -> Result<Option<Value>, MintProblem> {
    if claims.locked.is_empty() {
        return Ok(None);
    }
    let mut identity = json!({ "username": claims.viewer.email });
    for (name, value) in claims.locked {
        match name.as_str() {
            "username" | "customData" => identity[name] = json!(value),
            "role" => identity["roles"] = json!([value]),
            "dataset" if is_uuid(value) => identity["datasets"] = json!([value]),
            _ => return Err(MintProblem::UnsafeParameter(name.clone())),
        }
    }
    Ok(Some(identity))
}

/// The frame's address: the viewer does not sign in, so nothing asks them to.
pub fn power_bi_frame_url(url: &str) -> Result<String, MintProblem> {
    let mut url = Url::parse(url).map_err(|_| MintProblem::WrongResource("a report"))?;
    let without = |pair: &&str| !form_urlencoded::parse(pair.as_bytes()).any(|(name, _)| ["autoAuth", "ctid"].contains(&name.as_ref()));
    let query = url.query().unwrap_or_default().split('&').filter(without).collect::<Vec<_>>().join("&");
    url.set_query(Some(&query));
    Ok(url.into())
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.char_indices().all(|(at, c)| if matches!(at, 8 | 13 | 18 | 23) { c == '-' } else { c.is_ascii_hexdigit() })
}

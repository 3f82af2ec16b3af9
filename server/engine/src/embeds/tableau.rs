//! Tableau's connected apps, direct trust.
//!
//! The token goes to Tableau's own door for frames, which signs the viewer in and shows the view: what the vendor's
//! `@tableau/embedding-api` builds with `iframe-auth`. So no script of another server ever runs in our pages.

use super::claims::{Claims, MintProblem, Minted, Secret};
use super::json_web_token::{Header, sign};
use serde::Serialize;
use std::collections::BTreeMap;
use url::Url;

/// Where a frame exchanges its token for the view in `target`.
const DOOR: &str = "/vizportal/api/web/v1/auth/embed/target";

/// Claims that Tableau reads itself; a user attribute of such a name would replace them.
const RESERVED: [&str; 12] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "scp", "kid", "alg", "typ", "ver"];

#[derive(Serialize)]
struct Payload<'a> {
    iss: &'a str,
    exp: i64,
    jti: String,
    aud: &'static str,
    sub: &'a str,
    scp: [&'static str; 1],
    /// Attributes of the user, for row-level security.
    #[serde(flatten)]
    attributes: &'a BTreeMap<String, String>,
}

pub(super) fn mint(secret: &Secret, claims: &Claims<'_>) -> Result<Minted, MintProblem> {
    let (client_id, secret_id, key) = (secret.required("client_id")?, secret.required("secret_id")?, secret.required("secret")?);
    if claims.resource.kind != "view" {
        return Err(MintProblem::WrongResource("a view"));
    }
    if let Some(name) = claims.locked.keys().find(|name| is_reserved(name)) {
        return Err(MintProblem::UnsafeParameter(name.clone()));
    }
    let payload = Payload {
        iss: client_id,
        exp: claims.expires_at_s(),
        jti: claims.uuid(),
        aud: "tableau",
        sub: secret.optional("user").unwrap_or(&claims.viewer.email),
        scp: ["tableau:views:embed"],
        attributes: claims.locked,
    };
    let header = Header { kid: Some(secret_id), iss: Some(client_id), ..Header::default() };
    let token = sign(key, &header, &payload);
    Ok(Minted { url: frame_url(claims.url, &token)?, token: None, expires_at_s: claims.expires_at_s() })
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name.to_ascii_lowercase().as_str()) || name.starts_with("https://tableau.com/")
}

fn frame_url(view: &str, token: &str) -> Result<String, MintProblem> {
    let mut url = Url::parse(view).map_err(|_| MintProblem::WrongResource("a view"))?;
    let target = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    url.set_path(DOOR);
    url.set_fragment(None);
    url.set_query(None);
    url.query_pairs_mut().append_pair("token", token).append_pair("target", &target);
    Ok(url.into())
}

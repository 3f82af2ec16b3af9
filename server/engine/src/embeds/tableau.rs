//! Tableau's connected apps, direct trust.

use super::claims::{Claims, MintProblem, Minted, Secret};
use super::json_web_token::{Header, sign};
use serde::Serialize;
use std::collections::BTreeMap;

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
    Ok(Minted { url: claims.url.to_owned(), token: Some(token), expires_at_s: claims.expires_at_s() })
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name.to_ascii_lowercase().as_str()) || name.starts_with("https://tableau.com/")
}

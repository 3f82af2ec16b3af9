//! JSON Web Tokens with HS256 (RFC 7515), the one algorithm that all tools share.

use super::hmac::sha256;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

/// What stands before the payload. Fields left out are not written.
#[derive(Serialize)]
pub(super) struct Header<'a> {
    pub(super) alg: &'static str,
    pub(super) typ: &'static str,
    /// Which of the issuer's secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kid: Option<&'a str>,
    /// Who issues, for those who look for it here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) iss: Option<&'a str>,
}

impl Default for Header<'_> {
    fn default() -> Self {
        Self { alg: "HS256", typ: "JWT", kid: None, iss: None }
    }
}

/// A signed token. The key is the secret's text, not what its hexadecimal digits would say.
pub(super) fn sign(key: &str, header: &Header<'_>, payload: &impl Serialize) -> String {
    let signed = format!("{}.{}", encode(header), encode(payload));
    let signature = URL_SAFE_NO_PAD.encode(sha256(key.as_bytes(), signed.as_bytes()));
    format!("{signed}.{signature}")
}

fn encode(value: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(value).expect("claims are texts, numbers and lists of them"))
}

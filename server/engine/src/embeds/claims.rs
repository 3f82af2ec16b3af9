//! What a token is minted from, and what comes out.

use domain::embeds::{EmbedTool, LockedParameter, ParameterValue, SignableResource};
use std::collections::BTreeMap;
use std::fmt;

/// A tool's secret, field by field. It never shows itself.
#[derive(Clone)]
pub struct Secret(BTreeMap<String, String>);

impl Secret {
    /// From the fields that [`domain::embeds::secret_fields`] names.
    pub fn new(fields: BTreeMap<String, String>) -> Self {
        Self(fields)
    }

    /// A field that must be there.
    pub(super) fn required(&self, name: &'static str) -> Result<&str, MintProblem> {
        self.optional(name).ok_or(MintProblem::MissingSecret(name))
    }

    /// A field that may be left out.
    pub(super) fn optional(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The member who looks, as the server knows them.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// Their id.
    pub id: String,
    /// Their e-mail address.
    pub email: String,
    /// Their role's word.
    pub role: String,
    /// The store they belong to.
    pub store: Option<String>,
    /// The shop's id.
    pub merchant_id: i64,
    /// The shop's name.
    pub merchant_name: String,
}

/// All that a token says. Nothing in it comes from the browser.
#[derive(Clone, Debug)]
pub struct Claims<'a> {
    /// The board's address without a token.
    pub url: &'a str,
    /// The one thing it is for.
    pub resource: &'a SignableResource,
    /// The locked parameters, filled in.
    pub locked: &'a BTreeMap<String, String>,
    /// Who looks.
    pub viewer: &'a Viewer,
    /// Our own origin, which Looker sends its messages to.
    pub host_origin: &'a str,
    /// The clock, in Unix seconds.
    pub now_s: i64,
    /// How long it lives; never more than [`super::MAX_LIFE_S`].
    pub ttl_s: i64,
    /// Fresh randomness.
    pub nonce: [u8; 16],
}

impl Claims<'_> {
    /// When it ends, in Unix seconds.
    pub(super) fn expires_at_s(&self) -> i64 {
        self.now_s + self.ttl_s
    }

    /// The nonce as a random UUID.
    pub(super) fn uuid(&self) -> String {
        let mut bytes = self.nonce;
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let hex = hex(&bytes);
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}

/// Bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A board's address and token, ready for a frame.
#[derive(Clone, PartialEq, Eq)]
pub struct Minted {
    /// What the frame shows; with the token in it where the tool wants it there.
    pub url: String,
    /// The token where the tool wants it by message.
    pub token: Option<String>,
    /// When it ends, in Unix seconds.
    pub expires_at_s: i64,
}

impl fmt::Debug for Minted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Minted").field("expires_at_s", &self.expires_at_s).finish_non_exhaustive()
    }
}

/// Why nothing was minted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MintProblem {
    /// The tool is not one that is signed for here.
    #[error("{0} boards are not signed")]
    NotSigned(EmbedTool),
    /// A field of the secret is missing.
    #[error("the secret lacks “{0}”; an admin sets it again")]
    MissingSecret(&'static str),
    /// The address or id is not what the tool's tokens are for.
    #[error("the board's address does not name {0}")]
    WrongResource(&'static str),
    /// A locked parameter has no value for this viewer. Without it, they would see what is not theirs.
    #[error("“{0}” has no value for this member, so nothing is shown; an admin sets the member's store")]
    NoValue(String),
    /// A locked parameter has a name or a value that cannot be put into a token safely.
    #[error("“{0}” cannot be locked: its name or value is not allowed by the tool")]
    UnsafeParameter(String),
}

/// The locked parameters' values for a viewer. One that has none is a problem, never left out.
pub fn fill_locked(locked: &[LockedParameter], viewer: &Viewer) -> Result<BTreeMap<String, String>, MintProblem> {
    locked.iter().map(|parameter| Ok((parameter.name.clone(), value_of(parameter, viewer)?))).collect()
}

fn value_of(parameter: &LockedParameter, viewer: &Viewer) -> Result<String, MintProblem> {
    let value = match &parameter.value {
        ParameterValue::Fixed(text) => return Ok(text.clone()),
        ParameterValue::MerchantName => viewer.merchant_name.clone(),
        ParameterValue::MerchantId => viewer.merchant_id.to_string(),
        ParameterValue::MemberEmail => viewer.email.clone(),
        ParameterValue::MemberRole => viewer.role.clone(),
        ParameterValue::Store => viewer.store.clone().unwrap_or_default(),
    };
    if value.trim().is_empty() { Err(MintProblem::NoValue(parameter.name.clone())) } else { Ok(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locked(value: ParameterValue) -> Vec<LockedParameter> {
        vec![LockedParameter { name: "store".to_owned(), value }]
    }

    #[test]
    fn a_locked_parameter_without_a_value_is_never_left_out() {
        let viewer = Viewer { email: "ada@example.com".to_owned(), store: Some(" ".to_owned()), ..Viewer::default() };
        assert_eq!(fill_locked(&locked(ParameterValue::Store), &viewer), Err(MintProblem::NoValue("store".to_owned())));
        let filled = fill_locked(&locked(ParameterValue::MemberEmail), &viewer).unwrap();
        assert_eq!(filled["store"], "ada@example.com");
    }

    #[test]
    fn secrets_and_tokens_do_not_print_themselves() {
        let secret = Secret::new(BTreeMap::from([("secret".to_owned(), "hunter2".to_owned())]));
        let minted = Minted { url: "https://x.example/embed/dashboard/hunter2".to_owned(), token: Some("hunter2".to_owned()), expires_at_s: 1 };
        assert!(!format!("{secret:?}{minted:?}").contains("hunter2"));
    }
}

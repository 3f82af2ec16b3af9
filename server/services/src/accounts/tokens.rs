//! The two tokens of a session: a short JWT, and a refresh token of which only a hash is kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::AppError;
use domain::accounts::TokenPair;
use domain::ids::{MerchantId, SessionId, UserId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::types::SignedIn;
use crate::keys::keyed_hash;
use crate::{Result, Services};

/// How long an access token holds.
pub(super) const ACCESS_SECONDS: u64 = 15 * 60;
/// How long a session may stay unused.
pub(super) const REFRESH_SECONDS: u64 = 30 * 24 * 60 * 60;

const AUDIENCE: &str = "tradepost";
const ISSUER: &str = "tradepost";
const TYPE: &str = "access";

/// What an access token says. All of it is required, with these types.
#[derive(Serialize, Deserialize)]
pub(super) struct Claims {
    typ: String,
    aud: String,
    iss: String,
    /// Seconds since 1970-01-01 UTC.
    iat: u64,
    exp: u64,
    pub(super) sub: UserId,
    pub(super) mid: MerchantId,
    pub(super) sid: SessionId,
}

impl Claims {
    /// When the token was made, to the second.
    pub(super) fn issued_at_ms(&self) -> i64 {
        i64::try_from(self.iat).unwrap_or_default().saturating_mul(1_000)
    }
}

/// A refresh token taken apart: `merchant.session.secret`.
pub(super) struct RefreshToken {
    pub(super) merchant_id: MerchantId,
    pub(super) session_id: SessionId,
    pub(super) secret: String,
}

impl RefreshToken {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let parse = || {
            let (merchant, rest) = text.split_once('.')?;
            let (session, secret) = rest.split_once('.')?;
            let (merchant_id, session) = (merchant.parse().ok()?, Uuid::try_parse(session).ok()?);
            Some(Self { merchant_id, session_id: SessionId(session), secret: secret.to_owned() })
        };
        parse().ok_or_else(|| AppError::unauthorized().into())
    }

    /// The token that follows this one. It is derived rather than drawn, so that a page's parallel requests, all sent with the old token,
    /// all learn the same new one; without this installation's key nobody can take the step.
    pub(super) fn next(&self, services: &Services) -> Self {
        let key = services.keys.derive("refresh tokens");
        let secret = URL_SAFE_NO_PAD.encode(keyed_hash(&key, &[self.session_id.0.as_bytes(), self.secret.as_bytes()]));
        Self { secret, ..*self }
    }

    fn text(&self) -> String {
        format!("{}.{}.{}", self.merchant_id, self.session_id.0.simple(), self.secret)
    }
}

/// Both tokens, as a person or program gets them.
pub(super) fn issue(services: &Services, user: UserId, refresh: &RefreshToken) -> Result<SignedIn> {
    let now = services.clock.now_ms().unsigned_abs() / 1_000;
    let claims = Claims {
        typ: TYPE.to_owned(),
        aud: AUDIENCE.to_owned(),
        iss: ISSUER.to_owned(),
        iat: now,
        exp: now + ACCESS_SECONDS,
        sub: user,
        mid: refresh.merchant_id,
        sid: refresh.session_id,
    };
    let key = EncodingKey::from_secret(&services.keys.derive("access tokens"));
    let access_token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(anyhow::Error::from)?;
    Ok(SignedIn {
        tokens: TokenPair { access_token, refresh_token: refresh.text(), token_type: "Bearer".to_owned(), expires_in: ACCESS_SECONDS },
        session_id: refresh.session_id,
        merchant_id: refresh.merchant_id,
        refresh_expires_in: REFRESH_SECONDS,
    })
}

/// What a genuine, unexpired access token says.
pub(super) fn read_access(services: &Services, token: &str) -> Result<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&[AUDIENCE]);
    validation.set_issuer(&[ISSUER]);
    validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    // The library would read the machine's clock; ours is compared below, without leeway.
    validation.validate_exp = false;
    let key = DecodingKey::from_secret(&services.keys.derive("access tokens"));
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation).map_err(|_| AppError::unauthorized())?.claims;
    let now = services.clock.now_ms().unsigned_abs() / 1_000;
    if claims.typ != TYPE || claims.exp <= now {
        return Err(AppError::unauthorized().into());
    }
    Ok(claims)
}

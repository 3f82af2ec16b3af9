//! Access tokens that are expired, forged or meant for something else.

use domain::ErrorKind;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use services::accounts;

use super::refusal;
use crate::support::TestServices;

/// A token with the installation's own key but other claims.
fn signed(services: &TestServices, algorithm: Algorithm, claims: &Value) -> String {
    let key = EncodingKey::from_secret(&services.keys.derive("access tokens"));
    jsonwebtoken::encode(&Header::new(algorithm), claims, &key).expect("it is signed")
}

fn claims_of(token: &str) -> Value {
    use base64::Engine;
    let middle = token.split('.').nth(1).expect("a token has three parts");
    let json = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(middle).expect("claims are base64");
    serde_json::from_slice(&json).expect("claims are JSON")
}

#[tokio::test]
async fn a_token_holds_for_fifteen_minutes_to_the_second() {
    let services = TestServices::start().await;
    let session = services.sign_up("ada@example.com").await;
    services.clock.advance_ms(15 * 60 * 1_000 - 1_000);
    assert!(accounts::authenticate(&services, &session.tokens.access_token, "").await.is_ok());
    services.clock.advance_ms(1_000);
    assert_eq!(refusal(accounts::authenticate(&services, &session.tokens.access_token, "").await), ErrorKind::Unauthorized);
}

#[tokio::test]
async fn tokens_with_one_wrong_or_missing_claim_are_refused() {
    let services = TestServices::start().await;
    let session = services.sign_up("ada@example.com").await;
    let good = claims_of(&session.tokens.access_token);
    assert!(accounts::authenticate(&services, &signed(&services, Algorithm::HS256, &good), "").await.is_ok());
    let far = good["exp"].as_u64().unwrap() + 1_000_000;
    let wrong = [
        ("typ", json!("refresh")),
        ("aud", json!("elsewhere")),
        ("iss", json!("elsewhere")),
        ("exp", json!(far.to_string())),
        ("exp", json!(-1)),
        ("sub", json!(uuid::Uuid::nil())),
        ("mid", json!(session.merchant_id.0 + 1)),
        ("sid", json!(uuid::Uuid::nil())),
    ];
    for (claim, value) in wrong {
        let mut claims = good.clone();
        claims[claim] = value.clone();
        let token = signed(&services, Algorithm::HS256, &claims);
        assert_eq!(refusal(accounts::authenticate(&services, &token, "").await), ErrorKind::Unauthorized, "{claim} {value}");
    }
    for claim in ["typ", "aud", "iss", "exp", "sub", "mid", "sid"] {
        let mut claims = good.clone();
        claims.as_object_mut().unwrap().remove(claim);
        let token = signed(&services, Algorithm::HS256, &claims);
        assert_eq!(refusal(accounts::authenticate(&services, &token, "").await), ErrorKind::Unauthorized, "without {claim}");
    }
}

#[tokio::test]
async fn other_algorithms_and_keys_are_refused() {
    use base64::Engine;
    let services = TestServices::start().await;
    let session = services.sign_up("ada@example.com").await;
    let claims = claims_of(&session.tokens.access_token);
    let encode = |text: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
    let unsigned = format!("{}.{}.", encode(r#"{"alg":"none","typ":"JWT"}"#), encode(&claims.to_string()));
    let (body, _) = session.tokens.access_token.rsplit_once('.').unwrap();
    let foreign = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(&[7; 32])).unwrap();
    let stronger = signed(&services, Algorithm::HS512, &claims);
    for token in [unsigned.as_str(), &format!("{body}."), &foreign, &stronger, "", "a.b.c", "tp_", &session.tokens.refresh_token] {
        assert_eq!(refusal(accounts::authenticate(&services, token, "").await), ErrorKind::Unauthorized, "{token}");
    }
}

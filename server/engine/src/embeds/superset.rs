//! Superset's guest tokens, minted with its own secret.

use super::claims::{Claims, MintProblem, Minted, Secret};
use super::json_web_token::{Header, sign};
use serde::Serialize;
use url::Url;

#[derive(Serialize)]
struct Payload<'a> {
    user: User<'a>,
    resources: [Resource<'a>; 1],
    rls_rules: Vec<Rule>,
    iat: i64,
    exp: i64,
    aud: &'a str,
    r#type: &'static str,
}

#[derive(Serialize)]
struct User<'a> {
    username: &'a str,
    first_name: &'static str,
    last_name: &'static str,
}

#[derive(Serialize)]
struct Resource<'a> {
    r#type: &'static str,
    id: &'a str,
}

#[derive(Serialize)]
struct Rule {
    clause: String,
}

pub(super) fn mint(secret: &Secret, claims: &Claims<'_>) -> Result<Minted, MintProblem> {
    let key = secret.required("secret")?;
    let wrong = MintProblem::WrongResource("an embedded dashboard");
    if claims.resource.kind != "dashboard" {
        return Err(wrong);
    }
    let url = Url::parse(claims.url).ok().filter(|url| url.path().ends_with(&format!("/embedded/{}", claims.resource.id))).ok_or(wrong)?;
    let rls_rules = claims.locked.iter().map(|(name, value)| rule(name, value)).collect::<Result<Vec<Rule>, _>>()?;
    // Where no audience is configured, Superset takes its own address, with the slash.
    let own_address = format!("{}/", url.origin().ascii_serialization());
    let payload = Payload {
        user: User { username: &claims.viewer.email, first_name: "", last_name: "" },
        resources: [Resource { r#type: "dashboard", id: &claims.resource.id }],
        rls_rules,
        iat: claims.now_s,
        exp: claims.expires_at_s(),
        aud: secret.optional("audience").unwrap_or(&own_address),
        r#type: "guest",
    };
    Ok(Minted { url: claims.url.to_owned(), token: Some(sign(key, &Header::default(), &payload)), expires_at_s: claims.expires_at_s() })
}

/// A rule of row-level security is SQL. Some databases take a backslash for an escape, so a value with one is refused rather than guessed at.
fn rule(name: &str, value: &str) -> Result<Rule, MintProblem> {
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let is_column = starts_well && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
    if !is_column || value.is_empty() || value.contains(|c: char| c == '\\' || c.is_control()) {
        return Err(MintProblem::UnsafeParameter(name.to_owned()));
    }
    Ok(Rule { clause: format!("{name} = '{}'", value.replace('\'', "''")) })
}

//! Looker's signed addresses: HMAC-SHA1 over twelve lines.

use super::claims::{Claims, MintProblem, Minted, Secret, hex};
use super::hmac::sha1;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use url::{Url, form_urlencoded};

/// Where a signed address begins; the page follows, encoded.
const LOGIN: &str = "/login/embed/";
/// What viewers of a board may do: see it and its data, and no more.
const PERMISSIONS: [&str; 4] = ["access_data", "see_looks", "see_lookml_dashboards", "see_user_dashboards"];

/// The signed values, each already in JSON, as Looker reads them from the address.
struct Session {
    nonce: String,
    time: String,
    session_length: String,
    external_user_id: String,
    permissions: String,
    models: String,
    group_ids: String,
    external_group_id: String,
    user_attributes: String,
    access_filters: String,
}

pub(super) fn mint(secret: &Secret, claims: &Claims<'_>) -> Result<Minted, MintProblem> {
    let key = secret.required("secret")?;
    let wrong = || MintProblem::WrongResource("an /embed/ path");
    if claims.resource.kind != "path" || !claims.resource.id.starts_with("/embed/") {
        return Err(wrong());
    }
    let url = Url::parse(claims.url).map_err(|_| wrong())?;
    let host = host_of(&url).ok_or_else(wrong)?;
    let path =
        format!("/login/embed/{}", percent_encoded(&with_embed_domain(&page_of(&url, &claims.resource.id).ok_or_else(wrong)?, claims.host_origin)));
    let session = Session::of(secret, claims)?;
    let signature = STANDARD.encode(sha1(key.as_bytes(), session.lines(&host, &path).as_bytes()));
    let url = format!("{}://{host}{path}?{}", url.scheme(), session.query(&signature));
    Ok(Minted { url, token: None, expires_at_s: claims.expires_at_s() })
}

impl Session {
    fn of(secret: &Secret, claims: &Claims<'_>) -> Result<Self, MintProblem> {
        let models = listed(secret.required("models")?);
        let groups: Vec<u64> = listed(secret.optional("group_ids").unwrap_or_default()).iter().filter_map(|id| id.parse().ok()).collect();
        Ok(Self {
            nonce: json!(hex(&claims.nonce)).to_string(),
            time: claims.now_s.to_string(),
            session_length: claims.ttl_s.to_string(),
            external_user_id: json!(claims.viewer.id).to_string(),
            permissions: json!(PERMISSIONS).to_string(),
            models: json!(models).to_string(),
            group_ids: json!(groups).to_string(),
            external_group_id: json!("").to_string(),
            user_attributes: json!(claims.locked).to_string(),
            access_filters: "{}".to_owned(),
        })
    }

    /// The twelve lines, in Looker's order.
    fn lines(&self, host: &str, path: &str) -> String {
        [
            host,
            path,
            &self.nonce,
            &self.time,
            &self.session_length,
            &self.external_user_id,
            &self.permissions,
            &self.models,
            &self.group_ids,
            &self.external_group_id,
            &self.user_attributes,
            &self.access_filters,
        ]
        .join("\n")
    }

    fn query(&self, signature: &str) -> String {
        form_urlencoded::Serializer::new(String::new())
            .append_pair("nonce", &self.nonce)
            .append_pair("time", &self.time)
            .append_pair("session_length", &self.session_length)
            .append_pair("external_user_id", &self.external_user_id)
            .append_pair("permissions", &self.permissions)
            .append_pair("models", &self.models)
            .append_pair("access_filters", &self.access_filters)
            .append_pair("first_name", "\"Tradepost\"")
            .append_pair("last_name", "\"viewer\"")
            .append_pair("group_ids", &self.group_ids)
            .append_pair("external_group_id", &self.external_group_id)
            .append_pair("user_attributes", &self.user_attributes)
            .append_pair("force_logout_login", "true")
            .append_pair("signature", signature)
            .finish()
    }
}

fn host_of(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// The page with its filters, as the address has them; it must be the page that is signed for.
fn page_of(url: &Url, listed: &str) -> Option<String> {
    let page = match url.path().strip_prefix(LOGIN) {
        Some(encoded) => form_urlencoded::parse(format!("p={}", encoded.replace('+', "%2B")).as_bytes()).next().map(|(_, path)| path.into_owned())?,
        None => url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())),
    };
    let path = |text: &str| text.split('?').next().map(str::to_owned);
    (path(&page) == path(listed)).then_some(page)
}

/// Looker sends its messages, such as the height, to this origin only.
fn with_embed_domain(path: &str, origin: &str) -> String {
    let separator = if path.contains('?') { '&' } else { '?' };
    format!("{path}{separator}embed_domain={origin}")
}

fn listed(text: &str) -> Vec<&str> {
    text.split(',').map(str::trim).filter(|one| !one.is_empty()).collect()
}

/// As JavaScript's `encodeURIComponent`, which the vendor's example uses.
fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len() * 2), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

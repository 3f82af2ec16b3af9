//! The two cookies of a signed-in browser. Scripts cannot read them.

use axum::http::HeaderValue;
use services::accounts::SignedIn;

/// Name of the cookie with the short-lived access token.
pub fn access_name(secure: bool) -> &'static str {
    if secure { "__Host-tradepost_access" } else { "tradepost_access" }
}

/// Name of the cookie with the refresh token.
pub fn refresh_name(secure: bool) -> &'static str {
    if secure { "__Host-tradepost_refresh" } else { "tradepost_refresh" }
}

/// The cookies that sign a browser in. Both live as long as the refresh token: an access token that has ended is what
/// tells the server to refresh.
pub fn session_cookies(signed_in: &SignedIn, secure: bool) -> [HeaderValue; 2] {
    let lifetime = signed_in.refresh_expires_in;
    [
        cookie(access_name(secure), &signed_in.tokens.access_token, lifetime, secure),
        cookie(refresh_name(secure), &signed_in.tokens.refresh_token, lifetime, secure),
    ]
}

/// The cookies that sign a browser out.
pub fn cleared_cookies(secure: bool) -> [HeaderValue; 2] {
    [cookie(access_name(secure), "", 0, secure), cookie(refresh_name(secure), "", 0, secure)]
}

fn cookie(name: &str, value: &str, lifetime: u64, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={lifetime}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).expect("tokens are base64url and dots")
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::accounts::TokenPair;
    use domain::ids::{MerchantId, SessionId};

    fn texts(cookies: [HeaderValue; 2]) -> [String; 2] {
        cookies.map(|cookie| cookie.to_str().expect("plain text").to_owned())
    }

    fn signed_in() -> SignedIn {
        let tokens =
            TokenPair { access_token: "a.b.c".to_owned(), refresh_token: "r-1_2".to_owned(), token_type: "Bearer".to_owned(), expires_in: 900 };
        SignedIn { tokens, session_id: SessionId(uuid::Uuid::nil()), merchant_id: MerchantId(1), refresh_expires_in: 60 }
    }

    #[test]
    fn cookies_are_closed_to_scripts_and_bound_to_this_site() {
        let [access, refresh] = texts(session_cookies(&signed_in(), true));
        assert_eq!(access, "__Host-tradepost_access=a.b.c; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
        assert!(refresh.starts_with("__Host-tradepost_refresh=r-1_2;"));
    }

    #[test]
    fn without_https_the_names_carry_no_promise_that_browsers_would_refuse() {
        let [access, _] = texts(session_cookies(&signed_in(), false));
        assert!(access.starts_with("tradepost_access=") && !access.contains("Secure"));
    }

    #[test]
    fn signing_out_empties_both() {
        for cookie in texts(cleared_cookies(false)) {
            assert!(cookie.contains("=; ") && cookie.contains("Max-Age=0"), "{cookie}");
        }
    }
}

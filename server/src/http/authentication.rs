//! Finds out who is asking: a bearer token or an API key, else the browser's cookies.

use super::client::client_of;
use crate::state::App;
use app::session::cookies;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use domain::{AppError, ErrorKind};
use services::accounts::{self, Client};
use services::{Actor, ServiceError};

/// Who is asking, in every request's extensions.
#[derive(Clone)]
pub enum Who {
    /// No credential, or one that has ended.
    Nobody,
    /// A member or an API key.
    Member(Actor),
    /// It could not be found out: the database does not answer, or there were too many tries.
    Unknown(AppError),
}

/// Who it is, and the cookies that say so from now on.
struct Identity {
    who: Who,
    cookies: Option<[HeaderValue; 2]>,
}

/// Puts [`Who`] and [`Client`] into the request, and refreshed cookies into the answer.
pub async fn identify(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let client = client_of(&request, app.config.trust_proxy);
    let Identity { who, cookies } = identity(&app, request.headers(), &client).await;
    let extensions = request.extensions_mut();
    if let Who::Member(actor) = &who {
        tracing::Span::current().record("tenant", actor.merchant_id.0);
    }
    extensions.insert(who);
    extensions.insert(client);
    let mut response = next.run(request).await;
    // A handler that signs in or out has the last word.
    let is_settled = response.headers().contains_key(header::SET_COOKIE);
    for cookie in cookies.into_iter().flatten().filter(|_| !is_settled) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A credential in the `Authorization` header is what the caller means; cookies come along unasked, so they count only without it.
async fn identity(app: &App, headers: &HeaderMap, client: &Client) -> Identity {
    if let Some(authorization) = headers.get(header::AUTHORIZATION) {
        return Identity { who: by_header(app, authorization, client).await, cookies: None };
    }
    let jar = CookieJar::from_headers(headers);
    let cookie = |name: &str| jar.get(name).map(|cookie| cookie.value().to_owned());
    let (access, refresh) = (cookie(cookies::access_name(app.config.is_https)), cookie(cookies::refresh_name(app.config.is_https)));
    if let Some(access) = access {
        match who(accounts::authenticate(&app.services, &access, &client.address).await) {
            Who::Nobody => {}
            who => return Identity { who, cookies: None },
        }
    }
    match refresh {
        Some(refresh) => by_refreshing(app, &refresh, client).await,
        None => Identity { who: Who::Nobody, cookies: None },
    }
}

async fn by_header(app: &App, authorization: &HeaderValue, client: &Client) -> Who {
    let credential = authorization.to_str().ok().and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    match credential {
        Some((_, credential)) => who(accounts::authenticate(&app.services, credential.trim(), &client.address).await),
        None => Who::Nobody,
    }
}

/// The access cookie has ended: the refresh cookie gives a new one, unless it has ended too.
async fn by_refreshing(app: &App, refresh: &str, client: &Client) -> Identity {
    let secure = app.config.is_https;
    match accounts::refresh_browser(&app.services, refresh, client).await {
        Ok(signed_in) => {
            let authenticated = accounts::authenticate(&app.services, &signed_in.tokens.access_token, &client.address).await;
            Identity { who: who(authenticated), cookies: Some(cookies::session_cookies(&signed_in, secure)) }
        }
        Err(error) => match who(Err(error)) {
            Who::Nobody => Identity { who: Who::Nobody, cookies: Some(cookies::cleared_cookies(secure)) },
            other => Identity { who: other, cookies: None },
        },
    }
}

fn who(authenticated: Result<Actor, ServiceError>) -> Who {
    match authenticated.map_err(ServiceError::into_app) {
        Ok(actor) => Who::Member(actor),
        Err(error) if matches!(error.kind, ErrorKind::Unauthorized | ErrorKind::NotFound | ErrorKind::Forbidden) => Who::Nobody,
        Err(error) => Who::Unknown(error),
    }
}

//! Signing up, in and out; passwords. Tokens come in the body; the pages' cookies are set by the pages' own functions.

use crate::extract::Json;
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use domain::accounts::{ForgotPassword, PasswordChange, RefreshInput, ResetPassword, SignIn, SignUp, TokenPair};
use services::Services;
use services::accounts::{self, Client};

/// Makes a shop and its owner, and signs them in.
#[utoipa::path(post, path = "/api/v1/auth/sign-up", tag = "Signing in", request_body = SignUp, responses((status = 201, body = TokenPair)))]
pub(crate) async fn sign_up(
    State(services): State<Services>,
    Extension(client): Extension<Client>,
    Json(input): Json<SignUp>,
) -> Answer<(StatusCode, axum::Json<TokenPair>)> {
    let signed_in = accounts::sign_up(&services, input, &client).await?;
    Ok((StatusCode::CREATED, axum::Json(signed_in.tokens)))
}

/// Signs in with an e-mail address and a password.
#[utoipa::path(post, path = "/api/v1/auth/sign-in", tag = "Signing in", request_body = SignIn, responses((status = 200, body = TokenPair)))]
pub(crate) async fn sign_in(
    State(services): State<Services>,
    Extension(client): Extension<Client>,
    Json(input): Json<SignIn>,
) -> Answer<axum::Json<TokenPair>> {
    let signed_in = accounts::sign_in(&services, input, &client).await?;
    Ok(axum::Json(signed_in.tokens))
}

/// Exchanges the newest refresh token for a new pair. An older one ends the session.
#[utoipa::path(post, path = "/api/v1/auth/refresh", tag = "Signing in", request_body = RefreshInput, responses((status = 200, body = TokenPair)))]
pub(crate) async fn refresh(
    State(services): State<Services>,
    Extension(client): Extension<Client>,
    Json(input): Json<RefreshInput>,
) -> Answer<axum::Json<TokenPair>> {
    let signed_in = accounts::refresh(&services, &input.refresh_token, &client).await?;
    Ok(axum::Json(signed_in.tokens))
}

/// Ends this session.
#[utoipa::path(post, path = "/api/v1/auth/sign-out", tag = "Signing in", responses((status = 204)))]
pub(crate) async fn sign_out(State(services): State<Services>, Asker(actor): Asker) -> Answer<StatusCode> {
    accounts::sign_out(&services, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends all sessions of the person.
#[utoipa::path(post, path = "/api/v1/auth/sign-out-everywhere", tag = "Signing in", responses((status = 204)))]
pub(crate) async fn sign_out_everywhere(State(services): State<Services>, Asker(actor): Asker) -> Answer<StatusCode> {
    accounts::sign_out_everywhere(&services, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes the person's password; their other sessions end.
#[utoipa::path(post, path = "/api/v1/auth/password", tag = "Signing in", request_body = PasswordChange, responses((status = 204)))]
pub(crate) async fn change_password(State(services): State<Services>, Asker(actor): Asker, Json(input): Json<PasswordChange>) -> Answer<StatusCode> {
    accounts::change_password(&services, &actor, input).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a link with which a forgotten password can be replaced. The answer is the same whether the account exists or not.
#[utoipa::path(post, path = "/api/v1/auth/forgot-password", tag = "Signing in", request_body = ForgotPassword, responses((status = 204)))]
pub(crate) async fn forgot_password(
    State(services): State<Services>,
    Extension(client): Extension<Client>,
    Json(input): Json<ForgotPassword>,
) -> Answer<StatusCode> {
    accounts::forgot_password(&services, input, &client).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Replaces a forgotten password with the token of the link.
#[utoipa::path(post, path = "/api/v1/auth/reset-password", tag = "Signing in", request_body = ResetPassword, responses((status = 204)))]
pub(crate) async fn reset_password(
    State(services): State<Services>,
    Extension(client): Extension<Client>,
    Json(input): Json<ResetPassword>,
) -> Answer<StatusCode> {
    accounts::reset_password(&services, input, &client).await?;
    Ok(StatusCode::NO_CONTENT)
}

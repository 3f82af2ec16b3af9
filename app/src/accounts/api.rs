//! Server functions of people who are not signed in yet. Each says who asks, calls one use case, and answers.

use crate::wire::Answer;
use domain::AppError;
use domain::accounts as input;
use domain::accounts::InvitationPreview;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::{
    accounts::next::safe_next,
    session::current::{client, services},
    session::respond::{answer, enter},
};
#[cfg(feature = "ssr")]
use services::{ServiceError, accounts};

/// Opens a shop and signs its owner in.
#[server(prefix = "/api/fn", endpoint = "accounts/sign-up", output = Answer)]
pub async fn sign_up(input: input::SignUp) -> Result<(), AppError> {
    let session = answer(accounts::sign_up(&services(), input, &client()).await)?;
    enter(&session, "/data/add");
    Ok(())
}

/// Signs in and goes where the person wanted to go.
#[server(prefix = "/api/fn", endpoint = "accounts/sign-in", output = Answer)]
pub async fn sign_in(input: input::SignIn, next: String) -> Result<(), AppError> {
    let session = answer(accounts::sign_in(&services(), input, &client()).await)?;
    enter(&session, safe_next(&next));
    Ok(())
}

/// Whether there is a demo shop to look around in. It stands on pages that open even while the database is away, so a
/// failure leaves their status alone.
#[server(prefix = "/api/fn", endpoint = "accounts/demo-is-open", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn demo_is_open() -> Result<bool, AppError> {
    accounts::demo_is_open(&services()).await.map_err(ServiceError::into_app)
}

/// Looks around the demo shop.
#[server(prefix = "/api/fn", endpoint = "accounts/enter-demo", output = Answer)]
pub async fn enter_demo() -> Result<(), AppError> {
    let session = answer(accounts::enter_demo(&services(), &client()).await)?;
    enter(&session, "/sales");
    Ok(())
}

/// Sends a reset link if there is such an account; the answer is the same either way.
#[server(prefix = "/api/fn", endpoint = "accounts/forgot-password", output = Answer)]
pub async fn forgot_password(input: input::ForgotPassword) -> Result<(), AppError> {
    answer(accounts::forgot_password(&services(), input, &client()).await)
}

/// Sets a new password by a reset link.
#[server(prefix = "/api/fn", endpoint = "accounts/reset-password", output = Answer)]
pub async fn reset_password(input: input::ResetPassword) -> Result<(), AppError> {
    answer(accounts::reset_password(&services(), input, &client()).await)
}

/// What an invitation link invites to.
#[server(prefix = "/api/fn", endpoint = "accounts/preview-invitation", output = Answer)]
pub async fn preview_invitation(token: String) -> Result<InvitationPreview, AppError> {
    answer(accounts::preview_invitation(&services(), &token).await)
}

/// Joins the shop of an invitation.
#[server(prefix = "/api/fn", endpoint = "accounts/accept-invitation", output = Answer)]
pub async fn accept_invitation(input: input::AcceptInvitation) -> Result<(), AppError> {
    let session = answer(accounts::accept_invitation(&services(), input, &client()).await)?;
    enter(&session, "/sales");
    Ok(())
}

/// Every time zone the server knows.
#[server(prefix = "/api/fn", endpoint = "accounts/time-zones", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_time_zones() -> Result<Vec<String>, AppError> {
    Ok(accounts::time_zones().into_iter().map(str::to_owned).collect())
}

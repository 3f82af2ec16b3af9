//! Server functions of the session itself. Each says who asks, calls one use case, and answers.

use crate::wire::Answer;
use domain::AppError;
use domain::accounts::Me;
use domain::ids::MerchantId;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::session::{
    current::{actor, client, services},
    respond::{answer, sign_out_browser, signed_in},
};

/// Who is signed in, and in which shop.
#[server(prefix = "/api/fn", endpoint = "session/me", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_me() -> Result<Me, AppError> {
    let actor = actor()?;
    answer(services::accounts::me(&services(), &actor).await)
}

/// Acts in another shop of the same person from now on.
#[server(prefix = "/api/fn", endpoint = "session/switch-merchant", output = Answer)]
pub async fn switch_merchant(merchant_id: MerchantId) -> Result<(), AppError> {
    let actor = actor()?;
    answer(services::accounts::switch_merchant(&services(), &actor, merchant_id, &client()).await).map(|session| signed_in(&session))
}

/// Ends this session and goes to the welcome page.
#[server(prefix = "/api/fn", endpoint = "session/sign-out", output = Answer)]
pub async fn sign_out() -> Result<(), AppError> {
    let actor = actor()?;
    answer(services::accounts::sign_out(&services(), &actor).await).map(|()| sign_out_browser())
}

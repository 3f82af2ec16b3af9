//! Who is asking, and the shop they act in.

use crate::extract::Json;
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use domain::accounts::{Me, MerchantPatch, MerchantSummary};
use services::{Services, accounts};

/// Says who is asking and in which shop.
#[utoipa::path(get, path = "/api/v1/me", tag = "Shop", responses((status = 200, body = Me)))]
pub(crate) async fn get_me(State(services): State<Services>, Asker(actor): Asker) -> Answer<axum::Json<Me>> {
    Ok(axum::Json(accounts::me(&services, &actor).await?))
}

/// The shop's name, currency, time zone and week.
#[utoipa::path(get, path = "/api/v1/merchant", tag = "Shop", responses((status = 200, body = MerchantSummary)))]
pub(crate) async fn get_merchant(State(services): State<Services>, Asker(actor): Asker) -> Answer<axum::Json<MerchantSummary>> {
    Ok(axum::Json(accounts::merchant(&services, actor.merchant_id).await?))
}

/// Changes the shop's settings. After a change of the time zone, days of orders are worked out anew in the background.
#[utoipa::path(put, path = "/api/v1/merchant", tag = "Shop", request_body = MerchantPatch, responses((status = 200, body = MerchantSummary)))]
pub(crate) async fn update_merchant(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(patch): Json<MerchantPatch>,
) -> Answer<axum::Json<MerchantSummary>> {
    Ok(axum::Json(accounts::update_merchant(&services, &actor, patch).await?))
}

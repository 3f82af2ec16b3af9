//! Which mails about their uploads a member wants.

use crate::extract::Json;
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use domain::sources::NoticeChoice;
use services::{Services, accounts};

/// Says which mails about your own uploads you get.
#[utoipa::path(get, path = "/api/v1/me/notices", tag = "Shop", responses((status = 200, body = NoticeChoice)))]
pub(crate) async fn notice_choice(State(services): State<Services>, Asker(actor): Asker) -> Answer<axum::Json<NoticeChoice>> {
    Ok(axum::Json(accounts::notice_choice(&services, &actor).await?))
}

/// Chooses which mails about your own uploads you get.
#[utoipa::path(put, path = "/api/v1/me/notices", tag = "Shop", request_body = NoticeChoice, responses((status = 200, body = NoticeChoice)))]
pub(crate) async fn choose_notices(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(choice): Json<NoticeChoice>,
) -> Answer<axum::Json<NoticeChoice>> {
    Ok(axum::Json(accounts::choose_notices(&services, &actor, choice).await?))
}

//! Server functions of the settings. Each says who asks, calls one use case, and answers.

use crate::wire::Answer;
use domain::accounts::{
    ApiKeySummary, AuditEntry, CreatedApiKey, CreatedInvitation, InvitationSummary, MemberSummary, MerchantPatch, MerchantSummary, NewApiKey,
    NewInvitation, PasswordChange, SessionSummary,
};
use domain::ids::{ApiKeyId, InvitationId, SessionId, UserId};
use domain::sources::NoticeChoice;
use domain::{AppError, Role};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::session::{
    current::{actor, services},
    respond::{answer, sign_out_browser},
};
#[cfg(feature = "ssr")]
use {domain::accounts::StoreChange, services::accounts};

/// Changes the shop's name, currency, time zone and week.
#[server(prefix = "/api/fn", endpoint = "settings/update-merchant", output = Answer)]
pub async fn update_merchant(input: MerchantPatch) -> Result<MerchantSummary, AppError> {
    let actor = actor()?;
    answer(accounts::update_merchant(&services(), &actor, input).await)
}

/// Everybody who may see the shop.
#[server(prefix = "/api/fn", endpoint = "settings/members", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_members() -> Result<Vec<MemberSummary>, AppError> {
    let actor = actor()?;
    answer(accounts::list_members(&services(), &actor).await)
}

/// Gives a member another role.
#[server(prefix = "/api/fn", endpoint = "settings/change-role", output = Answer)]
pub async fn change_role(user_id: UserId, role: Role) -> Result<MemberSummary, AppError> {
    let actor = actor()?;
    answer(accounts::change_role(&services(), &actor, user_id, role).await)
}

/// Puts a member into a store, or into none.
#[server(prefix = "/api/fn", endpoint = "settings/change-store", output = Answer)]
pub async fn change_store(user_id: UserId, store: Option<String>) -> Result<MemberSummary, AppError> {
    let actor = actor()?;
    answer(accounts::change_store(&services(), &actor, user_id, StoreChange { store }).await)
}

/// Takes a member's access away.
#[server(prefix = "/api/fn", endpoint = "settings/remove-member", output = Answer)]
pub async fn remove_member(user_id: UserId) -> Result<(), AppError> {
    let actor = actor()?;
    answer(accounts::remove_member(&services(), &actor, user_id).await)
}

/// Makes an invitation and its link.
#[server(prefix = "/api/fn", endpoint = "settings/invite", output = Answer)]
pub async fn invite(input: NewInvitation) -> Result<CreatedInvitation, AppError> {
    let actor = actor()?;
    answer(accounts::invite(&services(), &actor, input).await)
}

/// Invitations that nobody has used yet.
#[server(prefix = "/api/fn", endpoint = "settings/invitations", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_invitations() -> Result<Vec<InvitationSummary>, AppError> {
    let actor = actor()?;
    answer(accounts::list_invitations(&services(), &actor).await)
}

/// Makes an invitation's link stop working.
#[server(prefix = "/api/fn", endpoint = "settings/revoke-invitation", output = Answer)]
pub async fn revoke_invitation(id: InvitationId) -> Result<(), AppError> {
    let actor = actor()?;
    answer(accounts::revoke_invitation(&services(), &actor, id).await)
}

/// Makes a key for programs.
#[server(prefix = "/api/fn", endpoint = "settings/create-api-key", output = Answer)]
pub async fn create_api_key(input: NewApiKey) -> Result<CreatedApiKey, AppError> {
    let actor = actor()?;
    answer(accounts::create_api_key(&services(), &actor, input).await)
}

/// The keys that work.
#[server(prefix = "/api/fn", endpoint = "settings/api-keys", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_api_keys() -> Result<Vec<ApiKeySummary>, AppError> {
    let actor = actor()?;
    answer(accounts::list_api_keys(&services(), &actor).await)
}

/// Makes a key stop working.
#[server(prefix = "/api/fn", endpoint = "settings/revoke-api-key", output = Answer)]
pub async fn revoke_api_key(id: ApiKeyId) -> Result<(), AppError> {
    let actor = actor()?;
    answer(accounts::revoke_api_key(&services(), &actor, id).await)
}

/// Changes one's own password.
#[server(prefix = "/api/fn", endpoint = "settings/change-password", output = Answer)]
pub async fn change_password(input: PasswordChange) -> Result<(), AppError> {
    let actor = actor()?;
    answer(accounts::change_password(&services(), &actor, input).await)
}

/// Where one is signed in.
#[server(prefix = "/api/fn", endpoint = "settings/sessions", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_sessions() -> Result<Vec<SessionSummary>, AppError> {
    let actor = actor()?;
    answer(accounts::list_sessions(&services(), &actor).await)
}

/// Ends one of one's own sessions.
#[server(prefix = "/api/fn", endpoint = "settings/end-session", output = Answer)]
pub async fn end_session(id: SessionId) -> Result<(), AppError> {
    let actor = actor()?;
    answer(accounts::end_session(&services(), &actor, id).await)
}

/// Ends all of one's own sessions, this one too.
#[server(prefix = "/api/fn", endpoint = "settings/sign-out-everywhere", output = Answer)]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    let actor = actor()?;
    answer(accounts::sign_out_everywhere(&services(), &actor).await).map(|()| sign_out_browser())
}

/// A page of the audit log, newest first; older than `before` when given.
#[server(prefix = "/api/fn", endpoint = "settings/audit", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_audit(before: Option<i64>) -> Result<Vec<AuditEntry>, AppError> {
    let actor = actor()?;
    answer(accounts::list_audit(&services(), &actor, before).await)
}

/// Which mails about one's own uploads one gets.
#[server(prefix = "/api/fn", endpoint = "settings/notices", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_notices() -> Result<NoticeChoice, AppError> {
    let actor = actor()?;
    answer(accounts::notice_choice(&services(), &actor).await)
}

/// Chooses which mails about one's own uploads one gets.
#[server(prefix = "/api/fn", endpoint = "settings/choose-notices", output = Answer)]
pub async fn choose_notices(choice: NoticeChoice) -> Result<NoticeChoice, AppError> {
    let actor = actor()?;
    answer(accounts::choose_notices(&services(), &actor, choice).await)
}

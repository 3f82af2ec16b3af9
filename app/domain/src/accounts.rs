//! Signing up and in, members, invitations, keys: what goes in and what comes out.

use crate::ids::{ApiKeyId, InvitationId, MerchantId, SessionId, UserId};
use crate::range::Calendar;
use crate::{Currency, Role, validate};
use garde::Validate;
use serde::{Deserialize, Serialize};

/// A new shop and its owner.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignUp {
    /// The shop's name.
    #[garde(custom(validate::name))]
    pub merchant_name: String,
    /// The owner's e-mail address.
    #[garde(custom(validate::email))]
    pub email: String,
    /// At least ten characters.
    #[garde(custom(validate::password))]
    pub password: String,
    /// ISO 4217 code of the currency the shop reports in.
    #[garde(custom(validate::currency))]
    pub currency: String,
    /// IANA name of the zone whose days the shop's days are.
    #[garde(custom(validate::time_zone))]
    pub time_zone: String,
}

/// Who signs in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// The e-mail address.
    #[garde(custom(validate::email))]
    pub email: String,
    /// The password.
    #[garde(length(min = 1, max = 256))]
    pub password: String,
}

/// What signing in gives a program.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenPair {
    /// A JWT for `Authorization: Bearer …`.
    pub access_token: String,
    /// Changes at every refresh; using an old one ends the session.
    pub refresh_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds until the access token ends.
    pub expires_in: u64,
}

/// A refresh token to be exchanged.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefreshInput {
    /// The newest refresh token of the session.
    pub refresh_token: String,
}

/// The shop as its members see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MerchantSummary {
    /// Its id.
    pub id: MerchantId,
    /// Its name.
    pub name: String,
    /// The currency it reports in.
    pub currency: Currency,
    /// IANA zone of its days.
    pub time_zone: String,
    /// ISO weekday on which its weeks start, 1 is Monday.
    pub week_start: u32,
    /// Month in which its fiscal years begin, 1 is January.
    pub fiscal_year_start: u32,
    /// An invented shop to look around in.
    pub is_demo: bool,
}

impl MerchantSummary {
    /// How it counts its weeks and years.
    pub fn calendar(&self) -> Calendar {
        Calendar { week_start: self.week_start, year_start: self.fiscal_year_start }
    }
}

/// Who is asking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The person; absent for an API key.
    pub user_id: Option<UserId>,
    /// The person's e-mail address, or the key's name.
    pub email: String,
    /// Their role in this shop.
    pub role: Role,
    /// Whether they look around in the demo shop without an account of their own.
    pub is_visitor: bool,
    /// The largest file they may bring, in bytes.
    pub upload_max_bytes: u64,
    /// The shop they act in.
    pub merchant: MerchantSummary,
    /// Every shop they are a member of.
    pub merchants: Vec<MerchantChoice>,
}

/// One of the shops a person belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MerchantChoice {
    /// Its id.
    pub id: MerchantId,
    /// Its name.
    pub name: String,
    /// The role there.
    pub role: Role,
}

/// Changed shop settings; all that were there from the first version of the API are sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MerchantPatch {
    /// The shop's name.
    #[garde(custom(validate::name))]
    pub name: String,
    /// ISO 4217 code.
    #[garde(custom(validate::currency))]
    pub currency: String,
    /// IANA zone. Days of orders already read are worked out anew.
    #[garde(custom(validate::time_zone))]
    pub time_zone: String,
    /// ISO weekday, 1 is Monday.
    #[garde(custom(validate::weekday))]
    pub week_start: u32,
    /// Month in which its fiscal years begin, 1 is January. Left out, it stays as it is.
    #[serde(default)]
    #[garde(custom(validate::month))]
    pub fiscal_year_start: Option<u32>,
}

/// A member of the shop. Instants are milliseconds since 1970-01-01 UTC, everywhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberSummary {
    /// The person.
    pub user_id: UserId,
    /// Their e-mail address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// Since when.
    pub joined_at: i64,
    /// The store they belong to, which boards may be locked to.
    #[serde(default)]
    pub store: Option<String>,
}

/// An invitation to be made.
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewInvitation {
    /// Whom to invite.
    #[garde(custom(validate::email))]
    pub email: String,
    /// The role they get.
    #[garde(skip)]
    pub role: Role,
}

/// An open invitation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationSummary {
    /// Its id.
    pub id: InvitationId,
    /// Who was invited.
    pub email: String,
    /// The role they get.
    pub role: Role,
    /// When the link stops working.
    pub expires_at: i64,
}

/// A made invitation; the link is shown once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedInvitation {
    /// The invitation.
    pub invitation: InvitationSummary,
    /// The link, absolute.
    pub link: String,
}

/// What an invited person sees before they accept.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationPreview {
    /// The shop that invites.
    pub merchant_name: String,
    /// The invited address.
    pub email: String,
    /// The role they get.
    pub role: Role,
    /// Whether the address has an account already, so that its password is asked for instead of a new one.
    pub has_account: bool,
}

/// Accepting an invitation.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AcceptInvitation {
    /// The token of the link.
    #[garde(length(min = 1, max = 200))]
    pub token: String,
    /// A new password, or the account's own.
    #[garde(custom(validate::password))]
    pub password: String,
}

/// A changed role.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleChange {
    /// The new role.
    pub role: Role,
}

/// The store that a member belongs to, which boards may be locked to.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreChange {
    /// Its name or number, spelt as the boards' tools spell it; `null` for none.
    #[garde(inner(custom(validate::name)))]
    pub store: Option<String>,
}

/// A changed password; the other sessions end.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordChange {
    /// The password until now.
    #[garde(length(min = 1, max = 256))]
    pub current_password: String,
    /// The password from now on.
    #[garde(custom(validate::password))]
    pub new_password: String,
}

/// Asking for a reset link.
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ForgotPassword {
    /// The account's address. The answer is the same whether it exists or not.
    #[garde(custom(validate::email))]
    pub email: String,
}

/// Using a reset link.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetPassword {
    /// The token of the link.
    #[garde(length(min = 1, max = 200))]
    pub token: String,
    /// The password from now on.
    #[garde(custom(validate::password))]
    pub password: String,
}

/// A signed-in device of one's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionSummary {
    /// Its id.
    pub id: SessionId,
    /// The browser's or program's own name of itself.
    pub user_agent: String,
    /// When it signed in.
    pub created_at: i64,
    /// When it last refreshed.
    pub last_used_at: i64,
    /// Whether this very request comes from it.
    pub is_current: bool,
}

/// An API key to be made.
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewApiKey {
    /// What it is for.
    #[garde(custom(validate::name))]
    pub name: String,
    /// What it may do; at most the maker's own role.
    #[garde(skip)]
    pub role: Role,
}

/// A key in a list; the secret is never shown again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKeySummary {
    /// Its id.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The first characters, to tell keys apart.
    pub prefix: String,
    /// When it was made.
    pub created_at: i64,
    /// When it was last used, to the minute.
    pub last_used_at: Option<i64>,
}

/// A made key.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedApiKey {
    /// The key as the list shows it.
    pub key: ApiKeySummary,
    /// The secret, shown once; sent as `Authorization: Bearer …`.
    pub secret: String,
}

/// A security-relevant event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// When.
    pub at: i64,
    /// Who: an address, a key's name, or empty for the program itself.
    pub actor: String,
    /// What, as a dotted word: `session.signed_in`, `member.role_changed`.
    pub action: String,
    /// To whom or what, in words.
    pub subject: String,
    /// From which network address.
    pub address: String,
}

// Passwords and tokens must never reach a log by way of `{:?}`.
macro_rules! debug_without_secrets {
    ($($name:ident),+) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        })+
    };
}

debug_without_secrets!(AcceptInvitation, PasswordChange, ResetPassword);

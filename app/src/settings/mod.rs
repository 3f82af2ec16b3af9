//! The shop's settings, its members, keys and records.

mod api;
mod api_keys_page;
mod audit_page;
mod confirm;
mod frame;
mod invitations;
mod members_page;
mod role_select;
mod security_page;
mod sessions;
mod shop_page;
mod store_input;
mod upload_mails;

pub use api::{
    ChangePassword, ChangeRole, ChangeStore, ChooseNotices, CreateApiKey, EndSession, GetNotices, Invite, ListApiKeys, ListAudit, ListInvitations,
    ListMembers, ListSessions, RemoveMember, RevokeApiKey, RevokeInvitation, SignOutEverywhere, UpdateMerchant,
};
pub use api_keys_page::ApiKeysPage;
pub use audit_page::AuditPage;
pub use frame::SettingsFrame;
pub use members_page::MembersPage;
pub use security_page::SecurityPage;
pub use shop_page::ShopPage;

pub(crate) use api::list_members;
pub(crate) use confirm::Confirm;
pub(crate) use role_select::capital;
use store_input::StoreInput;

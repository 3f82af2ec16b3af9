//! The JSON API: one file a capability, one use case an operation.

pub mod api_keys;
pub mod audit;
pub mod auth;
pub mod board_links;
pub mod board_tables;
pub mod boards;
pub mod dashboards;
pub mod docs;
pub mod document;
pub mod embeds;
pub mod invitations;
pub mod jobs;
pub mod mapping_trial;
pub mod me;
pub mod members;
pub mod notices;
pub mod order_schema;
pub mod orders;
pub mod quality;
pub mod query;
pub mod questions;
pub mod sessions;
pub mod table;
pub mod upload_cleaning;
pub mod upload_history;
pub(crate) mod uploads;

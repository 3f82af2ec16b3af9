//! The tables as Rust types, one file a table. Rows of a merchant are reached only through finders that take the merchant.
//!
//! `find`, `by_id`, `update` and `delete` stay within one merchant; what ends in `everywhere` crosses merchants and works only in system transactions.

pub mod ad_spend;
pub mod annotation;
pub mod api_key;
pub mod audit_event;
pub mod board;
pub mod board_favourite;
pub mod board_link;
pub mod board_version;
pub mod changed_month;
pub mod cron_slot;
pub mod customer;
pub mod embed;
pub mod embed_host;
pub mod embed_secret;
pub mod fact_claim;
pub mod inventory_level;
pub mod invitation;
pub mod job;
pub mod mail;
pub mod membership;
pub mod merchant;
pub mod money_movement;
pub mod order;
pub mod order_line;
pub mod password_reset;
pub mod product;
pub mod replaced_fact;
pub mod replaced_order;
pub mod request_key;
pub mod session;
pub mod source;
pub mod upload;
pub mod upload_issue;
pub mod user;

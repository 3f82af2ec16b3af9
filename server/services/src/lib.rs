//! The use cases, jobs and adapters. No HTTP and no HTML.
#![warn(missing_docs)]

pub mod accounts;
pub mod actor;
pub mod analytics;
pub mod clock;
pub mod config;
pub mod context;
pub mod dashboards;
pub mod db;
pub mod demo;
pub mod embeds;
pub mod error;
pub mod jobs;
pub mod keys;
pub mod kv;
pub mod mail;
pub mod random;
pub mod sources;

pub use actor::Actor;
pub use context::Services;
pub use error::{Result, ServiceError};

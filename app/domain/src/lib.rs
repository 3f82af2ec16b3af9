//! The business's words: types and validation shared by browser and server. No I/O, no clock, no randomness.
#![warn(missing_docs)]

pub mod accounts;
pub mod analysis;
pub mod charts;
pub mod countries;
pub mod currency;
pub mod dashboards;
pub mod day;
pub mod embeds;
pub mod error;
pub mod facing;
pub mod format;
pub mod grain;
pub mod ids;
pub mod jobs;
pub mod money;
pub mod places;
pub mod question;
pub mod range;
pub mod regions;
pub mod role;
pub mod semantic;
pub mod sources;
pub mod validate;

pub use currency::Currency;
pub use day::Day;
pub use error::{AppError, ErrorKind, FieldError};
pub use money::Money;
pub use role::{Permission, Role};

//! Background work.

mod api;
mod page;

pub use api::{CancelJob, ListJobs, RetryJob};
pub use page::JobsPage;

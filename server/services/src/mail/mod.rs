//! Mail: an outbox in the database, filled in the transaction of what it tells of, delivered by a job.

mod deliver;
pub mod letters;
mod message;
mod outbox;
mod upload_letter;

pub use deliver::{DeliveryError, deliver};
pub use outbox::{NewMail, send, send_with_issues};

//! Mail: an outbox in the database, filled in the transaction of what it tells of, delivered by a job.

mod deliver;
pub mod letters;
mod message;
mod outbox;

pub use deliver::{DeliveryError, deliver};
pub use outbox::{NewMail, send};

//! Putting a mail into the outbox.

use domain::ids::MerchantId;
use entity::mail;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use crate::db::Tx;
use crate::jobs::{self, JobKind, NewJob};
use crate::{Result, Services};

/// A server that is away for long (greylisting, a weekend) is tried this often.
const ATTEMPTS: i32 = 12;

/// A mail to be sent. The body is plain text; paragraphs are parted by empty lines, a link stands in a paragraph of its own.
pub struct NewMail {
    /// Whose mail it is; `None` for what concerns a person and no shop.
    pub merchant_id: Option<MerchantId>,
    /// To whom.
    pub to: String,
    /// What about, on one line.
    pub subject: String,
    /// What it says.
    pub body: String,
}

/// Sends a mail if the transaction lasts. Call [`Services::wake_workers`] after its commit.
pub async fn send(tx: &Tx, services: &Services, new: NewMail) -> Result<()> {
    send_with_issues(tx, services, new, None).await
}

/// The same with an upload's rejected rows as a file, made when the mail leaves.
pub async fn send_with_issues(tx: &Tx, services: &Services, new: NewMail, issues_of: Option<Uuid>) -> Result<()> {
    let now = services.clock.now_ms();
    let row = mail::Model {
        id: services.random.uuid_v7(now),
        merchant_id: new.merchant_id.map(|id| id.0),
        to_address: new.to,
        subject: new.subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect(),
        body: new.body,
        state: "queued".to_owned(),
        attempts: 0,
        last_error: None,
        created_at: now,
        sent_at: None,
        issues_of,
    };
    let job = NewJob {
        merchant_id: new.merchant_id,
        kind: JobKind::SendMail,
        payload: json!({ "mail_id": row.id }),
        dedup_key: None,
        run_at: None,
        max_attempts: ATTEMPTS,
    };
    mail::Entity::insert(row.into_active_model()).exec_without_returning(&**tx).await?;
    jobs::enqueue(tx, services, job).await?;
    Ok(())
}

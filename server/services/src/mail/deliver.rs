//! Delivering a mail: by SMTP where it is configured, otherwise as a file that a person can open.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use domain::AppError;
use domain::ids::{MerchantId, UploadId};
use entity::mail::{self, Column};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::message::{self, Way};
use super::upload_letter::ROWS_ATTACHED;
use crate::{Result, ServiceError, Services};

/// A mail server that takes longer counts as away.
const SMTP_PATIENCE: Duration = Duration::from_secs(30);

/// Why a mail did not leave.
#[derive(Debug)]
pub enum DeliveryError {
    /// Another try may help.
    Later(ServiceError),
    /// No try will help; the sentence says why.
    Never(String),
}

impl<E: Into<ServiceError>> From<E> for DeliveryError {
    fn from(error: E) -> Self {
        Self::Later(error.into())
    }
}

/// Delivers a mail. Sent already, it does nothing: the job may run twice. A dead one is tried again, because a person asked for it.
pub async fn deliver(services: &Services, mail_id: Uuid) -> std::result::Result<(), DeliveryError> {
    let row = {
        let tx = services.db.system_read().await?;
        mail::everywhere().filter(Column::Id.eq(mail_id)).one(&*tx).await?.ok_or_else(|| AppError::not_found("mail"))?
    };
    if row.state == "sent" {
        return Ok(());
    }
    let way = if services.config.smtp_url.is_some() { Way::Server } else { Way::File };
    let outcome = match message::build(&row, &services.config.mail_from, way, table(services, &row).await?) {
        Ok(message) => hand_over(services, &row, message).await,
        Err(error) => Err(DeliveryError::Never(format!("{error:#}"))),
    };
    note(services, mail_id, &outcome).await?;
    outcome
}

/// The rejected rows that go with it.
async fn table(services: &Services, row: &mail::Model) -> Result<Option<String>> {
    let (Some(merchant), Some(upload)) = (row.merchant_id, row.issues_of) else { return Ok(None) };
    crate::sources::first_issues(services, MerchantId(merchant), UploadId(upload), ROWS_ATTACHED).await.map(Some)
}

async fn hand_over(services: &Services, row: &mail::Model, message: Message) -> std::result::Result<(), DeliveryError> {
    let Some(url) = &services.config.smtp_url else {
        let (folder, name) = (services.config.data_dir.join("mail"), format!("{}-{}.eml", row.created_at, row.id.simple()));
        let written = tokio::task::spawn_blocking(move || write_file(&folder, &name, &message.formatted())).await;
        return Ok(written.map_err(anyhow::Error::from)??);
    };
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| DeliveryError::Never("SMTP_URL cannot be read".to_owned()))?;
    match transport.timeout(Some(SMTP_PATIENCE)).build().send(message).await {
        Ok(_) => Ok(()),
        Err(error) if error.is_permanent() => Err(DeliveryError::Never("the mail server refuses this mail for good".to_owned())),
        // Its words may name the receiver, and this goes to the log.
        Err(error) => Err(anyhow::anyhow!("the mail server did not take a mail: {:?}", error.status()).into()),
    }
}

/// Beside and then renamed: a file that is there is whole. Links in it open doors, so only its owner reads it.
fn write_file(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let beside = folder.join(format!(".{name}"));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(beside, folder.join(name))
}

/// The body, with its link, is blanked once it has left.
async fn note(services: &Services, mail_id: Uuid, outcome: &std::result::Result<(), DeliveryError>) -> Result<()> {
    let tx = services.db.system_write().await?;
    let this = mail::update_everywhere().filter(Column::Id.eq(mail_id)).col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1));
    let this = match outcome {
        Ok(()) => this
            .col_expr(Column::State, Expr::value("sent"))
            .col_expr(Column::Body, Expr::value(""))
            .col_expr(Column::LastError, Expr::value(None::<String>))
            .col_expr(Column::SentAt, Expr::value(services.clock.now_ms())),
        Err(DeliveryError::Later(_)) => this.col_expr(Column::LastError, Expr::value("the mail server did not take it; it is tried again")),
        Err(DeliveryError::Never(why)) => this.col_expr(Column::State, Expr::value("dead")).col_expr(Column::LastError, Expr::value(why.as_str())),
    };
    this.exec(&*tx).await?;
    tx.commit().await
}

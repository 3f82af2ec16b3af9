//! Taking a file in: streamed to disk, hashed on the way, then its row and its job in one transaction.

use super::list_uploads::summary;
use super::origin::Origin;
use super::request_keys::{self, RequestKey};
use super::{names, notices};
use crate::actor::Actor;
use crate::context::Services;
use crate::db::Tx;
use crate::error::Result;
use crate::jobs::{JobKind, NewJob, enqueue};
use domain::ids::UploadId;
use domain::sources::{Channel, Mapping, UploadMode, UploadStatus, UploadSummary, too_large};
use domain::{AppError, ErrorKind, Permission};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use tokio::fs;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

/// A file that is streaming in. Dropped before [`UploadWriter::finish`], it leaves nothing behind.
pub struct UploadWriter {
    services: Services,
    actor: Actor,
    id: Uuid,
    file_name: String,
    source_name: Option<String>,
    request_key: Option<String>,
    mode: UploadMode,
    origin: Origin,
    channel: Channel,
    part: Part,
    file: fs::File,
    hash: Sha256,
    bytes: u64,
}

/// A file on disk that is removed when dropped, unless it is kept.
struct Part(Option<PathBuf>);

impl Drop for Part {
    fn drop(&mut self) {
        if let Some(path) = self.0.take()
            && let Err(error) = std::fs::remove_file(&path)
        {
            tracing::debug!(error = %error, "an unfinished upload could not be removed; the clean-up will");
        }
    }
}

impl UploadWriter {
    /// Begins an upload: who may, and a file of our own name for it.
    pub async fn create(services: &Services, actor: &Actor, file_name: &str, source_name: Option<String>) -> Result<Self> {
        actor.require(Permission::AddData)?;
        let source_name = names::source_name(source_name)?;
        let id = services.random.uuid_v7(services.clock.now_ms());
        let folder = names::uploads_folder(services);
        fs::create_dir_all(&folder).await.map_err(full_or_broken)?;
        let path = folder.join(names::part_name(id));
        let file = fs::OpenOptions::new().write(true).create_new(true).open(&path).await.map_err(full_or_broken)?;
        let (services, actor, origin) = (services.clone(), actor.clone(), Origin::of_file_by(actor));
        let file_name = names::shown_name(file_name);
        Ok(Self {
            services,
            actor,
            id,
            file_name,
            source_name,
            request_key: None,
            mode: UploadMode::default(),
            origin,
            channel: Channel::Online,
            part: Part(Some(path)),
            file,
            hash: Sha256::new(),
            bytes: 0,
        })
    }

    /// The same file under the same key is the same upload: a client that heard no answer may ask again.
    pub fn with_request_key(mut self, key: Option<&str>) -> Result<Self> {
        self.request_key = key.map(request_keys::checked).transpose()?;
        Ok(self)
    }

    /// What the file does to what is there.
    #[must_use]
    pub fn with_mode(mut self, mode: UploadMode) -> Self {
        self.mode = mode;
        self
    }

    /// How the file came, where the program itself took it.
    #[must_use]
    pub(super) fn with_origin(mut self, origin: Option<Origin>) -> Self {
        self.origin = origin.unwrap_or(self.origin);
        self
    }

    /// It holds orders as JSON, one a line, made in a channel.
    #[must_use]
    pub(super) fn of_orders(mut self, channel: Channel) -> Self {
        (self.origin, self.channel) = (Origin::Orders, channel);
        self
    }

    /// What is said beforehand of how it is read.
    fn mapping(&self) -> Result<Option<String>> {
        let said = Mapping { channel: self.channel, ..Mapping::default() };
        Ok(if self.origin == Origin::Orders { Some(serde_json::to_string(&said)?) } else { None })
    }

    /// Takes the next bytes.
    pub async fn write(&mut self, chunk: &[u8]) -> Result<()> {
        self.bytes += chunk.len() as u64;
        let most = self.services.config.upload_max_bytes;
        if self.bytes > most {
            return Err(too_large(most).into());
        }
        self.hash.update(chunk);
        self.file.write_all(chunk).await.map_err(full_or_broken)
    }

    /// Makes the file last and asks for it to be read.
    pub async fn finish(self) -> Result<UploadSummary> {
        let services = self.services.clone();
        let upload = self.keep().await?;
        services.wake_workers();
        Ok(upload)
    }

    /// The same without waking anybody: who asks for it reads it at once.
    pub(super) async fn keep(mut self) -> Result<UploadSummary> {
        self.file.flush().await.map_err(full_or_broken)?;
        self.file.sync_all().await.map_err(full_or_broken)?;
        let part = self.part.0.clone().expect("the file is kept only here");
        let kept = names::uploads_folder(&self.services).join(names::stored_name(self.id));
        fs::rename(&part, &kept).await.map_err(full_or_broken)?;
        self.part.0 = Some(kept.clone());
        sync_folder(&kept).await.map_err(full_or_broken)?;
        let upload = match self.record().await? {
            Recorded::Before(known) => *known,
            Recorded::Ready(tx, upload) => self.commit(tx, *upload).await?,
        };
        Ok(summary(upload))
    }

    /// From here on the row may be there, also where nobody waits any more or no answer comes: the file stays, and what proves to be
    /// nobody's the clean-up removes a day later.
    async fn commit(&mut self, tx: Tx, upload: entity::upload::Model) -> Result<entity::upload::Model> {
        self.part.0 = None;
        let Err(error) = tx.commit().await else { return Ok(upload) };
        let tx = self.services.db.read(self.actor.merchant_id).await?;
        let is_there = entity::upload::by_id(self.actor.merchant_id, UploadId(self.id)).one(&*tx).await?.is_some();
        // Where it is not there, it may yet come: the database may not have heard of the broken connection.
        if is_there { Ok(upload) } else { Err(error) }
    }

    /// What a request's key stands for: the file's content, its name, its source's, what it does and where its orders were made.
    fn body_hash(&self) -> Vec<u8> {
        let mut hash = self.hash.clone();
        let mode = Some(self.mode.as_str()).filter(|_| self.mode != UploadMode::default());
        let channel = (self.channel != Channel::Online).then_some("offline");
        for text in [Some(self.file_name.as_str()), self.source_name.as_deref(), mode, channel].into_iter().flatten() {
            hash.update([0]);
            hash.update(text.as_bytes());
        }
        hash.finalize().to_vec()
    }

    async fn record(&self) -> Result<Recorded> {
        let (services, merchant) = (&self.services, self.actor.merchant_id);
        let tx = services.db.write(merchant).await?;
        if let Some(key) = &self.request_key {
            let key = RequestKey { key: key.clone(), body_hash: self.body_hash() };
            if let Some(known) = request_keys::claim(&tx, services, &self.actor, &key, UploadId(self.id)).await? {
                return Ok(Recorded::Before(Box::new(known)));
            }
        }
        let job = NewJob::process_upload(merchant, self.id);
        let job_id = enqueue(&tx, services, job).await?;
        let upload = entity::upload::Model {
            id: self.id,
            file_name: self.file_name.clone(),
            stored_name: names::stored_name(self.id),
            bytes: i64::try_from(self.bytes).unwrap_or(i64::MAX),
            sha256: self.hash.clone().finalize().to_vec(),
            source_name: self.source_name.clone(),
            uploaded_by: self.actor.name.clone(),
            mode: self.mode.as_str().to_owned(),
            origin: self.origin.as_str().to_owned(),
            mapping: self.mapping()?,
            user_id: notices::who_hears(&tx, &self.actor).await?,
            job_id: Some(job_id.0),
            created_at: services.clock.now_ms(),
            ..blank(merchant)
        };
        entity::upload::Entity::insert(active(upload.clone())).exec_without_returning(&*tx).await?;
        Ok(Recorded::Ready(tx, Box::new(upload)))
    }
}

/// What became of a row.
enum Recorded {
    /// The same request was heard before.
    Before(Box<entity::upload::Model>),
    /// Written, and not yet committed.
    Ready(Tx, Box<entity::upload::Model>),
}

impl NewJob {
    /// The job that reads an upload.
    pub(super) fn process_upload(merchant: domain::ids::MerchantId, upload: Uuid) -> Self {
        Self {
            merchant_id: Some(merchant),
            kind: JobKind::ProcessUpload,
            payload: serde_json::json!({ "upload_id": upload }),
            dedup_key: Some(format!("upload:{upload}")),
            run_at: None,
            max_attempts: 8,
        }
    }
}

/// An upload of which nothing is known yet.
pub(crate) fn blank(merchant: domain::ids::MerchantId) -> entity::upload::Model {
    entity::upload::Model {
        merchant_id: merchant.0,
        id: Uuid::nil(),
        status: UploadStatus::Queued.as_str().to_owned(),
        file_name: String::new(),
        stored_name: String::new(),
        bytes: 0,
        sha256: Vec::new(),
        source_id: None,
        source_name: None,
        vendor: None,
        mapping: None,
        remarks: "[]".to_owned(),
        rows_total: 0,
        rows_accepted: 0,
        rows_rejected: 0,
        rows_duplicate: 0,
        orders_new: 0,
        orders_updated: 0,
        first_day: None,
        last_day: None,
        net_sales: "[]".to_owned(),
        progress: 0,
        error: None,
        uploaded_by: String::new(),
        job_id: None,
        created_at: 0,
        finished_at: None,
        kind: "orders".to_owned(),
        mode: "upsert".to_owned(),
        cleaning: "[]".to_owned(),
        quality: None,
        sequence: None,
        origin: Origin::File.as_str().to_owned(),
        user_id: None,
    }
}

/// A row to be inserted, every column set.
pub(crate) fn active(upload: entity::upload::Model) -> entity::upload::ActiveModel {
    upload.into_active_model().reset_all()
}

/// A renamed file lasts only when its folder is synced too.
async fn sync_folder(file: &Path) -> std::io::Result<()> {
    match file.parent() {
        Some(folder) => fs::File::open(folder).await?.sync_all().await,
        None => Ok(()),
    }
}

/// A full disk is something an operator can mend; anything else is ours.
fn full_or_broken(error: std::io::Error) -> crate::error::ServiceError {
    if crate::error::is_disk_full(&error) {
        return AppError::new(ErrorKind::Unavailable, "the server's disk is full, so the file was not kept; free some space and upload it again")
            .into();
    }
    error.into()
}

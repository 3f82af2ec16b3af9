//! What the columns mean: as a person said for this upload, as it was remembered for this header, or as the header tells.

use super::Stop;
use super::discounts::{Looking, read_discounts};
use super::open::Inspected;
use super::readings::{Readings, ask_of, settle_readings};
use crate::db::Tx;
use crate::error::Result;
use crate::jobs::{JobContext, JobError, Outcome};
use crate::sources::NewSource;
use domain::ids::MerchantId;
use domain::sources::{ColumnMeaning, Mapping, UploadStatus};
use engine::ingestion::{Discounts, Recognition, columns_read, price_doubt};
use entity::upload::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

/// An upload whose columns are understood.
pub(super) struct Known {
    pub(super) inspected: Inspected,
    pub(super) mapping: Mapping,
    pub(super) source: NewSource,
    pub(super) remarks: Vec<String>,
}

/// What a person is asked to do where nothing is missing.
const CONFIRM: &str = "Look at what each column was taken for, and confirm it.";

/// Whether a person must help.
pub(super) enum Recognised {
    Known(Box<Known>),
    /// The sentence that asks.
    NeedsMapping(String),
}

/// Finds out what the columns mean.
pub(super) async fn recognise(context: &JobContext, inspected: Inspected) -> Result<Recognised, Stop> {
    let upload = &inspected.opened.upload;
    let recognition = engine::ingestion::recognise(&inspected.inspection.headers);
    let confirmed: Option<Mapping> = upload.mapping.as_deref().and_then(|json| serde_json::from_str(json).ok());
    let merchant = MerchantId(upload.merchant_id);
    let tx = context.services.db.read(merchant).await.map_err(JobError::retry)?;
    let own_key = own_key(&recognition.source_key, upload.source_name.as_deref());
    let remembered = remembered(&tx, merchant, &own_key, &inspected.inspection.headers).await.map_err(JobError::retry)?;
    drop(tx);
    let by_hand = confirmed.or(remembered);
    let Some(mapping) = by_hand.clone().or_else(|| recognition.mapping.clone()) else {
        return Ok(Recognised::NeedsMapping(question(&recognition)));
    };
    let missing = mapping.missing();
    // What was confirmed long ago may leave open what is asked today.
    if upload.mapping.is_none() && !missing.is_empty() {
        return Ok(Recognised::NeedsMapping(ask_of_remembered(&missing)));
    }
    let is_by_names = by_hand.is_none() && recognition.vendor.is_none();
    if let Some(doubt) = price_doubt(&inspected.inspection, &mapping).filter(|_| is_by_names) {
        return Ok(Recognised::NeedsMapping(format!("The columns were not recognised as any shop's. {doubt} {CONFIRM}")));
    }
    let (mapping, by_readings) = match settle_readings(context, &inspected, &recognition, mapping).await? {
        Readings::Known(mapping, remarks) => (mapping, remarks),
        Readings::Asked(question) => return Ok(Recognised::NeedsMapping(question)),
    };
    let discounts = find_discounts(context, &inspected, &mapping).await?;
    // What is doubtful is not taken off unless somebody maps it. A remembered mapping that says how discounts are written goes on as before.
    let is_settled = |found: &Discounts| if by_hand.is_some() { mapping.discount_as.is_some() } else { found.is_doubtful };
    let open = discounts.as_ref().filter(|found| !is_settled(found)).and_then(|found| found.questions.first());
    if let Some(asked) = open.filter(|_| upload.mapping.is_none()) {
        return Ok(Recognised::NeedsMapping(ask_of(asked)));
    }
    let is_answered = open.is_none();
    let (mapping, by_discounts) = settle(mapping, discounts, by_hand.is_some());
    let mut remarks = recognition.remarks.clone();
    if is_by_names && !by_discounts.is_empty() {
        remarks = vec![columns_read(&mapping)];
    }
    if by_hand.is_some() && upload.mapping.is_none() {
        remarks = vec!["The columns were read as you mapped them for an earlier file of this shape.".to_owned()];
    } else if by_hand.is_some() {
        let next = if is_answered { "the next file of this shape will be read so too" } else { "what is open will be asked of the next file, too" };
        remarks = vec![format!("The columns were read as you mapped them; {next}.")];
    }
    remarks.extend(by_readings.into_iter().chain(by_discounts));
    remarks.extend(inspected.remarks.iter().cloned());
    let source = NewSource {
        key: own_key,
        name: upload.source_name.clone().unwrap_or_else(|| recognition.source_name.clone()),
        vendor: recognition.vendor.map(str::to_owned),
        channel: mapping.channel,
        mapping: by_hand,
    };
    Ok(Recognised::Known(Box::new(Known { inspected, mapping, source, remarks })))
}

/// What the whole file tells of its discounts.
async fn find_discounts(context: &JobContext, inspected: &Inspected, mapping: &Mapping) -> Result<Option<Discounts>, Stop> {
    let (path, inspection, mapping) = (inspected.opened.path.clone(), inspected.inspection.clone(), mapping.clone());
    let (upload_max_bytes, pulse) = (context.services.config.upload_max_bytes, context.pulse.clone());
    let work = tokio::task::spawn_blocking(move || {
        let looking = Looking { path: &path, upload_max_bytes, most_bytes: u64::MAX, is_wanted: &|| pulse.check().is_ok() };
        read_discounts(&looking, &inspection, &mapping)
    });
    let found = work.await.map_err(|error| JobError::retry(anyhow::Error::from(error)))?;
    context.pulse.check()?;
    Ok(found)
}

/// The mapping with how discounts are read, and what is to be said about it. What nobody confirmed is not taken off on a doubt.
fn settle(mapping: Mapping, found: Option<Discounts>, is_by_hand: bool) -> (Mapping, Vec<String>) {
    match found {
        None => (mapping, Vec::new()),
        Some(found) if found.is_doubtful && !is_by_hand => {
            let mut mapping = mapping;
            mapping.columns.remove(&ColumnMeaning::LineDiscount);
            let column = found.column;
            let sentence = format!(
                "Nothing tells whether the amounts in “{column}” are discounts of the line or of the whole order, or percents: they were not taken off. Map the columns to say what they are."
            );
            (mapping, vec![sentence])
        }
        Some(found) => (found.mapping, found.remarks),
    }
}

fn ask_of_remembered(missing: &[&str]) -> String {
    format!("As you mapped the columns for an earlier file of this shape, this is open: {}. Say it, and the file is read.", missing.join("; "))
}

/// A source that a person named is told apart from others of the same shape.
pub(in crate::sources) fn own_key(shape: &str, name: Option<&str>) -> String {
    name.map_or_else(|| shape.to_owned(), |name| format!("{shape}/{}", name.to_lowercase()))
}

/// What the keys of all sources of a shape begin with.
fn shape_of(key: &str) -> &str {
    key.split_once('/').map_or(key, |(shape, _)| shape)
}

/// The mapping that a person confirmed for a source, or else for files of its shape under another name, if the file has its columns: a vendor's
/// files of several generations are one source.
pub(in crate::sources) async fn remembered(tx: &Tx, merchant: MerchantId, key: &str, headers: &[String]) -> Result<Option<Mapping>> {
    use entity::source::Column as SourceColumn;
    let sources = entity::source::find(merchant).filter(SourceColumn::Mapping.is_not_null()).all(&**tx).await?;
    let mut of_shape: Vec<_> = sources.into_iter().filter(|source| shape_of(&source.key) == shape_of(key)).collect();
    of_shape.sort_by_key(|source| (source.key != key, std::cmp::Reverse(source.id)));
    let mut mappings = of_shape.into_iter().filter_map(|source| serde_json::from_str::<Mapping>(source.mapping.as_deref()?).ok());
    Ok(mappings.find(|mapping| mapping.headers().all(|header| headers.contains(header))))
}

/// What a person is asked.
fn question(asked: &Recognition) -> String {
    let because: String = asked.reasons.iter().map(|reason| format!(" {}", reason.sentence)).collect();
    if asked.missing.is_empty() {
        return format!("The columns were not recognised as any shop's.{because} {CONFIRM}");
    }
    format!("The columns were not recognised: {} could not be found.{because} Say yourself which column is what.", asked.missing.join(", "))
}

/// Lays the upload aside until a person says what its columns mean.
pub(super) async fn ask(context: &JobContext, question: &str) -> Result<Outcome, Stop> {
    let remarks = serde_json::json!([question]).to_string();
    let tx = context.services.db.write(context.merchant_id()?).await.map_err(JobError::retry)?;
    context.hold(&tx).await?;
    entity::upload::update(context.merchant_id()?)
        .filter(Column::Id.eq(context.id("upload_id")?))
        .col_expr(Column::Status, Expr::value(UploadStatus::NeedsMapping.as_str()))
        .col_expr(Column::Remarks, Expr::value(remarks))
        .col_expr(Column::Progress, Expr::value(0))
        .exec(&*tx)
        .await
        .map_err(JobError::retry)?;
    let (merchant, upload) = (context.merchant_id()?, context.id("upload_id")?);
    crate::sources::tell(&tx, &context.services, merchant, upload).await.map_err(JobError::retry)?;
    context.close(&tx).await?;
    tx.commit().await.map_err(JobError::retry)?;
    context.services.wake_workers();
    Ok(Outcome::Closed)
}

//! The whole file, row by row: lines grouped by order, issues kept. Read again when the file shows only later how its dates and amounts are written.

use super::Stop;
use super::grouping::Grouping;
use super::issues::Issues;
use super::recognise::Known;
use crate::jobs::{JobContext, JobError, Pulse};
use crate::sources::records::{FactSpool, month_of};
use crate::sources::spool::Spool;
use crate::sources::unpack::{self, Reading};
use crate::sources::{NewSource, OrderBook, SalesLine, Stated, names};
use domain::format::{agreeing, counted};
use domain::sources::{FileKind, Mapping};
use engine::ingestion::{
    CleaningKind, CleaningLog, EmptyCells, Inspection, LineReader, ParsedLine, QualityWatch, ReadContext, RecordBatch, Splitter, StatedValues,
};
use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{self, JoinHandle};

/// Up to this size a file's orders are grouped in memory; a file whose orders turn out to take more is read again with a spool.
const IN_MEMORY_BYTES: u64 = 96 << 20;
/// How much of a file one partition holds.
const PARTITION_BYTES: u64 = 24 << 20;
const MOST_PARTITIONS: u64 = 256;
/// For a file that turned out too large for memory: packed a hundredfold, say.
const PARTITIONS_AFTER_ALL: usize = 64;
/// One assumption, one mending of dates or amounts, one switch to a spool, and one to spare.
const MOST_PASSES: usize = 4;
/// So many batches of records may wait to be read.
const BATCHES_AHEAD: usize = 4;
/// Reading is this much of the way; storing is the rest.
const READ_PERCENT: u64 = 70;
pub(super) const LOOK_EVERY_ROWS: i64 = 4_096;

/// A file that was read to its end.
pub(in crate::sources) struct SalesFile {
    pub(super) upload: entity::upload::Model,
    pub(super) source: NewSource,
    pub(super) sales: Sales,
    pub(super) issues: Issues,
    /// Rows that are lines of an order.
    pub(super) rows_read: i64,
    pub(super) remarks: Vec<String>,
    /// What the rows tell of their own quality, until the report is made.
    pub(super) quality: Option<Box<QualityWatch>>,
    pub(super) kind: FileKind,
    /// What was cleaned while it was read.
    pub(super) cleaning: CleaningLog,
    /// The zone in which its days were read.
    pub(super) time_zone: String,
    /// Removed when the file is stored or given up.
    pub(super) _workplace: Workplace,
}

/// The file's lines, grouped or ready to be.
pub(super) enum Sales {
    InMemory(Box<OrderBook>),
    Spooled(Spool),
    /// What files of other kinds bring.
    Facts(FactSpool),
}

/// A folder of this attempt alone; removed when dropped.
pub(super) struct Workplace(pub(super) PathBuf);

impl Drop for Workplace {
    fn drop(&mut self) {
        if self.0.exists()
            && let Err(error) = std::fs::remove_dir_all(&self.0)
        {
            tracing::debug!(error = %error, "an import's folder could not be removed; the clean-up will");
        }
    }
}

/// Reads the file.
pub(super) async fn read(context: &JobContext, known: Box<Known>) -> Result<Box<SalesFile>, Stop> {
    let workplace = Workplace(names::work_folder(&context.services).join(context.attempt_name()));
    let (pulse, upload_max_bytes) = (context.pulse.clone(), context.services.config.upload_max_bytes);
    let work = tokio::task::spawn_blocking(move || read_file(*known, workplace, upload_max_bytes, &pulse));
    work.await.map_err(|error| JobError::retry(anyhow::Error::from(error)))?
}

/// How one pass over the file is made.
pub(super) struct Pass<'a> {
    pub(super) path: PathBuf,
    size: u64,
    pub(super) upload_max_bytes: u64,
    pub(super) inspection: &'a Inspection,
    pub(super) mapping: Mapping,
    pub(super) context: ReadContext,
    partitions: usize,
    pub(super) folder: PathBuf,
    pulse: &'a Pulse,
}

/// What came of a pass.
pub(super) struct Passed {
    pub(super) sales: Sales,
    pub(super) issues: Issues,
    pub(super) rows_read: i64,
    pub(super) cleaning: CleaningLog,
    /// Absent for files without lines of orders.
    pub(super) quality: Option<Box<QualityWatch>>,
    pub(super) evidence: engine::ingestion::Evidence,
}

fn read_file(known: Known, workplace: Workplace, upload_max_bytes: u64, pulse: &Pulse) -> Result<Box<SalesFile>, Stop> {
    let Known { inspected, mapping, source, mut remarks } = known;
    let opened = &inspected.opened;
    let size = std::fs::metadata(&opened.path).map_err(JobError::retry)?.len();
    let mut pass = Pass {
        path: opened.path.clone(),
        size,
        upload_max_bytes,
        inspection: &inspected.inspection,
        mapping,
        context: read_context(&opened.merchant)?,
        partitions: partitions(inspected.text_bytes),
        folder: workplace.0.clone(),
        pulse,
    };
    for number in 0..MOST_PASSES {
        pass.folder = workplace.0.join(number.to_string());
        let passed = if pass.mapping.kind == FileKind::Orders { pass.run()? } else { pass.run_records()? };
        let Some(passed) = passed else {
            pass.partitions = PARTITIONS_AFTER_ALL;
            continue;
        };
        if let Some(mended) = passed.evidence.reread_with {
            pass.mapping = mended;
            continue;
        }
        remarks.extend(passed.evidence.remarks);
        let cancelled = passed.cleaning.changed(CleaningKind::CancelledOrders);
        if cancelled > 0 {
            let (orders, they) = (counted(cancelled, "order is", "orders are"), agreeing(cancelled, "it stays an order", "they stay orders"));
            remarks.push(format!("{orders} marked as cancelled in the file; {they}, and what is left of the amounts counts as returns."));
        }
        let returned = passed.cleaning.changed(CleaningKind::ReturnedRows);
        if returned > 0 {
            let (rows, they) = (counted(returned, "row is", "rows are"), agreeing(returned, "it counts", "they count"));
            let theirs = agreeing(returned, "its order", "their orders");
            remarks.push(format!(
                "{rows} marked as returned in the file; {they} as sold and as given back, on the day of {theirs} unless a file of refunds tells another."
            ));
        }
        let (sales, issues, rows_read) = (passed.sales, passed.issues, passed.rows_read);
        let (upload, time_zone) = (inspected.opened.upload, inspected.opened.merchant.time_zone);
        let (quality, kind, cleaning) = (passed.quality, pass.mapping.kind, passed.cleaning);
        let file = SalesFile { upload, source, sales, issues, rows_read, remarks, quality, kind, cleaning, time_zone, _workplace: workplace };
        return if file.rows_read == 0 { Err(Stop::NoSales(Box::new(file))) } else { Ok(Box::new(file)) };
    }
    Err(Stop::File("the file's dates and amounts contradict each other; map its columns by hand and say how they are written".to_owned()))
}

pub(in crate::sources) fn read_context(merchant: &entity::merchant::Model) -> Result<ReadContext, JobError> {
    let currency = merchant.currency.parse().map_err(JobError::fail)?;
    let time_zone = merchant.time_zone.parse().map_err(|_| JobError::fail(format!("the shop's time zone {} is unknown", merchant.time_zone)))?;
    Ok(ReadContext { currency, time_zone })
}

/// One partition is memory itself.
fn partitions(bytes: u64) -> usize {
    if bytes <= IN_MEMORY_BYTES { 1 } else { bytes.div_ceil(PARTITION_BYTES).min(MOST_PARTITIONS) as usize }
}

/// Orders that the file says were cancelled, each noted once.
#[derive(Default)]
struct Cancelled {
    orders: HashSet<u64>,
    log: CleaningLog,
}

impl Cancelled {
    fn see(&mut self, line: &ParsedLine<'_>) {
        if line.is_cancelled && self.orders.insert(xxhash_rust::xxh3::xxh3_64(line.order_number.as_bytes())) {
            self.log.note(CleaningKind::CancelledOrders, line.row_line, "", || (line.order_number.as_ref(), "cancelled"));
        }
    }
}

impl Pass<'_> {
    /// Reads all rows; `None` when they turn out too many for memory.
    fn run(&self) -> Result<Option<Passed>, Stop> {
        let (unpacked, reading) = unpack::open(&self.path).map_err(JobError::retry)?;
        let splitter = Splitter::new(unpacked.for_uploads_of(self.upload_max_bytes), self.inspection);
        let (batches, splitting) = split_ahead(splitter).map_err(JobError::retry)?;
        let lines = LineReader::of_batches(move || batches.recv().ok(), self.inspection, &self.mapping, self.context);
        let mut lines = lines.map_err(|problem| Stop::File(problem.to_string()))?;
        let mut sales = Lines::of(self.sales()?, QualityWatch::new(&self.mapping))?;
        let (mut issues, mut cancelled) = (Issues::new(self.folder.clone()), Cancelled::default());
        let (mut rows_read, mut cells) = (0, QualityWatch::new(&self.mapping));
        while let Some(row) = lines.next_line() {
            match row {
                Ok(line) => {
                    rows_read += 1;
                    cancelled.see(&line);
                    cells.cells(&line);
                    let mut sold = SalesLine::from(&line);
                    sold.stated = sold.stated.adding_up(self.mapping.order_values_add_up);
                    sales.add(&sold)?;
                }
                Err(issue) => {
                    cells.issue(&issue);
                    issues.add(&issue).map_err(JobError::retry)?;
                }
            }
            if (rows_read + issues.count()) % LOOK_EVERY_ROWS == 0 {
                self.look_around(&reading, rows_read + issues.count())?;
                if sales.is_too_large() {
                    return Ok(None);
                }
                if sales.has_refused() {
                    break;
                }
            }
        }
        if let Some(fault) = reading.fault() {
            return Err(Stop::File(fault));
        }
        if let Some(problem) = lines.failure() {
            splitting.join().map_err(|_| JobError::retry(anyhow::anyhow!("splitting the file into records broke off")))?;
            return Err(Stop::File(problem.to_string()));
        }
        issues.flush().map_err(JobError::retry)?;
        let (sales, quality) = sales.finish()?;
        let quality = Some(Box::new(quality.with_cells_of(cells)));
        let mut cleaning = lines.cleaning().clone();
        cleaning.merge(cancelled.log);
        Ok(Some(Passed { sales, issues, rows_read, cleaning, quality, evidence: lines.evidence() }))
    }

    /// Where the lines of orders go.
    pub(super) fn sales(&self) -> Result<Sales, JobError> {
        Ok(match self.partitions {
            1 => Sales::InMemory(Box::default()),
            many => Sales::Spooled(Spool::create(&self.folder.join("lines"), many).map_err(JobError::retry)?),
        })
    }

    pub(super) fn look_around(&self, reading: &Arc<Reading>, rows: i64) -> Result<(), JobError> {
        let percent = reading.taken() * READ_PERCENT / self.size.max(1);
        self.pulse.set_rows(rows);
        self.pulse.set_progress(i32::try_from(percent).unwrap_or_default());
        self.pulse.check()
    }
}

/// Splits a file on the other core, a few batches ahead of who reads them. It ends when nobody does.
fn split_ahead<R: Read + Send + 'static>(mut splitter: Splitter<R>) -> io::Result<(Receiver<RecordBatch>, JoinHandle<()>)> {
    let (batches, received) = sync_channel(BATCHES_AHEAD);
    let split = move || while splitter.next_batch().is_some_and(|batch| batches.send(batch).is_ok()) {};
    Ok((received, thread::Builder::new().name("splitting".to_owned()).spawn(split)?))
}

/// Where the lines go while a file is read, and what they tell of its quality.
enum Lines {
    Grouped(Grouping),
    Kept(Sales, Box<QualityWatch>),
}

impl Lines {
    fn of(sales: Sales, quality: QualityWatch) -> Result<Self, JobError> {
        match sales {
            Sales::InMemory(_) => Ok(Self::Grouped(Grouping::start(quality).map_err(JobError::retry)?)),
            kept => Ok(Self::Kept(kept, Box::new(quality))),
        }
    }

    fn add(&mut self, line: &SalesLine<'_>) -> Result<(), Stop> {
        match self {
            Self::Grouped(grouping) => grouping.add(line),
            Self::Kept(sales, quality) => {
                quality.line(&line.parsed());
                sales.add_line(line)?;
            }
        }
        Ok(())
    }

    fn is_too_large(&self) -> bool {
        matches!(self, Self::Grouped(grouping) if grouping.bytes() as u64 > IN_MEMORY_BYTES)
    }

    /// Whether reading on would be in vain; [`Self::finish`] says why.
    fn has_refused(&self) -> bool {
        matches!(self, Self::Grouped(grouping) if grouping.has_stopped())
    }

    fn finish(self) -> Result<(Sales, QualityWatch), Stop> {
        match self {
            Self::Grouped(grouping) => {
                let (book, quality) = grouping.finish()?;
                Ok((Sales::InMemory(Box::new(book)), quality))
            }
            Self::Kept(mut sales, quality) => {
                sales.flush().map_err(JobError::retry)?;
                Ok((sales, *quality))
            }
        }
    }
}

impl Sales {
    pub(super) fn add_line(&mut self, line: &SalesLine<'_>) -> Result<(), Stop> {
        match self {
            Self::InMemory(book) => Ok(book.add(line)?),
            Self::Spooled(spool) => spool.add(line),
            Self::Facts(_) => Err(JobError::fail("a line of an order came among facts of another kind").into()),
        }
    }

    pub(super) fn is_too_large(&self) -> bool {
        matches!(self, Self::InMemory(book) if book.bytes() as u64 > IN_MEMORY_BYTES)
    }

    pub(super) fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::InMemory(_) => Ok(()),
            Self::Facts(spool) => spool.flush(),
            Self::Spooled(spool) => spool.flush(),
        }
    }
}

impl<'a> SalesLine<'a> {
    /// The line as it was read, as far as its quality goes.
    pub(super) fn parsed(&self) -> ParsedLine<'a> {
        let text = |text: &'a str| (!text.is_empty()).then_some(Cow::Borrowed(text));
        ParsedLine {
            row_line: self.row_line,
            order_number: Cow::Borrowed(self.order_number),
            occurred_at_ms: self.occurred_at,
            day: self.day,
            month: month_of(self.day.0),
            hour: self.hour,
            sku: text(self.sku),
            title: text(self.title),
            quantity_milli: self.quantity_milli,
            unit_price_minor: self.unit_price_minor,
            amount_minor: self.amount_minor,
            discount_minor: self.discount_minor,
            currency: self.currency,
            country: self.country,
            city: text(self.city),
            customer_id: text(self.customer_id),
            customer_email: text(self.customer_email),
            customer_name: text(self.customer_name),
            stated_total_minor: self.stated_total_minor,
            stated: StatedValues::default(),
            is_cancelled: false,
            is_returned: false,
            empty: EmptyCells::default(),
        }
    }
}

impl<'a> From<&'a ParsedLine<'_>> for SalesLine<'a> {
    fn from(line: &'a ParsedLine<'_>) -> Self {
        Self {
            row_line: line.row_line,
            order_number: &line.order_number,
            occurred_at: line.occurred_at_ms,
            day: line.day,
            hour: line.hour,
            sku: line.sku.as_deref().unwrap_or_default(),
            title: line.title.as_deref().unwrap_or_default(),
            quantity_milli: line.quantity_milli,
            unit_price_minor: line.unit_price_minor,
            amount_minor: line.amount_minor,
            discount_minor: line.discount_minor,
            currency: line.currency,
            country: line.country,
            city: line.city.as_deref().unwrap_or_default(),
            customer_id: line.customer_id.as_deref().unwrap_or_default(),
            customer_email: line.customer_email.as_deref().unwrap_or_default(),
            customer_name: line.customer_name.as_deref().unwrap_or_default(),
            stated_total_minor: line.stated_total_minor,
            stated: Stated { is_cancelled: line.is_cancelled, is_returned: line.is_returned, ..Stated::from(&line.stated) },
        }
    }
}

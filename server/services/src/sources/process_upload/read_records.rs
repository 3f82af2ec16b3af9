//! A pass over a file that is no list of orders: each row becomes a fact in the spool, or a sale among the orders.

use super::Stop;
use super::fact_of::{FactMaker, Unfit};
use super::issues::Issues;
use super::read::{LOOK_EVERY_ROWS, Pass, Passed, Sales};
use super::sale_of::{Sale, refund_number};
use crate::jobs::JobError;
use crate::sources::records::{AdFact, Fact, FactSpool};
use crate::sources::unpack;
use domain::sources::FileKind;
use engine::ingestion::{CleaningKind, CleaningLog, ParsedRecord, QualityWatch, RecordsReader, RowIssue};
use std::collections::{BTreeMap, HashMap};

/// More campaigns and days than one file of advertising has; they are summed up in memory.
const MOST_ADS: usize = 200_000;

/// Where rows go.
struct Bins {
    kind: FileKind,
    sales: Sales,
    maker: FactMaker,
    /// Rows of the same day and group of advertisements are one fact.
    ads: BTreeMap<(i32, String, String, String), AdFact>,
    /// How often each made number of a refund came.
    refunds: HashMap<u64, u32>,
}

impl Pass<'_> {
    /// Reads all rows; `None` when sales turn out too many for memory.
    pub(super) fn run_records(&self) -> Result<Option<Passed>, Stop> {
        let (unpacked, reading) = unpack::open(&self.path).map_err(JobError::retry)?;
        let unpacked = unpacked.for_uploads_of(self.upload_max_bytes);
        let records = RecordsReader::new(unpacked, self.inspection, &self.mapping, self.context);
        let mut records = records.map_err(|problem| Stop::File(problem.to_string()))?;
        let mut bins = self.bins()?;
        let (mut issues, mut rows_read) = (Issues::new(self.folder.clone()), 0);
        let mut quality = Box::new(QualityWatch::new(&self.mapping));
        while let Some(row) = records.next_record() {
            let row = match row {
                Ok(record) => match bins.add(&record, records.cleaning())? {
                    Ok(()) => Ok(record),
                    Err(Unfit(meaning, reason)) => Err(records.issue(meaning, reason)),
                },
                Err(issue) => Err(issue),
            };
            match row {
                Ok(record) => {
                    rows_read += 1;
                    quality.record(&record);
                }
                Err(issue) => {
                    quality.issue(&issue);
                    issues.add(&named_as_stored(issue, self.mapping.kind)).map_err(JobError::retry)?;
                }
            }
            if (rows_read + issues.count()) % LOOK_EVERY_ROWS == 0 {
                self.look_around(&reading, rows_read + issues.count())?;
                if bins.sales.is_too_large() {
                    return Ok(None);
                }
            }
        }
        if let Some(fault) = reading.fault().or_else(|| records.failure().map(|problem| problem.to_string())) {
            return Err(Stop::File(fault));
        }
        issues.flush().map_err(JobError::retry)?;
        let sales = bins.close()?;
        let cleaning = records.cleaning().clone();
        Ok(Some(Passed { sales, issues, rows_read, cleaning, quality: Some(quality), evidence: records.evidence() }))
    }

    fn bins(&self) -> Result<Bins, Stop> {
        let kind = self.mapping.kind;
        let sales = match kind {
            FileKind::SellOut | FileKind::Refunds => self.sales()?,
            _ => Sales::Facts(FactSpool::create(&self.folder).map_err(JobError::retry)?),
        };
        Ok(Bins { kind, sales, maker: FactMaker::new(kind, &self.inspection.headers), ads: BTreeMap::new(), refunds: HashMap::new() })
    }
}

/// Refunds are kept under numbers that are made of theirs; facts of other kinds have none that a rejected row could tell.
fn named_as_stored(issue: RowIssue, kind: FileKind) -> RowIssue {
    let order = issue.order.filter(|_| kind == FileKind::Refunds).map(|refund| refund_number(&refund));
    RowIssue { order, ..issue }
}

impl Bins {
    /// Puts a row where it belongs; the inner error is the row's own.
    fn add(&mut self, record: &ParsedRecord, log: &mut CleaningLog) -> Result<Result<(), Unfit>, Stop> {
        let Sales::Facts(spool) = &mut self.sales else {
            return match Sale::of(record, self.kind) {
                Ok(mut sale) => {
                    sale.tell_apart(&mut self.refunds);
                    sale.note(log);
                    self.sales.add_line(&sale.line()).map(Ok)
                }
                Err(unfit) => Ok(Err(unfit)),
            };
        };
        match self.maker.fact(record, log) {
            Ok(Fact::Ad(ad)) => self.add_ad(ad, record.row_line, log),
            Ok(fact) => {
                for fact in [fact].into_iter().chain(self.maker.beside()) {
                    spool.add(&fact).map_err(JobError::retry)?;
                }
                Ok(Ok(()))
            }
            Err(unfit) => Ok(Err(unfit)),
        }
    }

    fn add_ad(&mut self, ad: AdFact, line: u64, log: &mut CleaningLog) -> Result<Result<(), Unfit>, Stop> {
        let key = (ad.day, ad.campaign.clone(), ad.ad_group.clone(), ad.currency.clone());
        match self.ads.get_mut(&key) {
            Some(sum) => {
                sum.add(&ad);
                log.note(CleaningKind::DaysSummed, line, "", || (ad.campaign.as_str(), "added"));
            }
            None => drop(self.ads.insert(key, ad)),
        }
        if self.ads.len() > MOST_ADS {
            return Err(Stop::File("the file has more days and campaigns than can be summed up at once; split it by month".to_owned()));
        }
        Ok(Ok(()))
    }

    fn close(mut self) -> Result<Sales, Stop> {
        if let Sales::Facts(spool) = &mut self.sales {
            for ad in self.ads.into_values() {
                spool.add(&Fact::Ad(ad)).map_err(JobError::retry)?;
            }
        }
        self.sales.flush().map_err(JobError::retry)?;
        Ok(self.sales)
    }
}

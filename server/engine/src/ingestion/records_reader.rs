//! Reads files that are no lists of order lines, row by row: every mapped cell as what its meaning is.

use super::amounts::{decimal, minor};
use super::cells;
use super::cleaning::{self, CellWatch, CleaningKind, CleaningLog, Note, clean, clean_phone, home_country};
use super::columns::Columns;
use super::date_parts::{self, ToldZones};
use super::discounts::take_discount_off;
use super::evidence::{Evidence, Witness};
use super::inspect::Inspection;
use super::line_reader::{ReadContext, check_shape};
use super::orders::{CellProblem, OrderMemory, short, shown};
use super::problem::{FileProblem, RowIssue};
use super::records::{RecordProblem, RecordReader, Step};
use super::set_aside::SetAside;
use super::text_reader::TextReader;
use super::vendors::{Outgoing, Statuses, StockColumn};
use super::zone::LocalTime;
use domain::Currency;
use domain::format::number;
use domain::sources::{ColumnMeaning, FileKind, Mapping, ValueType};
use std::collections::BTreeMap;
use std::io::Read;

/// So many places are named in a sentence.
const PLACES_SHOWN: usize = 5;

/// One row, every mapped cell that is not empty as what its meaning is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedRecord {
    /// The line of the file on which the row begins, counted from 1.
    pub row_line: u64,
    /// The currency of its amounts.
    pub currency: Currency,
    /// When it was, and the merchant-local time of that.
    pub moment: Option<(i64, LocalTime)>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<[u8; 2]>,
    texts: BTreeMap<ColumnMeaning, String>,
    numbers: BTreeMap<ColumnMeaning, i64>,
    stock: Option<Vec<StockAtPlace>>,
}

/// How much of a product lies at the place after which a column is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockAtPlace {
    /// As the column spells it.
    pub place: String,
    /// Thousandths.
    pub quantity_milli: i64,
}

impl ParsedRecord {
    /// The stock of each place whose cell tells it, where the file has a column a place; their sum is the number of the stock.
    pub fn stock_by_place(&self) -> Option<&[StockAtPlace]> {
        self.stock.as_deref()
    }

    /// The text of a meaning.
    pub fn text(&self, meaning: ColumnMeaning) -> Option<&str> {
        self.texts.get(&meaning).map(String::as_str)
    }

    /// An amount in minor units, or a count in thousandths.
    pub fn number(&self, meaning: ColumnMeaning) -> Option<i64> {
        self.numbers.get(&meaning).copied()
    }

    /// The number of the first of these meanings that has one.
    pub fn first_number(&self, meanings: &[ColumnMeaning]) -> Option<i64> {
        meanings.iter().find_map(|meaning| self.number(*meaning))
    }
}

/// Reads records one after the other.
pub struct RecordsReader<R> {
    records: RecordReader<TextReader<R>>,
    columns: Columns,
    meanings: Vec<ColumnMeaning>,
    /// Where the variant's second and third options stand.
    options: Vec<usize>,
    /// Settlements tell their currency once, in their first row.
    currency: Option<Currency>,
    keeps_currency: bool,
    /// Neither a column nor a person says the currency, so that it is looked for beside the amounts.
    reads_units: bool,
    /// A week without a day stands for its Monday: sums of stores.
    reads_weeks: bool,
    /// Where rows of sell-out name discounts, which are taken off their amounts.
    discount: Option<ColumnMeaning>,
    memory: OrderMemory,
    witness: Witness,
    watch: CellWatch,
    log: CleaningLog,
    /// The shop's country, for phone numbers of rows without one.
    home: Option<[u8; 2]>,
    header_line: u64,
    aside: SetAside,
    statuses: Statuses,
    outgoing: Outgoing,
    at_end: bool,
}

impl<R: Read> RecordsReader<R> {
    /// A reader of a file's (decompressed) bytes from their beginning.
    pub fn new(reader: R, inspection: &Inspection, mapping: &Mapping, context: ReadContext) -> Result<Self, FileProblem> {
        let home = home_country(context.time_zone, context.currency);
        let context = ReadContext { currency: mapping.currency.unwrap_or(context.currency), ..context };
        let columns = Columns::of(inspection, mapping)?;
        let discount = mapping.row_discount().filter(|_| mapping.kind == FileKind::SellOut).map(|(meaning, _)| meaning);
        let watch = CellWatch::new(&columns, &IDS, discount.as_slice());
        let statuses = Statuses::of(inspection, mapping, columns.export());
        let outgoing = Outgoing::of(&inspection.headers, columns.export());
        let memory = OrderMemory::new(context, ToldZones::of(inspection, mapping, columns.export()));
        Ok(Self {
            records: RecordReader::new(TextReader::new(reader, inspection.encoding, inspection.old_mac), inspection.delimiter),
            columns,
            reads_weeks: mapping.kind == FileKind::SellOut,
            discount,
            reads_units: mapping.currency.is_none() && !mapping.columns.contains_key(&ColumnMeaning::Currency),
            meanings: mapping.columns.keys().copied().collect(),
            options: mapping.columns.get(&ColumnMeaning::VariantName).map_or_else(Vec::new, |first| options(&inspection.headers, first)),
            currency: None,
            keeps_currency: mapping.kind == FileKind::Payouts,
            memory,
            witness: Witness::new(inspection, mapping, context.currency.code() == "USD"),
            watch,
            log: CleaningLog::default(),
            home,
            header_line: inspection.header_line,
            aside: SetAside::new(inspection, mapping.kind),
            statuses,
            outgoing,
            at_end: false,
        })
    }

    /// The next row: a record, or why it is none. `None` at the end of the file.
    pub fn next_record(&mut self) -> Option<Result<ParsedRecord, RowIssue>> {
        loop {
            if let Some(issue) = self.aside.next_issue() {
                return Some(Err(issue));
            }
            let step = if self.at_end { Step::End } else { self.records.step() };
            match step {
                Step::End => {
                    self.at_end = true;
                    self.aside.close();
                    return None;
                }
                _ if self.records.line() <= self.header_line => {}
                Step::Problem(problem) => {
                    self.aside.row_follows();
                    let reason = match problem {
                        RecordProblem::TooLong => "the row has a cell longer than 1 MB, is longer than 2 MB, or has more than 65,536 cells",
                        RecordProblem::UnclosedQuote => "a quotation mark opens in this row and never closes",
                    };
                    return Some(Err(RowIssue::new(self.records.line(), None, reason, self.records.raw())));
                }
                Step::Record if self.aside.takes(&self.records, &self.columns) => {}
                Step::Record if self.statuses.leaves_out(&self.records, &self.columns, &mut self.log) => {}
                Step::Record => break,
            }
        }
        let read = self.read_row();
        Some(read.map_err(|problem| {
            let issue = self.issue(problem.meaning, problem.reason);
            let column = problem.position.map(|position| self.columns.header_at(position).to_owned());
            RowIssue { column: column.or(issue.column), ..issue }
        }))
    }

    /// Why the record that was read last is of no use, found by who used it.
    pub fn issue(&self, meaning: Option<ColumnMeaning>, reason: impl Into<String>) -> RowIssue {
        let (records, columns) = (&self.records, &self.columns);
        let refund = cells::id(columns.cell(records, ColumnMeaning::RefundId)).map(|refund| refund.into_owned());
        let issue = RowIssue::new(records.line(), meaning.and_then(|meaning| columns.header(meaning)), reason, records.raw());
        issue.of_order(refund)
    }

    /// What the rows read so far tell; ask once [`Self::next_record`] gave `None`.
    pub fn evidence(&self) -> Evidence {
        let mut evidence = self.witness.evidence();
        if evidence.reread_with.is_none() {
            let said = self.statuses.remark().into_iter().chain(self.memory.zones.remark()).chain(places_remark(&self.columns));
            evidence.remarks.extend(self.aside.remarks().into_iter().chain(said));
        }
        evidence
    }

    /// What was cleaned in the rows read so far.
    pub fn cleaning(&mut self) -> &mut CleaningLog {
        &mut self.log
    }

    /// Why reading ended before the end of the file, if it did.
    pub fn failure(&self) -> Option<FileProblem> {
        self.records.failure().map(|error| FileProblem::Unreadable(error.to_string()))
    }

    fn read_row(&mut self) -> Result<ParsedRecord, CellProblem> {
        let Self { records, columns, memory, witness, options, .. } = self;
        check_shape(records, columns)?;
        let cell = |meaning: ColumnMeaning| columns.cell(records, meaning);
        let currency = match (cell(ColumnMeaning::Currency), self.currency.filter(|_| self.keeps_currency)) {
            ([], Some(kept)) => kept,
            (text, _) => memory.currency(text)?,
        };
        let amounts = self.meanings.iter().filter(|meaning| self.reads_units && meaning.value_type() == ValueType::Money);
        let currency = memory.currency_beside(amounts.map(|meaning| cell(*meaning))).unwrap_or(currency);
        if !cell(ColumnMeaning::Currency).is_empty() {
            self.currency = Some(currency);
        }
        let country = columns.country(records);
        let mut record = ParsedRecord {
            row_line: records.line(),
            currency,
            moment: None,
            country: if country.is_empty() { None } else { memory.countries.code(country) },
            texts: BTreeMap::new(),
            numbers: BTreeMap::new(),
            stock: None,
        };
        let mut is_summed = false;
        let (mut dated, digits) = (None, u32::from(currency.minor_digits()));
        for meaning in &self.meanings {
            let (meaning, text) = (*meaning, cell(*meaning));
            if text.is_empty() {
                continue;
            }
            match meaning.value_type() {
                // The day of the matter itself goes before that of its order.
                ValueType::Moment if record.moment.is_some() && meaning != ColumnMeaning::Date => {}
                ValueType::Moment => {
                    let monday = if self.reads_weeks { date_parts::monday(text).map(|monday| monday.to_string()) } else { None };
                    let day = monday.as_deref().map_or(text, str::as_bytes);
                    let zone = memory.zones.zone(records, meaning);
                    record.moment = Some(memory.moment(day, cell(ColumnMeaning::OrderedTime), zone, witness)?);
                    dated = Some((meaning, monday));
                }
                // A share is no amount; it is read with what it is a share of.
                ValueType::Money if self.discount == Some(meaning) => {}
                ValueType::Money => drop(record.numbers.insert(meaning, minor(text, meaning, witness, digits)?)),
                // Of several columns of stock this is only the first.
                ValueType::Quantity if meaning == ColumnMeaning::Stock && !columns.stock().is_empty() => {}
                ValueType::Quantity => drop(record.numbers.insert(meaning, count(text, meaning, columns, witness)?)),
                ValueType::Text if IDS.contains(&meaning) => {
                    record.texts.extend(short(meaning, cells::id(text))?.map(|text| (meaning, text.into_owned())))
                }
                ValueType::Text | ValueType::Flag => record.texts.extend(short(meaning, cells::text(text))?.map(|text| (meaning, text.into_owned()))),
            }
        }
        if let Some(discount) = self.discount {
            take_discount_off(discount, &cell, columns, witness, digits, &mut record.numbers)?;
        }
        for meaning in columns.addends().keys() {
            for addend in columns.added(records, *meaning) {
                let addend = minor(addend, *meaning, witness, digits)?;
                let sum = record.numbers.entry(*meaning).or_insert(0);
                *sum = sum.checked_add(addend).ok_or_else(|| CellProblem::new(*meaning, "the amounts add up to more than can be counted"))?;
                is_summed |= addend != 0;
            }
        }
        if self.outgoing.is_told(records) {
            turn_out(&mut record, columns, &mut self.log);
        }
        if !columns.stock().is_empty() {
            let stock = stock(records, columns, witness)?;
            record.numbers.extend(sum_of(&stock)?.map(|sum| (ColumnMeaning::Stock, sum)));
            record.stock = Some(stock);
        }
        if let Some(variant) = record.texts.get_mut(&ColumnMeaning::VariantName) {
            for option in options.iter().filter_map(|position| cells::text(records.cell(*position))) {
                variant.push_str(" / ");
                variant.push_str(&option);
            }
        }
        self.watch.see(records, &mut self.log);
        let mut note = Note { log: Some(&mut self.log), line: record.row_line };
        clean_record(&mut record, columns, self.home, &mut note);
        cleaning::note_country(record.country, country, columns, &mut note);
        cleaning::note_currency(record.currency, columns.cell(records, ColumnMeaning::Currency), columns, &mut note);
        if is_summed {
            let sums: Vec<String> =
                columns.addends().keys().filter_map(|meaning| Some(format!("{} {}", meaning.label(), record.number(*meaning)?))).collect();
            note.changed(CleaningKind::AmountsSummed, "", "", &sums.join(", "));
        }
        if let Some((date, monday)) = dated {
            cleaning::note_time(date, records, columns, &mut note);
            if let Some(monday) = monday {
                note.cell(CleaningKind::WeeksToMondays, columns.header(date).unwrap_or_default(), columns.cell(records, date), &monday);
            }
        }
        Ok(record)
    }
}

/// Amounts of money that went out bear a minus.
fn turn_out(record: &mut ParsedRecord, columns: &Columns, log: &mut CleaningLog) {
    for meaning in [ColumnMeaning::Amount, ColumnMeaning::LineAmount, ColumnMeaning::OrderTotal, ColumnMeaning::Net] {
        if let Some(amount) = record.numbers.get_mut(&meaning).filter(|amount| **amount > 0) {
            let before = std::mem::replace(amount, -*amount);
            log.note(CleaningKind::SignsTurned, record.row_line, columns.header(meaning).unwrap_or_default(), || {
                (before.to_string(), (-before).to_string())
            });
        }
    }
}

/// A count in thousandths.
fn count(text: &[u8], meaning: ColumnMeaning, columns: &Columns, witness: &mut Witness) -> Result<i64, CellProblem> {
    if meaning == ColumnMeaning::Stock && columns.says_no_stock(text) {
        return Ok(0);
    }
    let count = decimal(text, meaning, witness)?.to_units(3);
    count.ok_or_else(|| CellProblem::new(meaning, format!("“{}” is too large a number", shown(text))))
}

/// The stock of each place whose cell is not empty: an empty one tells nothing of its place, and not that none lie there.
fn stock<R: Read>(records: &RecordReader<R>, columns: &Columns, witness: &mut Witness) -> Result<Vec<StockAtPlace>, CellProblem> {
    let mut told = Vec::new();
    for StockColumn { position, place } in columns.stock() {
        let cell = cells::trimmed(records.cell(*position));
        if !cell.is_empty() {
            let count = count(cell, ColumnMeaning::Stock, columns, witness);
            let quantity_milli = count.map_err(|problem| CellProblem { position: Some(*position), ..problem })?;
            told.push(StockAtPlace { place: place.clone(), quantity_milli });
        }
    }
    Ok(told)
}

/// What lies at all places together; `None` where no cell tells any.
fn sum_of(stock: &[StockAtPlace]) -> Result<Option<i64>, CellProblem> {
    let sum = stock.iter().try_fold(0_i64, |sum, at| sum.checked_add(at.quantity_milli));
    let sum = sum.ok_or_else(|| CellProblem::new(ColumnMeaning::Stock, "the stock adds up to more than can be counted"))?;
    Ok((!stock.is_empty()).then_some(sum))
}

/// Which columns of stock are summed.
fn places_remark(columns: &Columns) -> Option<String> {
    let places: Vec<&str> = columns.stock().iter().map(|column| column.place.as_str()).collect();
    let shown: Vec<String> = places.iter().take(PLACES_SHOWN).map(|place| format!("“{place}”")).collect();
    let more = if places.len() > PLACES_SHOWN { ", …" } else { "" };
    let count = i64::try_from(places.len()).unwrap_or(i64::MAX);
    let are_several = places.len() > 1;
    are_several
        .then(|| format!("Stock stands in {} columns, one a place: {}{more}. A product's stock is their sum.", number(count), shown.join(", ")))
}

/// The texts of a record as they are kept.
fn clean_record(record: &mut ParsedRecord, columns: &Columns, home: Option<[u8; 2]>, note: &mut Note<'_>) {
    for (meaning, text) in &mut record.texts {
        let before = std::mem::take(text);
        *text = clean(*meaning, columns.header(*meaning).unwrap_or_default(), before.into(), note).into_owned();
    }
    if let Some(text) = record.texts.remove(&ColumnMeaning::Phone) {
        let phone = clean_phone(&text, record.country.or(home), columns, note);
        record.texts.extend(phone.map(|phone| (ColumnMeaning::Phone, phone)));
    }
}

/// The columns of a variant's further options, named like the first.
fn options(headers: &[String], first: &str) -> Vec<usize> {
    let further = [("1", ["2", "3"]), ("one", ["two", "three"])];
    let Some((word, others)) = further.into_iter().find(|(word, _)| first.contains(word)) else { return Vec::new() };
    let names = others.map(|other| first.replacen(word, other, 1));
    names.iter().filter_map(|name| headers.iter().position(|header| header == name)).collect()
}

/// Numbers that serve as names keep their digits, without what spreadsheets add.
const IDS: [ColumnMeaning; 7] = [
    ColumnMeaning::OrderNumber,
    ColumnMeaning::Sku,
    ColumnMeaning::CustomerId,
    ColumnMeaning::Barcode,
    ColumnMeaning::RefundId,
    ColumnMeaning::PayoutId,
    ColumnMeaning::Phone,
];

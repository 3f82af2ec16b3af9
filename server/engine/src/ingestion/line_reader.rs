//! Reads a sales file row by row: order lines where a row can be read, issues where it cannot.

use super::amounts::{Amounts, minor};
use super::cells::{self, TEXT_BYTES};
use super::cleaning::{CellWatch, CleaningLog, OrderValuesOf, clean_line};
use super::columns::Columns;
use super::date_parts::ToldZones;
use super::evidence::{Evidence, Witness};
use super::inspect::Inspection;
use super::order_values::{self, StatedValues};
use super::orders::{CellProblem, OrderMemory, OrderValues, short};
use super::problem::{FileProblem, RowIssue};
use super::quality::{EmptyCells, is_told_by_cells};
use super::records::{RecordProblem, RecordReader, Step};
use super::set_aside::SetAside;
use super::split_ahead::{Ahead, RecordBatch};
use super::text_reader::TextReader;
use super::vendors::{OrderSums, Statuses, lacks_money};
use chrono_tz::Tz;
use domain::sources::{ColumnMeaning, Mapping};
use domain::{Currency, Day};
use std::borrow::Cow;
use std::io::{Empty, Read, empty};

/// What a file does not say itself.
#[derive(Clone, Copy, Debug)]
pub struct ReadContext {
    /// The shop's currency, for rows without one.
    pub currency: Currency,
    /// The shop's time zone, for times without an offset.
    pub time_zone: Tz,
}

/// One order line, as far as possible borrowed from the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedLine<'a> {
    /// The line of the file on which the row begins, counted from 1.
    pub row_line: u64,
    /// The order's number.
    pub order_number: Cow<'a, str>,
    /// When the order was made, milliseconds since 1970-01-01 UTC.
    pub occurred_at_ms: i64,
    /// Its merchant-local day.
    pub day: Day,
    /// The day's month as `yyyymm`.
    pub month: i32,
    /// The merchant-local hour, 0 to 23.
    pub hour: u8,
    /// The product's code.
    pub sku: Option<Cow<'a, str>>,
    /// The product's name.
    pub title: Option<Cow<'a, str>>,
    /// Thousandths of a piece, negative for returns.
    pub quantity_milli: i64,
    /// The price of one in minor units, rounded half away from zero.
    pub unit_price_minor: Option<i64>,
    /// The line's amount in minor units: quantity × price exactly, less the line's discount, then rounded half away from zero.
    pub amount_minor: i64,
    /// What is off it, with its sign; absent where the row names no discount of its own.
    pub discount_minor: Option<i64>,
    /// The order's currency; the shop's where the file has none.
    pub currency: Currency,
    /// ISO 3166-1 alpha-2.
    pub country: Option<[u8; 2]>,
    /// The city as the file spells it.
    pub city: Option<Cow<'a, str>>,
    /// The customer's number in this source.
    pub customer_id: Option<Cow<'a, str>>,
    /// The customer's e-mail address.
    pub customer_email: Option<Cow<'a, str>>,
    /// The customer's name.
    pub customer_name: Option<Cow<'a, str>>,
    /// The order's total as its vendor states it: only on the order's first row where order values stand there, else on every row. Take it
    /// once an order; never sum it over rows.
    pub stated_total_minor: Option<i64>,
    /// What the row states of its order besides: where order values stand on first rows, only there.
    pub stated: StatedValues<'a>,
    /// Whether the file says that the order was cancelled. Its amounts are given as they stand in the file.
    pub is_cancelled: bool,
    /// Whether the file says that the row was returned. Its amounts are those of its sale.
    pub is_returned: bool,
    /// Which of the cells that no other field tells are empty; of what only the first row of an order says, whether that is.
    pub empty: EmptyCells,
}

/// Reads lines one after the other into the same memory.
pub struct LineReader<R> {
    records: RecordReader<TextReader<R>>,
    columns: Columns,
    memory: OrderMemory,
    witness: Witness,
    watch: CellWatch,
    log: CleaningLog,
    /// The order whose first row was read last, where order values stand on first rows.
    head: Option<OrderHead>,
    first_rows_only: bool,
    /// Meanings of which it is noted whether their cells are empty.
    told_by_cells: Vec<ColumnMeaning>,
    /// Neither a column nor a person says the currency, so that it is looked for beside the amounts.
    reads_units: bool,
    header_line: u64,
    aside: SetAside,
    statuses: Statuses,
    sums: OrderSums,
    /// A row that sums up an order of which no item followed.
    unfollowed: Option<RowIssue>,
    at_end: bool,
}

/// Numbers that serve as names.
const IDS: [ColumnMeaning; 3] = [ColumnMeaning::OrderNumber, ColumnMeaning::CustomerId, ColumnMeaning::Sku];
/// Taken off, kept or given back, whichever sign a vendor writes them with.
const UNSIGNED: [ColumnMeaning; 5] =
    [ColumnMeaning::LineDiscount, ColumnMeaning::Discount, ColumnMeaning::Fee, ColumnMeaning::Amount, ColumnMeaning::Refunded];

struct OrderHead {
    number: Vec<u8>,
    line: u64,
    empty: EmptyCells,
    values: Result<OrderValues<'static>, CellProblem>,
}

impl LineReader<Empty> {
    /// A reader of a file whose records are split elsewhere: by a [`super::Splitter`], whose batches are given in turn, all of them.
    pub fn of_batches(
        batches: impl FnMut() -> Option<RecordBatch> + Send + 'static,
        inspection: &Inspection,
        mapping: &Mapping,
        context: ReadContext,
    ) -> Result<Self, FileProblem> {
        let nothing = TextReader::new(empty(), inspection.encoding, inspection.old_mac);
        Self::of_records(RecordReader::of_ahead(Ahead::new(batches), nothing), inspection, mapping, context)
    }
}

impl<R: Read> LineReader<R> {
    /// A reader of a file's (decompressed) bytes from their beginning.
    pub fn new(reader: R, inspection: &Inspection, mapping: &Mapping, context: ReadContext) -> Result<Self, FileProblem> {
        let text = TextReader::new(reader, inspection.encoding, inspection.old_mac);
        Self::of_records(RecordReader::new(text, inspection.delimiter), inspection, mapping, context)
    }

    fn of_records(
        records: RecordReader<TextReader<R>>,
        inspection: &Inspection,
        mapping: &Mapping,
        context: ReadContext,
    ) -> Result<Self, FileProblem> {
        let columns = Columns::of(inspection, mapping)?;
        let context = ReadContext { currency: mapping.currency.unwrap_or(context.currency), ..context };
        let reads_units = mapping.currency.is_none() && !columns.has(ColumnMeaning::Currency);
        let month_first = context.currency.code() == "USD";
        let watch = CellWatch::new(&columns, &IDS, &UNSIGNED);
        let statuses = Statuses::of(inspection, mapping, columns.export());
        let memory = OrderMemory::new(context, ToldZones::of(inspection, mapping, columns.export()));
        Ok(Self {
            sums: OrderSums::of(&columns),
            records,
            columns,
            memory,
            witness: Witness::new(inspection, mapping, month_first),
            watch,
            log: CleaningLog::default(),
            head: None,
            first_rows_only: mapping.order_values_on_first_row,
            told_by_cells: mapping.columns.keys().copied().filter(|meaning| is_told_by_cells(*meaning)).collect(),
            reads_units,
            header_line: inspection.header_line,
            aside: SetAside::new(inspection, mapping.kind),
            statuses,
            unfollowed: None,
            at_end: false,
        })
    }

    /// The next row: a line, or why it is none. `None` at the end of the file.
    pub fn next_line(&mut self) -> Option<Result<ParsedLine<'_>, RowIssue>> {
        loop {
            if let Some(issue) = self.aside.next_issue().or_else(|| self.unfollowed.take()) {
                return Some(Err(issue));
            }
            let step = if self.at_end { Step::End } else { self.records.step() };
            match step {
                Step::End => {
                    self.at_end = true;
                    self.aside.close();
                    return self.sums.close().map(Err);
                }
                _ if self.records.line() <= self.header_line => {}
                Step::Problem(problem) => {
                    self.aside.row_follows();
                    return Some(Err(self.record_issue(problem)));
                }
                Step::Record if self.aside.takes(&self.records, &self.columns) => {}
                Step::Record if self.statuses.leaves_out(&self.records, &self.columns, &mut self.log) => {}
                Step::Record if self.holds_sum() => {}
                Step::Record => break,
            }
        }
        Some(self.read_row())
    }

    /// Keeps the current record if it sums up an order whose items follow; one that cannot be read goes the way of other rows.
    fn holds_sum(&mut self) -> bool {
        let number = self.columns.cell(&self.records, ColumnMeaning::OrderNumber);
        self.unfollowed = self.sums.unfollowed(number);
        if !self.sums.is_sum(&self.records, &self.columns) {
            return false;
        }
        let Self { records, columns, memory, witness, sums, told_by_cells, .. } = self;
        let (records, columns) = (&*records, &*columns);
        let number = columns.cell(records, ColumnMeaning::OrderNumber);
        let values = check_shape(records, columns).and_then(|()| memory.read(records, columns, witness, None));
        let Ok(mut values) = values.map(OrderValues::into_owned) else { return false };
        if self.reads_units {
            values.currency = memory.currency_beside(amounts_of(records, columns)).unwrap_or(values.currency);
        }
        let is_held = sums.hold(records, columns, witness, values.currency).is_ok();
        let empty = EmptyCells::of(records, columns, told_by_cells);
        self.head = is_held.then(|| OrderHead { number: number.to_vec(), line: records.line(), empty, values: Ok(values) });
        is_held
    }

    /// How many of the file's bytes were read so far.
    pub fn bytes_read(&self) -> u64 {
        self.records.source().bytes_read()
    }

    /// What the rows read so far tell; ask once [`Self::next_line`] gave `None`.
    pub fn evidence(&self) -> Evidence {
        let mut evidence = self.witness.evidence();
        let unknown = self.memory.countries.unknown();
        if evidence.reread_with.is_some() {
            return evidence;
        }
        evidence.remarks.extend(self.aside.remarks().into_iter().chain(self.statuses.remark()).chain(self.memory.zones.remark()));
        evidence.remarks.extend(self.sums.remark());
        if !unknown.is_empty() {
            evidence.remarks.push(format!("Countries that were not understood, and left empty: {}.", unknown.join(", ")));
        }
        evidence
    }

    /// What was cleaned in the rows read so far.
    pub fn cleaning(&self) -> &CleaningLog {
        &self.log
    }

    /// Why reading ended before the end of the file, if it did (a damaged archive, a disk's fault).
    pub fn failure(&self) -> Option<FileProblem> {
        self.records.failure().map(|error| FileProblem::Unreadable(error.to_string()))
    }

    fn record_issue(&self, problem: RecordProblem) -> RowIssue {
        let reason = match problem {
            RecordProblem::TooLong => "the row has a cell longer than 1 MB, is longer than 2 MB, or has more than 65,536 cells",
            RecordProblem::UnclosedQuote => "a quotation mark opens in this row and never closes",
        };
        RowIssue::new(self.records.line(), None, reason, self.records.raw())
    }

    fn read_row(&mut self) -> Result<ParsedLine<'_>, RowIssue> {
        let Self { records, columns, memory, witness, watch, log, head, first_rows_only, told_by_cells, reads_units, statuses, sums, .. } = self;
        let (records, columns) = (&*records, &*columns);
        let issue = |problem: CellProblem| {
            let column = problem.meaning.and_then(|meaning| columns.header(meaning));
            let number = cells::id(columns.cell(records, ColumnMeaning::OrderNumber)).map(Cow::into_owned);
            RowIssue::new(records.line(), column, problem.reason, records.raw()).of_order(number)
        };
        check_shape(records, columns).map_err(issue)?;
        let number = columns.cell(records, ColumnMeaning::OrderNumber);
        let mut empty = EmptyCells::of(records, columns, told_by_cells);
        let is_first_row = !*first_rows_only || head.as_ref().is_none_or(|head| head.number != number);
        let standing = if is_first_row { statuses.told_of(records) } else { None };
        let values = if *first_rows_only {
            if is_first_row {
                let values = memory.read(records, columns, witness, standing).map(OrderValues::into_owned);
                *head = Some(OrderHead { number: number.to_vec(), line: records.line(), empty, values });
            }
            empty = head.as_ref().map_or(empty, |head| empty.behind(head.empty));
            head.as_ref().map_or_else(|| Err(CellProblem::of_row("the order's first row is missing")), |head| of_head(head, records.line()))
        } else {
            memory.read(records, columns, witness, standing)
        };
        let mut values = values.map_err(issue)?;
        if *reads_units {
            values.currency = memory.currency_beside(amounts_of(records, columns)).unwrap_or(values.currency);
        }
        let mut line = line_of(records, columns, witness, values, is_first_row).map_err(issue)?;
        line.empty = empty;
        sums.complete(&mut line, number);
        if line.is_returned {
            statuses.note_returned(records, log);
        }
        watch.see(records, log);
        clean_line(&mut line, records, columns, if is_first_row { OrderValuesOf::Row } else { OrderValuesOf::FirstRow }, log);
        Ok(line)
    }
}

/// The cells beside whose amounts a currency may stand.
fn amounts_of<'a, R: Read>(records: &'a RecordReader<R>, columns: &Columns) -> [&'a [u8]; 3] {
    [ColumnMeaning::UnitPrice, ColumnMeaning::LineAmount, ColumnMeaning::OrderTotal].map(|meaning| columns.cell(records, meaning))
}

/// The values of an order's first row, for one of its rows.
fn of_head(head: &OrderHead, line: u64) -> Result<OrderValues<'_>, CellProblem> {
    match &head.values {
        Ok(values) => Ok(values.clone()),
        Err(problem) if line == head.line => Err(problem.clone()),
        Err(_) => Err(CellProblem::of_row(format!("the first row of this order, on line {}, could not be read", head.line))),
    }
}

pub(super) fn check_shape<R: Read>(records: &RecordReader<R>, columns: &Columns) -> Result<(), CellProblem> {
    let wrong = |reason: String| Err(CellProblem::of_row(reason));
    let (cells, width) = (records.len(), columns.width());
    if cells < width {
        return wrong(format!("the row has {cells} cells, the header has {width}"));
    }
    if cells > width && (width..cells).any(|index| !records.cell(index).trim_ascii().is_empty()) {
        return wrong(format!("the row has {cells} cells, the header has {width}; a cell with the delimiter in it must stand in quotation marks"));
    }
    if memchr::memchr(0, records.raw()).is_some() {
        return wrong("the row holds NUL bytes; export the file again".to_owned());
    }
    Ok(())
}

fn line_of<'a, R: Read>(
    records: &'a RecordReader<R>,
    columns: &Columns,
    witness: &mut Witness,
    order: OrderValues<'a>,
    is_first_row: bool,
) -> Result<ParsedLine<'a>, CellProblem> {
    let cell = |meaning: ColumnMeaning| columns.cell(records, meaning);
    let order_number = short(ColumnMeaning::OrderNumber, cells::id(cell(ColumnMeaning::OrderNumber)))?
        .ok_or_else(|| CellProblem::new(ColumnMeaning::OrderNumber, "the order number is missing"))?;
    if order_number.contains(NUMBER_SEPARATOR) {
        return Err(CellProblem::new(ColumnMeaning::OrderNumber, "the order number holds a control character; export the file again"));
    }
    let digits = u32::from(order.currency.minor_digits());
    let more_off: Vec<&[u8]> = columns.added(records, ColumnMeaning::LineDiscount).collect();
    // A cancelled order, or one that was returned, stays known without its money: an earlier file may have told it.
    let is_emptied = (order.is_cancelled || order.is_returned) && lacks_money(records, columns);
    let amounts = if is_emptied { Amounts::default() } else { Amounts::read(&cell, &more_off, columns, witness, digits)? };
    let stated_total_minor = match cell(ColumnMeaning::OrderTotal) {
        total if total.is_empty() || !is_first_row => None,
        total => Some(minor(total, ColumnMeaning::OrderTotal, witness, digits)?),
    };
    let mut stated =
        if is_first_row && columns.states_order_values() { order_values::read(records, columns, witness, digits)? } else { StatedValues::default() };
    order_values::state_part(&mut stated, &amounts, order.share_off, digits);
    Ok(ParsedLine {
        row_line: records.line(),
        order_number,
        occurred_at_ms: order.occurred_at_ms,
        day: order.local.day,
        month: order.local.month,
        hour: order.local.hour,
        sku: short(ColumnMeaning::Sku, cells::id(cell(ColumnMeaning::Sku)))?,
        title: short(ColumnMeaning::ProductName, cells::text(cell(ColumnMeaning::ProductName)))?,
        quantity_milli: amounts.quantity_milli,
        unit_price_minor: amounts.unit_price_minor,
        amount_minor: amounts.amount_minor,
        discount_minor: amounts.discount_minor,
        currency: order.currency,
        country: order.country,
        city: order.city,
        customer_id: order.customer_id,
        customer_email: order.customer_email,
        customer_name: order.customer_name,
        stated_total_minor,
        stated,
        is_cancelled: order.is_cancelled,
        is_returned: order.is_returned,
        empty: EmptyCells::default(),
    })
}

/// Stands in no order number of a file, so that numbers can be made of two parts.
pub const NUMBER_SEPARATOR: char = '\u{1f}';

/// The longest text must fit the cap of a cell, or the cap would never be met.
const _: () = assert!(TEXT_BYTES < super::records::CELL_BYTES);

//! What belongs to an order as a whole: read from each row, or from an order's first row for all of its rows.

use super::cells::{self, TEXT_BYTES};
use super::cleaning::CountryMemory;
use super::columns::Columns;
use super::date_parts::{ToldZone, ToldZones};
use super::dates::{self, DateProblem, Moment};
use super::discounts::Share;
use super::evidence::Witness;
use super::line_reader::ReadContext;
use super::numbers;
use super::order_values::share_off;
use super::records::RecordReader;
use super::vendors::Standing;
use super::zone::{LocalTime, ZoneClock};
use domain::Currency;
use domain::sources::ColumnMeaning;
use std::borrow::Cow;
use std::io::Read;

/// A cell that is wrong, and why.
#[derive(Clone, Debug)]
pub(super) struct CellProblem {
    pub meaning: Option<ColumnMeaning>,
    /// Where it stands, if another than the meaning's first column is wrong.
    pub position: Option<usize>,
    pub reason: Cow<'static, str>,
}

impl CellProblem {
    pub(super) fn new(meaning: ColumnMeaning, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { meaning: Some(meaning), position: None, reason: reason.into() }
    }

    /// What is wrong with the row as a whole.
    pub(super) fn of_row(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { meaning: None, position: None, reason: reason.into() }
    }
}

/// Order-level values of a row.
#[derive(Clone, Debug)]
pub(super) struct OrderValues<'a> {
    pub occurred_at_ms: i64,
    pub local: LocalTime,
    pub currency: Currency,
    pub country: Option<[u8; 2]>,
    pub city: Option<Cow<'a, str>>,
    pub customer_id: Option<Cow<'a, str>>,
    pub customer_email: Option<Cow<'a, str>>,
    pub customer_name: Option<Cow<'a, str>>,
    pub is_cancelled: bool,
    /// The money of the row was given back; of all rows of an order whose first row says so.
    pub is_returned: bool,
    /// What is taken off the whole order, where that is a share.
    pub share_off: Option<Share>,
}

impl OrderValues<'_> {
    /// The same, kept beyond its row.
    pub(super) fn into_owned(self) -> OrderValues<'static> {
        let own = |text: Option<Cow<'_, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        OrderValues {
            occurred_at_ms: self.occurred_at_ms,
            local: self.local,
            currency: self.currency,
            country: self.country,
            city: own(self.city),
            customer_id: own(self.customer_id),
            customer_email: own(self.customer_email),
            customer_name: own(self.customer_name),
            is_cancelled: self.is_cancelled,
            is_returned: self.is_returned,
            share_off: self.share_off,
        }
    }
}

/// What is remembered from row to row while order-level values are read.
pub(super) struct OrderMemory {
    context: ReadContext,
    clock: ZoneClock,
    /// The zones that the file tells.
    pub zones: ToldZones,
    pub countries: CountryMemory,
    currency: (Vec<u8>, Currency),
}

impl OrderMemory {
    pub(super) fn new(context: ReadContext, zones: ToldZones) -> Self {
        let currency = (Vec::new(), context.currency);
        Self { context, clock: ZoneClock::new(context.time_zone), zones, countries: CountryMemory::default(), currency }
    }

    /// Reads the order-level cells of the current record, given what its status says.
    pub(super) fn read<'a, R: Read>(
        &mut self,
        records: &'a RecordReader<R>,
        columns: &Columns,
        witness: &mut Witness,
        standing: Option<Standing>,
    ) -> Result<OrderValues<'a>, CellProblem> {
        let zone = self.zones.zone(records, ColumnMeaning::OrderedAt);
        let [date, time] = [ColumnMeaning::OrderedAt, ColumnMeaning::OrderedTime].map(|meaning| columns.cell(records, meaning));
        let (occurred_at_ms, local) = self.moment(date, time, zone, witness)?;
        let currency = self.currency(columns.cell(records, ColumnMeaning::Currency))?;
        let country = columns.country(records);
        let country = if country.is_empty() { None } else { self.countries.code(country) };
        let text = |meaning: ColumnMeaning| short(meaning, cells::text(columns.cell(records, meaning)));
        Ok(OrderValues {
            occurred_at_ms,
            local,
            currency,
            country,
            city: text(ColumnMeaning::City)?,
            customer_id: short(ColumnMeaning::CustomerId, cells::id(columns.cell(records, ColumnMeaning::CustomerId)))?,
            customer_email: text(ColumnMeaning::CustomerEmail)?,
            customer_name: text(ColumnMeaning::CustomerName)?,
            is_cancelled: standing == Some(Standing::Cancelled) || is_said(columns.cell(records, ColumnMeaning::CancelledAt)),
            is_returned: standing == Some(Standing::Returned),
            share_off: share_off(records, columns, witness)?,
        })
    }

    /// The moment of a date whose time of the day may stand in a column of its own, on the clock of a zone or on the shop's.
    pub(super) fn moment(
        &mut self,
        date: &[u8],
        time: &[u8],
        zone: Option<ToldZone>,
        witness: &mut Witness,
    ) -> Result<(i64, LocalTime), CellProblem> {
        if date.is_empty() || time.is_empty() {
            return self.occurred_at(date, zone, witness);
        }
        // Workbooks write a day as its midnight, and a time as one of the first day they know.
        let day = [b" 00:00:00".as_slice(), b" 00:00"].iter().find_map(|midnight| date.strip_suffix(*midnight)).unwrap_or(date);
        let of_day = memchr::memrchr(b' ', time).filter(|blank| time[..*blank].len() >= 8).map_or(time, |blank| &time[blank + 1..]);
        let joined = [day, b" ", of_day].concat();
        match self.occurred_at(&joined, zone, witness) {
            Ok(moment) => Ok(moment),
            // The date has its time already, or is none.
            Err(_) if memchr::memchr(b':', day).is_some() => self.occurred_at(date, zone, witness),
            Err(_) => {
                self.occurred_at(day, zone, witness)?;
                Err(CellProblem::new(ColumnMeaning::OrderedTime, format!("“{}” is not a time such as 14:05", shown(time))))
            }
        }
    }

    fn occurred_at(&mut self, cell: &[u8], zone: Option<ToldZone>, witness: &mut Witness) -> Result<(i64, LocalTime), CellProblem> {
        let wrong = |reason: String| CellProblem::new(ColumnMeaning::OrderedAt, reason);
        if cell.is_empty() {
            return Err(wrong("the date is missing".to_owned()));
        }
        let (moment, hint) = dates::parse(cell, witness.dates);
        witness.see_date(hint);
        match moment {
            // A day without a time is the shop's day wherever it was written.
            Ok(Moment::Local { day, second }) => Ok(match zone.filter(|_| second > 0 || memchr::memchr(b':', cell).is_some()) {
                Some(zone) => self.clock.at_instant(zone.instant(day, second)),
                None => self.clock.at_local(day, second),
            }),
            Ok(Moment::Instant(milliseconds)) => Ok(self.clock.at_instant(milliseconds)),
            Err(DateProblem::NotADate) => Err(wrong(format!("“{}” is not a date such as 2011-12-09 or 9 Dec 2011 12:50", shown(cell)))),
            Err(DateProblem::NoSuchDay) => Err(wrong(format!("“{}” is not a day that the calendar has between 1900 and 2199", shown(cell)))),
            Err(DateProblem::TwoDigitYear) => {
                witness.see_two_digit_year();
                let reason =
                    "has a year of two digits, and nothing tells which part is the year; map the columns yourself and say how dates are written";
                Err(wrong(format!("“{}” {reason}", shown(cell))))
            }
        }
    }

    /// The currency that stands beside the amount of a row.
    pub(super) fn currency_beside(&mut self, amounts: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Option<Currency> {
        let amounts = amounts.into_iter();
        amounts.filter_map(|cell| Some(self.currency(numbers::unit(cell.as_ref()).map(iso)?.as_bytes()))).find_map(Result::ok)
    }

    pub(super) fn currency(&mut self, cell: &[u8]) -> Result<Currency, CellProblem> {
        if cell.is_empty() {
            return Ok(self.context.currency);
        }
        if self.currency.0 == cell {
            return Ok(self.currency.1);
        }
        let text = String::from_utf8_lossy(cell);
        let own_symbol =
            self.context.currency.symbol().is_some_and(|symbol| symbol == text || symbol.trim_start_matches(char::is_alphabetic) == text);
        let by_symbol = || Currency::all().find(|currency| currency.symbol() == Some(text.as_ref()));
        let currency =
            if own_symbol { Some(self.context.currency) } else { text.parse().ok().or_else(by_symbol).or_else(|| iso(&text).parse().ok()) };
        let currency = currency
            .ok_or_else(|| CellProblem::new(ColumnMeaning::Currency, format!("“{}” is not a currency code such as EUR, GBP or USD", shown(cell))))?;
        self.currency = (cell.to_vec(), currency);
        Ok(currency)
    }
}

/// Words that stand beside amounts where no symbol or code does.
fn iso(unit: &str) -> &str {
    match unit.to_lowercase().trim_end_matches('.') {
        "tl" => "TRY",
        "rs" => "INR",
        "zl" => "PLN",
        "kc" => "CZK",
        "ft" => "HUF",
        "lei" => "RON",
        "us$" => "USD",
        _ => unit,
    }
}

/// Whether a cell says when something was, or that it was; some files write that it was not.
fn is_said(cell: &[u8]) -> bool {
    let nothing: [&[u8]; 9] = [b"", b"-", b"0", b"no", b"n", b"false", b"none", b"null", b"nein"];
    !nothing.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// A text that is not longer than a fact may carry.
pub(super) fn short(meaning: ColumnMeaning, text: Option<Cow<'_, str>>) -> Result<Option<Cow<'_, str>>, CellProblem> {
    match text {
        Some(text) if text.len() > TEXT_BYTES => Err(CellProblem::new(meaning, format!("the cell is longer than {TEXT_BYTES} bytes; shorten it"))),
        text => Ok(text),
    }
}

/// A cell as a reason quotes it.
pub(super) fn shown(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(&cell[..cell.len().min(200)]);
    text.chars().take(60).filter(|letter| !letter.is_control()).collect()
}

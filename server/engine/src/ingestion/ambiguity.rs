//! What a file's columns leave open, with the cells that show it and the possible answers.

use super::dates::{self, DateProblem, Hint, Moment, Reading};
use super::discounts::Rows;
use super::headings;
use super::inspect::Inspection;
use super::numbers;
use super::recognise::Habits;
use super::records::{RecordReader, Step};
use super::text_reader::TextReader;
use super::vendors;
use domain::Currency;
use domain::sources::{Ambiguity, Choice, ChoiceValue, ColumnMeaning, DateOrder, Mapping, ValueType};
use std::io::Read;

/// How many cells are shown.
const SHOWN: usize = 3;
/// So many rows are read at most to find one that decides; a file has said by then what it says.
const MOST_ROWS: u64 = 2_000_000;
/// Whether somebody still waits is asked every so many rows.
const ROWS_UNASKED: u64 = 4_096;

/// What the columns of a mapping leave open. `rest` reads the whole file, for what the rows that were looked at leave open.
pub fn ambiguities(inspection: &Inspection, mapping: &Mapping, shop: Currency, rest: impl FnOnce() -> Option<Box<dyn Read>>) -> Vec<Ambiguity> {
    let mut open = Open::new(inspection, mapping);
    for row in inspection.seen_rows() {
        open.see(|position| row.get(position).map_or("", |cell| cell.trim()));
    }
    if open.is_open()
        && let Some(reader) = rest()
    {
        open.see_all(reader, inspection, |seen| seen < MOST_ROWS);
    }
    let month_first = shop.code() == "USD";
    open.dates(month_first).into_iter().chain(open.decimals()).chain(open.currency(shop)).collect()
}

/// What all rows of a file leave open though its figures depend on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenReadings {
    /// Numbers whose only separator could part thousands or decimals.
    pub decimals: Option<Ambiguity>,
    /// Dates whose day and month could change places; looked for where the vendor has a habit or years have two digits.
    pub dates: Option<Ambiguity>,
    /// Some of the dates have years of two digits, which are read only once the order of day and month is known.
    pub has_two_digit_years: bool,
}

/// What no row of the whole file decides. Where the first rows decide it, the file is not opened.
pub fn open_readings(inspection: &Inspection, mapping: &Mapping, shop: Currency, habits: Habits, rows: &Rows<'_>) -> OpenReadings {
    let mut open = Open::new(inspection, mapping);
    for row in inspection.seen_rows() {
        open.see(|position| row.get(position).map_or("", |cell| cell.trim()));
    }
    if habits.date_order.is_none() && !open.has_two_digit_years {
        open.dates.clear();
    }
    if open.is_undecided()
        && let Some(reader) = (rows.open)()
    {
        open.see_all(reader, inspection, |seen| !seen.is_multiple_of(ROWS_UNASKED) || (rows.is_wanted)());
    }
    let are_dates_open = open.are_dates_open();
    OpenReadings {
        decimals: open.decimals(),
        dates: open.dates(shop.code() == "USD").into_iter().next().filter(|_| are_dates_open),
        has_two_digit_years: are_dates_open && open.has_two_digit_years,
    }
}

/// A column and the cells of it that could be read in two ways.
struct Column {
    header: String,
    position: usize,
    is_money: bool,
    is_decided: bool,
    /// Different cells that could be either.
    cells: Vec<String>,
}

impl Column {
    fn keep(&mut self, cell: &str) {
        if self.cells.len() < SHOWN && !self.cells.iter().any(|kept| kept == cell) {
            self.cells.push(cell.to_owned());
        }
    }
}

struct Open {
    dates: Vec<Column>,
    amounts: Vec<Column>,
    /// Whether any amount tells which separator stands before decimals; all amounts of a file are written alike.
    decimals_decided: bool,
    says_currency: bool,
    money: Option<(String, String)>,
    has_two_digit_years: bool,
}

impl Open {
    fn new(inspection: &Inspection, mapping: &Mapping) -> Self {
        let columns = |wanted: fn(ValueType) -> bool| -> Vec<Column> {
            let mapped = mapping.columns.iter().filter(move |(meaning, _)| wanted(meaning.value_type()));
            let column = |(meaning, header): (&ColumnMeaning, &String)| {
                let position = inspection.headers.iter().position(|name| name == header)?;
                let is_money = meaning.value_type() == ValueType::Money;
                Some(Column { header: header.clone(), position, is_money, is_decided: false, cells: Vec::new() })
            };
            mapped.filter_map(column).collect()
        };
        let mut amounts = columns(|kind| matches!(kind, ValueType::Money | ValueType::Quantity));
        let of_places = vendors::stock_columns(&inspection.headers, mapping, vendors::decide(&inspection.headers).named.map(|(_, export)| export));
        for position in of_places.into_iter().map(|column| column.position) {
            if amounts.iter().all(|column| column.position != position) {
                let header = inspection.headers[position].clone();
                amounts.push(Column { header, position, is_money: false, is_decided: false, cells: Vec::new() });
            }
        }
        let header_says = mapping.columns.values().any(|header| headings::currency_in(header).is_some());
        Self {
            dates: if mapping.date_order.is_none() { columns(|kind| kind == ValueType::Moment) } else { Vec::new() },
            amounts,
            decimals_decided: mapping.decimal_comma.is_some(),
            says_currency: mapping.currency.is_some() || header_says || mapping.columns.contains_key(&ColumnMeaning::Currency),
            money: None,
            has_two_digit_years: false,
        }
    }

    fn see<'a>(&mut self, cell: impl Fn(usize) -> &'a str) {
        for column in self.dates.iter_mut().filter(|column| !column.is_decided) {
            let text = cell(column.position);
            match dates::parse(text.as_bytes(), DAY_FIRST).1 {
                Hint::DayFirst | Hint::MonthFirst => column.is_decided = true,
                Hint::Either => {
                    self.has_two_digit_years |= matches!(dates::parse(text.as_bytes(), LONG_YEARS).0, Err(DateProblem::TwoDigitYear));
                    if both_ways(text).is_some() {
                        column.keep(text);
                    }
                }
                _ => {}
            }
        }
        for column in &mut self.amounts {
            let text = cell(column.position);
            if text.is_empty() || (self.decimals_decided && self.money.is_some()) {
                continue;
            }
            if self.money.is_none() && column.is_money {
                self.money = Some((column.header.clone(), text.to_owned()));
            }
            self.says_currency |= numbers::unit(text.as_bytes()).is_some();
            match numbers::parse(text.as_bytes(), false).map_or_else(|comma| comma, |parsed| parsed.comma) {
                Some(_) => self.decimals_decided = true,
                None if text.contains(['.', ',']) => column.keep(text),
                None => {}
            }
        }
    }

    fn is_open(&self) -> bool {
        let dates = self.dates.iter().any(|column| !column.is_decided && !column.cells.is_empty());
        dates || self.is_undecided()
    }

    /// All dates of a file are written alike: one that decides is enough.
    fn are_dates_open(&self) -> bool {
        let is_told = self.dates.iter().any(|column| column.is_decided);
        !is_told && !self.dates.is_empty() && (self.has_two_digit_years || self.dates.iter().any(|column| !column.cells.is_empty()))
    }

    fn are_decimals_open(&self) -> bool {
        !self.decimals_decided && self.amounts.iter().any(|column| !column.cells.is_empty())
    }

    fn is_undecided(&self) -> bool {
        self.are_dates_open() || self.are_decimals_open()
    }

    fn see_all(&mut self, reader: impl Read, inspection: &Inspection, is_wanted: impl Fn(u64) -> bool) {
        let mut records = RecordReader::new(TextReader::new(reader, inspection.encoding, inspection.old_mac), inspection.delimiter);
        for seen in 1.. {
            if !is_wanted(seen) {
                return;
            }
            match records.step() {
                Step::End => return,
                Step::Record if records.line() > inspection.header_line => {
                    self.see(|position| std::str::from_utf8(records.cell(position)).unwrap_or_default().trim());
                    if !self.is_open() {
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    fn dates(&self, month_first: bool) -> Vec<Ambiguity> {
        let open = self.dates.iter().filter(|column| !column.is_decided && !column.cells.is_empty());
        open.map(|column| {
            let evidence = column.cells.iter().filter_map(|cell| {
                let (day_first, month_first) = both_ways(cell)?;
                Some(format!("“{cell}” is {day_first} or {month_first}"))
            });
            let day = choice("Day before month (31/12/2026)", ChoiceValue::DateOrder(DateOrder::DayMonthYear));
            let month = choice("Month before day (12/31/2026)", ChoiceValue::DateOrder(DateOrder::MonthDayYear));
            Ambiguity {
                column: column.header.clone(),
                question: "Does the day or the month come first in these dates?".to_owned(),
                evidence: evidence.collect(),
                choices: if month_first { vec![month, day] } else { vec![day, month] },
            }
        })
        .collect()
    }

    fn decimals(&self) -> Option<Ambiguity> {
        let column = self.amounts.iter().filter(|_| !self.decimals_decided).max_by_key(|column| column.cells.len())?;
        let comma_is_decimal = |cell: &String| {
            let (grouped, parted) = (cell.replace(['.', ','], ""), cell.replace(',', "."));
            format!("“{cell}” is {grouped} or {parted}")
        };
        let with_comma = column.cells.first()?.contains(',');
        let (comma, point) = (
            choice("A comma stands before the decimals (1.234,50)", ChoiceValue::DecimalComma(true)),
            choice("A point stands before the decimals (1,234.50)", ChoiceValue::DecimalComma(false)),
        );
        Some(Ambiguity {
            column: column.header.clone(),
            question: format!("Does the {} in these numbers part thousands or decimals?", if with_comma { "comma" } else { "point" }),
            evidence: column.cells.iter().map(comma_is_decimal).collect(),
            // What is read without an answer stands first.
            choices: vec![point, comma],
        })
    }

    fn currency(&self, shop: Currency) -> Option<Ambiguity> {
        let (column, cell) = self.money.as_ref().filter(|_| !self.says_currency)?;
        let others = ["EUR", "USD", "GBP", "TRY"].into_iter().filter_map(|code| code.parse().ok()).filter(|other| *other != shop);
        let choices = std::iter::once(shop).chain(others);
        Some(Ambiguity {
            column: column.clone(),
            question: "In which currency are these amounts?".to_owned(),
            evidence: vec![format!("“{cell}” names no currency, and no column does; without an answer it is the shop's {}", shop.code())],
            choices: choices.map(|currency| choice(&format!("{} ({})", currency.name(), currency.code()), ChoiceValue::Currency(currency))).collect(),
        })
    }
}

fn choice(label: &str, value: ChoiceValue) -> Choice {
    Choice { label: label.to_owned(), value }
}

const DAY_FIRST: Reading = Reading { order: DateOrder::DayMonthYear, two_digit_years: true };
const LONG_YEARS: Reading = Reading { order: DateOrder::DayMonthYear, two_digit_years: false };
const MONTH_FIRST: Reading = Reading { order: DateOrder::MonthDayYear, two_digit_years: true };

/// The two days that a cell can mean, where they differ.
fn both_ways(cell: &str) -> Option<(String, String)> {
    let day = |reading| match dates::parse(cell.as_bytes(), reading).0 {
        Ok(Moment::Local { day, .. }) => Some(day.to_string()),
        _ => None,
    };
    let (one, other) = (day(DAY_FIRST)?, day(MONTH_FIRST)?);
    (one != other).then_some((one, other))
}

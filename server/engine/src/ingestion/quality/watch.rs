//! Sees a file's rows as they are read, and reports on them at the end.

use super::super::line_reader::ParsedLine;
use super::super::problem::RowIssue;
use super::super::records_reader::ParsedRecord;
use super::before::Before;
use super::days::{Days, absent_days};
use super::earlier_prices::PricedProduct;
use super::findings;
use super::prices::{Noted, Outliers, Prices};
use super::repeats::{LINES, Repeats};
use super::sketch::Sketch;
use domain::Day;
use domain::sources::{ColumnMeaning, ColumnQuality, DayRows, FileKind, Mapping, QualityReport, ValueType};
use xxhash_rust::xxh3::xxh3_64;

/// Watches one pass over a file in bounded memory: some fifty megabytes at most, whatever the file's size.
pub struct QualityWatch {
    kind: FileKind,
    columns: Vec<ColumnQuality>,
    /// Where the columns of these meanings stand in `columns`.
    optional: [Option<usize>; OPTIONAL.len()],
    rows: i64,
    rejected: Noted,
    orders: Sketch,
    products: Sketch,
    customers: Sketch,
    repeats: Repeats,
    prices: Prices,
    days: Days,
}

/// Meanings whose cells may be empty in a row that is read.
const OPTIONAL: [ColumnMeaning; 9] = [
    ColumnMeaning::ProductName,
    ColumnMeaning::Sku,
    ColumnMeaning::UnitPrice,
    ColumnMeaning::OrderTotal,
    ColumnMeaning::Country,
    ColumnMeaning::City,
    ColumnMeaning::CustomerId,
    ColumnMeaning::CustomerEmail,
    ColumnMeaning::CustomerName,
];

/// Whether only a row's cells tell if it has something: what is optional is seen in what was read, and rows without the rest are none.
pub(in super::super) fn is_told_by_cells(meaning: ColumnMeaning) -> bool {
    !OPTIONAL.contains(&meaning) && !matches!(meaning, ColumnMeaning::OrderNumber | ColumnMeaning::OrderedAt | ColumnMeaning::Quantity)
}

/// What a watch gives to those who write sentences.
pub(super) struct Seen {
    /// Whether its rows are sales, of which most days have some.
    pub(super) is_sales: bool,
    pub(super) rows: i64,
    pub(super) rejected: Noted,
    pub(super) repeats: Repeats,
    pub(super) outliers: Outliers,
    pub(super) free: Noted,
    pub(super) negative: Noted,
}

impl QualityWatch {
    /// Before the first row.
    pub fn new(mapping: &Mapping) -> Self {
        let columns: Vec<ColumnQuality> = mapping.columns.iter().map(|(meaning, header)| blank(*meaning, header)).collect();
        let optional = OPTIONAL.map(|meaning| columns.iter().position(|column| column.meaning == meaning));
        Self {
            kind: mapping.kind,
            columns,
            optional,
            rows: 0,
            rejected: Noted::default(),
            orders: Sketch::new(),
            products: Sketch::new(),
            customers: Sketch::new(),
            repeats: Repeats::default(),
            prices: Prices::default(),
            days: Days::default(),
        }
    }

    /// Whether an earlier file of the source was of the same sort: a list of orders is no earlier list of sold items.
    pub fn follows(&self, earlier: &QualityReport) -> bool {
        let names_products =
            |columns: &[ColumnQuality]| columns.iter().any(|column| matches!(column.meaning, ColumnMeaning::Sku | ColumnMeaning::ProductName));
        names_products(&self.columns) == names_products(&earlier.columns)
    }

    /// A row that was read.
    pub fn line(&mut self, line: &ParsedLine<'_>) {
        self.rows += 1;
        self.cells(line);
        let is_there = [
            line.title.is_some(),
            line.sku.is_some(),
            line.unit_price_minor.is_some(),
            line.stated_total_minor.is_some(),
            line.country.is_some(),
            line.city.is_some(),
            line.customer_id.is_some(),
            line.customer_email.is_some(),
            line.customer_name.is_some(),
        ];
        for (position, is_there) in self.optional.iter().zip(is_there) {
            if let Some(position) = position
                && !is_there
            {
                note_empty(&mut self.columns[*position], line.row_line);
            }
        }
        self.orders.see(xxh3_64(line.order_number.as_bytes()));
        if let Some(product) = line.sku.as_deref().or(line.title.as_deref()) {
            let product = xxh3_64(product.as_bytes());
            if line.sku.is_some() {
                self.products.see(product);
            }
            self.prices.see(product, line);
        }
        if let Some(customer) = line.customer_id.as_deref() {
            self.customers.see(xxh3_64(customer.as_bytes()));
        }
        self.days.see(line.day);
        self.repeats.see(line);
    }

    /// The cells of a row that was read, of which nothing is left in what was made of it: for who sees the row before others do.
    pub fn cells(&mut self, line: &ParsedLine<'_>) {
        if line.empty.any() {
            for column in self.columns.iter_mut().filter(|column| line.empty.has(column.meaning)) {
                note_empty(column, line.row_line);
            }
        }
    }

    /// A row of a file that is no list of orders.
    pub fn record(&mut self, record: &ParsedRecord) {
        self.rows += 1;
        for column in &mut self.columns {
            let meaning = column.meaning;
            let is_there = match meaning.value_type() {
                ValueType::Moment => record.moment.is_some(),
                _ => record.text(meaning).is_some() || record.number(meaning).is_some(),
            };
            if !is_there {
                note_empty(column, record.row_line);
            }
        }
        let hash = |meaning| record.text(meaning).map(|text| xxh3_64(text.as_bytes()));
        hash(ColumnMeaning::OrderNumber).into_iter().for_each(|order| self.orders.see(order));
        hash(ColumnMeaning::Sku).into_iter().for_each(|product| self.products.see(product));
        hash(ColumnMeaning::CustomerId).into_iter().for_each(|customer| self.customers.see(customer));
        if let Some((_, local)) = record.moment {
            self.days.see(local.day);
        }
    }

    /// A row that could not be read.
    pub fn issue(&mut self, issue: &RowIssue) {
        self.rejected.note(issue.line);
        if let Some(header) = &issue.column
            && let Some(column) = self.columns.iter_mut().find(|column| column.header == *header)
        {
            column.invalid += 1;
        }
    }

    /// Adds the rows that could not be read and the cells of the others, which another watch over the same pass has seen.
    #[must_use]
    pub fn with_cells_of(mut self, other: Self) -> Self {
        self.rejected = other.rejected;
        for (column, other) in self.columns.iter_mut().zip(other.columns) {
            column.invalid = other.invalid;
            column.empty += other.empty;
            column.empty_lines.extend(other.empty_lines);
        }
        self
    }

    /// Products of the file whose prices are worth comparing with those of earlier uploads, so many at most: those with the fewest rows first.
    pub fn priced_products(&self, most: usize) -> Vec<PricedProduct<'_>> {
        self.prices.products(most)
    }

    /// Days without rows of which the report would say that they are missing, unless earlier files have them; none where rows are no sales.
    pub fn absent_days(&mut self) -> Vec<Day> {
        if self.is_sales() { absent_days(&self.days.days()) } else { Vec::new() }
    }

    /// Whether its rows are sales, of which most days have some.
    fn is_sales(&self) -> bool {
        matches!(self.kind, FileKind::Orders | FileKind::SellOut)
    }

    /// The report, held against what is known `before` the file.
    pub fn report(self, before: &Before) -> QualityReport {
        let is_sales = self.is_sales();
        let Self { mut columns, rows, rejected, repeats, prices, days, orders, products, customers, .. } = self;
        for column in &mut columns {
            column.filled = rows - column.empty;
            column.distinct = match column.meaning {
                ColumnMeaning::OrderNumber => Some(orders.estimate()),
                ColumnMeaning::Sku => Some(products.estimate()),
                ColumnMeaning::CustomerId => Some(customers.estimate()),
                _ => None,
            };
        }
        let days: Vec<DayRows> = days.finish().into_iter().map(|(day, rows)| DayRows { day, rows }).collect();
        let outliers = prices.outliers(before.prices.as_ref());
        let seen = Seen { is_sales, rows, rejected, repeats, outliers, free: prices.free, negative: prices.negative };
        let mut report = QualityReport { rows: seen.rows + seen.rejected.count, findings: Vec::new(), columns, days };
        report.findings = findings::of(&seen, &report, before);
        report
    }
}

fn blank(meaning: ColumnMeaning, header: &str) -> ColumnQuality {
    ColumnQuality { meaning, header: header.to_owned(), filled: 0, empty: 0, invalid: 0, distinct: None, empty_lines: Vec::new() }
}

/// Another row in which a column is empty.
fn note_empty(column: &mut ColumnQuality, line: u64) {
    column.empty += 1;
    if column.empty_lines.len() < LINES {
        column.empty_lines.push(i64::try_from(line).unwrap_or(i64::MAX));
    }
}

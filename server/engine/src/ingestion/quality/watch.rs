//! Sees a file's rows as they are read, and reports on them at the end.

use super::super::line_reader::ParsedLine;
use super::super::problem::RowIssue;
use super::days::Days;
use super::findings;
use super::prices::{Noted, Prices};
use super::repeats::Repeats;
use super::sketch::Sketch;
use domain::sources::{ColumnMeaning, ColumnQuality, DayRows, Mapping, QualityReport};
use xxhash_rust::xxh3::xxh3_64;

/// Watches one pass over a file of orders in bounded memory: some forty megabytes at most, whatever the file's size.
pub struct QualityWatch {
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

/// What a watch gives to those who write sentences.
pub(super) struct Seen {
    pub(super) rows: i64,
    pub(super) rejected: Noted,
    pub(super) repeats: Repeats,
    pub(super) outliers: Noted,
    pub(super) free: Noted,
    pub(super) negative: Noted,
}

impl QualityWatch {
    /// Before the first row.
    pub fn new(mapping: &Mapping) -> Self {
        let columns: Vec<ColumnQuality> = mapping
            .columns
            .iter()
            .map(|(meaning, header)| ColumnQuality { meaning: *meaning, header: header.clone(), filled: 0, empty: 0, invalid: 0, distinct: None })
            .collect();
        let optional = OPTIONAL.map(|meaning| columns.iter().position(|column| column.meaning == meaning));
        Self {
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

    /// A row that was read.
    pub fn line(&mut self, line: &ParsedLine<'_>) {
        self.rows += 1;
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
                self.columns[*position].empty += 1;
            }
        }
        self.orders.see(xxh3_64(line.order_number.as_bytes()));
        if let Some(product) = line.sku.as_deref().or(line.title.as_deref()) {
            let product = xxh3_64(product.as_bytes());
            self.products.see(product);
            self.prices.see(product, line);
        }
        if let Some(customer) = line.customer_id.as_deref().or(line.customer_email.as_deref()) {
            self.customers.see(xxh3_64(customer.as_bytes()));
        }
        self.days.see(line.day);
        self.repeats.see(line);
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

    /// The report; `earlier` is that of the newest file of the same source before this one.
    pub fn report(self, earlier: Option<&QualityReport>) -> QualityReport {
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
        let outliers = prices.outliers();
        let seen = Seen { rows, rejected, repeats, outliers, free: prices.free, negative: prices.negative };
        let mut report = QualityReport { rows: seen.rows + seen.rejected.count, findings: Vec::new(), columns, days };
        report.findings = findings::of(&seen, &report, earlier);
        report
    }
}

//! What came of a file, counted while its orders are stored.

use super::decide::Decided;
use super::other_facts::Outcome;
use domain::{Currency, Day, Money};
use engine::ingestion::{CleaningKind, CleaningLog};
use std::collections::{BTreeMap, BTreeSet};

/// Counts over all books of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Totals {
    /// Rows that the figures now include.
    pub(crate) accepted: i64,
    /// Rows of orders that were there, unchanged.
    pub(crate) duplicate: i64,
    /// Orders; in files of other kinds products, customers, movements and so on.
    pub(crate) orders_new: i64,
    pub(crate) orders_updated: i64,
    /// Those that are there and differ, left as they were because the file only adds or tells less.
    pub(crate) left: i64,
    /// Those of them of which the file tells less.
    pub(crate) told_less: i64,
    /// Those of them of which rows were rejected.
    pub(crate) held: i64,
    /// Refunds of the file, or of its orders, that both a file of refunds and the orders' export tell.
    pub(crate) refunds_told_twice: i64,
    /// Such refunds of which the number is that of several orders.
    pub(crate) refunds_unclear: i64,
    /// The file replaced no period, because rows of it were rejected.
    pub(crate) is_unreplaced: bool,
    /// Those of the file's period that it does not name, and that went because it replaces the period.
    pub(crate) removed: i64,
    /// First and last day of the file's orders, old and new.
    pub(crate) days: Option<(Day, Day)>,
    /// Months in which orders were written or replaced.
    pub(crate) months: BTreeSet<i32>,
    /// Accepted orders by currency.
    pub(crate) by_currency: BTreeMap<&'static str, CurrencyTotals>,
    /// What storing changed.
    pub(crate) cleaning: CleaningLog,
}

/// Accepted orders of one currency.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CurrencyTotals {
    pub(crate) currency: Currency,
    pub(crate) net_minor: i64,
    pub(crate) orders: i64,
    pub(crate) rows: i64,
}

impl Totals {
    pub(super) fn count(&mut self, decided: &Decided) {
        for order in &decided.book.orders {
            let (first, last) = self.days.unwrap_or((order.day, order.day));
            self.days = Some((first.min(order.day), last.max(order.day)));
        }
        self.duplicate += decided.rows_duplicate;
        self.left += decided.left.len() as i64;
        self.told_less += decided.told_less;
        self.held += decided.held;
        self.orders_new += decided.orders_new;
        self.orders_updated += decided.kept.len() as i64 - decided.orders_new;
        for kept in &decided.kept {
            let order = decided.order(kept);
            self.months.extend([order.day, kept.replaces_day.map_or(order.day, Day)].map(|day| day.civil().year * 100 + day.civil().month as i32));
            let rows = i64::from(order.line_count);
            self.accepted += rows;
            let blank = CurrencyTotals { currency: order.currency, net_minor: 0, orders: 0, rows: 0 };
            let of_currency = self.by_currency.entry(order.currency.code()).or_insert(blank);
            of_currency.net_minor = of_currency.net_minor.saturating_add(order.net_minor);
            of_currency.orders += 1;
            of_currency.rows += rows;
        }
    }

    /// Counts a fact that is no sale, and the rows it is made of.
    pub(super) fn count_fact(&mut self, outcome: Outcome, rows: i64) {
        self.count_rows(outcome, rows);
        match outcome {
            Outcome::Same => {}
            Outcome::Left => self.left += 1,
            Outcome::New => self.orders_new += 1,
            Outcome::Updated => self.orders_updated += 1,
        }
    }

    /// Counts rows of a fact.
    pub(super) fn count_rows(&mut self, outcome: Outcome, rows: i64) {
        match outcome {
            Outcome::Same | Outcome::Left => self.duplicate += rows,
            Outcome::New | Outcome::Updated => self.accepted += rows,
        }
    }

    /// All that was cleaned, with what was changed while the file was `read`.
    pub(crate) fn cleaned(&self, read: &CleaningLog) -> CleaningLog {
        let mut log = read.clone();
        log.merge(self.cleaning.clone());
        log.count(CleaningKind::DuplicatesDropped, self.duplicate);
        log.count(CleaningKind::Replaced, self.orders_updated);
        log
    }

    /// Net sales of the accepted rows, one amount a currency.
    pub(crate) fn net_sales(&self) -> Vec<Money> {
        self.by_currency.values().map(|totals| Money::new(totals.net_minor, totals.currency)).collect()
    }
}

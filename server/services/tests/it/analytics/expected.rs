//! The oracle: measures by plain loops over lines, knowing nothing of SQL.

use std::collections::{BTreeMap, BTreeSet};

use domain::question::{Cell, FilterOp, Question};
use domain::range::Calendar;
use domain::semantic::{Dimension, Measure};
use domain::sources::Channel;

use super::facts::{Line, Order, POSTAGE, PRODUCTS, SOURCES};

#[derive(Default)]
struct Sums {
    net: i64,
    gross: i64,
    /// Absent where no line tells any.
    discounts: Option<i64>,
    given_back: i64,
    /// After discounts, of orders that can be counted.
    counted_sold: i64,
    units_milli: i64,
    orders: BTreeSet<i64>,
    customers: BTreeSet<i64>,
    totals: BTreeMap<i64, i64>,
}

fn value(dimension: Dimension, order: &Order, line: &Line) -> Option<String> {
    match dimension {
        Dimension::Product => line.product.map(|product| PRODUCTS[product].1.to_owned()),
        Dimension::Sku => line.product.and_then(|product| PRODUCTS[product].0).map(str::to_owned),
        Dimension::Country => order.country.map(str::to_owned),
        Dimension::City => order.city.map(str::to_owned),
        Dimension::Channel => Some(order.channel.as_str().to_owned()),
        Dimension::Source => Some(SOURCES[order.source as usize - 1].to_owned()),
        Dimension::Store => {
            let till = (order.channel == Channel::Offline).then(|| SOURCES[order.source as usize - 1]);
            order.store().or(till).map(str::to_owned)
        }
        Dimension::Weekday => Some(order.day.weekday().to_string()),
        Dimension::Hour => Some(order.hour.to_string()),
        Dimension::Currency => Some(order.currency.to_owned()),
        other => panic!("the loops know nothing of {other}"),
    }
}

fn is_in(question: &Question, order: &Order, line: &Line) -> bool {
    let time = question.time.unwrap_or_default();
    time.from.is_none_or(|from| order.day >= from)
        && time.to.is_none_or(|to| order.day <= to)
        && question.filters.iter().all(|filter| {
            let is_named = value(filter.dimension, order, line).is_some_and(|value| filter.values.contains(&value));
            is_named == (filter.op == FilterOp::In)
        })
        && !(lists_products(question) && value(Dimension::Product, order, line).as_deref() == Some(POSTAGE))
}

/// Split by product, and not asked for some by name.
fn lists_products(question: &Question) -> bool {
    let of_products = |dimension: Dimension| matches!(dimension, Dimension::Product | Dimension::Sku);
    question.dimensions.iter().copied().any(of_products)
        && !question.filters.iter().any(|filter| filter.op == FilterOp::In && of_products(filter.dimension))
}

impl Sums {
    fn cell(&self, measure: Measure) -> Cell {
        let orders = self.orders.len() as i64;
        match measure {
            Measure::NetSales => Cell::Int(self.net),
            Measure::GrossSales => Cell::Int(self.gross),
            Measure::Discounts => self.discounts.map_or(Cell::None, Cell::Int),
            Measure::Returns => Cell::Int(self.given_back),
            Measure::Orders => Cell::Int(orders),
            Measure::AverageOrderValue if orders == 0 => Cell::None,
            Measure::AverageOrderValue => Cell::Int((2 * self.counted_sold + orders) / (2 * orders)),
            Measure::Units if self.units_milli % 1000 == 0 => Cell::Int(self.units_milli / 1000),
            Measure::Units => Cell::Float(self.units_milli as f64 / 1000.0),
            Measure::Customers => Cell::Int(self.customers.len() as i64),
            Measure::TotalSales => Cell::Int(self.totals.values().sum()),
            other => panic!("the loops know nothing of {other}"),
        }
    }
}

/// Key cells as words → measures.
pub(super) type Rows = BTreeMap<Vec<String>, Vec<Cell>>;

/// A key cell as a word.
pub(super) fn word(cell: &Cell) -> String {
    match cell {
        Cell::None => "∅".to_owned(),
        Cell::Int(number) => number.to_string(),
        Cell::Float(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
    }
}

/// The rows a question brings, without limit and order.
pub(super) fn rows(orders: &[Order], question: &Question, week_start: u32) -> Rows {
    let calendar = Calendar { week_start, ..Calendar::default() };
    let mut groups: BTreeMap<Vec<String>, Sums> = BTreeMap::new();
    if question.grain().is_none() && question.dimensions.is_empty() {
        groups.insert(Vec::new(), Sums::default());
    }
    for order in orders {
        for line in order.lines.iter().filter(|line| is_in(question, order, line)) {
            let time = question.grain().map(|grain| grain.start(order.day, calendar).to_string());
            let dimensions = question.dimensions.iter().map(|dimension| value(*dimension, order, line).unwrap_or_else(|| "∅".to_owned()));
            let sums = groups.entry(time.into_iter().chain(dimensions).collect()).or_default();
            sums.net += line.amount_minor;
            sums.gross += line.gross_minor();
            sums.given_back -= line.amount_minor.min(0);
            sums.discounts = [sums.discounts, line.discount_minor].into_iter().flatten().reduce(|sum, off| sum + off);
            sums.units_milli += line.quantity_milli;
            sums.totals.insert(order.id, order.stated_total_minor.unwrap_or(order.net_minor()));
            if line.gross_minor() > 0 {
                sums.customers.extend(order.customer);
            }
            if line.gross_minor() > 0 && !order.is_aggregate() {
                sums.orders.insert(order.id);
            }
            if !order.is_aggregate() {
                sums.counted_sold += line.amount_minor.max(0);
            }
        }
    }
    groups.into_iter().map(|(key, sums)| (key, question.measures.iter().map(|measure| sums.cell(*measure)).collect())).collect()
}

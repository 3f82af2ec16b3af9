//! The numbers of the sales dashboard, read in one transaction.

use domain::question::{Answer, Cell, Question};
use domain::range::DateRange;
use domain::semantic::{Dimension, Measure};
use domain::{Currency, Day};
use std::collections::HashMap;

use crate::analytics::{Overview, answer_compared_within, answer_within, chosen_currency};
use crate::db::Tx;
use crate::{Result, Services};

use super::chosen::Chosen;
use super::covered::Covered;

/// The headline figures in the page's order.
pub(super) const FIGURES: [Measure; 7] =
    [Measure::NetSales, Measure::GrossSales, Measure::Returns, Measure::Orders, Measure::AverageOrderValue, Measure::Units, Measure::Customers];

/// What was measured.
pub(super) struct Measured {
    /// What all money is of.
    pub currency: Currency,
    /// The figures over the range, in the order of [`FIGURES`].
    pub totals: Vec<Cell>,
    /// The figures over the range's settled days: those that are compared.
    pub settled_totals: Vec<Cell>,
    /// The figures over the compared range, where the data reach back to it.
    pub compared_totals: Option<Vec<Cell>>,
    /// The figures bucket by bucket; buckets without rows are absent.
    pub series: HashMap<Day, Vec<Cell>>,
    /// The same over the compared range, in the buckets of the range.
    pub compared_series: HashMap<Day, Vec<Cell>>,
    /// Product, net sales, units, orders: the best ten.
    pub products: Vec<Vec<Cell>>,
    /// Country, net sales, orders: all of them, the largest first.
    pub countries: Vec<Vec<Cell>>,
    /// By how much each country's net sales differ from those of the compared range.
    pub country_changes: Vec<(Cell, i64)>,
    /// Weekday, hour, net sales, orders.
    pub hours: Vec<Vec<Cell>>,
}

impl Measured {
    pub(super) async fn read(services: &Services, tx: &Tx, overview: &Overview, chosen: &Chosen) -> Result<Self> {
        let everything = Question { filters: chosen.filters.clone(), ..Question::new(FIGURES) };
        let currency = chosen_currency(services, tx, overview, &everything).await?;
        let ask = async |question: Question| -> Result<Answer> { answer_within(services, tx, overview, &question, currency).await };
        let totals =
            async |range: DateRange| -> Result<Vec<Cell>> { Ok(ask(chosen.question(&FIGURES, range, None)).await?.rows.pop().unwrap_or_default()) };
        let over_time = |range: DateRange| chosen.question(&FIGURES, range, Some(chosen.grain));
        let comparable = chosen.comparable().map(|(_, range)| range);
        // Beyond the settled days there is something only where today is among them.
        let is_settled = comparable.is_none() || chosen.range.to.min(chosen.data.to) <= chosen.complete_to;
        let country_sales = async |range: DateRange| -> Result<Vec<Vec<Cell>>> { Ok(ask(countries(chosen, range)).await?.rows) };
        let (all, by_country) = (totals(chosen.range).await?, country_sales(chosen.range).await?);
        let settled_countries = if is_settled { by_country.clone() } else { country_sales(chosen.settled).await? };
        Ok(Self {
            currency,
            settled_totals: if is_settled { all.clone() } else { totals(chosen.settled).await? },
            totals: all,
            compared_totals: match comparable {
                Some(range) => Some(totals(range).await?),
                None => None,
            },
            series: by_bucket(ask(over_time(chosen.range)).await?),
            compared_series: match chosen.facing() {
                Some(facing) => {
                    let asked = (&over_time(facing.compared), facing);
                    by_bucket(answer_compared_within((services, tx, overview), asked, currency).await?)
                }
                None => HashMap::new(),
            },
            products: ask(best_products(chosen)).await?.rows,
            country_changes: match comparable {
                Some(range) => differences(&settled_countries, &country_sales(range).await?),
                None => Vec::new(),
            },
            countries: by_country,
            hours: ask(hours(chosen)).await?.rows,
        })
    }

    /// A figure over the range.
    pub(super) fn total(&self, measure: Measure) -> &Cell {
        position(measure).and_then(|index| self.totals.get(index)).unwrap_or(&Cell::None)
    }

    /// A figure over the range's settled days.
    pub(super) fn settled_total(&self, measure: Measure) -> &Cell {
        position(measure).and_then(|index| self.settled_totals.get(index)).unwrap_or(&Cell::None)
    }

    /// A figure over the compared range.
    pub(super) fn compared_total(&self, measure: Measure) -> &Cell {
        let totals = self.compared_totals.as_deref().unwrap_or_default();
        position(measure).and_then(|index| totals.get(index)).unwrap_or(&Cell::None)
    }

    /// A figure of each bucket of the range.
    pub(super) fn over_time(&self, measure: Measure, chosen: &Chosen) -> Vec<Cell> {
        values(&self.series, measure, &chosen.buckets(), &Covered::of(chosen, chosen.grain))
    }

    /// The same over the compared days that count in each bucket.
    pub(super) fn compared_over_time(&self, measure: Measure, chosen: &Chosen) -> Vec<Cell> {
        let covered = chosen.facing().map(|facing| Covered::by_compared(chosen, facing, chosen.grain)).unwrap_or_default();
        values(&self.compared_series, measure, &chosen.buckets(), &covered)
    }

    /// Whether anything at all was sold or given back.
    pub(super) fn is_empty(&self) -> bool {
        self.series.is_empty()
    }
}

fn position(measure: Measure) -> Option<usize> {
    FIGURES.iter().position(|figure| *figure == measure)
}

fn values(series: &HashMap<Day, Vec<Cell>>, measure: Measure, buckets: &[Day], covered: &Covered) -> Vec<Cell> {
    let found = |bucket: &Day| position(measure).and_then(|index| series.get(bucket)?.get(index).cloned());
    buckets.iter().map(|bucket| found(bucket).unwrap_or_else(|| covered.without_row(*bucket, measure))).collect()
}

fn by_bucket(answer: Answer) -> HashMap<Day, Vec<Cell>> {
    let bucket = |mut row: Vec<Cell>| {
        let cells = row.split_off(1);
        Some((row.first()?.as_text()?.parse().ok()?, cells))
    };
    answer.rows.into_iter().filter_map(bucket).collect()
}

fn best_products(chosen: &Chosen) -> Question {
    let measures = [Measure::NetSales, Measure::Units];
    Question { dimensions: vec![Dimension::Product], limit: Some(10), ..chosen.question(&measures, chosen.range, None) }
}

fn countries(chosen: &Chosen, range: DateRange) -> Question {
    let measures = [Measure::NetSales, Measure::Orders];
    Question { dimensions: vec![Dimension::Country], ..chosen.question(&measures, range, None) }
}

/// By how much the net sales of each country of either list differ.
fn differences(now: &[Vec<Cell>], then: &[Vec<Cell>]) -> Vec<(Cell, i64)> {
    let sales = |rows: &[Vec<Cell>], country: &Cell| rows.iter().find(|row| row[0] == *country).and_then(|row| row.get(1)?.as_i64()).unwrap_or(0);
    let only_then = then.iter().filter(|row| now.iter().all(|other| other[0] != row[0]));
    now.iter().chain(only_then).map(|row| (row[0].clone(), sales(now, &row[0]) - sales(then, &row[0]))).collect()
}

fn hours(chosen: &Chosen) -> Question {
    Question { dimensions: vec![Dimension::Weekday, Dimension::Hour], ..chosen.question(&[Measure::NetSales, Measure::Orders], chosen.range, None) }
}

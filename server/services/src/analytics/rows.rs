//! The facts behind a question: its orders, or its order lines.

use domain::Currency;
use domain::question::{Cell, Filter, FilterOp, Question};
use domain::semantic::{Dimension, Measure};
use engine::planning::{
    FactRows, PlanContext, Raw, about_all_rows, adds_up, compile_row_sums, compile_rows, compile_totals, fact_rows, holds_money, row_measures,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::answer::{Asking, plan_context};
use super::cache::cached;
use super::engine::Engine;
use super::overview::Overview;
use super::steps::Steps;
use crate::db::Tx;
use crate::{Result, Services};

/// A question whose facts are looked at one by one, within a transaction.
pub(crate) struct Behind<'a> {
    steps: Steps<'a>,
    overview: &'a Overview,
    currency: Currency,
    /// The question, its rankings worked out.
    question: Question,
    /// What its facts are.
    pub(crate) rows: FactRows,
    /// What each row tells of itself.
    pub(crate) measures: Vec<Measure>,
    /// Whether some rows may be of another currency than the question's.
    pub(crate) is_mixed: bool,
}

/// One fact: where it stands, and what it tells of each of the measures.
pub(crate) struct FactRow {
    pub(crate) day: i64,
    pub(crate) order: i64,
    /// Of an order line, its number.
    pub(crate) line: Option<i64>,
    pub(crate) amounts: Vec<Cell>,
}

impl<'a> Behind<'a> {
    /// Of the question, only what chooses facts counts: thresholds, order and limit choose among its rows.
    pub(crate) async fn of(services: &'a Services, tx: &'a Tx, overview: &'a Overview, question: &Question, currency: Currency) -> Result<Self> {
        let steps = Steps::new(services, tx);
        let rows = fact_rows(question, &plan_context(services, overview, currency))?;
        let question = Asking { overview, currency, steps: &steps }.with_rankings(question).await?;
        let question = about_all_rows(&question, currency);
        let measures = row_measures(&question, rows);
        // Only now: a ranking by money holds no facts to a currency once it is worked out.
        let is_one = matches!(overview.currencies.as_slice(), [only] if only.currency == currency);
        let is_mixed = !is_one && !holds_money(&question) && !question.filters.iter().any(|filter| is_only(filter, currency));
        Ok(Self { steps, overview, currency, question, rows, measures, is_mixed })
    }

    /// Some of the facts, the newest first. The database is asked: along its keys it finds a page without reading all facts before it.
    pub(crate) async fn page(&self, skip: u64, limit: u32) -> Result<Vec<FactRow>> {
        let context = self.context();
        let compiled = |dialect| compile_rows(&self.question, &PlanContext { dialect, ..context }, (skip, limit));
        let (_, rows) = self.steps.run("the facts", &Engine::Sql, compiled).await?;
        let keys = if self.rows == FactRows::Lines { 3 } else { 2 };
        let row = |row: Vec<Raw>| FactRow {
            day: whole(&row[0]),
            order: whole(&row[1]),
            line: (keys == 3).then(|| whole(&row[2])),
            amounts: row[keys..].iter().map(cell).collect(),
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// How many facts there are, and their sums; kept until the data change, so that turning a page does not add them up anew.
    pub(crate) async fn sums(&self) -> Result<(u64, Vec<Cell>)> {
        let work = async {
            let context = self.context();
            let compiled = |dialect| compile_row_sums(&self.question, &PlanContext { dialect, ..context });
            let (_, rows) = self.steps.run("the sums of the facts", &self.overview.engine, compiled).await?;
            let sums = rows.into_iter().next().unwrap_or_default();
            let count = sums.first().map_or(0, |count| u64::try_from(whole(count)).unwrap_or_default());
            Ok((count, sums.iter().skip(1).map(cell).collect::<Vec<_>>()))
        };
        self.kept("row sums", work).await
    }

    /// The question's own figures over all its facts, one row a currency where it is split by them; kept as the sums are.
    pub(crate) async fn figures(&self) -> Result<Vec<(Currency, Vec<Cell>)>> {
        let asking = Asking { overview: self.overview, currency: self.currency, steps: &self.steps };
        let work = async { Ok(asking.rows("the figures", |context| compile_totals(&self.question, context)).await?.0) };
        let rows: Vec<Vec<Cell>> = self.kept("row figures", work).await?;
        if !self.is_split() {
            return Ok(rows.into_iter().map(|row| (self.currency, row)).collect());
        }
        let of_currency = |mut row: Vec<Cell>| {
            let figures = row.split_off(1);
            Some((row.first()?.as_text()?.parse().ok()?, figures))
        };
        Ok(rows.into_iter().filter_map(of_currency).collect())
    }

    /// Whether its figures are told currency by currency.
    pub(crate) fn is_split(&self) -> bool {
        self.question.dimensions.contains(&Dimension::Currency)
    }

    /// The measures whose figures are not what the rows add up to.
    pub(crate) fn figures_apart(&self) -> impl Iterator<Item = Measure> {
        self.question.measures.iter().copied().filter(|measure| !adds_up(*measure, &self.question, self.rows))
    }

    async fn kept<T: Serialize + DeserializeOwned>(&self, what: &'static str, work: impl Future<Output = Result<T>>) -> Result<T> {
        let key = (what, &self.question, self.currency);
        cached(self.steps.services, &self.overview.merchant, self.overview.version, &key, work).await
    }

    fn context(&self) -> PlanContext {
        plan_context(self.steps.services, self.overview, self.currency)
    }
}

fn is_only(filter: &Filter, currency: Currency) -> bool {
    let is_it = matches!(filter.values.as_slice(), [only] if only.parse::<Currency>() == Ok(currency));
    filter.dimension == Dimension::Currency && filter.op == FilterOp::In && is_it
}

fn whole(raw: &Raw) -> i64 {
    match raw {
        Raw::Int(number) => *number,
        _ => 0,
    }
}

fn cell(raw: &Raw) -> Cell {
    match raw {
        Raw::Int(number) => Cell::Int(*number),
        _ => Cell::None,
    }
}

//! The facts behind a question: its orders, or its order lines.

use domain::Currency;
use domain::question::{Cell, Question};
use domain::semantic::Measure;
use engine::planning::{FactRows, PlanContext, Raw, compile_row_sums, compile_rows, compile_totals, fact_rows, row_measures};

use super::answer::{Asking, plan_context};
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
    pub(crate) async fn of(services: &'a Services, tx: &'a Tx, overview: &'a Overview, question: &Question, currency: Currency) -> Result<Self> {
        let steps = Steps::new(services, tx);
        let rows = fact_rows(question, &plan_context(services, overview, currency))?;
        let question = Asking { overview, currency, steps: &steps }.with_rankings(question).await?;
        let measures = row_measures(&question, rows);
        Ok(Self { steps, overview, currency, question, rows, measures })
    }

    /// Some of the facts, the newest first. The database is asked: it holds what the copy leaves out.
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

    /// How many facts there are, and their sums.
    pub(crate) async fn sums(&self) -> Result<(u64, Vec<Cell>)> {
        let context = self.context();
        let compiled = |dialect| compile_row_sums(&self.question, &PlanContext { dialect, ..context });
        let (_, rows) = self.steps.run("the sums of the facts", &Engine::Sql, compiled).await?;
        let sums = rows.into_iter().next().unwrap_or_default();
        let count = sums.first().map_or(0, |count| u64::try_from(whole(count)).unwrap_or_default());
        Ok((count, sums.iter().skip(1).map(cell).collect()))
    }

    /// The question's own figures over all its facts.
    pub(crate) async fn figures(&self) -> Result<Vec<Cell>> {
        let asking = Asking { overview: self.overview, currency: self.currency, steps: &self.steps };
        let (rows, _) = asking.rows("the figures", |context| compile_totals(&self.question, context)).await?;
        Ok(rows.into_iter().next().unwrap_or_default())
    }

    fn context(&self) -> PlanContext {
        plan_context(self.steps.services, self.overview, self.currency)
    }
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

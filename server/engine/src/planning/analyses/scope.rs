//! The facts that an analysis looks at.

use crate::planning::atoms::SOLD;
use crate::planning::blocks::{Block, facts};
use crate::planning::dimensions::Join;
use crate::planning::plan::{Output, Plan, PlanContext};
use crate::planning::sql::Writer;
use domain::question::{Filter, MAX_ROWS, Question, TimeSpan};
use domain::semantic::{Dimension, Facts, Measure};
use domain::{AppError, Day};

/// Which facts: days and filters. All of it is of the context's one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// First day; without it, the data's first.
    pub from: Option<Day>,
    /// Last day.
    pub to: Day,
    /// All of them must hold.
    pub filters: Vec<Filter>,
}

impl Scope {
    /// The question for the facts' net sales: what a scope is checked as, and what tells its currency.
    pub fn question(&self) -> Question {
        let time = Some(TimeSpan { from: self.from, to: Some(self.to), grain: None });
        Question { time, filters: self.filters.clone(), ..Question::new([Measure::NetSales]) }
    }

    /// One row an order of a known customer: `customer`, `day`, `month`, `net`, and `sale`, which is 1 where something was sold.
    pub(super) fn orders(&self, context: &PlanContext, writer: &mut Writer) -> Result<String, AppError> {
        self.orders_with((&[], ""), context, writer)
    }

    /// The same with the `first_day` and `first_month` on which the customer ever ordered, whatever days and filters choose.
    pub(super) fn orders_since_first(&self, context: &PlanContext, writer: &mut Writer) -> Result<String, AppError> {
        self.orders_with((&[Join::Buyers], ", b.first_day AS first_day, b.first_month AS first_month"), context, writer)
    }

    fn orders_with(&self, (joins, columns): (&[Join], &str), context: &PlanContext, writer: &mut Writer) -> Result<String, AppError> {
        let question = self.question();
        if question.all_dimensions().any(Dimension::is_of_lines) {
            let facts = facts(&question, context, Block::Lines, joins, writer)?;
            let net = context.dialect.sum("f.amount_minor");
            let keys = if joins.is_empty() { "" } else { ", b.first_day, b.first_month" };
            return Ok(format!(
                "SELECT f.order_id AS id, f.customer_id AS customer, f.day AS day, f.month AS month, {net} AS net, \
                 MAX(CASE WHEN {SOLD} AND NOT f.is_aggregate THEN 1 ELSE 0 END) AS sale{columns} {facts} AND f.customer_id IS NOT NULL \
                 GROUP BY f.order_id, f.customer_id, f.day, f.month{keys}"
            ));
        }
        let facts = facts(&question, context, Block::Orders, joins, writer)?;
        Ok(format!(
            "SELECT f.id AS id, f.customer_id AS customer, f.day AS day, f.month AS month, f.net_minor AS net, \
             CASE WHEN f.is_sale AND NOT f.is_aggregate THEN 1 ELSE 0 END AS sale{columns} {facts} AND f.customer_id IS NOT NULL"
        ))
    }

    /// From which order lines of products, joined with `p`; samples, postage and fees stand aside.
    pub(super) fn lines(&self, context: &PlanContext, writer: &mut Writer) -> Result<String, AppError> {
        let question = Question { dimensions: vec![Dimension::Product], ..self.question() };
        Ok(format!("{} AND f.product_id IS NOT NULL", facts(&question, context, Block::Lines, &[], writer)?))
    }

    /// From which stock, joined with `p`. Stock is of today, and of no country or customer: such filters choose among sales only.
    pub(super) fn stock(&self, context: &PlanContext, writer: &mut Writer) -> Result<String, AppError> {
        let filters = self.filters.iter().filter(|filter| filter.dimension.entry().facts.contains(&Facts::Stock)).cloned().collect();
        let question = Question { dimensions: vec![Dimension::Product], filters, ..Question::new([Measure::StockOnHand]) };
        Ok(format!("{} AND f.product_id IS NOT NULL", facts(&question, context, Block::Stock, &[], writer)?))
    }
}

/// A statement that brings whole numbers, at most so many rows and one more.
pub(super) fn plan(sql: String, writer: Writer, outputs: Vec<Output>, limit: u32) -> Plan {
    Plan { sql, params: writer.params, outputs, limit }
}

/// A statement of a few rows, all of them whole numbers.
pub(super) fn numbers(sql: String, writer: Writer, count: usize) -> Plan {
    plan(sql, writer, vec![Output::Number; count], MAX_ROWS)
}

/// A whole number of 64 bits, whatever the aggregate brings.
pub(super) fn big(expression: &str) -> String {
    format!("CAST({expression} AS BIGINT)")
}

/// Columns as whole numbers of 64 bits under names of their own, from `c<first>` on: an engine takes a cast for the column itself.
pub(super) fn bigs(columns: &[&str], first: usize) -> String {
    let named = columns.iter().enumerate().map(|(index, column)| format!("{} AS c{}", big(column), first + index));
    named.collect::<Vec<_>>().join(", ")
}

//! The compiler: one question, one statement.

use super::blocks::{self, Block, facts};
use super::dimensions;
use super::facing;
use super::measures::{Formula, days_of, formula};
use super::sql::{Dialect, Value, Writer};
use super::statement::{Select, block_select, union};
use super::thresholds;
use domain::facing::Facing;
use domain::ids::MerchantId;
use domain::question::{Filter, MAX_ROWS, Number, Question, Threshold, ThresholdOp};
use domain::range::{Calendar, DateRange, Grain};
use domain::semantic::{Dimension, Measure, Unit};
use domain::{AppError, Currency};
use std::fmt::Write as _;

/// The most parameters a statement takes: SQLite's limit is 32,766.
const PARAMETERS: usize = 20_000;

/// What a question does not say itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanContext {
    /// Whose facts.
    pub merchant_id: MerchantId,
    /// Only facts in this currency count, where money is asked for and the question does not split by currency; `None` counts all.
    pub currency: Option<Currency>,
    /// Whether all sales are in that currency, so that no row of theirs must be looked at for it.
    pub sells_in_one_currency: bool,
    /// How the shop counts its weeks and years.
    pub calendar: Calendar,
    /// Whose SQL.
    pub dialect: Dialect,
    /// From the first to the last day of the data.
    pub days: Option<DateRange>,
    /// Whether some orders are tests, which do not count.
    pub has_test_orders: bool,
}

/// What a column of the statement brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// A bucket of time: the first day's number for days and weeks, the first month as `yyyymm` for months, quarters and years.
    Bucket(Grain),
    /// A text or null.
    Text,
    /// A channel's code.
    Channel,
    /// A month as `yyyymm`.
    Month,
    /// A whole number or null.
    Number,
    /// Thousandths of a piece.
    Thousandths,
    /// A double or null.
    Float,
}

/// A statement with its parameters, and how its rows are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The statement.
    pub sql: String,
    /// Its parameters by number: the first is `?1` or `$1`.
    pub params: Vec<Value>,
    /// What its columns bring: time, dimensions, measures.
    pub outputs: Vec<Output>,
    /// How many rows the answer may hold; the statement brings one more, to know whether there are more.
    pub limit: u32,
}

/// Compiles a question that holds (see [`Question::check`]) and whose rankings are worked out.
pub fn compile(question: &Question, context: &PlanContext) -> Result<Plan, AppError> {
    question.check()?;
    if let Some(index) = question.filters.iter().position(|filter| filter.op.ranks()) {
        return Err(AppError::invalid(format!("filters[{index}].op"), "a ranking has to be worked out before the question"));
    }
    compile_grouped(question, &Grouping::of(question), context)
}

/// Compiles a question about compared days; by time, its rows stand in the buckets of the days that those are set against.
pub fn compile_compared(question: &Question, facing: Facing, context: &PlanContext) -> Result<Plan, AppError> {
    question.check()?;
    compile_grouped(question, &Grouping { facing: Some(facing), ..Grouping::of(question) }, context)
}

/// Compiles the totals that shares are taken of: the same facts without the split, by time where the question splits by more than time.
pub fn compile_totals(question: &Question, context: &PlanContext) -> Result<Plan, AppError> {
    let dimensions: Vec<Dimension> = total_dimensions(question);
    let grain = question.grain().filter(|_| !question.dimensions.is_empty());
    let unordered = Question { having: Vec::new(), order: Vec::new(), limit: None, ..question.clone() };
    let unordered = match context.currency {
        Some(currency) => kept_in(currency, question, unordered),
        None => unordered,
    };
    compile_grouped(&unordered, &Grouping { grain, dimensions: &dimensions, facing: None }, context)
}

/// What totals are split by: money of several currencies has no common total.
pub(super) fn total_dimensions(question: &Question) -> Vec<Dimension> {
    question.dimensions.iter().copied().filter(|dimension| *dimension == Dimension::Currency).collect()
}

/// What rows are told apart by; a question's own split, or a coarser one.
struct Grouping<'a> {
    grain: Option<Grain>,
    dimensions: &'a [Dimension],
    /// In whose buckets of time: its own, or those of the days that it is compared with.
    facing: Option<Facing>,
}

impl<'a> Grouping<'a> {
    fn of(question: &'a Question) -> Self {
        Self { grain: question.grain(), dimensions: &question.dimensions, facing: None }
    }
}

fn compile_grouped(question: &Question, grouping: &Grouping<'_>, context: &PlanContext) -> Result<Plan, AppError> {
    let mut writer = Writer::new(context.dialect);
    let days = days_of(question, context);
    let asked: Vec<Formula> = question.measures.iter().map(|measure| formula(*measure, days)).collect();
    let limits: Vec<Formula> = question.having.iter().map(|threshold| formula(threshold.measure, days)).collect();
    let by_line = question.all_dimensions().any(Dimension::is_of_lines);
    let select = Select::new(asked.iter().chain(&limits), by_line);
    let key_count = usize::from(grouping.grain.is_some()) + grouping.dimensions.len();
    let (mut texts, mut outputs) = (Vec::new(), Vec::new());
    for block in &select.blocks {
        let keys = keys(grouping, *block, context, &mut writer);
        outputs = keys.iter().map(|(_, output)| *output).collect();
        let from = facts(question, context, *block, &select.joins(*block), &mut writer)?;
        texts.push(block_select(&select, *block, &keys, &from, context.dialect));
    }
    let column = |atom| format!("x.a{}", select.index(atom));
    let mut columns: Vec<String> = (0..key_count).map(|key| format!("x.k{key} AS c{key}")).collect();
    for (index, formula) in asked.iter().enumerate() {
        let (expression, output) = formula.expression(column, &mut writer);
        columns.push(format!("{expression} AS c{}", key_count + index));
        outputs.push(output);
    }
    let mut kept = Vec::new();
    for (index, (formula, threshold)) in limits.iter().zip(&question.having).enumerate() {
        let (expression, output) = formula.expression(column, &mut writer);
        columns.push(format!("{expression} AS h{index}"));
        kept.push(thresholds::condition(&format!("q.h{index}"), output, threshold, &mut writer));
    }
    let rows = union(texts, key_count, select.atoms.len());
    let mut sql = format!("SELECT {} FROM (SELECT {} FROM ({rows}) x) q", read(&outputs, context.dialect), columns.join(", "));
    if !kept.is_empty() {
        let _ = write!(sql, " WHERE {}", kept.join(" AND "));
    }
    let limit = question.limit.unwrap_or(MAX_ROWS).min(MAX_ROWS);
    let at_most = writer.bind(Value::Int(i64::from(limit) + 1));
    let _ = write!(sql, "{} LIMIT {at_most}", order(question, &outputs, key_count, context.dialect));
    if writer.params.len() > PARAMETERS {
        return Err(AppError::invalid("filters", "the filters hold too many values; use at most 20,000 in all"));
    }
    Ok(Plan { sql, params: writer.params, outputs, limit })
}

/// Compiles the question which currencies the facts of a question have: one row a currency, its code and the count of facts.
pub fn compile_currencies(question: &Question, context: &PlanContext) -> Result<Plan, AppError> {
    let by_line = question.all_dimensions().any(Dimension::is_of_lines);
    let block = if by_line { Block::Lines } else { Block::Orders };
    let mut writer = Writer::new(context.dialect);
    let facts = facts(question, &PlanContext { currency: None, ..*context }, block, &[], &mut writer)?;
    let count = context.dialect.wide("COUNT(*)");
    let sql = format!("SELECT f.currency AS c0, {count} AS c1 {facts} GROUP BY f.currency ORDER BY 1");
    Ok(Plan { sql, params: writer.params, outputs: vec![Output::Text, Output::Number], limit: MAX_ROWS })
}

/// What tells a block's rows apart: expressions and what they bring.
fn keys(grouping: &Grouping<'_>, block: Block, context: &PlanContext, writer: &mut Writer) -> Vec<(String, Output)> {
    let bucket = |grain| match grouping.facing {
        Some(facing) => facing::bucket(grain, context.calendar, facing),
        None => dimensions::bucket(grain, context.calendar),
    };
    let time = grouping.grain.map(|grain| (bucket(grain), Output::Bucket(grain)));
    let split = grouping.dimensions.iter().map(|dimension| dimensions::expression(*dimension, block, context, writer));
    time.into_iter().chain(split).collect()
}

/// The columns as they are read.
fn read(outputs: &[Output], dialect: Dialect) -> String {
    let column = |(index, output): (usize, &Output)| match output {
        Output::Text | Output::Float => format!("q.c{index}"),
        _ => dialect.wide(&format!("q.c{index}")),
    };
    outputs.iter().enumerate().map(column).collect::<Vec<_>>().join(", ")
}

/// Whether the answer holds money, or shares of it, that must be of one currency.
pub fn holds_money(question: &Question) -> bool {
    let asks_money = question.all_measures().any(|measure| measure.entry().unit == Unit::Money || blocks::is_made_of_money(measure));
    asks_money && !question.dimensions.contains(&Dimension::Currency)
}

/// What is left of a question without its thresholds: where only those were of money, its facts stay those of their currency.
///
/// Stock has no currency to filter by. Beside it a threshold of money that every row reaches keeps the sales in theirs.
pub(super) fn kept_in(currency: Currency, question: &Question, mut rest: Question) -> Question {
    if holds_money(question) && !holds_money(&rest) {
        if question.measures.iter().all(|measure| measure.goes_with(Dimension::Currency)) {
            rest.filters.push(Filter::is_in(Dimension::Currency, vec![currency.code().to_owned()]));
        } else {
            rest.having.push(Threshold { measure: Measure::GrossSales, op: ThresholdOp::AtLeast, value: Number::default() });
        }
    }
    rest
}

/// The question about all of its rows: without thresholds, columns that are worked out, order and limit. Its rankings are worked out before.
///
/// Where only a threshold is of money, its facts stay those of that currency, so that both have rows of the same facts.
#[must_use]
pub fn about_all_rows(question: &Question, currency: Currency) -> Question {
    let all = Question { having: Vec::new(), derived: Vec::new(), order: Vec::new(), limit: None, compare: None, ..question.clone() };
    kept_in(currency, question, all)
}

/// The asked order, by default time and then the first measure from large to small; then all keys, so that it never depends on chance.
fn order(question: &Question, outputs: &[Output], keys: usize, dialect: Dialect) -> String {
    let names = question.column_names();
    let mut wanted: Vec<(usize, bool)> = Vec::new();
    for order in &question.order {
        if let Some(index) = names.iter().position(|name| *name == order.by) {
            wanted.push((index, order.desc));
        }
    }
    if wanted.is_empty() {
        if question.grain().is_some() && keys > 0 {
            wanted.push((0, false));
        }
        wanted.push((keys, true));
    }
    wanted.extend((0..keys).map(|index| (index, false)));
    let mut seen = Vec::new();
    let mut terms = Vec::new();
    for (index, descending) in wanted {
        if seen.contains(&index) {
            continue;
        }
        seen.push(index);
        let column = format!("q.c{index}");
        let ordered = if outputs[index] == Output::Text { dialect.by_bytes(&column) } else { column.clone() };
        // What has no value stands last, in both directions and on every database.
        terms.push(format!("({column} IS NULL), {ordered}{}", if descending { " DESC" } else { "" }));
    }
    if terms.is_empty() { String::new() } else { format!(" ORDER BY {}", terms.join(", ")) }
}

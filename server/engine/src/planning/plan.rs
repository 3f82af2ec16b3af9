//! The compiler: one question, one statement.

use super::sql::{Dialect, Value, Writer};
use super::{dimensions, filters, measures};
use domain::ids::MerchantId;
use domain::question::{FilterOp, MAX_ROWS, Question};
use domain::range::Grain;
use domain::semantic::Unit;
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
    /// ISO weekday on which weeks start.
    pub week_start: u32,
    /// Whose SQL.
    pub dialect: Dialect,
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
    /// A whole number or null.
    Number,
    /// Thousandths of a piece.
    Thousandths,
}

/// A statement with its parameters, and how its rows are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The statement.
    pub sql: String,
    /// Its parameters in order.
    pub params: Vec<Value>,
    /// What its columns bring: time, dimensions, measures.
    pub outputs: Vec<Output>,
    /// How many rows the answer may hold; the statement brings one more, to know whether there are more.
    pub limit: u32,
}

/// Which table answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// One row an order: wherever products do not matter.
    Orders,
    /// One row an order line.
    Lines,
}

impl Base {
    fn of(question: &Question) -> Self {
        let mut involved = question.dimensions.iter().copied().chain(question.filters.iter().map(|filter| filter.dimension));
        if involved.any(dimensions::is_of_lines) { Self::Lines } else { Self::Orders }
    }

    fn table(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Lines => "order_lines",
        }
    }
}

/// Compiles a question that holds (see [`Question::check`]).
pub fn compile(question: &Question, context: &PlanContext) -> Result<Plan, AppError> {
    question.check()?;
    let base = Base::of(question);
    let mut writer = Writer::new(context.dialect);
    let mut outputs = Vec::new();
    let mut keys = Vec::new();
    if let Some(grain) = question.grain() {
        keys.push(dimensions::bucket(grain, context.week_start));
        outputs.push(Output::Bucket(grain));
    }
    for dimension in &question.dimensions {
        let (expression, output) = dimensions::expression(*dimension, base);
        keys.push(expression.to_owned());
        outputs.push(output);
    }
    let mut columns = keys.clone();
    for measure in &question.measures {
        let (expression, output) = measures::expression(*measure, base, &writer);
        columns.push(expression);
        outputs.push(output);
    }
    let select: Vec<String> = columns.iter().enumerate().map(|(index, column)| format!("{column} AS c{index}")).collect();
    let facts = facts(question, context, base, &mut writer)?;
    let mut sql = format!("SELECT {} FROM (SELECT {} {facts}", read(&outputs, context.dialect), select.join(", "));
    if !keys.is_empty() {
        let _ = write!(sql, " GROUP BY {}", keys.join(", "));
    }
    let limit = question.limit.unwrap_or(MAX_ROWS).min(MAX_ROWS);
    let rows = writer.bind(Value::Int(i64::from(limit) + 1));
    let _ = write!(sql, ") q{} LIMIT {rows}", order(question, &outputs, &writer));
    if writer.params.len() > PARAMETERS {
        return Err(AppError::invalid("filters", "the filters hold too many values; use at most 20,000 in all"));
    }
    Ok(Plan { sql, params: writer.params, outputs, limit })
}

/// Compiles the question which currencies the facts of a question have: one row a currency, its code and the count of facts.
pub fn compile_currencies(question: &Question, context: &PlanContext) -> Result<Plan, AppError> {
    let base = Base::of(question);
    let mut writer = Writer::new(context.dialect);
    let facts = facts(question, &PlanContext { currency: None, ..*context }, base, &mut writer)?;
    let sql = format!("SELECT f.currency AS c0, COUNT(*) AS c1 {facts} GROUP BY f.currency ORDER BY 1");
    Ok(Plan { sql, params: writer.params, outputs: vec![Output::Text, Output::Number], limit: MAX_ROWS })
}

/// The columns as they are read: PostgreSQL tells narrow integers from wide ones, and all are read as wide ones.
fn read(outputs: &[Output], dialect: Dialect) -> String {
    let column = |(index, output): (usize, &Output)| match (dialect, output) {
        (Dialect::Sqlite, _) | (_, Output::Text) => format!("q.c{index}"),
        (Dialect::Postgres, _) => format!("CAST(q.c{index} AS BIGINT)"),
    };
    outputs.iter().enumerate().map(column).collect::<Vec<_>>().join(", ")
}

/// From which rows the answer comes: table, joins and conditions.
fn facts(question: &Question, context: &PlanContext, base: Base, writer: &mut Writer) -> Result<String, AppError> {
    let mut sql = format!("FROM {} f", base.table());
    for join in question.dimensions.iter().filter_map(|dimension| dimensions::join(*dimension, base)) {
        if !sql.contains(join) {
            sql.push_str(join);
        }
    }
    let merchant = writer.bind(Value::Int(context.merchant_id.0));
    let _ = write!(sql, " WHERE f.merchant_id = {merchant}");
    let time = question.time.unwrap_or_default();
    for (comparison, day) in [(">=", time.from), ("<=", time.to)] {
        if let Some(day) = day {
            let day = writer.bind(Value::Int(i64::from(day.0)));
            let _ = write!(sql, " AND f.day {comparison} {day}");
        }
    }
    for (index, filter) in question.filters.iter().enumerate() {
        let condition = filters::condition(filter, index, base, context.merchant_id, writer)?;
        let _ = write!(sql, " AND {condition}");
    }
    if let Some(currency) = context.currency.filter(|_| is_of_one_currency(question)) {
        let currency = writer.bind(Value::Text(currency.code().to_owned()));
        let _ = write!(sql, " AND f.currency = {currency}");
    }
    if ranks_products(question) {
        sql.push_str(" AND p.is_product IS NOT FALSE");
    }
    Ok(sql)
}

/// Whether the answer is split by product: then postage, fees and samples stand aside, unless a filter asks for products by name.
fn ranks_products(question: &Question) -> bool {
    let asks_by_name = question.filters.iter().any(|filter| filter.op == FilterOp::In && dimensions::is_of_lines(filter.dimension));
    !asks_by_name && question.dimensions.iter().copied().any(dimensions::is_of_lines)
}

/// Whether the answer's money must be of one currency.
pub(super) fn is_of_one_currency(question: &Question) -> bool {
    let asks_money = question.measures.iter().any(|measure| measure.entry().unit == Unit::Money);
    asks_money && !question.dimensions.contains(&domain::semantic::Dimension::Currency)
}

/// The asked order, by default time and then the first measure from large to small; then all keys, so that it never depends on chance.
fn order(question: &Question, outputs: &[Output], writer: &Writer) -> String {
    let names = question.column_names();
    let keys = names.len() - question.measures.len();
    let mut wanted: Vec<(usize, bool)> = Vec::new();
    for order in &question.order {
        if let Some(index) = names.iter().position(|name| *name == order.by) {
            wanted.push((index, order.desc));
        }
    }
    if wanted.is_empty() {
        if question.grain().is_some() {
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
        let ordered = if outputs[index] == Output::Text { writer.by_bytes(&column) } else { column.clone() };
        // What has no value stands last, in both directions and on every database.
        terms.push(format!("({column} IS NULL), {ordered}{}", if descending { " DESC" } else { "" }));
    }
    if terms.is_empty() { String::new() } else { format!(" ORDER BY {}", terms.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(json: &str) -> Question {
        serde_json::from_str(json).expect("it reads")
    }

    fn plan(json: &str, dialect: Dialect) -> Result<Plan, AppError> {
        let context = PlanContext { merchant_id: MerchantId(7), currency: "GBP".parse().ok(), week_start: 1, dialect };
        compile(&question(json), &context)
    }

    #[test]
    fn questions_without_products_read_orders_and_others_lines() {
        let sql = |json: &str| plan(json, Dialect::Sqlite).expect("it compiles").sql;
        assert!(sql(r#"{"measures": ["net_sales"], "dimensions": ["country"]}"#).contains("FROM orders f"));
        assert!(sql(r#"{"measures": ["net_sales"], "dimensions": ["product"]}"#).contains("FROM order_lines f LEFT JOIN products p"));
        assert!(sql(r#"{"measures": ["orders"], "filters": [{"dimension": "sku", "op": "in", "values": ["A"]}]}"#).contains("FROM order_lines f"));
    }

    #[test]
    fn what_is_no_product_stands_aside_where_products_are_listed_and_nowhere_else() {
        let stands_aside = |json: &str| plan(json, Dialect::Sqlite).expect("it compiles").sql.contains("is_product");
        assert!(stands_aside(r#"{"measures": ["net_sales"], "dimensions": ["product"]}"#));
        assert!(stands_aside(r#"{"measures": ["net_sales"], "dimensions": ["country", "sku"]}"#));
        assert!(!stands_aside(r#"{"measures": ["net_sales"], "dimensions": ["country"]}"#));
        let by_name =
            r#"{"measures": ["net_sales"], "dimensions": ["product"], "filters": [{"dimension": "product", "op": "in", "values": ["POSTAGE"]}]}"#;
        assert!(!stands_aside(by_name));
    }

    #[test]
    fn values_are_parameters_in_the_order_of_the_text() {
        let json = r#"{"measures": ["net_sales"], "time": {"from": "2011-01-01", "to": "2011-01-31"}, "limit": 5,
            "filters": [{"dimension": "city", "op": "not_in", "values": ["x' OR 1=1 --"]}]}"#;
        let plan = plan(json, Dialect::Postgres).expect("it compiles");
        assert!(!plan.sql.contains("OR 1=1"));
        let texts = [
            Value::Int(7),
            Value::Int(14_975),
            Value::Int(15_005),
            Value::Text("x' OR 1=1 --".to_owned()),
            Value::Text("GBP".to_owned()),
            Value::Int(6),
        ];
        assert_eq!(plan.params, texts);
        assert!(plan.sql.ends_with("LIMIT $6"), "{}", plan.sql);
    }

    #[test]
    fn a_value_that_cannot_be_is_refused_with_the_filter_named() {
        for (dimension, value) in [("channel", "by post"), ("weekday", "8"), ("hour", "24"), ("currency", "GBX"), ("country", "Atlantis")] {
            let json = format!(r#"{{"measures": ["orders"], "filters": [{{"dimension": "{dimension}", "op": "in", "values": ["{value}"]}}]}}"#);
            let error = plan(&json, Dialect::Sqlite).expect_err("it is refused");
            assert_eq!(error.fields[0].field, "filters[0].values", "{dimension}");
        }
    }

    #[test]
    fn only_money_is_held_to_one_currency() {
        let has_currency = |json: &str| plan(json, Dialect::Sqlite).expect("it compiles").sql.contains("f.currency = ?");
        assert!(has_currency(r#"{"measures": ["orders", "net_sales"]}"#));
        assert!(!has_currency(r#"{"measures": ["orders"]}"#));
        assert!(!has_currency(r#"{"measures": ["net_sales"], "dimensions": ["currency"]}"#));
    }
}

//! Conditions on dimensions. A value that a closed dimension cannot have is refused; of an open one it simply matches nothing.

use super::blocks::Block;
use super::dimensions::{activity, customer_label, expression};
use super::plan::PlanContext;
use super::spellings::spellings;
use super::sql::{Value, Writer};
use crate::ingestion::country_code;
use domain::question::{Filter, FilterOp};
use domain::semantic::Dimension;
use domain::sources::Channel;
use domain::{AppError, Currency, regions};

/// The condition of one filter; `index` names it in errors.
pub(super) fn condition(filter: &Filter, index: usize, block: Block, context: &PlanContext, writer: &mut Writer) -> Result<String, AppError> {
    let values = if filter.op == FilterOp::Contains { Vec::new() } else { parsed(filter, index)? };
    let (target, is_negative) = (target(filter.dimension, block, context, writer), matches!(filter.op, FilterOp::NotIn | FilterOp::IsEmpty));
    let positive = |of: &str, writer: &mut Writer| match filter.op {
        FilterOp::In | FilterOp::NotIn => format!("{of} IN ({})", writer.bind_all(values)),
        FilterOp::Between => {
            let [first, last] = [0, 1].map(|end| values[end].clone()).map(|value| writer.bind(value));
            format!("{of} BETWEEN {first} AND {last}")
        }
        FilterOp::Contains => holds(of, filter, writer),
        FilterOp::IsEmpty | FilterOp::IsNotEmpty => format!("{of} IS NOT NULL"),
        // Rankings are worked out before and come here as lists of values.
        FilterOp::Top | FilterOp::Bottom => "1 = 0".to_owned(),
    };
    Ok(match target {
        Target::Expression(of) if filter.op == FilterOp::IsEmpty => format!("{of} IS NULL"),
        Target::Expression(of) if is_negative => {
            let list = positive(&of, writer);
            format!("({of} IS NULL OR NOT {list})")
        }
        Target::Expression(of) => positive(&of, writer),
        Target::Key { column, table, value } => {
            let merchant = writer.bind(Value::Int(context.merchant_id.0));
            let keys = format!("(SELECT k.id FROM {table} k WHERE k.merchant_id = {merchant} AND {})", positive(&value, writer));
            if is_negative { format!("({column} IS NULL OR {column} NOT IN {keys})") } else { format!("{column} IN {keys}") }
        }
    })
}

fn parsed(filter: &Filter, index: usize) -> Result<Vec<Value>, AppError> {
    let refuse = |message: String| AppError::invalid(format!("filters[{index}].values"), message);
    let values = filter.values.iter().map(|value| parse(filter.dimension, value).map_err(|what| refuse(format!("“{value}” is not {what}"))));
    let values = values.collect::<Result<Vec<_>, _>>()?;
    match (filter.op, values.as_slice()) {
        (FilterOp::Between, [Value::Int(first), Value::Int(last)]) if first > last => {
            Err(refuse(format!("the range ends with {}, before it begins with {}; swap the two", filter.values[1], filter.values[0])))
        }
        (FilterOp::Between, [_, _]) => Ok(values),
        (FilterOp::Between, _) => Err(refuse("give two values: the first and the last".to_owned())),
        _ => Ok(values),
    }
}

/// The text holds one of the values. The database takes A to Z for a to z; other letters are looked for in both forms.
fn holds(of: &str, filter: &Filter, writer: &mut Writer) -> String {
    let forms = filter.values.iter().flat_map(|value| spellings(value.trim()));
    let dialect = writer.dialect;
    let conditions: Vec<String> = forms.map(|form| dialect.contains(of, &writer.bind(Value::Text(form)))).collect();
    format!("({})", conditions.join(" OR "))
}

/// Whether a filter reads what the facts are joined with; others look their values up where they stand.
pub(super) fn reads_join(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::CustomerSegment | Dimension::Cohort | Dimension::Store)
}

/// Where a dimension's values stand.
enum Target {
    /// In the facts and what they are joined with, or made of them.
    Expression(String),
    /// In a table that the facts point to, whose alias is `k`.
    Key { column: &'static str, table: &'static str, value: String },
}

fn target(dimension: Dimension, block: Block, context: &PlanContext, writer: &mut Writer) -> Target {
    let key = |column, table, value: &str| Target::Key { column, table, value: format!("k.{value}") };
    let product = |value: &str| key("f.product_id", "products", value);
    match dimension {
        Dimension::Product => product("title"),
        Dimension::Sku => product("sku"),
        Dimension::Variant => product("variant"),
        Dimension::Category => product("category"),
        Dimension::Brand => product("brand"),
        Dimension::Source => key("f.source_id", "sources", "name"),
        Dimension::Customer => Target::Key { column: "f.customer_id", table: "customers", value: customer_label("k") },
        Dimension::City if block.is_of_lines() => key("f.order_id", "orders", "city"),
        Dimension::DiscountCode if block.is_of_lines() => key("f.order_id", "orders", "discount_code"),
        Dimension::PaymentMethod if block.is_of_lines() => key("f.order_id", "orders", "payment_method"),
        _ => Target::Expression(format!("({})", expression(dimension, block, context, writer).0)),
    }
}

/// A value as the facts spell it, or what the dimension's values are.
fn parse(dimension: Dimension, value: &str) -> Result<Value, &'static str> {
    let within = |low: i64, high: i64| value.trim().parse::<i64>().ok().filter(|number| (low..=high).contains(number)).map(Value::Int);
    let word = |found: Option<&str>| found.map(|word| Value::Text(word.to_owned()));
    match dimension {
        Dimension::Country => country_code(value)
            .map(|code| Value::Text(code.iter().copied().map(char::from).collect()))
            .ok_or("a country; use its ISO 3166 code such as GB or DE"),
        Dimension::Region => word(regions::parse(value)).ok_or("a part of the world; use Africa, Americas, Asia, Europe or Oceania"),
        Dimension::CustomerSegment => {
            word(activity(value)).ok_or("what a customer is by activity; use newcomer, active, regular, slipping, one-time or lost")
        }
        Dimension::Cohort => month(value).map(Value::Int).ok_or("a month such as 2011-03"),
        Dimension::Channel => Channel::parse(&value.trim().to_lowercase())
            .map(|channel| Value::Int(i64::from(channel.code())))
            .ok_or("a channel; use online or offline"),
        Dimension::Weekday => within(1, 7).ok_or("a weekday; use 1 for Monday to 7 for Sunday"),
        Dimension::Hour => within(0, 23).ok_or("an hour; use 0 to 23"),
        Dimension::Currency => {
            value.parse::<Currency>().map(|currency| Value::Text(currency.code().to_owned())).map_err(|_| "a currency code such as EUR, GBP or USD")
        }
        _ => Ok(Value::Text(value.to_owned())),
    }
}

/// `2011-03` as 201103.
fn month(text: &str) -> Option<i64> {
    let day: domain::Day = format!("{}-01", text.trim()).parse().ok()?;
    let civil = day.civil();
    Some(i64::from(civil.year) * 100 + i64::from(civil.month))
}

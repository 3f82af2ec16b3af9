//! Conditions on dimensions. A value that a closed dimension cannot have is refused; of an open one it simply matches nothing.

use super::plan::Base;
use super::sql::{Value, Writer};
use crate::ingestion::country_code;
use domain::ids::MerchantId;
use domain::question::{Filter, FilterOp};
use domain::semantic::Dimension;
use domain::sources::Channel;
use domain::{AppError, Currency};

/// The condition of one filter; `index` names it in errors.
pub(super) fn condition(filter: &Filter, index: usize, base: Base, merchant: MerchantId, writer: &mut Writer) -> Result<String, AppError> {
    let refuse = |value: &str, what: &str| {
        let message = format!("“{value}” is not {what}");
        AppError::invalid(format!("filters[{index}].values"), message)
    };
    let values = filter.values.iter().map(|value| parse(filter.dimension, value).map_err(|what| refuse(value, what)));
    let values = values.collect::<Result<Vec<_>, _>>()?;
    Ok(match target(filter.dimension, base) {
        Target::Column(column) => {
            let list = writer.bind_all(values);
            match filter.op {
                FilterOp::In => format!("{column} IN ({list})"),
                FilterOp::NotIn => format!("({column} IS NULL OR {column} NOT IN ({list}))"),
            }
        }
        Target::Key { column, table, name } => {
            let merchant = writer.bind(Value::Int(merchant.0));
            let list = writer.bind_all(values);
            let keys = format!("SELECT k.id FROM {table} k WHERE k.merchant_id = {merchant} AND k.{name} IN ({list})");
            match filter.op {
                FilterOp::In => format!("{column} IN ({keys})"),
                FilterOp::NotIn => format!("({column} IS NULL OR {column} NOT IN ({keys}))"),
            }
        }
    })
}

/// Where a dimension's values stand.
enum Target {
    /// In the facts.
    Column(&'static str),
    /// In a table that the facts point to.
    Key { column: &'static str, table: &'static str, name: &'static str },
}

fn target(dimension: Dimension, base: Base) -> Target {
    match dimension {
        Dimension::Product => Target::Key { column: "f.product_id", table: "products", name: "title" },
        Dimension::Sku => Target::Key { column: "f.product_id", table: "products", name: "sku" },
        Dimension::Source => Target::Key { column: "f.source_id", table: "sources", name: "name" },
        Dimension::City if base == Base::Lines => Target::Key { column: "f.order_id", table: "orders", name: "city" },
        Dimension::City => Target::Column("f.city"),
        Dimension::Country => Target::Column("f.country"),
        Dimension::Channel => Target::Column("f.channel"),
        Dimension::Weekday => Target::Column("(((f.day + 3) % 7 + 7) % 7 + 1)"),
        Dimension::Hour => Target::Column("f.hour"),
        Dimension::Currency => Target::Column("f.currency"),
    }
}

/// A value as the facts spell it, or what the dimension's values are.
fn parse(dimension: Dimension, value: &str) -> Result<Value, &'static str> {
    let within = |low: i64, high: i64| value.trim().parse::<i64>().ok().filter(|number| (low..=high).contains(number)).map(Value::Int);
    match dimension {
        Dimension::Product | Dimension::Sku | Dimension::City | Dimension::Source => Ok(Value::Text(value.to_owned())),
        Dimension::Country => country_code(value)
            .map(|code| Value::Text(code.iter().copied().map(char::from).collect()))
            .ok_or("a country; use its ISO 3166 code such as GB or DE"),
        Dimension::Channel => Channel::parse(&value.trim().to_lowercase())
            .map(|channel| Value::Int(i64::from(channel.code())))
            .ok_or("a channel; use online or offline"),
        Dimension::Weekday => within(1, 7).ok_or("a weekday; use 1 for Monday to 7 for Sunday"),
        Dimension::Hour => within(0, 23).ok_or("an hour; use 0 to 23"),
        Dimension::Currency => {
            value.parse::<Currency>().map(|currency| Value::Text(currency.code().to_owned())).map_err(|_| "a currency code such as EUR, GBP or USD")
        }
    }
}

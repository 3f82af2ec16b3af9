//! Rows of a statement become an answer's columns and cells.

use super::plan::{Output, Plan, holds_money};
use domain::question::{Cell, Column, ColumnKind, Question};
use domain::range::Grain;
use domain::semantic::{Dimension, Unit, ValueKind};
use domain::sources::Channel;
use domain::{Currency, Day};

/// A value as a database brings it.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw {
    /// Null.
    Null,
    /// A whole number of any width.
    Int(i64),
    /// A double.
    Float(f64),
    /// A text.
    Text(String),
}

/// The columns of a question's answer, before comparison; money has the given currency unless the answer is split by currency.
pub fn answer_columns(question: &Question, currency: Currency) -> Vec<Column> {
    let currency = holds_money(question).then_some(currency);
    let time = question.grain().map(|grain| Column { name: grain.as_str().to_owned(), kind: ColumnKind::Time, currency: None });
    let dimension = |dimension: &Dimension| {
        let kind = if dimension.entry().values == ValueKind::Number { ColumnKind::Number } else { ColumnKind::Text };
        Column { name: dimension.name().to_owned(), kind, currency: None }
    };
    let measures = question.measures.iter().map(|measure| Column {
        name: measure.name().to_owned(),
        kind: measure.column_kind(),
        currency: currency.filter(|_| measure.entry().unit == Unit::Money),
    });
    time.into_iter().chain(question.dimensions.iter().map(dimension)).chain(measures).collect()
}

/// The cells of a plan's rows, and whether rows beyond the limit were left out.
pub fn answer_rows(plan: &Plan, rows: Vec<Vec<Raw>>) -> (Vec<Vec<Cell>>, bool) {
    let is_truncated = rows.len() > plan.limit as usize;
    let cells = |row: Vec<Raw>| row.into_iter().zip(&plan.outputs).map(|(raw, output)| cell(raw, *output)).collect();
    (rows.into_iter().take(plan.limit as usize).map(cells).collect(), is_truncated)
}

fn cell(raw: Raw, output: Output) -> Cell {
    match (raw, output) {
        (Raw::Null, _) => Cell::None,
        (Raw::Text(text), _) => Cell::Text(text),
        (Raw::Int(number), Output::Bucket(grain)) => bucket_start(number, grain).map_or(Cell::None, |day| Cell::Text(day.to_string())),
        (Raw::Int(code), Output::Channel) => {
            let channel = i16::try_from(code).ok().and_then(Channel::from_code);
            channel.map_or(Cell::None, |channel| Cell::Text(channel.as_str().to_owned()))
        }
        (Raw::Int(month), Output::Month) => Cell::Text(format!("{:04}-{:02}", month.div_euclid(100), month.rem_euclid(100))),
        (Raw::Float(number), _) if number.is_finite() => Cell::Float(number),
        (Raw::Float(_), _) => Cell::None,
        (Raw::Int(number), Output::Float) => Cell::Float(number as f64),
        (Raw::Int(number), Output::Thousandths) if number % 1000 != 0 => Cell::Float(number as f64 / 1000.0),
        (Raw::Int(number), Output::Thousandths) => Cell::Int(number / 1000),
        (Raw::Int(number), Output::Number | Output::Text) => Cell::Int(number),
    }
}

fn bucket_start(number: i64, grain: Grain) -> Option<Day> {
    let number = i32::try_from(number).ok()?;
    match grain {
        Grain::Day | Grain::Week => Some(Day(number)),
        Grain::Month | Grain::Quarter | Grain::FiscalQuarter | Grain::Year | Grain::FiscalYear => {
            Day::from_civil(number.div_euclid(100), u32::try_from(number.rem_euclid(100)).ok()?, 1)
        }
    }
}

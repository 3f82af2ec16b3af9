//! All that was answered, as it was asked.

use domain::Currency;
use domain::charts::{TableColumn, TableData};
use domain::question::{Cell, Column, ColumnKind, Derived, MAX_ROWS, Question};

use super::asking::{money_column, text_column};
use super::growth::growth;
use super::{Asking, names};
use crate::Result;

/// How many rows are shown where the question names no limit.
const ROWS: u32 = 100;

/// A table, whether there are more rows than it holds, and what each of its rows filters by, unless time comes first in them.
pub(super) async fn table(asking: &Asking<'_>) -> Result<(TableData, bool, Vec<String>)> {
    of_at_most(asking, ROWS).await
}

/// The same with all rows that an answer holds: a file has room for them.
pub(in crate::dashboards) async fn all_rows(asking: &Asking<'_>) -> Result<(TableData, bool)> {
    of_at_most(asking, MAX_ROWS).await.map(|(table, has_more, _)| (table, has_more))
}

async fn of_at_most(asking: &Asking<'_>, most: u32) -> Result<(TableData, bool, Vec<String>)> {
    let question = asking.over(asking.chosen.range, asking.grain);
    let (limit, derived) = (Some(question.limit.unwrap_or(most)), question.derived.clone());
    let answer = asking.ask(Question { limit, ..question }).await?;
    let time = asking.grain.map(|grain| {
        let word = grain.words();
        let title = word[..1].to_uppercase() + &word[1..];
        TableColumn { title, kind: ColumnKind::Time, currency: None }
    });
    let first = usize::from(time.is_some());
    let dimensions = asking.question.dimensions.clone();
    let plain = first + dimensions.len() + asking.question.measures.len();
    let splits = dimensions.iter().map(|dimension| text_column(dimension.label()));
    let measures = asking.question.measures.iter().map(|measure| asking.column(measure.label().to_owned(), *measure));
    let worked_out = derived.iter().zip(answer.columns.iter().skip(plain)).map(head);
    let growth = growth(asking, &answer).await?;
    let grown = growth.iter().flat_map(|growth| growth.columns.iter().cloned());
    let columns: Vec<TableColumn> = time.into_iter().chain(splits).chain(measures).chain(worked_out).chain(grown).collect();
    let of_money = answer.columns.iter().enumerate().filter(|(_, column)| column.kind == ColumnKind::Money);
    let money: Vec<usize> = of_money.map(|(place, _)| place).collect();
    let own_currency = asking.currency_place().map(|place| first + place);
    let is_by_value = first == 0 && !dimensions.is_empty();
    let values = answer.rows.iter().filter(|_| is_by_value).filter_map(|row| row.first()).map(names::filter_value).collect();
    let named = |mut row: Vec<Cell>| {
        row.extend(growth.as_ref().map(|growth| growth.of(&row)).unwrap_or_default());
        if let Some(currency) = own_currency {
            in_own_units(&mut row, currency, &money);
        }
        row[plain..].iter_mut().for_each(round);
        for (index, dimension) in dimensions.iter().enumerate() {
            row[first + index] = Cell::Text(names::name(*dimension, &row[first + index]));
        }
        row
    };
    Ok((TableData { columns, rows: answer.rows.into_iter().map(named).collect() }, answer.truncated, values))
}

/// The head of a column that was worked out: `Net sales, share of total`.
fn head((derived, column): (&Derived, &Column)) -> TableColumn {
    let title = format!("{}, {}", derived.measure.label(), derived.transform.as_str().replace('_', " "));
    money_column(title, column.kind, column.currency)
}

/// Amounts of money as whole units of the currency that stands in their row.
fn in_own_units(row: &mut [Cell], currency: usize, money: &[usize]) {
    let own = row[currency].as_text().and_then(|code| code.parse::<Currency>().ok());
    let per_major = own.map_or(1, Currency::minor_per_major) as f64;
    for place in money {
        if let Some(minor) = row[*place].as_f64() {
            row[*place] = Cell::Float(minor / per_major);
        }
    }
}

/// To a millionth, so that it is kept and read back as the same number.
pub(super) fn round(cell: &mut Cell) {
    if let Cell::Float(value) = cell {
        *value = (*value * 1e6).round() / 1e6;
    }
}

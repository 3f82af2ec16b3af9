//! All that was answered, as it was asked.

use domain::charts::{TableColumn, TableData};
use domain::question::{Cell, ColumnKind, MAX_ROWS, Question};

use super::asking::text_column;
use super::growth::growth;
use super::{Asking, names};
use crate::Result;

/// How many rows are shown where the question names no limit.
const ROWS: u32 = 100;

/// A table, and whether there are more rows than it holds.
pub(in crate::dashboards) async fn table(asking: &Asking<'_>) -> Result<(TableData, bool)> {
    of_at_most(asking, ROWS).await
}

/// The same with all rows that an answer holds: a file has room for them.
pub(in crate::dashboards) async fn all_rows(asking: &Asking<'_>) -> Result<(TableData, bool)> {
    of_at_most(asking, MAX_ROWS).await
}

async fn of_at_most(asking: &Asking<'_>, most: u32) -> Result<(TableData, bool)> {
    let question = asking.over(asking.chosen.range, asking.grain);
    let limit = Some(question.limit.unwrap_or(most));
    let answer = asking.ask(Question { limit, ..question }).await?;
    let time = asking.grain.map(|grain| {
        let word = grain.as_str();
        let title = word[..1].to_uppercase() + &word[1..];
        TableColumn { title, kind: ColumnKind::Time, currency: None }
    });
    let first = usize::from(time.is_some());
    let dimensions = asking.question.dimensions.clone();
    let splits = dimensions.iter().map(|dimension| text_column(dimension.label()));
    let measures = asking.question.measures.iter().map(|measure| asking.column(measure.label().to_owned(), *measure));
    let growth = growth(asking).await?;
    let grown = growth.as_ref().map(|growth| growth.column.clone());
    let columns: Vec<TableColumn> = time.into_iter().chain(splits).chain(measures).chain(grown).collect();
    let named = |mut row: Vec<Cell>| {
        row.extend(growth.as_ref().map(|growth| growth.of(&row)));
        for (index, dimension) in dimensions.iter().enumerate() {
            row[first + index] = Cell::Text(names::name(*dimension, &row[first + index]));
        }
        row
    };
    Ok((TableData { columns, rows: answer.rows.into_iter().map(named).collect() }, answer.truncated))
}

//! One value of a dimension beside all its others, measure by measure.

use domain::charts::TableData;
use domain::question::{Against, Cell, FilterOp, Question};
use domain::semantic::Dimension;

use super::asking::text_column;
use super::plain_table::round;
use super::{Asking, names};
use crate::Result;

/// Two rows: what the filter by the dimension names, and the rest. None where nothing was sold of what it names.
pub(super) async fn table(asking: &Asking<'_>, dimension: Dimension) -> Result<TableData> {
    let question = Question { compare: Some(Against::Rest { rest_of: dimension }), ..asking.over(asking.chosen.range, None) };
    let measures = question.measures.clone();
    let named = question.filters.iter().find(|filter| filter.dimension == dimension && filter.op == FilterOp::In);
    let values = named.map_or(&[][..], |filter| filter.values.as_slice()).iter();
    let named: Vec<String> = values.map(|value| names::name(dimension, &Cell::Text(value.clone()))).collect();
    let columns = measures.iter().map(|measure| asking.column(measure.label().to_owned(), *measure));
    let columns = std::iter::once(text_column(dimension.label())).chain(columns).collect();
    let mut cells = asking.ask(question).await?.rows.into_iter().next().unwrap_or_default();
    cells.iter_mut().for_each(round);
    let rest = cells.split_off(cells.len().min(measures.len()));
    let is_any = cells.iter().any(|cell| *cell != Cell::None);
    let rows = [(named.join(", "), cells), ("The rest".to_owned(), rest)];
    let row = |(name, cells): (String, Vec<Cell>)| std::iter::once(Cell::Text(name)).chain(cells).collect();
    Ok(TableData { columns, rows: if is_any { rows.into_iter().map(row).collect() } else { Vec::new() } })
}

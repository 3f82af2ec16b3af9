//! Rows found by their values, without looking through all of them each time.

use std::collections::{HashMap, HashSet};

use domain::question::Cell;

/// A value as a key; none is no text that a cell can hold.
pub(in crate::dashboards) fn key(cell: &Cell) -> String {
    match cell {
        Cell::None => "\0".to_owned(),
        Cell::Int(number) => number.to_string(),
        Cell::Float(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
    }
}

/// What was and what is, side by side: each value of either once, with its row then and now.
pub(in crate::dashboards) fn paired<'a>(before: &'a [Vec<Cell>], now: &'a [Vec<Cell>]) -> Vec<Pair<'a>> {
    let then: HashMap<String, &[Cell]> = before.iter().map(|row| (key(&row[0]), row.as_slice())).collect();
    let still: HashSet<String> = now.iter().map(|row| key(&row[0])).collect();
    let of_now = now.iter().map(|row| Pair { value: &row[0], before: then.get(&key(&row[0])).copied(), now: Some(row) });
    let gone = before.iter().filter(|row| !still.contains(&key(&row[0])));
    of_now.chain(gone.map(|row| Pair { value: &row[0], before: Some(row), now: None })).collect()
}

/// A value with its rows.
pub(in crate::dashboards) struct Pair<'a> {
    pub(in crate::dashboards) value: &'a Cell,
    pub(in crate::dashboards) before: Option<&'a [Cell]>,
    pub(in crate::dashboards) now: Option<&'a [Cell]>,
}

/// The cell of a place; none where there is no row.
pub(in crate::dashboards) fn cell(row: Option<&[Cell]>, place: usize) -> Cell {
    row.and_then(|row| row.get(place)).cloned().unwrap_or(Cell::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_of_either_side_stands_once_those_of_now_first() {
        let row = |value: Cell, amount| vec![value, Cell::Int(amount)];
        let before = [row(Cell::Text("GB".to_owned()), 1), row(Cell::None, 2), row(Cell::Text("DE".to_owned()), 3)];
        let now = [row(Cell::None, 5), row(Cell::Text("FR".to_owned()), 6)];
        let found: Vec<_> = paired(&before, &now).into_iter().map(|pair| (key(pair.value), cell(pair.before, 1), cell(pair.now, 1))).collect();
        let expected = [
            ("\0", Cell::Int(2), Cell::Int(5)),
            ("FR", Cell::None, Cell::Int(6)),
            ("GB", Cell::Int(1), Cell::None),
            ("DE", Cell::Int(3), Cell::None),
        ];
        assert_eq!(found, expected.map(|(name, before, now)| (name.to_owned(), before, now)));
    }
}

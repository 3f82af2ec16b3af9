//! A table's columns made to fit a width: written smaller first, then in bands below each other. A number is never cut.

use crate::paper::text::{Weight, width};
use domain::charts::TableData;
use domain::question::{Cell, ColumnKind};

const SIZES: [f32; 4] = [8.0, 7.5, 7.0, 6.5];
/// Between two columns.
pub(super) const APART: f32 = 8.0;
const LEAST_TEXT: f32 = 56.0;
const MOST_TEXT: f32 = 240.0;

/// Columns that stand beside each other.
pub(super) struct Band {
    pub(super) columns: Vec<usize>,
    pub(super) widths: Vec<f32>,
    pub(super) size: f32,
    /// So many of its first columns stand in each band: they say what the rows are.
    pub(super) leading: usize,
}

pub(super) fn is_number(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Money | ColumnKind::Number | ColumnKind::Ratio)
}

/// What a column would take, and the least that it can do with.
fn needs(table: &TableData, texts: &[Vec<String>], column: usize, size: f32) -> (f32, f32) {
    let head = table.columns[column].title.split_whitespace().map(|word| width(word, Weight::SemiBold, size)).fold(0.0, f32::max).min(90.0);
    let cells = texts.iter().filter_map(|row| row.get(column)).map(|text| width(text, Weight::Regular, size)).fold(0.0, f32::max);
    if is_number(table.columns[column].kind) {
        return (head.max(cells) + 2.0, head.max(cells) + 2.0);
    }
    let natural = head.max(cells).min(MOST_TEXT) + 2.0;
    (natural, natural.min(LEAST_TEXT))
}

/// All columns beside each other where they fit, else in bands that each begin with what the rows are called.
pub(super) fn bands(table: &TableData, texts: &[Vec<String>], room: f32) -> Vec<Band> {
    if table.columns.is_empty() {
        return Vec::new();
    }
    let all: Vec<usize> = (0..table.columns.len()).collect();
    for size in SIZES {
        let needs: Vec<(f32, f32)> = all.iter().map(|column| needs(table, texts, *column, size)).collect();
        if let Some(widths) = shared(&needs, room) {
            return vec![Band { columns: all, widths, size, leading: 0 }];
        }
    }
    let size = SIZES[SIZES.len() - 1];
    let names = leading(table, texts, room, size);
    let (leading, taken) = (names.len(), names.iter().sum::<f32>() + APART * names.len().saturating_sub(1) as f32);
    let begun = || Band { columns: (0..leading).collect(), widths: names.clone(), size, leading };
    let mut bands: Vec<Band> = Vec::new();
    let mut used = f32::INFINITY;
    for column in all.into_iter().skip(leading) {
        let needed = needs(table, texts, column, size).0.min(room - taken - APART);
        if used + APART + needed > room {
            bands.push(begun());
            used = taken;
        }
        if let Some(band) = bands.last_mut() {
            band.columns.push(column);
            band.widths.push(needed);
        }
        used += APART + needed;
    }
    if bands.is_empty() {
        bands.push(Band { columns: vec![0], widths: vec![room], size, leading: 1 });
    }
    bands
}

/// How wide the first columns are that are no numbers, as many of them as leave room for figures; one at least.
fn leading(table: &TableData, texts: &[Vec<String>], room: f32, size: f32) -> Vec<f32> {
    let most = room * 0.55;
    let named = table.columns.iter().take_while(|column| !is_number(column.kind)).count();
    // Where no column is a number, the first one says what the rows are.
    let named = if named == table.columns.len() { 1 } else { named.max(1) };
    let needs: Vec<(f32, f32)> = (0..named).map(|column| needs(table, texts, column, size)).collect();
    let widths = (1..=named).rev().find_map(|count| shrunk(&needs[..count], most));
    widths.unwrap_or_else(|| vec![needs[0].0.min(most)])
}

/// What the columns would take, or less where that is more than the room; none where the least ones do not fit.
fn shrunk(needs: &[(f32, f32)], room: f32) -> Option<Vec<f32>> {
    let natural = needs.iter().map(|need| need.0).sum::<f32>() + APART * needs.len().saturating_sub(1) as f32;
    if natural <= room { Some(needs.iter().map(|need| need.0).collect()) } else { shared(needs, room) }
}

/// Widths that fill the room, if the least ones fit.
fn shared(needs: &[(f32, f32)], room: f32) -> Option<Vec<f32>> {
    let room = room - APART * needs.len().saturating_sub(1) as f32;
    let least: f32 = needs.iter().map(|need| need.1).sum();
    let natural: f32 = needs.iter().map(|need| need.0).sum();
    if needs.is_empty() || least > room {
        return None;
    }
    if natural <= room {
        // What is left over goes evenly to all, so that numbers stand near their names.
        let more = (room - natural) / needs.len() as f32;
        return Some(needs.iter().map(|need| need.0 + more).collect());
    }
    let share = (room - least) / (natural - least).max(f32::EPSILON);
    Some(needs.iter().map(|need| need.1 + (need.0 - need.1) * share).collect())
}

/// The largest number of each column, without its sign; a row of sums does not count.
pub(super) fn largest(table: &TableData) -> Vec<f64> {
    let sums = table.rows.last().is_some_and(|row| row.first() == Some(&Cell::Text("Total".to_owned())));
    let rows = &table.rows[..table.rows.len() - usize::from(sums)];
    let of_column = |column: usize| rows.iter().filter_map(|row| row.get(column)?.as_f64()).map(f64::abs).fold(0.0, f64::max);
    (0..table.columns.len()).map(of_column).collect()
}

/// How much of its cell a number's bar takes; none for what is no number or beyond the largest.
pub(super) fn share(cell: &Cell, largest: f64) -> Option<f32> {
    let share = cell.as_f64()?.max(0.0) / largest;
    (share > 0.0 && share <= 1.0).then_some(share as f32)
}

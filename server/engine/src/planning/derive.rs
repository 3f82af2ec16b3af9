//! Columns that are worked out from an answer's own rows: growth, shares, running totals, moving averages.

use super::compare::word;
use super::plan::total_dimensions;
use domain::Day;
use domain::question::{Answer, Cell, Column, ColumnKind, Derived, Order, Question, Transform};
use domain::range::{Calendar, DateRange, Grain};
use domain::semantic::Unit;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// What deriving needs beside the answer.
pub struct Derivation<'a> {
    /// The question of the answer.
    pub question: &'a Question,
    /// The days it is about.
    pub days: DateRange,
    /// How the shop counts its weeks and years.
    pub calendar: Calendar,
    /// The rows that shares are taken of (see [`super::compile_totals`]); empty where no share is asked for.
    pub totals: Vec<Vec<Cell>>,
}

/// Whether all rows must be at hand before a limit may leave some out.
pub fn needs_all_rows(question: &Question) -> bool {
    goes_along_time(question) || orders_by_derived(question)
}

/// Whether a column is worked out from rows before its own, those that reach no threshold among them.
pub fn goes_along_time(question: &Question) -> bool {
    question.derived.iter().any(|derived| match derived.transform {
        Transform::RunningTotal | Transform::MovingAverage => true,
        Transform::Growth => question.grain().is_some() && question.compare.is_none(),
        Transform::ShareOfTotal => false,
    })
}

/// Whether the question is ordered by a column that the database does not have.
fn orders_by_derived(question: &Question) -> bool {
    question.order.iter().any(|order| question.derived.iter().any(|derived| derived.name() == order.by))
}

/// Whether totals are needed.
pub fn needs_totals(question: &Question) -> bool {
    question.derived.iter().any(|derived| derived.transform == Transform::ShareOfTotal)
}

impl Derivation<'_> {
    /// Adds the derived columns, then puts rows in the asked order and leaves out those beyond the limit.
    pub fn apply(&self, answer: &mut Answer) {
        self.apply_keeping(answer, None);
    }

    /// The same of an answer that has more rows than those that reach the question's thresholds: the others count, and are left out then.
    pub fn apply_keeping(&self, answer: &mut Answer, reaching: Option<&[Vec<Cell>]>) {
        for derived in &self.question.derived {
            let values = self.values(derived, answer);
            let kind = kind(derived);
            let currency = answer.columns.iter().find(|column| column.name == derived.measure.name()).and_then(|column| column.currency);
            answer.columns.push(Column { name: derived.name(), kind, currency: currency.filter(|_| kind == ColumnKind::Money) });
            for (row, value) in answer.rows.iter_mut().zip(values) {
                row.push(value);
            }
        }
        if let Some(reaching) = reaching {
            let key = |row: &Vec<Cell>| row.iter().take(self.question.key_count()).map(word).collect::<Vec<_>>();
            let reaching: HashSet<Vec<String>> = reaching.iter().map(key).collect();
            answer.rows.retain(|row| reaching.contains(&key(row)));
        }
        if orders_by_derived(self.question) {
            self.sort(answer);
        }
        if let Some(limit) = self.question.limit.map(|limit| limit as usize).filter(|limit| *limit < answer.rows.len()) {
            answer.rows.truncate(limit);
            answer.truncated = true;
        }
    }

    fn values(&self, derived: &Derived, answer: &Answer) -> Vec<Cell> {
        let Some(column) = answer.columns.iter().position(|column| column.name == derived.measure.name()) else { return Vec::new() };
        match (derived.transform, self.question.grain()) {
            (Transform::ShareOfTotal, _) => self.shares(derived, answer, column),
            (Transform::Growth, _) if self.question.compare.is_some() => {
                let compared = answer.columns.iter().position(|other| other.name == format!("{}_compared", derived.measure.name()));
                let before = |row: &[Cell]| compared.and_then(|index| row.get(index)).cloned().unwrap_or(Cell::None);
                answer.rows.iter().map(|row| growth(&row[column], &before(row))).collect()
            }
            (transform, Some(grain)) => self.along_time(transform, derived, grain, answer, column),
            (_, None) => vec![Cell::None; answer.rows.len()],
        }
    }

    /// Each row's share of the total of its bucket and currency, as far as the question splits by them.
    fn shares(&self, derived: &Derived, answer: &Answer, column: usize) -> Vec<Cell> {
        let question = self.question;
        let by_time = question.grain().is_some() && !question.dimensions.is_empty();
        let currencies = total_dimensions(question);
        let first = usize::from(question.grain().is_some());
        let split = question.dimensions.iter().enumerate().filter(|(_, dimension)| currencies.contains(dimension)).map(|(index, _)| first + index);
        let key_columns: Vec<usize> = by_time.then_some(0).into_iter().chain(split).collect();
        let keys = key_columns.len();
        let measure = question.measures.iter().position(|measure| *measure == derived.measure).unwrap_or_default();
        let totals: HashMap<Vec<String>, &Cell> =
            self.totals.iter().filter_map(|row| Some((row.iter().take(keys).map(word).collect(), row.get(keys + measure)?))).collect();
        let share = |row: &Vec<Cell>| {
            let key: Vec<String> = key_columns.iter().filter_map(|index| row.get(*index)).map(word).collect();
            totals.get(&key).map_or(Cell::None, |total| ratio(row[column].as_f64(), total.as_f64().filter(|total| *total > 0.0)))
        };
        answer.rows.iter().map(share).collect()
    }

    /// A column along the time axis, series by series; a bucket without a row counts as nothing. Only buckets that have rows are visited.
    fn along_time(&self, transform: Transform, derived: &Derived, grain: Grain, answer: &Answer, column: usize) -> Vec<Cell> {
        let buckets = self.days.buckets(grain, self.calendar);
        let keys = self.question.key_count();
        let mut series: HashMap<Vec<String>, Vec<(usize, usize)>> = HashMap::new();
        for (index, row) in answer.rows.iter().enumerate() {
            let position = row[0].as_text().and_then(|day| day.parse::<Day>().ok()).and_then(|day| buckets.binary_search(&day).ok());
            if let Some(position) = position {
                series.entry(row[1..keys].iter().map(word).collect()).or_default().push((position, index));
            }
        }
        let mut values = vec![Cell::None; answer.rows.len()];
        let nothing = if derived.measure.entry().nothing_is_zero { Cell::Int(0) } else { Cell::None };
        for mut rows in series.into_values() {
            rows.sort_unstable();
            let line = Line { points: rows.iter().map(|(position, index)| (*position, &answer.rows[*index][column])).collect(), nothing: &nothing };
            let worked_out = match transform {
                Transform::Growth => line.grown(),
                Transform::RunningTotal => line.summed(),
                _ => line.averaged(derived.over.unwrap_or(usual_window(grain)) as usize, derived.measure.entry().unit),
            };
            for ((_, index), value) in rows.into_iter().zip(worked_out) {
                values[index] = value;
            }
        }
        values
    }

    /// In the asked order where a derived column is part of it; rows come in the order of the rest.
    fn sort(&self, answer: &mut Answer) {
        let index = |order: &Order| answer.columns.iter().position(|column| column.name == order.by).map(|index| (index, order.desc));
        let terms: Vec<(usize, bool)> = self.question.order.iter().filter_map(index).collect();
        answer.rows.sort_by(|one, other| {
            let compare = |(index, descending): &(usize, bool)| in_order(&one[*index], &other[*index], *descending);
            terms.iter().map(compare).find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
        });
    }
}

fn kind(derived: &Derived) -> ColumnKind {
    match derived.transform {
        Transform::Growth | Transform::ShareOfTotal => ColumnKind::Ratio,
        Transform::RunningTotal | Transform::MovingAverage => derived.measure.column_kind(),
    }
}

fn usual_window(grain: Grain) -> u32 {
    match grain {
        Grain::Day => 7,
        Grain::Week => 4,
        Grain::Month | Grain::Quarter | Grain::FiscalQuarter | Grain::Year | Grain::FiscalYear => 3,
    }
}

fn ratio(above: Option<f64>, below: Option<f64>) -> Cell {
    match (above, below) {
        (Some(above), Some(below)) if below != 0.0 => Cell::Float(above / below),
        _ => Cell::None,
    }
}

/// The change as a share of what was before, which must have been more than nothing.
fn growth(current: &Cell, before: &Cell) -> Cell {
    let difference = match (current, before) {
        (Cell::Int(current), Cell::Int(before)) => Some(current.saturating_sub(*before) as f64),
        _ => current.as_f64().zip(before.as_f64()).map(|(current, before)| current - before),
    };
    ratio(difference, before.as_f64().filter(|before| *before > 0.0))
}

/// A series: the buckets that have a value, in the order of time, and what the others hold.
struct Line<'a> {
    points: Vec<(usize, &'a Cell)>,
    nothing: &'a Cell,
}

impl Line<'_> {
    fn grown(&self) -> Vec<Cell> {
        let before = |place: usize, position: usize| match place.checked_sub(1).map(|before| self.points[before]) {
            Some((former, cell)) if former + 1 == position => cell,
            _ if position == 0 => &Cell::None,
            _ => self.nothing,
        };
        self.points.iter().enumerate().map(|(place, (position, current))| growth(current, before(place, *position))).collect()
    }

    fn summed(&self) -> Vec<Cell> {
        let mut total = Cell::Int(0);
        let step = |(_, cell): &(usize, &Cell)| {
            total = plus(&total, cell);
            total.clone()
        };
        self.points.iter().map(step).collect()
    }

    /// Money is rounded to minor units; a window that is not full, or has a bucket without a value, has no average.
    fn averaged(&self, over: usize, unit: Unit) -> Vec<Cell> {
        let mut first = 0;
        let mut average = |(place, (position, _)): (usize, &(usize, &Cell))| {
            let start = (position + 1).checked_sub(over)?;
            while self.points[first].0 < start {
                first += 1;
            }
            let window = &self.points[first..=place];
            let is_full = window.len() == over || *self.nothing != Cell::None;
            is_full.then(|| mean(window, over, unit)).flatten()
        };
        self.points.iter().enumerate().map(|point| average(point).unwrap_or(Cell::None)).collect()
    }
}

/// What is absent from a window adds nothing to it.
fn mean(window: &[(usize, &Cell)], over: usize, unit: Unit) -> Option<Cell> {
    let mut cells = window.iter().map(|(_, cell)| cell);
    if unit == Unit::Money {
        let sum = cells.try_fold(0_i128, |sum, cell| cell.as_i64().map(|value| sum + i128::from(value)))?;
        let over = over as i128;
        let rounded = (2 * sum.abs() + over) / (2 * over) * sum.signum();
        return i64::try_from(rounded).ok().map(Cell::Int);
    }
    let sum = cells.try_fold(0.0, |sum, cell| cell.as_f64().map(|value| sum + value))?;
    Some(Cell::Float(sum / over as f64))
}

/// Whole numbers stay whole; pieces by weight have three decimals.
fn plus(one: &Cell, other: &Cell) -> Cell {
    match (one, other) {
        (Cell::Int(one), Cell::Int(other)) => one.checked_add(*other).map_or(Cell::None, Cell::Int),
        (Cell::None, cell) | (cell, Cell::None) => cell.clone(),
        (one, other) => {
            let sum = one.as_f64().unwrap_or_default() + other.as_f64().unwrap_or_default();
            Cell::Float((sum * 1_000.0).round() / 1_000.0)
        }
    }
}

/// What has no value stands last, in both directions.
fn in_order(one: &Cell, other: &Cell, descending: bool) -> Ordering {
    match (one, other) {
        (Cell::None, Cell::None) => return Ordering::Equal,
        (Cell::None, _) => return Ordering::Greater,
        (_, Cell::None) => return Ordering::Less,
        _ => {}
    }
    let ascending = match (one, other) {
        (Cell::Int(one), Cell::Int(other)) => one.cmp(other),
        (Cell::Text(one), Cell::Text(other)) => one.cmp(other),
        _ => one.as_f64().unwrap_or_default().total_cmp(&other.as_f64().unwrap_or_default()),
    };
    if descending { ascending.reverse() } else { ascending }
}

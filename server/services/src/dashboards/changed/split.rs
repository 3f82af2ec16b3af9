//! What the values of one dimension contributed to a change.

use domain::charts::{ChartCard, TableData};
use domain::dashboards::{BoardCard, ChangeParts, ChangeSplit};
use domain::format;
use domain::question::{Cell, Question};
use domain::range::DateRange;
use domain::semantic::{Dimension, Measure, Unit};
use engine::changes::{Contribution, Part, of_rates, of_sums, tells};

use crate::Result;
use crate::dashboards::cards::{Asking, Bridge, Pair, cell, name, paired, text_column};
use crate::dashboards::words;

/// The question whose answers before and now are compared.
pub(super) fn card(measure: Measure, dimension: Dimension, parts: ChangeParts) -> BoardCard {
    let weight = match parts {
        ChangeParts::Sums => None,
        ChangeParts::Rates { weight } => Some(weight),
    };
    let measures = std::iter::once(measure).chain(weight).collect();
    BoardCard::of(Question { measures, dimensions: vec![dimension], ..Question::default() })
}

/// A value with what it was, what it is and what it did.
struct Row {
    value: Cell,
    before: Cell,
    now: Cell,
    did: Contribution,
}

/// The whole before and now, as people would be told it.
pub(super) struct Whole {
    pub(super) before: Cell,
    pub(super) now: Cell,
    /// The compared days.
    pub(super) range: DateRange,
    /// `the previous 30 days`.
    pub(super) with: String,
}

impl Whole {
    /// Now without before.
    pub(super) fn difference(&self) -> f64 {
        self.now.as_f64().unwrap_or_default() - self.before.as_f64().unwrap_or_default()
    }
}

/// Averages are answered in whole minor units: so much of one each may be lost before and now.
const ROUNDING: f64 = 1.0;

/// One minor unit of money; of other figures what nobody would see.
fn unit_of(asking: &Asking<'_>) -> f64 {
    if asking.measure().entry().unit == Unit::Money { 1.0 } else { 1e-9 }
}

/// The contributions of a dimension's values; `None` where there are fewer than two of them, or too many to look at.
pub(super) async fn split(asking: &Asking<'_>, dimension: Dimension, parts: ChangeParts, whole: &Whole) -> Result<Option<ChangeSplit>> {
    let question = |range| Question { limit: None, order: Vec::new(), ..asking.over(range, None) };
    let now = asking.ask(question(asking.chosen.settled)).await?;
    let before = asking.ask(question(whole.range)).await?;
    if now.truncated || before.truncated {
        return Ok(None);
    }
    let mut rows = rows(&before.rows, &now.rows, parts);
    if rows.len() < 2 {
        return Ok(None);
    }
    let tells = tells(&rows.iter().map(|row| row.did).collect::<Vec<_>>());
    rows.sort_by(|a, b| b.did.by.abs().total_cmp(&a.did.by.abs()));
    let chart = chart(asking, dimension, whole, rows);
    Ok(Some(ChangeSplit { dimension, tells, chart }))
}

fn rows(before: &[Vec<Cell>], now: &[Vec<Cell>], parts: ChangeParts) -> Vec<Row> {
    let pairs = paired(before, now);
    let number = |row: Option<&[Cell]>, at: usize| cell(row, at).as_f64().unwrap_or_default();
    let part =
        |pair: &Pair<'_>| Part { before: number(pair.before, 1), now: number(pair.now, 1), weights: (number(pair.before, 2), number(pair.now, 2)) };
    let made: Vec<Part> = pairs.iter().map(part).collect();
    let did = match parts {
        ChangeParts::Sums => of_sums(&made),
        ChangeParts::Rates { .. } => of_rates(&made),
    };
    let row = |(pair, did): (Pair<'_>, Contribution)| Row { value: pair.value.clone(), before: cell(pair.before, 1), now: cell(pair.now, 1), did };
    pairs.into_iter().zip(did).map(row).collect()
}

fn chart(asking: &Asking<'_>, dimension: Dimension, whole: &Whole, rows: Vec<Row>) -> ChartCard {
    let label = dimension.label().to_lowercase();
    let rest = whole.difference() - rows.iter().map(|row| row.did.by).sum::<f64>();
    let rest = (rest.abs() > unit_of(asking) * ROUNDING * rows.len() as f64).then(|| (format!("Not of a {label}"), rest));
    let spec = Bridge {
        dimension,
        before: (format::range(whole.range), whole.before.as_f64().unwrap_or_default()),
        now: (format::range(asking.chosen.settled), whole.now.as_f64().unwrap_or_default()),
        steps: rows.iter().map(|row| (row.value.clone(), row.did.by)).collect(),
        rest: rest.clone(),
    }
    .spec(asking);
    let subtitle = format!(
        "{} against {}, by {label}",
        asking
            .column(String::new(), asking.measure())
            .currency
            .map_or_else(|| asking.measure().label().to_owned(), |currency| format!("{}, {currency}", asking.measure().label()),),
        whole.with
    );
    let (title, summary) = (title(dimension, &rows), said(asking, dimension, &rows));
    ChartCard {
        id: format!("change-{}", dimension.entry().name),
        title,
        subtitle,
        spec,
        table: table(asking, dimension, whole, (rows, rest)),
        summary,
    }
}

/// `Netherlands did most of it` would claim too much where all moved alike; this names who moved most.
fn title(dimension: Dimension, rows: &[Row]) -> String {
    match rows.first().filter(|row| row.did.by != 0.0) {
        Some(row) => format!("{} moved it most: {}", dimension.label(), name(dimension, &row.value)),
        None => format!("{}: nothing moved", dimension.label()),
    }
}

/// What the three values that moved most did, and what would have been theirs had all moved alike.
fn said(asking: &Asking<'_>, dimension: Dimension, rows: &[Row]) -> String {
    let parts = rows.iter().take(3).filter(|row| row.did.by != 0.0).map(|row| {
        let (by, alike) = (amount(asking, row.did.by), amount(asking, row.did.expected));
        format!("{} {} {by} (had all moved alike: {} {alike})", name(dimension, &row.value), way(row.did.by), way(row.did.expected))
    });
    let parts = parts.collect::<Vec<_>>().join("; ");
    if parts.is_empty() { "No value differs from before.".to_owned() } else { format!("{parts}.") }
}

pub(super) fn way(by: f64) -> &'static str {
    if by < 0.0 { "down" } else { "up" }
}

/// A difference without its sign, as people read it. The difference of two shares is in points.
pub(super) fn amount(asking: &Asking<'_>, by: f64) -> String {
    let measure = asking.measure();
    match measure.entry().unit {
        Unit::Money => words::value(measure, &Cell::Int(by.abs().round() as i64), asking.currency),
        Unit::Number => words::value(measure, &Cell::Float(by.abs()), asking.currency),
        Unit::Ratio => format!("{} points", format::decimal(by.abs() * 100.0)),
    }
}

fn table(asking: &Asking<'_>, dimension: Dimension, whole: &Whole, (rows, rest): (Vec<Row>, Option<(String, f64)>)) -> TableData {
    let measure = asking.measure();
    let columns = vec![
        text_column(dimension.label()),
        asking.column("Now".to_owned(), measure),
        asking.column(format!("Before ({})", whole.with), measure),
        asking.column("Contributed".to_owned(), measure),
        asking.column("Had all moved alike".to_owned(), measure),
    ];
    let figure = |by: f64| if measure.entry().unit == Unit::Money { Cell::Int(by.round() as i64) } else { Cell::Float(by) };
    let row = |row: Row| vec![Cell::Text(name(dimension, &row.value)), row.now, row.before, figure(row.did.by), figure(row.did.expected)];
    let rest = rest.map(|(name, by)| vec![Cell::Text(name), Cell::None, Cell::None, figure(by), Cell::None]);
    TableData { columns, rows: rows.into_iter().map(row).chain(rest).collect() }
}

//! Values over time: one line a measure, or one a value of a dimension.

use std::collections::HashMap;

use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole, TableColumn, TableData};
use domain::dashboards::Picture;
use domain::question::{Answer, Cell, ColumnKind, Question};
use domain::semantic::Measure;
use domain::{Day, format};

use super::asking::{role, too_many_rows};
use super::card::{Drawn, blank, sum};
use super::keyed::key;
use super::largest::of_largest;
use super::{Asking, names};
use crate::Result;
use crate::dashboards::chosen::Chosen;
use crate::dashboards::covered::Covered;
use crate::dashboards::words;

/// How many values of a dimension have a series of their own.
pub(super) const SERIES: usize = 6;

/// What one series shows: a cell for each bucket.
pub(super) struct Course {
    pub(super) name: String,
    pub(super) role: SeriesRole,
    pub(super) measure: Measure,
    pub(super) cells: Vec<Cell>,
}

pub(super) async fn draw(asking: &Asking<'_>, picture: Picture) -> Result<Option<Drawn>> {
    let Some(grain) = asking.grain else { return Ok(None) };
    let chosen = Chosen { grain, ..asking.chosen.clone() };
    let asked = Question { limit: None, order: Vec::new(), ..asking.over(chosen.range, Some(grain)) };
    let answer = asking.ask(asked).await?;
    if answer.rows.is_empty() {
        return Ok(None);
    }
    let buckets = chosen.buckets();
    let courses = match (asking.question.dimensions.is_empty(), answer.truncated) {
        (true, false) => of_measures(asking, &chosen, &buckets, &answer).await?,
        (true, true) => return Err(too_many_rows().into()),
        (false, false) => of_values(asking, (&buckets, &asking.covered(grain)), &answer),
        (false, true) => of_largest(asking, &chosen).await?,
    };
    let measure = asking.measure();
    let plotted = |course: &Course| course.cells.iter().map(|cell| words::plotted(course.measure, cell, asking.currency)).collect();
    let spec = ChartSpec {
        categories: buckets.iter().map(|start| format::bucket(*start, grain, chosen.calendar)).collect(),
        series: courses.iter().map(|course| Series { name: course.name.clone(), role: course.role, values: plotted(course) }).collect(),
        begins_late: chosen.begins_late(),
        incomplete_from: chosen.incomplete_from(),
        currency: asking.axis(measure),
        ..blank(kind(picture))
    };
    let subtitle = format!("{} by {}", asking.unit_words(), grain.words());
    let summary = summary(asking, &courses);
    Ok(Some(Drawn { spec, table: table(asking, &buckets, courses), subtitle, summary }))
}

fn kind(picture: Picture) -> ChartKind {
    match picture {
        Picture::Area => ChartKind::Area,
        Picture::Column => ChartKind::Column,
        Picture::Stacked => ChartKind::Stacked,
        _ => ChartKind::Line,
    }
}

async fn of_measures(asking: &Asking<'_>, chosen: &Chosen, buckets: &[Day], answer: &Answer) -> Result<Vec<Course>> {
    let (rows, covered) = (by_day(answer), asking.covered(chosen.grain));
    let drawn = asking.drawn_measures();
    let course = |(place, (index, measure)): (usize, &(usize, Measure))| Course {
        name: measure.label().to_owned(),
        role: role(place, drawn.len()),
        measure: *measure,
        cells: cells(buckets, (&rows, index + 1), &covered, *measure),
    };
    let mut courses: Vec<Course> = drawn.iter().enumerate().map(course).collect();
    if let ([only], Some(facing)) = (courses.as_mut_slice(), chosen.facing()) {
        only.name = format::range(chosen.range);
        let compared = asking.ask_compared(facing, chosen.grain).await?;
        let covered = asking.covered_by_compared(facing, chosen.grain);
        let cells = cells(buckets, (&by_day(&compared), 1), &covered, asking.measure());
        courses.push(Course { name: format::range(facing.compared), role: SeriesRole::Compared, measure: asking.measure(), cells });
    }
    Ok(courses)
}

/// The cells of a column, bucket by bucket.
pub(super) fn cells(buckets: &[Day], (rows, column): (&HashMap<Day, &Vec<Cell>>, usize), covered: &Covered, measure: Measure) -> Vec<Cell> {
    let found = |day: &Day| rows.get(day).and_then(|row| row.get(column)).cloned();
    buckets.iter().map(|day| found(day).unwrap_or_else(|| covered.without_row(*day, measure))).collect()
}

/// The largest values of the dimension; the others together where they add up.
pub(super) fn of_values(asking: &Asking<'_>, (buckets, covered): (&[Day], &Covered), answer: &Answer) -> Vec<Course> {
    let (measure, dimension) = (asking.measure(), asking.question.dimensions[0]);
    let place: HashMap<Day, usize> = buckets.iter().enumerate().map(|(index, day)| (*day, index)).collect();
    let values = by_weight(answer);
    let shown = values.len().min(SERIES);
    let count = shown + usize::from(values.len() > shown);
    let cells = |rows: &[&Vec<Cell>]| {
        let filled = |(day, sum): (&Day, Option<Cell>)| sum.unwrap_or_else(|| covered.without_row(*day, measure));
        buckets.iter().zip(along(rows, &place)).map(filled).collect()
    };
    let course = |(index, (value, rows)): (usize, &(&Cell, Vec<&Vec<Cell>>))| {
        let name = names::name(dimension, value);
        Course { name, role: role(index, count.max(2)), measure, cells: cells(rows) }
    };
    let mut drawn: Vec<Course> = values[..shown].iter().enumerate().map(course).collect();
    let others = &values[shown..];
    if !others.is_empty() && measure.adds_over(dimension) {
        let rows: Vec<&Vec<Cell>> = others.iter().flat_map(|(_, rows)| rows.iter().copied()).collect();
        let name = format::counted(others.len() as i64, "other", "others");
        drawn.push(Course { name, role: SeriesRole::Split(7), measure, cells: cells(&rows) });
    }
    drawn
}

/// Each value with its rows, the largest first.
fn by_weight(answer: &Answer) -> Vec<(&Cell, Vec<&Vec<Cell>>)> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut values: Vec<(&Cell, Vec<&Vec<Cell>>)> = Vec::new();
    for row in answer.rows.iter().filter(|row| row.len() > 2) {
        let place = *places.entry(key(&row[1])).or_insert(values.len());
        if place == values.len() {
            values.push((&row[1], Vec::new()));
        }
        values[place].1.push(row);
    }
    let weight = |rows: &[&Vec<Cell>]| rows.iter().filter_map(|row| row[2].as_f64()).map(f64::abs).sum::<f64>();
    values.sort_by(|a, b| weight(&b.1).total_cmp(&weight(&a.1)));
    values
}

/// The sums of rows, bucket by bucket; absent where there is no row.
fn along(rows: &[&Vec<Cell>], place: &HashMap<Day, usize>) -> Vec<Option<Cell>> {
    let mut cells = vec![None; place.len()];
    for row in rows {
        let bucket = row[0].as_text().and_then(|text| text.parse().ok()).and_then(|day: Day| place.get(&day).copied());
        if let Some(at) = bucket {
            cells[at] = Some(sum(cells[at].iter().chain([&row[2]])));
        }
    }
    cells
}

pub(super) fn by_day(answer: &Answer) -> HashMap<Day, &Vec<Cell>> {
    answer.rows.iter().filter_map(|row| Some((row.first()?.as_text()?.parse().ok()?, row))).collect()
}

fn table(asking: &Asking<'_>, buckets: &[Day], courses: Vec<Course>) -> TableData {
    let mut columns = vec![TableColumn { title: "From".to_owned(), kind: ColumnKind::Time, currency: None }];
    columns.extend(courses.iter().map(|course| asking.column(course.name.clone(), course.measure)));
    let row = |(index, day): (usize, &Day)| {
        let cells = courses.iter().map(|course| course.cells[index].clone());
        std::iter::once(Cell::Text(day.to_string())).chain(cells).collect()
    };
    TableData { columns, rows: buckets.iter().enumerate().map(row).collect() }
}

fn summary(asking: &Asking<'_>, courses: &[Course]) -> String {
    let during = words::during(asking.chosen.range, asking.chosen.calendar);
    let names: Vec<&str> = courses.iter().filter(|course| course.role != SeriesRole::Compared).map(|course| course.name.as_str()).collect();
    match asking.question.dimensions.as_slice() {
        [] => format!("{} over time, {during}.", asking.measure().label()),
        _ => format!("{} over time, {during}, of {}.", asking.measure().label(), names.join(", ")),
    }
}

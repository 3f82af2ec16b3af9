//! Values over time: one line a measure, or one a value of a dimension.

use std::collections::HashMap;

use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole, TableColumn, TableData};
use domain::dashboards::Picture;
use domain::question::{Answer, Cell, ColumnKind, Question};
use domain::semantic::Measure;
use domain::{Day, format};

use super::asking::role;
use super::card::{Drawn, blank, sum};
use super::{Asking, names};
use crate::Result;
use crate::dashboards::chosen::Chosen;
use crate::dashboards::words;

/// How many values of a dimension have a series of their own.
const SERIES: usize = 6;

/// What one series shows: a cell for each bucket.
struct Course {
    name: String,
    role: SeriesRole,
    measure: Measure,
    cells: Vec<Cell>,
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
    let courses = if asking.question.dimensions.is_empty() {
        of_measures(asking, &chosen, &buckets, &answer).await?
    } else {
        of_values(asking, &buckets, &answer)
    };
    let measure = asking.measure();
    let plotted = |course: &Course| course.cells.iter().map(|cell| words::plotted(course.measure, cell, asking.currency)).collect();
    let spec = ChartSpec {
        categories: buckets.iter().map(|start| format::bucket(*start, grain)).collect(),
        series: courses.iter().map(|course| Series { name: course.name.clone(), role: course.role, values: plotted(course) }).collect(),
        incomplete_from: chosen.incomplete_from(),
        currency: asking.axis(measure),
        ..blank(kind(picture))
    };
    let subtitle = format!("{} by {}", asking.unit_words(), grain.as_str());
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
    let by_day = by_day(answer);
    let drawn = asking.drawn_measures();
    let course = |(place, (index, measure)): (usize, &(usize, Measure))| Course {
        name: measure.label().to_owned(),
        role: role(place, drawn.len()),
        measure: *measure,
        cells: buckets.iter().map(|day| by_day.get(day).and_then(|row| row.get(index + 1)).cloned().unwrap_or(Cell::None)).collect(),
    };
    let mut courses: Vec<Course> = drawn.iter().enumerate().map(course).collect();
    if let ([only], Some((_, range))) = (courses.as_mut_slice(), chosen.comparable()) {
        only.name = format::range(chosen.range);
        let compared = asking.ask(Question { limit: None, order: Vec::new(), ..asking.over(range, Some(chosen.grain)) }).await?;
        let compared = self::by_day(&compared);
        let days = range.buckets(chosen.grain, chosen.week_start).into_iter().take(buckets.len());
        let mut cells: Vec<Cell> = days.map(|day| compared.get(&day).and_then(|row| row.get(1)).cloned().unwrap_or(Cell::None)).collect();
        cells.resize(buckets.len(), Cell::None);
        courses.push(Course { name: format::range(range), role: SeriesRole::Compared, measure: asking.measure(), cells });
    }
    Ok(courses)
}

/// The largest values of the dimension; the others together where they add up.
fn of_values(asking: &Asking<'_>, buckets: &[Day], answer: &Answer) -> Vec<Course> {
    let (measure, dimension) = (asking.measure(), asking.question.dimensions[0]);
    let place: HashMap<Day, usize> = buckets.iter().enumerate().map(|(index, day)| (*day, index)).collect();
    let mut courses: Vec<(Cell, Vec<Cell>)> = Vec::new();
    for row in &answer.rows {
        let [day, value, amount, ..] = row.as_slice() else { continue };
        let Some(at) = day.as_text().and_then(|text| text.parse().ok()).and_then(|day: Day| place.get(&day).copied()) else { continue };
        let index = courses.iter().position(|(known, _)| known == value).unwrap_or_else(|| {
            courses.push((value.clone(), vec![Cell::None; buckets.len()]));
            courses.len() - 1
        });
        courses[index].1[at] = amount.clone();
    }
    let weight = |cells: &[Cell]| cells.iter().filter_map(Cell::as_f64).map(f64::abs).sum::<f64>();
    courses.sort_by(|a, b| weight(&b.1).total_cmp(&weight(&a.1)));
    let others = courses.split_off(courses.len().min(SERIES));
    let count = courses.len() + usize::from(!others.is_empty());
    let mut drawn: Vec<Course> = courses
        .into_iter()
        .enumerate()
        .map(|(index, (value, cells))| Course { name: names::name(dimension, &value), role: role(index, count.max(2)), measure, cells })
        .collect();
    if !others.is_empty() && measure.entry().adds_over_dimensions() {
        let cells = (0..buckets.len()).map(|at| sum(others.iter().map(|(_, cells)| &cells[at]))).collect();
        drawn.push(Course { name: format!("{} others", format::number(others.len() as i64)), role: SeriesRole::Split(7), measure, cells });
    }
    drawn
}

fn by_day(answer: &Answer) -> HashMap<Day, &Vec<Cell>> {
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
    let during = words::during(asking.chosen.range);
    let names: Vec<&str> = courses.iter().filter(|course| course.role != SeriesRole::Compared).map(|course| course.name.as_str()).collect();
    match asking.question.dimensions.as_slice() {
        [] => format!("{} over time, {during}.", asking.measure().label()),
        _ => format!("{} over time, {during}, of {}.", asking.measure().label(), names.join(", ")),
    }
}

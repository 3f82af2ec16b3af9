//! The largest values over time, where all values are more rows than an answer holds.

use domain::charts::SeriesRole;
use domain::question::{Answer, Filter, FilterOp, Order, Question};

use super::over_time::{Course, SERIES, by_day, cells, of_values};
use super::{Asking, names};
use crate::Result;
use crate::dashboards::chosen::Chosen;

/// The values are ranked over all the days first; what is left of the whole is one more series, where it adds up.
pub(super) async fn of_largest(asking: &Asking<'_>, chosen: &Chosen) -> Result<Vec<Course>> {
    let (measure, dimension) = (asking.measure(), asking.question.dimensions[0]);
    let order = vec![Order { by: measure.name().to_owned(), desc: true }];
    let ranking = Question { measures: vec![measure], limit: Some(SERIES as u32), order, ..asking.over(chosen.range, None) };
    let ranked = asking.ask(ranking).await?;
    // What has no value cannot be named by a filter: it is among the others.
    let values: Vec<String> = ranked.rows.iter().map(|row| names::filter_value(&row[0])).filter(|value| !value.is_empty()).collect();
    let over_time = asking.over(chosen.range, Some(chosen.grain));
    let filtered = |op| {
        let mut filters = over_time.filters.clone();
        filters.push(Filter::new(dimension, op, values.clone()));
        Question { filters, ..over_time.clone() }
    };
    let (buckets, covered) = (chosen.buckets(), asking.covered(chosen.grain));
    let mut courses = of_values(asking, (&buckets, &covered), &asking.ask_whole(filtered(FilterOp::In)).await?);
    if measure.adds_over(dimension) && asking.question.having.is_empty() {
        let rest: Answer = asking.ask_whole(Question { measures: vec![measure], dimensions: Vec::new(), ..filtered(FilterOp::NotIn) }).await?;
        let cells = cells(&buckets, (&by_day(&rest), 1), &covered, measure);
        courses.push(Course { name: "All others".to_owned(), role: SeriesRole::Split(7), measure, cells });
    }
    Ok(courses)
}

//! A picture that leads from one total to another, step by step.

use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole};
use domain::format;
use domain::question::Cell;
use domain::semantic::Dimension;

use super::card::blank;
use super::{Asking, names};
use crate::dashboards::words;

/// How many steps stand alone; the rest are one.
const STEPS: usize = 7;

/// Two totals and what leads from the first to the second, in the measure's own unit.
pub(in crate::dashboards) struct Bridge {
    /// Whose values the steps are.
    pub dimension: Dimension,
    /// The first total and its name.
    pub before: (String, f64),
    /// The second.
    pub now: (String, f64),
    /// The steps, the longest first.
    pub steps: Vec<(Cell, f64)>,
    /// What no value of the dimension did, and how it is called: postage is no product, but stands in the totals.
    pub rest: Option<(String, f64)>,
}

impl Bridge {
    pub(in crate::dashboards) fn spec(self, asking: &Asking<'_>) -> ChartSpec {
        let Self { dimension, before, now, steps, rest } = self;
        let shown = steps.len().min(STEPS);
        let mut categories = vec![before.0];
        let mut values = vec![before.1];
        let mut filter_values = vec![String::new()];
        for (value, by) in &steps[..shown] {
            categories.push(names::name(dimension, value));
            filter_values.push(names::filter_value(value));
            values.push(*by);
        }
        if steps.len() > shown {
            categories.push(format::counted((steps.len() - shown) as i64, "other", "others"));
            values.push(steps[shown..].iter().map(|(_, by)| by).sum());
        }
        if let Some((name, by)) = rest {
            categories.push(name);
            values.push(by);
        }
        categories.push(now.0);
        values.push(now.1);
        filter_values.resize(categories.len(), String::new());
        let measure = asking.measure();
        let plotted = values.iter().map(|value| words::plotted(measure, &Cell::Float(*value), asking.currency)).collect();
        ChartSpec {
            categories,
            filter_values,
            filter_dimension: Some(dimension),
            series: vec![Series { name: measure.label().to_owned(), role: SeriesRole::Current, values: plotted }],
            currency: asking.axis(measure),
            ..blank(ChartKind::Waterfall)
        }
    }
}

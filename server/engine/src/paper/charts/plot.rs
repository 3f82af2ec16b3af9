//! A picture of a known width: how high it is, and what has to be said of it.

use super::reading::Unit;
use super::{bars, donut, funnel, heat, lines, lying, scatter, waterfall};
use crate::paper::canvas::{Area, Canvas, Side};
use domain::charts::{ChartKind, ChartSpec, TableData};
use std::borrow::Cow;

const UPRIGHT: f32 = 165.0;
const POINTS: f32 = 220.0;
const LYING_ROW: f32 = 17.0;
const HEAT_ROW: f32 = 16.0;
const STAGE: f32 = 22.0;
/// The lowest that a row gets before rows are left out.
const LEAST_ROW: f32 = 9.0;
/// So many countries are told of a map.
const COUNTRIES: usize = 15;

pub(in crate::paper) struct Plot<'a> {
    spec: Cow<'a, ChartSpec>,
    table: &'a TableData,
    height: f32,
    remark: Option<String>,
}

impl<'a> Plot<'a> {
    /// At most so high: rows that do not fit are left out, and that is said.
    pub(in crate::paper) fn of(spec: &'a ChartSpec, table: &'a TableData, width: f32, most: f32) -> Self {
        if spec.kind == ChartKind::Map {
            return Self::of_countries(spec, table, most);
        }
        let (rows, row, extra) = match spec.kind {
            ChartKind::Bar => (spec.categories.len(), LYING_ROW + 6.0 * spec.series.len().saturating_sub(1).min(8) as f32, 0.0),
            ChartKind::HeatMap => (spec.row_labels.len(), HEAT_ROW, heat::BELOW),
            ChartKind::Funnel => (spec.categories.len(), STAGE, 0.0),
            ChartKind::Donut => (spec.categories.len(), LEAST_ROW, if donut::is_narrow(width) { donut::RING } else { 0.0 }),
            ChartKind::Scatter => return Self::plain(spec, table, POINTS.min(most)),
            _ => return Self::plain(spec, table, UPRIGHT.min(most)),
        };
        let fit = ((most - extra) / LEAST_ROW).max(1.0) as usize;
        let (spec, remark) = if rows > fit { first(spec, fit) } else { (Cow::Borrowed(spec), None) };
        let natural = match spec.kind {
            ChartKind::Donut if donut::is_narrow(width) => donut::RING + donut::LISTED * rows.min(fit) as f32,
            ChartKind::Donut => (row * rows.min(fit) as f32).max(140.0),
            _ => row * rows.clamp(2, fit.max(2)) as f32 + extra,
        };
        Self { spec, table, height: natural.min(most), remark }
    }

    fn plain(spec: &'a ChartSpec, table: &'a TableData, height: f32) -> Self {
        let words = if spec.begins_late { "Hatched: counted in part." } else { "Hatched: not over yet." };
        let remark = bars::is_hatched(spec).then(|| words.to_owned());
        Self { spec: Cow::Borrowed(spec), table, height, remark }
    }

    /// A map's largest countries as bars, of its first measure as their shades are.
    fn of_countries(spec: &ChartSpec, table: &'a TableData, most: f32) -> Self {
        let mut order: Vec<usize> = (0..spec.categories.len()).collect();
        let size = |index: usize| spec.series.first().and_then(|series| super::reading::value(series, index)).unwrap_or(f64::NEG_INFINITY);
        order.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
        let shown = COUNTRIES.min((most / LEAST_ROW).max(1.0) as usize).min(order.len());
        let remark = (shown < order.len()).then(|| format!("The {shown} largest of {} countries; the page shows all of them on a map", order.len()));
        order.truncate(shown);
        let mut bars = spec.clone();
        bars.kind = ChartKind::Bar;
        bars.series.truncate(1);
        bars.categories = picked(&spec.categories, &order);
        for (series, of) in bars.series.iter_mut().zip(&spec.series) {
            series.values = order.iter().map(|index| of.values.get(*index).copied().flatten()).collect();
        }
        let height = (LYING_ROW * order.len().max(2) as f32).min(most);
        Self { spec: Cow::Owned(bars), table, height, remark }
    }

    pub(in crate::paper) fn height(&self) -> f32 {
        self.height
    }

    /// What has to be said below it.
    pub(in crate::paper) fn remark(&self) -> Option<String> {
        self.remark.clone()
    }

    /// How many times higher than it needs to be it may get.
    pub(in crate::paper) fn stretches(&self) -> f32 {
        match self.spec.kind {
            ChartKind::Bar | ChartKind::Funnel => 1.5,
            ChartKind::HeatMap => 2.2,
            _ => f32::INFINITY,
        }
    }

    pub(in crate::paper) fn draw(&self, canvas: &mut Canvas, area: Area) {
        let spec = self.spec.as_ref();
        let is_empty = spec.categories.is_empty() || spec.kind != ChartKind::HeatMap && spec.series.is_empty();
        if is_empty {
            canvas.words((area.x, area.y + 12.0), Side::From, "There is nothing to draw.", super::upright::LABEL);
            return;
        }
        let told = (spec, Unit::of_chart(spec, self.table));
        match spec.kind {
            ChartKind::Line | ChartKind::Area => lines::draw(canvas, told, area),
            ChartKind::Column => bars::columns(canvas, told, area),
            ChartKind::Stacked => bars::stacked(canvas, told, area),
            ChartKind::Bar | ChartKind::Map => lying::draw(canvas, told, area),
            ChartKind::HeatMap => heat::draw(canvas, told, area),
            ChartKind::Donut => donut::draw(canvas, told, area),
            ChartKind::Funnel => funnel::draw(canvas, told, area),
            ChartKind::Waterfall => waterfall::draw(canvas, told, area),
            ChartKind::Scatter => scatter::draw(canvas, spec, self.table, area),
        }
    }
}

fn picked(names: &[String], order: &[usize]) -> Vec<String> {
    order.iter().filter_map(|index| names.get(*index).cloned()).collect()
}

/// The first rows of a picture of rows, and that there are more.
fn first(spec: &ChartSpec, fit: usize) -> (Cow<'_, ChartSpec>, Option<String>) {
    let mut part = spec.clone();
    let rows = if spec.kind == ChartKind::HeatMap { spec.row_labels.len() } else { spec.categories.len() };
    if spec.kind == ChartKind::HeatMap {
        part.row_labels.truncate(fit);
    } else {
        part.categories.truncate(fit);
    }
    (Cow::Owned(part), Some(format!("The first {fit} of {rows}; the card's table has all of them")))
}

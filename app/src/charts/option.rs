//! From what a picture shows to the ECharts option that draws it, one function a kind.
//!
//! Colours are names (`$current`) that `public/js/charts.js` looks up in the theme; numbers are written there too, by the
//! `tradepost` part of the option. So the option holds no function and no markup.

use charming::Chart;
use charming::component::{Axis, Grid, VisualMap, VisualMapChannel};
use charming::datatype::DataPoint;
use charming::element::{
    AreaStyle, AxisLabel, AxisLine, AxisPointer, AxisPointerType, AxisTick, AxisType, BorderType, Emphasis, EmphasisFocus, ItemStyle, Label,
    LabelPosition, LineStyle, LineStyleType, SplitLine, Symbol, Tooltip, Trigger,
};
use charming::series::{Bar, Heatmap, Line};
use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole};
use serde_json::{Value, json};

/// Up to so many upright bars carry their value; more would overlap.
const LABELLED_COLUMNS: usize = 12;
/// Up to so many points of a line are marked one by one.
const MARKED_POINTS: usize = 15;

/// The option as JSON text.
pub fn option_json(spec: &ChartSpec) -> String {
    let chart = match spec.kind {
        ChartKind::Line => line_chart(spec),
        ChartKind::Column => column_chart(spec),
        ChartKind::Bar => bar_chart(spec),
        ChartKind::HeatMap => heat_map(spec),
    };
    let mut option = serde_json::to_value(chart).expect("an option is plain data");
    option["tradepost"] = reading(spec);
    option.to_string()
}

/// How the browser writes the numbers, and what it needs for tooltips and clicks.
fn reading(spec: &ChartSpec) -> Value {
    let currency = spec.currency.map(|currency| {
        let symbol = currency.symbol().map_or_else(|| format!("{}\u{a0}", currency.code()), str::to_owned);
        (symbol, currency.minor_digits())
    });
    json!({
        "kind": spec.kind,
        "unit": if currency.is_some() { "money" } else { "number" },
        "symbol": currency.as_ref().map_or("", |(symbol, _)| symbol.as_str()),
        "digits": currency.as_ref().map_or(0, |(_, digits)| *digits),
        "categories": spec.categories,
        "rows": spec.row_labels,
        "incomplete_from": spec.incomplete_from,
        "clickable": spec.filter_dimension.is_some(),
    })
}

fn line_chart(spec: &ChartSpec) -> Chart {
    let chart = framed(Trigger::Axis, AxisPointerType::Line).grid(upright()).x_axis(category_axis(spec).boundary_gap(false)).y_axis(value_axis());
    // The compared line first, so that the current one lies on top.
    let compared = spec.series.iter().filter(|series| series.role == SeriesRole::Compared);
    let chart = compared.fold(chart, |chart, series| chart.series(line(series, "compared", all(series)).line_style(stroke("$compared", 1.5, true))));
    let current = spec.series.iter().filter(|series| series.role == SeriesRole::Current);
    current.fold(chart, |chart, series| {
        let open_from = spec.incomplete_from.unwrap_or(series.values.len());
        let closed = line(series, "current", (0, open_from))
            .line_style(stroke("$current", 2.0, false))
            .area_style(AreaStyle::new().color("$current-wash").opacity(1.0));
        let chart = chart.series(closed);
        if open_from >= series.values.len() {
            return chart;
        }
        // Not joined to what is over: a line down to half a month would read as a fall.
        let open = line(series, "current-open", (open_from, series.values.len()))
            .line_style(stroke("$current", 2.0, true))
            .show_symbol(true)
            .symbol_size(8.0)
            .item_style(ItemStyle::new().color("$surface").border_color("$current").border_width(2))
            .label(Label::new().show(series.values.len() - open_from == 1).position(LabelPosition::Top).formatter("so far").color("$text"));
        chart.series(open)
    })
}

fn column_chart(spec: &ChartSpec) -> Chart {
    let labelled = spec.categories.len() <= LABELLED_COLUMNS && spec.series.len() == 1;
    let chart = framed(Trigger::Axis, AxisPointerType::Shadow).grid(upright()).x_axis(category_axis(spec)).y_axis(value_axis());
    bars(chart, spec, labelled.then_some(LabelPosition::Top))
}

fn bar_chart(spec: &ChartSpec) -> Chart {
    let hidden = value_axis().axis_label(AxisLabel::new().show(false)).split_line(SplitLine::new().show(false));
    let names = category_axis(spec).inverse(true).axis_line(AxisLine::new().show(false));
    let chart = framed(Trigger::Axis, AxisPointerType::Shadow).x_axis(hidden).y_axis(names);
    bars(chart, spec, Some(LabelPosition::Right)).grid(Grid::new().left(0).right(56).top(0).bottom(0))
}

fn heat_map(spec: &ChartSpec) -> Chart {
    let cells =
        spec.heat.iter().map(|(column, row, value)| vec![DataPoint::from(*column as i64), DataPoint::from(*row as i64), DataPoint::from(*value)]);
    let highest = spec.heat.iter().map(|cell| cell.2).fold(0.0, f64::max);
    let rows = Axis::new()
        .type_(AxisType::Category)
        .data(spec.row_labels.clone())
        .inverse(true)
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false));
    let series = Heatmap::new()
        .id("current")
        .name(spec.series.first().map_or("", |series| series.name.as_str()))
        .data(cells.collect::<Vec<_>>())
        .item_style(ItemStyle::new().border_color("$surface").border_width(2).border_radius(4))
        .emphasis(Emphasis::new().item_style(ItemStyle::new().border_color("$text")));
    let shades = VisualMap::new()
        .show(false)
        .min(0)
        .max(if highest > 0.0 { highest } else { 1.0 })
        .in_range(VisualMapChannel::new().color(vec!["$heat-0", "$heat-1", "$heat-2", "$heat-3", "$heat-4"]));
    framed(Trigger::Item, AxisPointerType::None)
        .x_axis(category_axis(spec).axis_line(AxisLine::new().show(false)))
        .y_axis(rows)
        .visual_map(shades)
        .series(series)
        .grid(Grid::new().left(0).right(0).top(0).bottom(4).contain_label(true))
}

fn bars(chart: Chart, spec: &ChartSpec, label: Option<LabelPosition>) -> Chart {
    spec.series.iter().fold(chart, |chart, series| {
        let is_current = series.role == SeriesRole::Current;
        let style = ItemStyle::new().border_radius(3);
        let bar = Bar::new()
            .name(series.name.as_str())
            .data(points(series, all(series)))
            .bar_gap("10%")
            .emphasis(Emphasis::new().focus(EmphasisFocus::None));
        let bar = if is_current {
            bar.id("current").item_style(style.color("$current"))
        } else {
            bar.id("compared").item_style(style.color("$compared-wash").border_color("$compared").border_width(1).border_type(BorderType::Dashed))
        };
        chart.series(match label {
            Some(position) if is_current => bar.label(Label::new().show(true).position(position).color("$text-strong").font_size(12)),
            _ => bar,
        })
    })
}

fn line(series: &Series, id: &str, range: (usize, usize)) -> Line {
    let is_short = series.values.len() <= MARKED_POINTS;
    let color = if id == "compared" { "$compared" } else { "$current" };
    Line::new()
        .id(id)
        .name(series.name.as_str())
        .data(points(series, range))
        .symbol(Symbol::Circle)
        .symbol_size(if is_short { 6.0 } else { 5.0 })
        .show_symbol(is_short && id != "compared" || series.values.len() == 1)
        .item_style(ItemStyle::new().color(color))
        .connect_nulls(false)
}

/// The values of a series, with gaps outside of the range.
fn points(series: &Series, (from, to): (usize, usize)) -> Vec<Option<f64>> {
    series.values.iter().enumerate().map(|(index, value)| value.filter(|_| (from..to).contains(&index))).collect()
}

fn all(series: &Series) -> (usize, usize) {
    (0, series.values.len())
}

fn stroke(color: &str, width: f64, dashed: bool) -> LineStyle {
    LineStyle::new().color(color).width(width).type_(if dashed { LineStyleType::Dashed } else { LineStyleType::Solid })
}

/// A tooltip that follows the axis.
fn framed(trigger: Trigger, pointer: AxisPointerType) -> Chart {
    let pointer = AxisPointer::new().type_(pointer).line_style(stroke("$line-strong", 1.0, false));
    Chart::new().tooltip(Tooltip::new().trigger(trigger).axis_pointer(pointer))
}

/// Where upright pictures stand: room above for a label, and to the right for the last one of the axis.
fn upright() -> Grid {
    Grid::new().left(0).right(20).top(24).bottom(8).contain_label(true)
}

fn category_axis(spec: &ChartSpec) -> Axis {
    Axis::new().type_(AxisType::Category).data(spec.categories.clone()).axis_tick(AxisTick::new().show(false))
}

/// Zero-based, with few and faint lines.
fn value_axis() -> Axis {
    Axis::new()
        .type_(AxisType::Value)
        .split_number(3)
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .split_line(SplitLine::new().line_style(stroke("$line", 1.0, false)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(kind: ChartKind) -> ChartSpec {
        let series = |name: &str, role, values: [Option<f64>; 3]| Series { name: name.to_owned(), role, values: values.to_vec() };
        ChartSpec {
            kind,
            categories: ["Oct 2011", "Nov 2011", "Dec 2011"].map(str::to_owned).to_vec(),
            filter_values: Vec::new(),
            filter_dimension: None,
            series: vec![
                series("Net sales", SeriesRole::Current, [Some(10.0), Some(20.5), Some(5.0)]),
                series("Year before", SeriesRole::Compared, [None, Some(8.0), Some(9.0)]),
            ],
            row_labels: Vec::new(),
            heat: Vec::new(),
            incomplete_from: Some(2),
            currency: "CHF".parse().ok(),
        }
    }

    fn option(spec: &ChartSpec) -> Value {
        serde_json::from_str(&option_json(spec)).expect("the option is JSON")
    }

    #[test]
    fn a_period_that_is_not_over_is_no_part_of_the_line() {
        let option = option(&spec(ChartKind::Line));
        let series = option["series"].as_array().expect("series");
        assert_eq!(series.iter().map(|series| &series["id"]).collect::<Vec<_>>(), ["compared", "current", "current-open"]);
        assert_eq!(series[1]["data"], json!([10.0, 20.5, null]));
        assert_eq!(series[2]["data"], json!([null, null, 5.0]));
        assert_eq!(series[2]["label"]["formatter"], "so far");
        assert_eq!(series[0]["lineStyle"]["type"], "dashed");
    }

    #[test]
    fn missing_days_stay_gaps() {
        let option = option(&spec(ChartKind::Line));
        assert_eq!(option["series"][0]["data"], json!([null, 8.0, 9.0]));
        assert_eq!(option["series"][0]["connectNulls"], false);
    }

    #[test]
    fn lying_bars_read_from_top_to_bottom_with_their_values_at_the_end() {
        let option = option(&ChartSpec { filter_dimension: Some(domain::semantic::Dimension::Country), ..spec(ChartKind::Bar) });
        assert_eq!((&option["yAxis"]["type"], &option["yAxis"]["inverse"]), (&json!("category"), &json!(true)));
        assert_eq!(option["series"][0]["label"]["position"], "right");
        assert_eq!(option["series"][1]["label"], Value::Null);
        assert_eq!(option["tradepost"]["clickable"], true);
    }

    #[test]
    fn a_picture_stands_on_one_grid() {
        for kind in [ChartKind::Line, ChartKind::Column, ChartKind::Bar, ChartKind::HeatMap] {
            assert_eq!(option(&spec(kind))["grid"].as_array().map(Vec::len), Some(1));
        }
    }

    #[test]
    fn values_start_at_zero() {
        for kind in [ChartKind::Line, ChartKind::Column] {
            assert_eq!(option(&spec(kind))["yAxis"]["scale"], Value::Null);
        }
    }

    #[test]
    fn a_heat_map_shades_from_nothing_to_its_highest_cell() {
        let heat =
            ChartSpec { heat: vec![(0, 0, 3.0), (2, 1, 12.0)], row_labels: vec!["Mon".to_owned(), "Tue".to_owned()], ..spec(ChartKind::HeatMap) };
        let option = option(&heat);
        assert_eq!(option["series"][0]["data"], json!([[0, 0, 3.0], [2, 1, 12.0]]));
        assert_eq!((&option["visualMap"][0]["min"], &option["visualMap"][0]["max"]), (&json!(0.0), &json!(12.0)));
    }

    #[test]
    fn money_reads_in_its_own_currency() {
        let reading = &option(&spec(ChartKind::Line))["tradepost"];
        assert_eq!((&reading["unit"], &reading["symbol"], &reading["digits"]), (&json!("money"), &json!("CHF\u{a0}"), &json!(2)));
        assert_eq!(reading["incomplete_from"], 2);
    }

    #[test]
    fn no_function_and_no_markup_travels() {
        for kind in [ChartKind::Line, ChartKind::Column, ChartKind::Bar, ChartKind::HeatMap] {
            let text = option_json(&spec(kind));
            assert!(!text.contains("function") && !text.contains('<') && !text.contains("#*#"), "{text}");
        }
    }
}

//! From what a picture shows to the ECharts option that draws it, one function a kind.
//!
//! Colours are names (`$current`) that `public/js/charts.js` looks up in the theme; numbers are written there too, by the
//! `tradepost` part of the option. So the option holds no function and no markup.

use super::map::map_json;
use super::scatter::scatter_json;
use super::{bars, heat, lines, shares};
use domain::charts::{ChartKind, ChartSpec, SeriesRole, TableData};
use serde_json::{Value, json};

/// The option as JSON text. The table says how the figures of places and points read.
pub fn option_json(spec: &ChartSpec, table: &TableData) -> String {
    let chart = match spec.kind {
        ChartKind::Line | ChartKind::Area => lines::line_chart(spec),
        ChartKind::Column => bars::column_chart(spec),
        ChartKind::Stacked => bars::stacked_chart(spec),
        ChartKind::Bar => bars::bar_chart(spec),
        ChartKind::Waterfall => bars::waterfall(spec),
        ChartKind::HeatMap => heat::heat_map(spec),
        ChartKind::Donut => shares::donut(spec),
        ChartKind::Funnel => shares::funnel(spec),
        ChartKind::Map => return map_json(spec, table),
        ChartKind::Scatter => return scatter_json(spec, table),
    };
    let mut option = serde_json::to_value(chart).expect("an option is plain data");
    option["tradepost"] = reading(spec);
    if let Some(series) = option["series"].as_array_mut().filter(|_| !spec.marks.is_empty()) {
        series.push(marks(spec));
    }
    option.to_string()
}

/// Pins on the points of which people should know something; the tooltip says what.
fn marks(spec: &ChartSpec) -> Value {
    let is_stacked = spec.kind == ChartKind::Stacked;
    let values = |at: usize| spec.series.iter().filter(|s| s.role != SeriesRole::Compared).filter_map(move |s| s.values.get(at).copied().flatten());
    let height = |at: usize| if is_stacked { values(at).filter(|value| *value > 0.0).sum() } else { values(at).fold(0.0, f64::max) };
    let mut data = vec![Value::Null; spec.categories.len()];
    for mark in spec.marks.iter().filter(|mark| mark.at < spec.categories.len()) {
        data[mark.at] = json!(height(mark.at));
    }
    json!({
        "id": "notes", "name": "Notes", "type": "line", "data": data, "connectNulls": false, "silent": true, "z": 5, "symbol": "pin",
        "symbolSize": 22, "showSymbol": true, "showAllSymbol": true, "lineStyle": {"width": 0}, "itemStyle": {"color": "$note"},
    })
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
        "begins_late": spec.begins_late,
        "incomplete_from": spec.incomplete_from,
        "marks": spec.marks,
        "clickable": spec.filter_dimension.is_some(),
        // A waterfall's bars are as high as their steps are large; what a step means has a sign.
        "steps": (spec.kind == ChartKind::Waterfall).then(|| spec.series.first().map(|series| &series.values)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::charts::{ChartMark, Series};

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
            begins_late: false,
            incomplete_from: Some(2),
            currency: "CHF".parse().ok(),
            marks: Vec::new(),
        }
    }

    fn option(spec: &ChartSpec) -> Value {
        serde_json::from_str(&option_json(spec, &TableData::default())).expect("the option is JSON")
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
    fn a_period_of_which_only_the_end_is_counted_is_no_part_of_the_line() {
        let option = option(&ChartSpec { begins_late: true, ..spec(ChartKind::Line) });
        let series = option["series"].as_array().expect("series");
        assert_eq!(series.iter().map(|series| &series["id"]).collect::<Vec<_>>(), ["compared", "current", "current-late", "current-open"]);
        assert_eq!([&series[1]["data"], &series[2]["data"]], [&json!([null, 20.5, null]), &json!([10.0, null, null])]);
    }

    #[test]
    fn what_people_should_know_is_a_pin_on_its_point() {
        let marks = vec![ChartMark { at: 1, words: vec!["5 Nov 2011: <b>The newspaper</b>".to_owned()] }, ChartMark { at: 9, words: Vec::new() }];
        let option = option(&ChartSpec { marks: marks.clone(), ..spec(ChartKind::Line) });
        let pins = option["series"].as_array().and_then(|series| series.last()).expect("a series");
        assert_eq!((&pins["id"], &pins["data"]), (&json!("notes"), &json!([null, 20.5, null])));
        assert_eq!(pins["showAllSymbol"], true, "where a narrow chart leaves labels out, pins stay");
        assert_eq!(option["tradepost"]["marks"][0]["words"][0], "5 Nov 2011: <b>The newspaper</b>");
        let stacked: Value =
            serde_json::from_str(&option_json(&ChartSpec { marks, ..spec(ChartKind::Stacked) }, &TableData::default())).expect("JSON");
        assert_eq!(stacked["series"].as_array().and_then(|series| series.last()).expect("a series")["data"][1], 20.5, "what is compared is no part");
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
            let text = option_json(&spec(kind), &TableData::default());
            assert!(!text.contains("function") && !text.contains('<') && !text.contains("#*#"), "{text}");
        }
    }
}

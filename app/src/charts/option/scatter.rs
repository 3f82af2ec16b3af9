//! Points across two axes, each with its own unit.

use domain::charts::{ChartSpec, TableColumn, TableData};
use domain::question::ColumnKind;
use serde_json::{Value, json};

/// The diameter of a point, and of the smallest and largest where size means something.
const POINT: f64 = 10.0;
const SIZES: (f64, f64) = (6.0, 36.0);
/// So many of the farthest points on each axis carry their name.
const NAMED: usize = 3;
const NAME_CHARS: usize = 28;

/// The option as JSON text. The table's columns say what each axis is in; its rows stand in the order of the points.
pub(super) fn scatter_json(spec: &ChartSpec, table: &TableData) -> String {
    let values = |place: usize| spec.series.get(place).map(|series| series.values.as_slice()).unwrap_or_default();
    let (across, up, sizes) = (values(0), values(1), values(2));
    let (named, largest) = (named(across, up), sizes.iter().flatten().copied().fold(0.0, f64::max));
    let point = |(index, name): (usize, &String)| {
        let size = sizes.get(index).map_or(POINT, |size| diameter(size.unwrap_or(0.0), largest));
        let label = if named.contains(&index) { short(name) } else { String::new() };
        let is_named = !label.is_empty();
        json!({ "value": [across.get(index), up.get(index)], "symbolSize": size, "label": { "show": is_named, "formatter": label } })
    };
    let data: Vec<Value> = spec.categories.iter().enumerate().map(point).collect();
    let texts = table.rows.iter().map(|row| {
        let told = table.columns.iter().enumerate().skip(1);
        told.filter_map(|(index, column)| Some([column.title.clone(), table.text(index, row.get(index)?)])).collect::<Vec<_>>()
    });
    let title = |place: usize| table.columns.get(place).map_or("", |column| column.title.as_str());
    let option = json!({
        "grid": [{ "left": 4, "right": 24, "top": 32, "bottom": 24, "containLabel": true }],
        "xAxis": axis(title(1), "middle"),
        "yAxis": axis(title(2), "end"),
        "tooltip": { "trigger": "item", "axisPointer": { "type": "none" } },
        // A line without a stroke: it draws points as a scatter does, and the bundle holds it anyway.
        "series": [{
            "type": "line", "id": "current", "name": title(2), "data": data, "showSymbol": true, "showAllSymbol": true, "symbol": "circle",
            "lineStyle": { "width": 0, "opacity": 0 },
            "itemStyle": { "color": "$current", "opacity": 0.65, "borderColor": "$surface", "borderWidth": 1 },
            "label": { "position": "top", "color": "$text-strong", "fontSize": 12 },
            "emphasis": { "scale": false, "itemStyle": { "opacity": 1 } },
        }],
        "tradepost": {
            "kind": spec.kind,
            "axes": [reading(table.columns.get(1)), reading(table.columns.get(2))],
            "categories": spec.categories,
            "texts": texts.collect::<Vec<_>>(),
            "incomplete_from": null,
            "clickable": spec.filter_dimension.is_some(),
        },
    });
    option.to_string()
}

fn axis(name: &str, place: &str) -> Value {
    json!({
        "type": "value", "name": name, "nameLocation": place, "nameGap": if place == "middle" { 30 } else { 14 },
        "nameTextStyle": { "color": "$text", "fontSize": 12, "align": if place == "middle" { "center" } else { "left" } },
        "splitNumber": 4,
        "axisTick": { "show": false },
        "axisLine": { "onZero": false },
        "splitLine": { "lineStyle": { "color": "$line" } },
    })
}

/// How the browser writes an axis' numbers.
fn reading(column: Option<&TableColumn>) -> Value {
    let currency = column.and_then(|column| column.currency);
    let symbol = currency.map(|currency| currency.symbol().map_or_else(|| format!("{}\u{a0}", currency.code()), str::to_owned));
    let unit = match column.map(|column| column.kind) {
        Some(ColumnKind::Money) => "money",
        Some(ColumnKind::Ratio) => "ratio",
        _ => "number",
    };
    json!({ "unit": unit, "symbol": symbol, "digits": currency.map(domain::Currency::minor_digits) })
}

/// As much area as the value is large.
fn diameter(size: f64, largest: f64) -> f64 {
    let share = if largest > 0.0 { (size.max(0.0) / largest).sqrt() } else { 0.0 };
    ((SIZES.0 + (SIZES.1 - SIZES.0) * share) * 10.0).round() / 10.0
}

/// The points that stand farthest out.
fn named(across: &[Option<f64>], up: &[Option<f64>]) -> Vec<usize> {
    let farthest = |values: &[Option<f64>]| {
        let drawn = |index: &usize| [across, up].iter().all(|axis| axis.get(*index).copied().flatten().is_some());
        let mut order: Vec<usize> = (0..values.len()).filter(drawn).collect();
        order.sort_by(|a, b| values[*b].unwrap_or_default().total_cmp(&values[*a].unwrap_or_default()));
        order.truncate(NAMED);
        order
    };
    [farthest(across), farthest(up)].concat()
}

fn short(name: &str) -> String {
    // A brace would be read as a placeholder.
    let name = name.replace(['{', '}'], "");
    if name.chars().count() <= NAME_CHARS { name } else { name.chars().take(NAME_CHARS - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::charts::{ChartKind, Series, SeriesRole};
    use domain::question::Cell;
    use domain::semantic::Dimension;

    #[test]
    fn each_axis_has_its_unit_and_each_point_its_texts() {
        let gbp = "GBP".parse().ok();
        let series = |name: &str, values: [Option<f64>; 3]| Series { name: name.to_owned(), role: SeriesRole::Current, values: values.to_vec() };
        let spec = ChartSpec {
            kind: ChartKind::Scatter,
            categories: ["Mug", "Bag", "Pen {x}"].map(str::to_owned).to_vec(),
            filter_values: ["Mug", "Bag", "Pen {x}"].map(str::to_owned).to_vec(),
            filter_dimension: Some(Dimension::Product),
            series: vec![
                series("Units", [Some(10.0), Some(5.0), Some(1.0)]),
                series("Return rate", [Some(0.1), None, Some(0.5)]),
                series("Net sales", [Some(100.0), Some(25.0), Some(-3.0)]),
            ],
            row_labels: Vec::new(),
            heat: Vec::new(),
            begins_late: false,
            incomplete_from: None,
            currency: None,
            marks: Vec::new(),
        };
        let column = |title: &str, kind, currency| TableColumn { title: title.to_owned(), kind, currency };
        let row = |name: &str, units, rate, net| vec![Cell::Text(name.to_owned()), Cell::Int(units), rate, Cell::Int(net)];
        let table = TableData {
            columns: vec![
                column("Product", ColumnKind::Text, None),
                column("Units", ColumnKind::Number, None),
                column("Return rate", ColumnKind::Ratio, None),
                column("Net sales", ColumnKind::Money, gbp),
            ],
            rows: vec![row("Mug", 10, Cell::Float(0.1), 10_000), row("Bag", 5, Cell::None, 2_500), row("Pen {x}", 1, Cell::Float(0.5), -300)],
        };
        let option: Value = serde_json::from_str(&scatter_json(&spec, &table)).expect("it is JSON");
        assert_eq!(option["tradepost"]["axes"][1]["unit"], "ratio");
        assert_eq!(option["tradepost"]["texts"][0], json!([["Units", "10"], ["Return rate", "10.0\u{a0}%"], ["Net sales", "£100.00"]]));
        let data = option["series"][0]["data"].as_array().expect("points");
        assert_eq!((&data[0]["value"], &data[1]["value"]), (&json!([10.0, 0.1]), &json!([5.0, null])));
        assert_eq!((&data[0]["symbolSize"], &data[1]["symbolSize"], &data[2]["symbolSize"]), (&json!(36.0), &json!(21.0), &json!(6.0)));
        assert_eq!(
            (&data[2]["label"]["formatter"], &data[1]["label"]["show"]),
            (&json!("Pen x"), &json!(false)),
            "a point that is not drawn has no name"
        );
    }
}

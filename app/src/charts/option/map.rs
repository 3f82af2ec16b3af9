//! The world: what each country is worth, and how dark it is.

use domain::charts::{ChartSpec, TableData};
use serde_json::{Value, json};

/// So many shades there are.
const SHADES: usize = 5;

/// What `public/js/map.js` draws, as JSON text. The table's rows stand in the order of the spec's places.
pub(super) fn map_json(spec: &ChartSpec, table: &TableData) -> String {
    let values = spec.series.first().map(|series| series.values.as_slice()).unwrap_or_default();
    let shades = shades(values);
    let place = |(index, name): (usize, &String)| {
        json!({
            "code": spec.filter_values.get(index),
            "name": name,
            "shade": shades.get(index),
            "texts": table.rows.get(index).map(|row| texts(table, row)),
        })
    };
    let places: Vec<Value> = spec.categories.iter().enumerate().map(place).collect();
    let said = |index: usize| table.rows.get(index).and_then(|row| Some(table.text(1, row.get(1)?)));
    let steps = (0..SHADES).filter_map(|shade| {
        let is_of_it = |other: &&Option<usize>| **other == Some(shade);
        let first = shades.iter().position(|other| is_of_it(&other))?;
        let last = shades.iter().rposition(|other| is_of_it(&other))?;
        Some(json!({ "shade": shade, "from": said(last), "to": said(first) }))
    });
    json!({ "places": places, "steps": steps.collect::<Vec<_>>(), "clickable": spec.filter_dimension.is_some() }).to_string()
}

/// Each figure of a place with its name: all that the card asks for.
fn texts(table: &TableData, row: &[domain::question::Cell]) -> Vec<[String; 2]> {
    let columns = table.columns.iter().enumerate().skip(1);
    columns.filter_map(|(index, column)| Some([column.title.clone(), table.text(index, row.get(index)?)])).collect()
}

/// How dark each place is: as many places in each shade, because one country is often worth more than all others together. Values come
/// from large to small; what is nothing, or less, has no shade.
fn shades(values: &[Option<f64>]) -> Vec<Option<usize>> {
    let count = values.iter().flatten().filter(|value| **value > 0.0).count();
    let mut place = 0;
    let shade = |value: &Option<f64>| {
        (*value)?.gt(&0.0).then(|| {
            let shade = SHADES - 1 - place * SHADES / count;
            place += 1;
            shade
        })
    };
    values.iter().map(shade).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::charts::{ChartKind, Series, SeriesRole, TableColumn};
    use domain::question::{Cell, ColumnKind};
    use domain::semantic::Dimension;

    #[test]
    fn each_shade_holds_as_many_countries() {
        let values: Vec<Option<f64>> = [900.0, 50.0, 40.0, 30.0, 20.0, 10.0, 9.0, 8.0, 7.0, 6.0, 0.0, -5.0].map(Some).to_vec();
        assert_eq!(shades(&values), [4, 4, 3, 3, 2, 2, 1, 1, 0, 0].map(Some).into_iter().chain([None, None]).collect::<Vec<_>>());
        assert_eq!(shades(&[Some(3.0), None]), [Some(4), None]);
        assert_eq!(shades(&[]), []);
    }

    #[test]
    fn a_place_says_all_its_figures_as_people_read_them() {
        let gbp = "GBP".parse().ok();
        let column = |title: &str, kind, currency| TableColumn { title: title.to_owned(), kind, currency };
        let spec = ChartSpec {
            kind: ChartKind::Map,
            categories: vec!["United Kingdom".to_owned(), "France".to_owned()],
            filter_values: vec!["GB".to_owned(), "FR".to_owned()],
            filter_dimension: Some(Dimension::Country),
            series: vec![Series { name: "Net sales".to_owned(), role: SeriesRole::Current, values: vec![Some(1234.5), Some(1.0)] }],
            row_labels: Vec::new(),
            heat: Vec::new(),
            begins_late: false,
            incomplete_from: None,
            currency: gbp,
            marks: Vec::new(),
        };
        let row = |name: &str, net, orders| vec![Cell::Text(name.to_owned()), Cell::Int(net), Cell::Int(orders)];
        let table = TableData {
            columns: vec![
                column("Country", ColumnKind::Text, None),
                column("Net sales", ColumnKind::Money, gbp),
                column("Orders", ColumnKind::Number, None),
            ],
            rows: vec![row("United Kingdom", 123_450, 12), row("France", 100, 1)],
        };
        let map: Value = serde_json::from_str(&map_json(&spec, &table)).expect("it is JSON");
        assert_eq!(map["places"][0]["texts"], json!([["Net sales", "£1,234.50"], ["Orders", "12"]]));
        assert_eq!((&map["places"][0]["code"], &map["places"][0]["shade"], &map["places"][1]["shade"]), (&json!("GB"), &json!(4), &json!(2)));
        assert_eq!(map["steps"][1], json!({ "shade": 4, "from": "£1,234.50", "to": "£1,234.50" }));
    }
}

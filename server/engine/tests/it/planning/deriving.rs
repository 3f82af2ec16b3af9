//! Columns along time, held against a walk over every bucket.

use domain::question::{Answer, Cell, Question};
use domain::range::{Calendar, DateRange, Grain};
use engine::planning::{Derivation, answer_columns};

fn derived(json: &str, days: DateRange, rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    let question: Question = serde_json::from_str(json).expect("it reads");
    let columns = answer_columns(&question, "GBP".parse().expect("a currency"));
    let mut answer = Answer { columns, rows, data_as_of: None, truncated: false, elapsed_ms: 0 };
    Derivation { question: &question, days, calendar: Calendar::default(), totals: Vec::new() }.apply(&mut answer);
    answer.rows
}

fn range(from: &str, to: &str) -> DateRange {
    DateRange { from: from.parse().expect("a day"), to: to.parse().expect("a day") }
}

const THREE: &str = r#"{"measures": ["net_sales"], "dimensions": ["country"], "time": {"grain": "day"}, "derived": [
    {"measure": "net_sales", "as": "running_total"}, {"measure": "net_sales", "as": "growth"}, {"measure": "net_sales", "as": "moving_average", "over": 3}]}"#;

#[test]
fn sparse_series_are_what_a_walk_over_all_buckets_makes_of_them() {
    let days = range("2011-01-01", "2011-01-31");
    let starts = days.buckets(Grain::Day, Calendar::default());
    let mut state = 7_u64;
    let mut below = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let mut lines = vec![vec![0_i64; starts.len()]; 4];
    let mut rows = Vec::new();
    for (position, day) in starts.iter().enumerate() {
        for (series, line) in lines.iter_mut().enumerate() {
            if below(3) == 0 {
                line[position] = below(900) as i64 - 200;
                rows.push(vec![Cell::Text(day.to_string()), Cell::Text(format!("C{series}")), Cell::Int(line[position])]);
            }
        }
    }
    let found = derived(THREE, days, rows);
    assert!(found.len() > 20);
    for row in found {
        let line = &lines[row[1].as_text().expect("a country")[1..].parse::<usize>().expect("a number")];
        let at = starts.iter().position(|day| Some(day.to_string().as_str()) == row[0].as_text()).expect("a day");
        assert_eq!(row[3], Cell::Int(line[..=at].iter().sum()), "{row:?}");
        let before = at.checked_sub(1).map(|before| line[before]).filter(|before| *before > 0);
        assert_eq!(row[4], before.map_or(Cell::None, |before| Cell::Float((line[at] - before) as f64 / before as f64)), "{row:?}");
        let mean = at.checked_sub(2).map(|start| (line[start..=at].iter().sum::<i64>() as f64 / 3.0).round() as i64);
        assert_eq!(row[5], mean.map_or(Cell::None, Cell::Int), "{row:?}");
    }
}

#[test]
fn an_average_over_a_day_without_a_value_is_none() {
    let json = r#"{"measures": ["average_order_value"], "time": {"grain": "day"}, "derived": [
        {"measure": "average_order_value", "as": "moving_average", "over": 2}, {"measure": "average_order_value", "as": "growth"}]}"#;
    let row = |day: &str, value| vec![Cell::Text(day.to_owned()), Cell::Int(value)];
    let rows = vec![row("2011-01-01", 100), row("2011-01-02", 300), row("2011-01-04", 500)];
    let found = derived(json, range("2011-01-01", "2011-01-04"), rows);
    assert_eq!(found.iter().map(|row| row[2].clone()).collect::<Vec<_>>(), [Cell::None, Cell::Int(200), Cell::None]);
    assert_eq!(found.iter().map(|row| row[3].clone()).collect::<Vec<_>>(), [Cell::None, Cell::Float(2.0), Cell::None]);
}

/// A century of days for each of many products would be hundreds of millions of steps: only days with rows may count.
#[test]
fn a_long_time_axis_costs_no_more_than_the_rows_on_it() {
    let starts = range("2011-01-01", "2011-12-31").buckets(Grain::Day, Calendar::default());
    let row = |index: usize| vec![Cell::Text(starts[index % starts.len()].to_string()), Cell::Text(format!("P{index}")), Cell::Int(30)];
    let json = THREE.replace("country", "product");
    for found in derived(&json, range("1950-01-01", "2049-12-31"), (0..10_000).map(row).collect()) {
        assert_eq!(found[3..], [Cell::Int(30), Cell::None, Cell::Int(10)]);
    }
}

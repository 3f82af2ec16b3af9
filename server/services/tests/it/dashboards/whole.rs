//! More rows than an answer holds: pictures are whole or are not drawn, and tables say where they end.

use std::collections::BTreeMap;

use domain::charts::ChartCard;
use domain::dashboards::{BoardCard, BoardKey, CardContent, CardView, DashboardView};
use domain::question::Cell;
use services::Actor;
use services::dashboards::{TableFormat, card_file, create_board, preview_card};

use crate::analytics::facts::{Order, generate, store};
use crate::support::TestServices;

const CITIES: usize = 105;
const DAYS: usize = 100;

/// A shop in which each of these cities orders each day, the later ones more and the last days most.
async fn shop_of(cities: usize, days: usize) -> (TestServices, Actor, Vec<Order>) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let mut orders = generate(31, cities * days, &["GBP"]);
    let first = "2011-01-01".parse::<domain::Day>().expect("a day");
    let names: Vec<&'static str> = (0..cities).map(|city| &*format!("City {city:05}").leak()).collect();
    for (index, order) in orders.iter_mut().enumerate() {
        let (city, day) = (index % cities, index / cities);
        order.city = Some(names[city]);
        order.day = first.plus_days(day as i32);
        order.lines.truncate(1);
        order.lines[0].product = Some(0);
        order.lines[0].quantity_milli = 1_000;
        order.lines[0].amount_minor = 100 + 3 * city as i64 + day as i64 * 7 % 90;
    }
    store(&services, &owner, &orders).await;
    (services, owner, orders)
}

async fn view(services: &TestServices, owner: &Actor, card: &str) -> CardView {
    let card: BoardCard = serde_json::from_str(card).expect("it reads");
    preview_card(services, owner, card, DashboardView::from_pairs([("range", "all"), ("grain", "day")])).await.expect("a card")
}

async fn chart(services: &TestServices, owner: &Actor, card: &str) -> ChartCard {
    match view(services, owner, card).await.content {
        CardContent::Chart(chart) => *chart,
        other => panic!("no picture: {other:?}"),
    }
}

fn minor(value: Option<f64>) -> i64 {
    (value.unwrap_or_default() * 100.0).round() as i64
}

#[tokio::test]
async fn lines_of_many_values_reach_the_last_day_and_add_up_to_the_whole() {
    let (services, owner, orders) = shop_of(CITIES, DAYS).await;
    let card = r#"{"question": {"measures": ["net_sales"], "dimensions": ["city"]}, "over_time": true}"#;
    let chart = chart(&services, &owner, card).await;
    let (mut by_city, mut by_day) = (BTreeMap::<&str, i64>::new(), BTreeMap::new());
    for order in &orders {
        *by_city.entry(order.city.expect("a city")).or_default() += order.net_minor();
        *by_day.entry(order.day).or_insert(0_i64) += order.net_minor();
    }
    let mut largest: Vec<(&str, i64)> = by_city.into_iter().collect();
    largest.sort_by_key(|(_, sum)| -sum);
    let names: Vec<&str> = chart.spec.series.iter().map(|series| series.name.as_str()).collect();
    let expected: Vec<&str> = largest[..6].iter().map(|(name, _)| *name).chain(["All others"]).collect();
    assert_eq!(names, expected);
    for (series, (name, sum)) in chart.spec.series.iter().zip(&largest[..6]) {
        assert_eq!(series.values.iter().copied().map(minor).sum::<i64>(), *sum, "{name}");
    }
    assert_eq!(chart.spec.categories.len(), DAYS);
    for (place, (day, sum)) in by_day.into_iter().enumerate() {
        assert_eq!(chart.spec.series.iter().map(|series| minor(series.values[place])).sum::<i64>(), sum, "{day}");
    }
}

#[tokio::test]
async fn a_heat_map_of_many_values_shows_the_last_days_of_the_largest() {
    let (services, owner, orders) = shop_of(CITIES, DAYS).await;
    let card = r#"{"question": {"measures": ["net_sales"], "dimensions": ["city"]}, "over_time": true, "picture": "heat_map"}"#;
    let chart = chart(&services, &owner, card).await;
    assert_eq!((chart.spec.row_labels.len(), chart.spec.categories.len(), chart.spec.heat.len()), (40, 24, 40 * 24));
    assert!(chart.subtitle.ends_with("the largest of them"), "{}", chart.subtitle);
    let last = orders.iter().map(|order| order.day).max().expect("a day");
    for order in orders.iter().filter(|order| order.day == last) {
        let Some(row) = chart.spec.row_labels.iter().position(|name| Some(name.as_str()) == order.city) else { continue };
        let shown = chart.spec.heat.iter().find(|(column, at, _)| (*column, *at) == (23, row)).expect("a cell");
        assert_eq!(minor(Some(shown.2)), order.net_minor(), "{:?}", order.city);
    }
}

#[tokio::test]
async fn pictures_that_need_every_value_are_refused_where_some_are_missing() {
    let (services, owner, _) = shop_of(10_050, 1).await;
    let refused = async |card: &str| match view(&services, &owner, card).await.content {
        CardContent::Failed(words) => words,
        other => panic!("{card}: {other:?}"),
    };
    let donut = r#"{"question": {"measures": ["net_sales"], "dimensions": ["city"]}, "picture": "donut"}"#;
    assert!(refused(donut).await.contains("more than 10,000 rows"));
    // Table cards and their files end where an answer does, and say so.
    let table = r#"{"question": {"measures": ["net_sales"], "dimensions": ["city"]}, "picture": "table"}"#;
    assert!(view(&services, &owner, table).await.subtitle.ends_with("the first 100 rows"));
    let board = format!(r#"{{"title": "Mine", "cards": [{table}]}}"#);
    let key = create_board(&services, &owner, serde_json::from_str(&board).expect("a board")).await.expect("it");
    let (name, rows, _) = csv(&services, &owner, key).await;
    assert!(name.ends_with("-first-10000-rows.csv"), "{name}");
    assert_eq!(rows, 10_000);
}

#[tokio::test]
async fn a_table_says_that_it_shows_its_first_rows_and_its_file_holds_them_all() {
    let (services, owner, orders) = shop_of(130, 1).await;
    let table = r#"{"question": {"measures": ["net_sales"], "dimensions": ["city"]}, "picture": "table"}"#;
    let shown = view(&services, &owner, table).await;
    assert_eq!(shown.subtitle, "Net sales, GBP; the first 100 rows");
    let CardContent::Table(cut) = shown.content else { panic!("no table") };
    assert_eq!(cut.rows.len(), 100);
    let board = format!(r#"{{"title": "Mine", "cards": [{table}]}}"#);
    let key = create_board(&services, &owner, serde_json::from_str(&board).expect("a board")).await.expect("it");
    let (name, rows, sum) = csv(&services, &owner, key).await;
    assert!(!name.contains("first"), "{name}");
    assert_eq!((rows, sum), (130, orders.iter().map(Order::net_minor).sum::<i64>()));
    let few = r#"{"question": {"measures": ["net_sales"], "dimensions": ["channel"]}, "picture": "table"}"#;
    let few = view(&services, &owner, few).await;
    assert!(matches!(few.content, CardContent::Table(table) if table.rows.iter().all(|row| row[1] != Cell::None)));
    assert_eq!(few.subtitle, "Net sales, GBP", "a whole table has nothing to say");
}

/// The name of a card's file, its rows, and the sum of their amounts.
async fn csv(services: &TestServices, owner: &Actor, key: BoardKey) -> (String, usize, i64) {
    let view = DashboardView::from_pairs([("range", "all")]);
    let file = card_file(services, owner, key, 0, view, TableFormat::Csv).await.expect("a file");
    let mut reader = csv::Reader::from_reader(file.bytes.as_slice());
    let amounts: Vec<i64> = reader.records().map(|row| row.expect("a row")[1].replace('.', "").parse().expect("an amount")).collect();
    (file.name, amounts.len(), amounts.iter().sum())
}

//! What cards show, against sums over the facts they are made of.

use domain::charts::{ChartCard, ChartKind, TableData};
use domain::dashboards::{BoardCard, CardContent, DashboardView};
use domain::question::{Cell, ColumnKind};
use domain::semantic::Dimension;
use services::Actor;
use services::dashboards::preview_card;
use std::collections::BTreeMap;

use crate::analytics::facts::{Order, generate, store};
use crate::support::TestServices;

const NOVEMBER: [(&str, &str); 1] = [("range", "2011-11-01..2011-11-30")];

async fn shown(services: &TestServices, owner: &Actor, card: &str) -> CardContent {
    let card: BoardCard = serde_json::from_str(card).expect("it reads");
    preview_card(services, owner, card, DashboardView::from_pairs(NOVEMBER)).await.expect("a card").content
}

async fn chart(services: &TestServices, owner: &Actor, card: &str) -> ChartCard {
    match shown(services, owner, card).await {
        CardContent::Chart(chart) => *chart,
        other => panic!("no picture: {other:?}"),
    }
}

async fn table(services: &TestServices, owner: &Actor, card: &str) -> TableData {
    match shown(services, owner, card).await {
        CardContent::Table(table) => table,
        other => panic!("no table: {other:?}"),
    }
}

fn is_in(order: &Order, month: &str) -> bool {
    order.day.to_string().starts_with(month)
}

/// Net sales a country, in minor units.
fn by_country(orders: &[Order], month: &str) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for order in orders.iter().filter(|order| is_in(order, month)) {
        let name = order.country.map_or("Unknown country", |code| domain::countries::name(code).unwrap_or(code));
        *sums.entry(name.to_owned()).or_insert(0) += order.net_minor();
    }
    sums
}

async fn shop() -> (TestServices, Actor, Vec<Order>) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(21, 1500, &["GBP"]);
    store(&services, &owner, &orders).await;
    (services, owner, orders)
}

#[tokio::test]
async fn a_waterfall_leads_from_one_total_to_the_other() {
    let (services, owner, orders) = shop().await;
    let card = r#"{"question": {"measures": ["net_sales"], "dimensions": ["country"]}, "picture": "waterfall"}"#;
    let chart = chart(&services, &owner, card).await;
    assert_eq!(chart.spec.kind, ChartKind::Waterfall);
    let (now, before) = (by_country(&orders, "2011-11"), by_country(&orders, "2011-10"));
    let values: Vec<i64> = chart.spec.series[0].values.iter().map(|value| (value.expect("a step") * 100.0).round() as i64).collect();
    let last = values.len() - 1;
    assert_eq!((values[0], values[last]), (before.values().sum(), now.values().sum()));
    assert_eq!(values[0] + values[1..last].iter().sum::<i64>(), values[last], "the steps make up the difference");
    for (name, step) in chart.spec.categories[1..last].iter().zip(&values[1..last]).filter(|(name, _)| !name.ends_with("others")) {
        assert_eq!(*step, now.get(name).unwrap_or(&0) - before.get(name).unwrap_or(&0), "{name}");
    }
    let changes: i64 = chart.table.rows.iter().filter_map(|row| row[3].as_i64()).sum();
    assert_eq!(changes, values[last] - values[0]);
}

#[tokio::test]
async fn a_waterfall_ends_where_the_figure_does_and_says_what_is_of_no_product() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    crate::analytics::shop::store(&services, &owner).await;
    let march = || DashboardView::from_pairs([("range", "2011-03-01..2011-03-31")]);
    let card = r#"{"question": {"measures": ["net_sales"], "dimensions": ["product"]}, "picture": "waterfall"}"#;
    let card: BoardCard = serde_json::from_str(card).expect("it reads");
    let CardContent::Chart(chart) = preview_card(&services, &owner, card, march()).await.expect("a card").content else { panic!("no picture") };
    // 20.00 + 5.00 in February; -5.00 + 12.00 + 28.95 + 40.00 in March, of which 3.95 are postage.
    let values: Vec<f64> = chart.spec.series[0].values.iter().flatten().copied().collect();
    assert_eq!(values, [25.0, 52.0, -5.0, 0.0, 3.95, 75.95]);
    assert_eq!(chart.spec.categories[1..5], ["Tea", "Mug", "Bowl", "Not of a product"]);
    let rest = [Cell::Text("Not of a product".to_owned()), Cell::Int(395), Cell::Int(0), Cell::Int(395)];
    assert_eq!(chart.table.rows[3], rest);
    assert!(chart.summary.starts_with("Net sales is up by £50.95 against"), "{}", chart.summary);
    let figure: BoardCard = serde_json::from_str(r#"{"question": {"measures": ["net_sales"]}}"#).expect("it reads");
    let CardContent::Figure(figure) = preview_card(&services, &owner, figure, march()).await.expect("a card").content else { panic!("no figure") };
    assert_eq!(figure.value, "£75.95", "the end of the picture is the board's own figure");
}

#[tokio::test]
async fn a_waterfall_without_a_past_says_so() {
    let (services, owner, _) = shop().await;
    let card = r#"{"question": {"measures": ["net_sales"], "dimensions": ["country"]}, "picture": "waterfall"}"#;
    let card: BoardCard = serde_json::from_str(card).expect("it reads");
    let all = preview_card(&services, &owner, card, DashboardView::from_pairs([("range", "all")])).await.expect("a card").content;
    assert!(matches!(&all, CardContent::Empty(words) if words.starts_with("There is nothing to compare with")), "{all:?}");
}

#[tokio::test]
async fn stacked_columns_and_donuts_hold_the_whole() {
    let (services, owner, orders) = shop().await;
    let total: i64 = by_country(&orders, "2011-11").values().sum();
    let stacked = r#"{"question": {"measures": ["net_sales"], "dimensions": ["country"]}, "over_time": true, "picture": "stacked"}"#;
    let stacked = chart(&services, &owner, stacked).await;
    let sum: f64 = stacked.spec.series.iter().flat_map(|series| series.values.iter().flatten()).sum();
    assert_eq!((sum * 100.0).round() as i64, total);
    let donut = r#"{"question": {"measures": ["gross_sales"], "dimensions": ["product"]}, "picture": "donut"}"#;
    let donut = chart(&services, &owner, donut).await;
    assert!(donut.spec.categories.len() <= 7 && donut.spec.categories.len() > 1, "{:?}", donut.spec.categories);
    let shares: f64 = donut.spec.series[0].values.iter().flatten().sum();
    let all: i64 = donut.table.rows.iter().filter_map(|row| row[1].as_i64()).sum();
    assert_eq!((shares * 100.0).round() as i64, all);
}

#[tokio::test]
async fn a_pivot_adds_up_both_ways() {
    let (services, owner, orders) = shop().await;
    let pivot = r#"{"question": {"measures": ["net_sales"], "dimensions": ["country", "channel"]}, "picture": "pivot"}"#;
    let pivot = table(&services, &owner, pivot).await;
    let columns = pivot.columns.len();
    assert_eq!(pivot.columns[columns - 1].title, "Total");
    let expected = by_country(&orders, "2011-11");
    for row in &pivot.rows[..pivot.rows.len() - 1] {
        let Cell::Text(name) = &row[0] else { panic!("{row:?}") };
        assert_eq!(row[columns - 1], Cell::Int(expected[name]), "{name}");
    }
    let totals = pivot.rows.last().expect("a row of totals");
    assert_eq!(totals[columns - 1], Cell::Int(expected.values().sum()));
}

#[tokio::test]
async fn a_pivot_of_orders_adds_up_where_an_order_stands_once() {
    let (services, owner, orders) = shop().await;
    let pivot = async |by: &str| {
        let card = format!(r#"{{"question": {{"measures": ["orders"], "dimensions": ["country", "{by}"]}}, "picture": "pivot"}}"#);
        table(&services, &owner, &card).await
    };
    let by_channel = pivot("channel").await;
    let count = orders.iter().filter(|order| is_in(order, "2011-11") && order.gross_minor() > 0 && !order.is_aggregate()).count();
    assert_eq!(by_channel.rows.last().and_then(|totals| totals.last()), Some(&Cell::Int(count as i64)));
    assert!(pivot("product").await.columns.iter().all(|column| column.title != "Total"), "an order of two products would count twice");
}

#[tokio::test]
async fn weekdays_stand_in_their_order_with_those_that_sold_nothing() {
    let (services, owner, _) = shop().await;
    let card = r#"{"question": {"measures": ["orders"], "dimensions": ["weekday"]}}"#;
    let chart = chart(&services, &owner, card).await;
    assert_eq!((chart.spec.kind, chart.spec.categories.len()), (ChartKind::Column, 7));
    assert_eq!((chart.spec.categories[0].as_str(), chart.spec.filter_values[6].as_str()), ("Monday", "7"));
}

#[tokio::test]
async fn bars_keep_to_the_limit_and_say_so() {
    let (services, owner, orders) = shop().await;
    let card = r#"{"question": {"measures": ["net_sales"], "dimensions": ["country"], "limit": 2}}"#;
    let chart = chart(&services, &owner, card).await;
    let mut expected: Vec<(String, i64)> = by_country(&orders, "2011-11").into_iter().collect();
    expected.sort_by_key(|(_, sum)| -sum);
    assert_eq!(chart.spec.categories, expected[..2].iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
    assert!(chart.subtitle.contains("the largest 2"), "{}", chart.subtitle);
}

#[tokio::test]
async fn days_without_orders_say_so() {
    let (services, owner, _) = shop().await;
    let card = r#"{"question": {"measures": ["net_sales"], "dimensions": ["country"], "time": {"from": "1999-01-01", "to": "1999-01-31"}}}"#;
    assert!(matches!(shown(&services, &owner, card).await, CardContent::Empty(words) if words.contains("Jan 1999")));
}

#[tokio::test]
async fn a_map_holds_every_country_and_says_what_has_none() {
    let (services, owner, orders) = shop().await;
    let card = r#"{"question": {"measures": ["net_sales", "orders"], "dimensions": ["country"]}, "picture": "map"}"#;
    let chart = chart(&services, &owner, card).await;
    assert_eq!((chart.spec.kind, chart.spec.filter_values.len()), (ChartKind::Map, chart.spec.categories.len()));
    let expected = by_country(&orders, "2011-11");
    assert_eq!(chart.spec.categories.len(), expected.len(), "none is left out");
    for (index, name) in chart.spec.categories.iter().enumerate() {
        assert_eq!(chart.table.rows[index][1], Cell::Int(expected[name]), "{name}");
        let code = &chart.spec.filter_values[index];
        assert_eq!(domain::countries::name(code).unwrap_or("Unknown country"), name, "a click filters by the code");
    }
}

#[tokio::test]
async fn points_stand_where_their_measures_say() {
    let (services, owner, orders) = shop().await;
    let card = r#"{"question": {"measures": ["gross_sales", "net_sales", "units"], "dimensions": ["country"]}, "picture": "scatter"}"#;
    let chart = chart(&services, &owner, card).await;
    assert_eq!(chart.spec.kind, ChartKind::Scatter);
    let expected = by_country(&orders, "2011-11");
    for (index, name) in chart.spec.categories.iter().enumerate() {
        let is_it = |order: &&Order| is_in(order, "2011-11") && order.country.and_then(domain::countries::name).unwrap_or("Unknown country") == name;
        let gross: i64 = orders.iter().filter(is_it).map(Order::gross_minor).sum();
        assert_eq!(chart.spec.series[0].values[index], Some(gross as f64 / 100.0), "{name}");
        assert_eq!(chart.spec.series[1].values[index], Some(expected[name] as f64 / 100.0), "{name}");
        assert!(chart.spec.series[2].values[index].is_some(), "the third is the size");
    }
    let odd: BoardCard =
        serde_json::from_str(r#"{"question": {"measures": ["orders"], "dimensions": ["country"]}, "picture": "scatter"}"#).expect("it reads");
    let error = preview_card(&services, &owner, odd, DashboardView::default()).await.expect_err("one measure is no point").into_app();
    assert_eq!((error.fields[0].field.as_str(), error.fields[0].message.as_str()), ("card.picture", "this question cannot be shown as “Scatter”"));
}

#[tokio::test]
async fn a_table_says_how_much_each_row_grew() {
    let (services, owner, orders) = shop().await;
    let card = r#"{"question": {"measures": ["net_sales"], "dimensions": ["country"], "derived": [{"measure": "net_sales", "as": "growth"}]},
        "picture": "table"}"#;
    let table = table(&services, &owner, card).await;
    assert_eq!(table.columns[2].title, "Net sales on Oct 2011");
    let (now, before) = (by_country(&orders, "2011-11"), by_country(&orders, "2011-10"));
    for row in &table.rows {
        let Cell::Text(name) = &row[0] else { panic!("{row:?}") };
        let expected = before.get(name).filter(|before| **before > 0).map(|before| (now[name] - before) as f64 / *before as f64);
        match (&row[2], expected) {
            (Cell::Float(growth), Some(expected)) => assert!((growth - expected).abs() < 1e-6, "{name}: {growth} {expected}"),
            (cell, expected) => assert_eq!((cell, expected), (&Cell::None, None), "{name}"),
        }
    }
}

#[tokio::test]
async fn growth_is_of_what_the_tables_own_days_chose() {
    let (services, owner, orders) = shop().await;
    let (now, before) = (by_country(&orders, "2011-11"), by_country(&orders, "2011-10"));
    let known = now.iter().filter(|(name, _)| *name != "Unknown country");
    let (first, sum) = known.max_by_key(|(_, sum)| **sum).expect("a country");
    // Whether the country would have been chosen in October is no matter.
    let chosen = format!(
        r#""filters": [{{"dimension": "country", "op": "top", "n": 1, "by": "net_sales"}}],
        "having": [{{"measure": "net_sales", "op": "at_least", "value": {sum}}}]"#
    );
    let grows = r#""derived": [{"measure": "net_sales", "as": "growth"}]"#;
    let card = format!(r#"{{"question": {{"measures": ["net_sales"], "dimensions": ["country"], {chosen}, {grows}}}, "picture": "table"}}"#);
    let table = table(&services, &owner, &card).await;
    let then = before[first];
    assert!(then > 0, "the shop has something to compare with");
    assert_eq!(table.rows[0][..2], [Cell::Text(first.clone()), Cell::Int(*sum)]);
    let growth = table.rows[0][2].as_f64().expect("it grew or shrank");
    assert!((growth - (sum - then) as f64 / then as f64).abs() < 1e-5, "{growth}");
}

#[tokio::test]
async fn every_column_that_is_worked_out_has_its_head() {
    let (services, owner, orders) = shop().await;
    let card = r#"{"question": {"measures": ["net_sales", "orders"], "dimensions": ["country"], "order": [{"by": "net_sales_growth", "desc": true}],
        "derived": [{"measure": "orders", "as": "growth"}, {"measure": "net_sales", "as": "share_of_total"}, {"measure": "net_sales", "as": "growth"}]},
        "picture": "table"}"#;
    let table = table(&services, &owner, card).await;
    let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
    assert_eq!(titles, ["Country", "Net sales", "Orders", "Net sales, share of total", "Orders on Oct 2011", "Net sales on Oct 2011"]);
    let (now, before) = (by_country(&orders, "2011-11"), by_country(&orders, "2011-10"));
    let all: i64 = now.values().sum();
    for row in &table.rows {
        assert_eq!(row.len(), titles.len());
        let Cell::Text(name) = &row[0] else { panic!("{row:?}") };
        let share = row[3].as_f64().expect("a share");
        assert!((share - now[name] as f64 / all as f64).abs() < 1e-5, "{name}: {share}");
        if let Some(growth) = row[5].as_f64() {
            assert!((growth - (now[name] - before[name]) as f64 / before[name] as f64).abs() < 1e-5, "{name}: {growth}");
        }
    }
}

#[tokio::test]
async fn money_split_by_currency_is_a_table_with_each_amount_in_its_own() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(21, 1500, &["GBP", "EUR", "JPY"]);
    store(&services, &owner, &orders).await;
    let card = r#"{"question": {"measures": ["net_sales", "orders"], "dimensions": ["currency"], "order": [{"by": "currency"}]}}"#;
    let table = table(&services, &owner, card).await;
    let heads: Vec<_> = table.columns.iter().map(|column| (column.kind, column.currency)).collect();
    assert_eq!(heads, [(ColumnKind::Text, None), (ColumnKind::Number, None), (ColumnKind::Number, None)]);
    let expected = [("EUR", 100.0), ("GBP", 100.0), ("JPY", 1.0)].map(|(code, per_major)| {
        let net: i64 = orders.iter().filter(|order| order.currency == code && is_in(order, "2011-11")).map(Order::net_minor).sum();
        [Cell::Text(code.to_owned()), Cell::Float(net as f64 / per_major)]
    });
    let shown: Vec<_> = table.rows.iter().map(|row| [row[0].clone(), row[1].clone()]).collect();
    assert_eq!(shown, expected);
    let odd: BoardCard =
        serde_json::from_str(r#"{"question": {"measures": ["net_sales"], "dimensions": ["currency"]}, "picture": "bar"}"#).expect("it reads");
    let error = preview_card(&services, &owner, odd, DashboardView::default()).await.expect_err("no common axis").into_app();
    assert_eq!((error.fields[0].field.as_str(), error.fields[0].message.as_str()), ("card.picture", "this question cannot be shown as “Bars”"));
}

#[tokio::test]
async fn rows_of_tables_filter_by_the_value_they_begin_with() {
    let (services, owner, _) = shop().await;
    let view = async |card: &str| {
        let card: BoardCard = serde_json::from_str(card).expect("it reads");
        preview_card(&services, &owner, card, DashboardView::from_pairs(NOVEMBER)).await.expect("a card")
    };
    let by_country = r#"{"question": {"measures": ["net_sales", "orders"], "dimensions": ["country"]}, "picture": "table"}"#;
    let pivot = r#"{"question": {"measures": ["net_sales"], "dimensions": ["country", "weekday"]}, "picture": "pivot"}"#;
    for (card, has_sums) in [(by_country, false), (pivot, true)] {
        let shown = view(card).await;
        let CardContent::Table(table) = shown.content else { panic!("no table: {card}") };
        let filter = shown.row_filter.expect("its rows are of one value each");
        assert_eq!((filter.dimension, filter.values.len()), (Dimension::Country, table.rows.len()));
        for (row, value) in table.rows.iter().zip(&filter.values) {
            let name = domain::countries::name(value).unwrap_or("Unknown country");
            let is_sum = has_sums && row[0] == Cell::Text("Total".to_owned());
            assert!(row[0] == Cell::Text(name.to_owned()) || is_sum && value.is_empty(), "{row:?} {value}");
        }
        assert!(filter.values.contains(&"GB".to_owned()));
    }
    let over_time = r#"{"question": {"measures": ["net_sales", "orders"], "dimensions": ["country"]}, "over_time": true, "picture": "table"}"#;
    assert_eq!(view(over_time).await.row_filter, None, "a row of a time is none of a value");
}

#[tokio::test]
async fn a_running_total_follows_the_boards_time_axis() {
    let (services, owner, orders) = shop().await;
    let card = r#"{"question": {"measures": ["net_sales"], "derived": [{"measure": "net_sales", "as": "running_total"}]},
        "over_time": true, "picture": "table"}"#;
    let table = table(&services, &owner, card).await;
    let mut rows: Vec<_> = table.rows.iter().map(|row| (row[0].as_text().expect("a day").to_owned(), row[2].as_f64())).collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let all: i64 = by_country(&orders, "2011-11").values().sum();
    assert_eq!(rows.last().and_then(|(_, total)| *total), Some(all as f64), "{rows:?}");
}

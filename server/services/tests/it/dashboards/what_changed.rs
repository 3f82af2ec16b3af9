//! Where a change came from, against sums over the facts.

use domain::dashboards::{DashboardView, WhatChanged};
use domain::question::Cell;
use domain::semantic::{Dimension, Measure};
use domain::{ErrorKind, Role};
use services::Actor;
use services::dashboards::what_changed;
use std::collections::BTreeMap;

use crate::analytics::facts::{Order, generate, store};
use crate::support::TestServices;

const NOVEMBER: [(&str, &str); 1] = [("range", "2011-11-01..2011-11-30")];

async fn shop() -> (TestServices, Actor, Vec<Order>) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(21, 1500, &["GBP"]);
    store(&services, &owner, &orders).await;
    (services, owner, orders)
}

async fn asked(services: &TestServices, actor: &Actor, measure: Measure, pairs: &[(&str, &str)]) -> WhatChanged {
    what_changed(services, actor, measure, DashboardView::from_pairs(pairs.iter().copied())).await.expect("an answer")
}

/// What a value's row of the split says it contributed, in hundredths.
fn contributed(change: &WhatChanged, dimension: Dimension) -> BTreeMap<String, f64> {
    let split = change.splits.iter().find(|split| split.dimension == dimension).expect("it is split by this");
    let row = |row: &Vec<Cell>| (row[0].as_text().expect("a name").to_owned(), row[3].as_f64().expect("a contribution"));
    split.chart.table.rows.iter().map(row).collect()
}

/// Each country's net sales in pence and its orders that sold something, in a month.
fn by_country(orders: &[Order], month: &str) -> BTreeMap<String, (i64, i64, i64)> {
    let mut sums = BTreeMap::new();
    for order in orders.iter().filter(|order| order.day.to_string().starts_with(month)) {
        let name = order.country.map_or("Unknown country", |code| domain::countries::name(code).unwrap_or(code)).to_owned();
        let (net, count, sold) = sums.entry(name).or_insert((0, 0, 0));
        *net += order.net_minor();
        // Nobody knows of how many orders a store's total is.
        if !order.is_aggregate() {
            *count += i64::from(order.gross_minor() > 0);
            *sold += order.sold_minor();
        }
    }
    sums
}

#[tokio::test]
async fn the_contributions_to_net_sales_are_each_values_difference_and_make_up_the_whole() {
    let (services, owner, orders) = shop().await;
    let change = asked(&services, &owner, Measure::NetSales, &NOVEMBER).await;
    let (now, before) = (by_country(&orders, "2011-11"), by_country(&orders, "2011-10"));
    for (name, by) in contributed(&change, Dimension::Country) {
        let net = |sums: &BTreeMap<String, (i64, i64, i64)>| sums.get(&name).map_or(0, |(net, _, _)| *net);
        assert_eq!(by.round() as i64, net(&now) - net(&before), "{name}");
    }
    let difference = now.values().map(|(net, _, _)| net).sum::<i64>() - before.values().map(|(net, _, _)| net).sum::<i64>();
    assert!(change.splits.len() >= 4, "{:?}", change.splits.iter().map(|split| split.dimension).collect::<Vec<_>>());
    for split in &change.splits {
        let made: f64 = contributed(&change, split.dimension).values().sum();
        assert_eq!(made.round() as i64, difference, "{:?} explains all of it", split.dimension);
        let steps: f64 = split.chart.spec.series[0].values.iter().flatten().sum::<f64>();
        let last = split.chart.spec.series[0].values.last().copied().flatten().expect("the total now");
        assert!((steps - 2.0 * last).abs() < 0.01, "the picture leads from one total to the other");
    }
    assert!(change.splits.is_sorted_by(|a, b| a.tells >= b.tells), "what tells most comes first");
    assert!(change.finding.starts_with(if difference < 0 { "Net sales: down £" } else { "Net sales: up £" }), "{}", change.finding);
    let first = change.splits[0].dimension.label().to_lowercase();
    assert!(change.finding.contains(&format!(". By {first}: ")), "{}", change.finding);
}

#[tokio::test]
async fn an_average_changes_by_rates_and_by_weights_and_nothing_is_left_over() {
    let (services, owner, orders) = shop().await;
    let change = asked(&services, &owner, Measure::AverageOrderValue, &NOVEMBER).await;
    let (now, before) = (by_country(&orders, "2011-11"), by_country(&orders, "2011-10"));
    let average = |sums: &BTreeMap<String, (i64, i64, i64)>| {
        let (sold, count) = sums.values().fold((0, 0), |(sold, count), sum| (sold + sum.2, count + sum.1));
        sold as f64 / count as f64
    };
    let difference = average(&now) - average(&before);
    let made: f64 = contributed(&change, Dimension::Country).values().sum();
    // Averages are answered in whole pence: half a penny each, weighted, is all that rounding may do.
    assert!((made - difference).abs() <= 4.0, "{made} of {difference}");
    assert!(change.splits.iter().all(|split| split.dimension != Dimension::Product), "an order of two products has no product");
}

#[tokio::test]
async fn a_filter_looks_into_one_value_and_a_days_figure_into_another_day() {
    let (services, owner, orders) = shop().await;
    let pairs = [NOVEMBER[0], ("country", "DE")];
    let change = asked(&services, &owner, Measure::NetSales, &pairs).await;
    let (now, before) = (by_country(&orders, "2011-11"), by_country(&orders, "2011-10"));
    let made: f64 = contributed(&change, Dimension::Channel).values().sum();
    assert_eq!(made.round() as i64, now["Germany"].0 - before["Germany"].0);
    assert!(change.splits.iter().all(|split| split.dimension != Dimension::Country), "one country cannot be split by country");
}

#[tokio::test]
async fn what_has_no_parts_or_no_past_says_so() {
    let (services, owner, _) = shop().await;
    let view = || DashboardView::from_pairs(NOVEMBER);
    let spend = what_changed(&services, &owner, Measure::AdSpend, view()).await.expect("it adds up from sources and weekdays");
    assert_eq!((spend.value.as_str(), spend.splits.len()), ("–", 0), "no file told of advertising");
    let refusal = what_changed(&services, &owner, Measure::Customers, view()).await.expect_err("no parts").into_app();
    assert_eq!((refusal.kind, refusal.fields[0].field.as_str()), (ErrorKind::Validation, "measure"));
    let first = asked(&services, &owner, Measure::NetSales, &[("range", "2009-11-20..2009-12-20")]).await;
    assert!(first.change.is_none() && first.splits.is_empty() && first.finding.starts_with("There is nothing to compare"), "{first:?}");
    let other = services.owner("ben@example.com").await;
    let empty = asked(&services, &other, Measure::NetSales, &NOVEMBER).await;
    assert!(empty.data.is_none() && empty.splits.is_empty(), "another shop's facts are not seen");
    let viewer = Actor { role: Role::Viewer, ..owner.clone() };
    let margin = what_changed(&services, &viewer, Measure::GrossMargin, view()).await.expect_err("not for everybody").into_app();
    assert_eq!(margin.kind, ErrorKind::Forbidden);
}

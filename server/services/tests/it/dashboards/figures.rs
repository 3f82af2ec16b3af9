//! Figures, comparisons, pictures and notices over generated facts.

use domain::charts::SeriesRole;
use domain::dashboards::{BoardKey, BoardView, CardContent, DashboardView, StandardBoard};
use domain::question::Cell;
use domain::range::Grain;
use domain::semantic::Measure;
use services::dashboards::{RowsAsked, card_rows, sales, view_board};

use super::chart;
use crate::analytics::facts::{Order, generate, store};
use crate::support::TestServices;

fn view(pairs: &[(&str, &str)]) -> DashboardView {
    DashboardView::from_pairs(pairs.iter().copied())
}

fn net(orders: &[Order], keep: impl Fn(&Order) -> bool) -> i64 {
    orders.iter().filter(|order| keep(order)).map(Order::net_minor).sum()
}

#[tokio::test]
async fn an_empty_shop_is_told_what_to_do() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let dashboard = sales(&services, &owner, DashboardView::default()).await.expect("a dashboard");
    assert_eq!(dashboard.data, None);
    assert!(dashboard.figures.is_empty() && dashboard.charts.is_empty());
    assert!(dashboard.finding.contains("Add a sales file"));
}

#[tokio::test]
async fn figures_and_pictures_tell_the_same_as_the_facts() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(10, 1500, &["GBP"]);
    store(&services, &owner, &orders).await;
    let november = view(&[("range", "2011-11-01..2011-11-30")]);
    let dashboard = sales(&services, &owner, november.clone()).await.expect("a dashboard");
    let is_november = |order: &Order| order.day.to_string().starts_with("2011-11");
    let is_october = |order: &Order| order.day.to_string().starts_with("2011-10");
    let (now, before) = (net(&orders, is_november), net(&orders, is_october));
    let figure = &dashboard.figures[0];
    assert_eq!(figure.value, domain::format::money(domain::Money::new(now, "GBP".parse().expect("a currency"))));
    let sentence = &figure.change.as_ref().expect("it is compared").sentence;
    let direction = if now > before { "up" } else { "down" };
    assert!(sentence.starts_with(direction) && sentence.ends_with("on Oct 2011"), "{sentence}");
    assert!(dashboard.finding.starts_with(if now > before { "Net sales rose" } else { "Net sales fell" }), "{}", dashboard.finding);

    let time = chart(&dashboard, "sales-over-time");
    assert_eq!((dashboard.grain, time.spec.categories.len(), time.spec.series.len()), (Grain::Day, 30, 2));
    assert_eq!(time.spec.series[1].role, SeriesRole::Compared);
    let summed: i64 = time.table.rows.iter().filter_map(|row| row[1].as_i64()).sum();
    assert_eq!(summed, now);
    let is_sold = |day: domain::Day| orders.iter().any(|order| order.day == day);
    let first = "2011-11-01".parse::<domain::Day>().expect("a day");
    for (place, value) in time.spec.series[0].values.iter().enumerate().filter(|(place, _)| !is_sold(first.plus_days(*place as i32))) {
        assert_eq!(*value, Some(0.0), "nothing was sold on day {place} of a month that the data tell of");
    }

    let countries = chart(&dashboard, "sales-by-country");
    let great_britain = countries.spec.filter_values.iter().position(|value| value == "GB").expect("it sold there");
    assert_eq!(countries.spec.categories[great_britain], "United Kingdom");
    assert_eq!(countries.table.rows[great_britain][1], Cell::Int(net(&orders, |order| is_november(order) && order.country == Some("GB"))));
    let hours = chart(&dashboard, "sales-by-weekday-hour");
    assert!((hours.spec.heat.iter().map(|cell| cell.2).sum::<f64>() * 100.0 - now as f64).abs() < 0.5);
    let summed = |column: usize| hours.table.rows.iter().filter_map(|row| row[column].as_i64()).sum::<i64>();
    let sales_count = orders.iter().filter(|order| is_november(order) && order.gross_minor() > 0 && !order.is_aggregate()).count();
    assert_eq!((summed(2), summed(3)), (now, sales_count as i64));
    assert_eq!(chart(&dashboard, "best-products").spec.categories[0..1].len(), 1);
    assert_eq!(sales(&services, &owner, november).await.expect("a dashboard"), dashboard, "kept and new are the same");
}

#[tokio::test]
async fn a_month_that_is_not_over_is_compared_with_as_many_days() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(10, 3000, &["GBP"]);
    store(&services, &owner, &orders).await;
    let last = orders.iter().map(|order| order.day).max().expect("there are orders");
    let dashboard = sales(&services, &owner, view(&[("range", "2012-01-01..2012-01-31")])).await.expect("a dashboard");
    let first = "2011-12-01".parse::<domain::Day>().expect("a day");
    let compared = domain::range::DateRange { from: first, to: first.plus_days(last.civil().day as i32 - 1) };
    assert_eq!(dashboard.compared_range, Some(compared));
    let (now, before) = (net(&orders, |order| order.day.to_string().starts_with("2012-01")), net(&orders, |order| compared.contains(order.day)));
    let (verb, direction) = if now > before { ("rose", "up") } else { ("fell", "down") };
    let share = domain::format::percent((now - before).abs() as f64 / before as f64);
    let with = domain::format::range(compared);
    assert!(
        dashboard.finding.starts_with(&format!("So far (up to {}), net sales {verb} {share} on {with}, to £", domain::format::day(last))),
        "{}",
        dashboard.finding
    );
    let change = dashboard.figures[0].change.as_ref().expect("it is compared");
    assert_eq!(change.sentence, format!("{direction} {share} on {with} so far"));
}

#[tokio::test]
async fn a_filter_narrows_every_figure() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(11, 500, &["GBP"]);
    store(&services, &owner, &orders).await;
    let dashboard = sales(&services, &owner, view(&[("range", "all"), ("country", "DE")])).await.expect("a dashboard");
    let germany = domain::Money::new(net(&orders, |order| order.country == Some("DE")), "GBP".parse().expect("a currency"));
    assert_eq!(dashboard.figures[0].value, domain::format::money(germany));
    let by_product = sales(&services, &owner, view(&[("range", "all"), ("product", "Mug")])).await.expect("a dashboard");
    assert_eq!(chart(&by_product, "best-products").spec.categories, ["Mug"]);
    let none = sales(&services, &owner, view(&[("range", "1999-01-01..1999-01-31")])).await.expect("a dashboard");
    assert!(none.finding.starts_with("No orders in Jan 1999"), "{}", none.finding);
}

#[tokio::test]
async fn boards_count_the_orders_whose_money_they_show() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(12, 600, &["GBP", "EUR"]);
    store(&services, &owner, &orders).await;
    let page = sales(&services, &owner, view(&[("range", "all")])).await.expect("a dashboard");
    let key = BoardKey::Standard(StandardBoard::Overview);
    let board = async |address: &[(&str, &str)]| view_board(&services, &owner, key, view(address)).await.expect("a board");
    let figure = |board: &BoardView, measure: Measure| {
        board.views.iter().find_map(|card| match &card.content {
            CardContent::Figure(figure) if figure.measure == measure => Some(figure.value.clone()),
            _ => None,
        })
    };
    let counted = |currency: &str| {
        let is_it = |order: &&Order| order.currency == currency && order.gross_minor() > 0 && !order.is_aggregate();
        domain::format::number(orders.iter().filter(is_it).count() as i64)
    };
    let all = board(&[("range", "all")]).await;
    for measure in [Measure::NetSales, Measure::Orders, Measure::AverageOrderValue, Measure::Customers] {
        let on_page = page.figures.iter().find(|figure| figure.measure == measure).map(|figure| figure.value.clone());
        assert_eq!(figure(&all, measure), on_page, "{measure}");
    }
    assert_eq!(figure(&all, Measure::Orders), Some(counted("GBP")));
    assert_eq!(all.notices, page.notices[..1]);
    assert!(all.notices[0].starts_with("Figures are of orders in GBP. Left out"), "{:?}", all.notices);
    let place = all.views.iter().position(|card| card.title == "Orders").expect("it is there");
    let rows = RowsAsked { key, place: all.views[place].place, view: view(&[("range", "all")]), page: 1 };
    let rows = card_rows(&services, &owner, rows).await.expect("rows");
    assert_eq!(rows.figures[0].1, counted("GBP"), "the rows behind the card are those that it counts");
    let euro = board(&[("range", "all"), ("currency", "EUR")]).await;
    assert_eq!((figure(&euro, Measure::Orders), euro.notices.len()), (Some(counted("EUR")), 0));
}

#[tokio::test]
async fn what_is_left_out_or_incomplete_is_said() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(12, 600, &["GBP", "EUR"])).await;
    let dashboard = sales(&services, &owner, DashboardView::default()).await.expect("a dashboard");
    assert!(dashboard.notices[0].contains("in EUR"), "{:?}", dashboard.notices);
    assert!(dashboard.notices.iter().any(|notice| notice.contains("is not complete: it is counted to")), "{:?}", dashboard.notices);
    let time = chart(&dashboard, "sales-over-time");
    assert_eq!(time.spec.incomplete_from, Some(time.spec.categories.len() - 1));
    let first = sales(&services, &owner, view(&[("range", "2009-11-20..2009-12-31")])).await.expect("a dashboard");
    assert_eq!(first.figures[0].change.as_ref().map(|change| change.sentence.as_str()), Some("no earlier data to compare with"));
    let alone = sales(&services, &owner, view(&[("compare", "none")])).await.expect("a dashboard");
    assert!(alone.compared_range.is_none() && alone.figures[0].change.is_none());
}

#[tokio::test]
async fn weeks_that_are_counted_in_part_say_so_and_are_compared_with_as_many_days() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(13, 1500, &["GBP"]);
    store(&services, &owner, &orders).await;
    // Ninety days from a Sunday to a Friday.
    let dashboard = sales(&services, &owner, view(&[("range", "2011-07-10..2011-10-07")])).await.expect("a dashboard");
    let time = chart(&dashboard, "sales-over-time");
    assert_eq!((dashboard.grain, time.spec.categories.len(), time.spec.begins_late, time.spec.incomplete_from), (Grain::Week, 14, true, Some(13)));
    assert!(dashboard.notices.iter().any(|notice| notice == "The week from 4 Jul 2011 is counted from 10 Jul 2011."), "{:?}", dashboard.notices);
    let sunday = "2011-07-10".parse::<domain::Day>().expect("a day");
    let weeks: Vec<i64> = (0..14)
        .map(|week| {
            let monday = sunday.plus_days(7 * week - 6);
            net(&orders, |order| (monday.max(sunday)..monday.plus_days(7)).contains(&order.day.plus_days(90)) && order.day < sunday)
        })
        .collect();
    let compared: Vec<i64> = time.table.rows.iter().map(|row| row[2].as_i64().unwrap_or(0)).collect();
    assert_eq!(compared, weeks);
    assert_eq!(compared.iter().sum::<i64>(), net(&orders, |order| (sunday.plus_days(-90)..sunday).contains(&order.day)), "no day is left out");
}

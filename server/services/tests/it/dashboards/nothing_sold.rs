//! Days, weeks and months in which nothing was sold: 0 where the data tell of them, and a gap where they do not.

use domain::charts::{ChartCard, TableData};
use domain::dashboards::{BoardCard, CardContent, DashboardView};
use domain::question::Cell;
use services::Actor;
use services::dashboards::{TableFormat, card_file, create_board, preview_card, sales};

use super::chart as chart_of;
use crate::sources::steps::bring;
use crate::support::TestServices;

/// Of the week from Monday, 5 January 2026, the data tell up to Friday, the 9th.
const WEEK: &str = "range=2026-01-05..2026-01-11&grain=day&compare=none";
const SMALL: &[u8] = b"Order ID,Order Date,Product,Quantity,Unit Price,Country\n\
    A1,2026-01-05,Mug,1,100.00,GB\nA2,2026-01-07,Plate,1,50.00,DE\nA3,2026-01-09,Mug,1,25.00,GB\n";

async fn shop(file: &[u8]) -> (TestServices, Actor) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = bring(&services, &owner, "orders.csv", file).await;
    assert_eq!(upload.rows_rejected, 0, "{upload:?}");
    (services, owner)
}

async fn shown(shop: &(TestServices, Actor), card: &str, view: &str) -> CardContent {
    let card: BoardCard = serde_json::from_str(card).expect("it reads");
    preview_card(&shop.0, &shop.1, card, DashboardView::from_query(view)).await.expect("a card").content
}

async fn chart(shop: &(TestServices, Actor), card: &str, view: &str) -> ChartCard {
    match shown(shop, card, view).await {
        CardContent::Chart(chart) => *chart,
        other => panic!("no picture: {other:?}"),
    }
}

async fn table(shop: &(TestServices, Actor), card: &str, view: &str) -> TableData {
    match shown(shop, card, view).await {
        CardContent::Table(table) => table,
        other => panic!("no table: {other:?}"),
    }
}

/// A card that shows a question over time.
fn over_time(question: &str) -> String {
    format!(r#"{{"question": {{{question}}}, "over_time": true}}"#)
}

/// Numbers separated by spaces; a dash is a gap.
fn course(text: &str) -> Vec<Option<f64>> {
    text.split(' ').map(|word| (word != "-").then(|| word.parse().expect("a number"))).collect()
}

#[tokio::test]
async fn a_small_shops_line_touches_the_ground_and_ends_where_its_data_do() {
    let shop = shop(SMALL).await;
    let net = r#""measures": ["net_sales"]"#;
    let sold = "100 0 50 0 25 - -";
    let line = chart(&shop, &over_time(net), WEEK).await;
    assert_eq!(line.spec.series[0].values, course(sold));
    let column: Vec<Cell> = line.table.rows.iter().map(|row| row[1].clone()).collect();
    let pence = [10_000, 0, 5_000, 0, 2_500].map(Cell::Int);
    assert_eq!(column, [&pence[..], &[Cell::None, Cell::None]].concat(), "the table behind the picture says the same");
    let earlier = chart(&shop, &over_time(net), "range=2026-01-03..2026-01-06&grain=day&compare=none").await;
    assert_eq!(earlier.spec.series[0].values, course("- - 100 0"), "of what lies before the data nothing is known");

    let several = chart(&shop, &over_time(r#""measures": ["orders", "units", "units_per_order"]"#), WEEK).await;
    let drawn: Vec<_> = several.spec.series.iter().map(|series| series.values.clone()).collect();
    assert_eq!(drawn, [course("1 0 1 0 1 - -"), course("1 0 1 0 1 - -"), course("1 - 1 - 1 - -")]);
    for (measure, expected) in [("average_order_value", "100 - 50 - 25 - -"), ("return_rate", "0 - 0 - 0 - -")] {
        let chart = chart(&shop, &over_time(&format!(r#""measures": ["{measure}"]"#)), WEEK).await;
        assert_eq!(chart.spec.series[0].values, course(expected), "{measure} of nothing is none");
    }
    let CardContent::Figure(figure) = shown(&shop, r#"{"question": {"measures": ["net_sales"]}}"#, WEEK).await else { panic!("a figure") };
    assert_eq!(figure.sparkline, course(sold));
    let page = sales(&shop.0, &shop.1, DashboardView::from_query(WEEK)).await.expect("the page");
    assert_eq!(chart_of(&page, "sales-over-time").spec.series[0].values, course(sold));
    let average = page.figures.iter().find(|figure| figure.measure.name() == "average_order_value").expect("it is there");
    assert_eq!((&page.figures[0].sparkline, &average.sparkline), (&course(sold), &course("100 - 50 - 25 - -")));
}

#[tokio::test]
async fn a_series_without_a_row_in_a_day_of_the_data_sold_nothing_on_it() {
    let shop = shop(SMALL).await;
    let by_country = r#""measures": ["net_sales"], "dimensions": ["country"]"#;
    let split = chart(&shop, &over_time(by_country), WEEK).await;
    let drawn: Vec<_> = split.spec.series.iter().map(|series| (series.name.as_str(), series.values.clone())).collect();
    assert_eq!(drawn, [("United Kingdom", course("100 0 0 0 25 - -")), ("Germany", course("0 0 50 0 0 - -"))]);
    let averages = chart(&shop, &over_time(r#""measures": ["average_order_value"], "dimensions": ["country"]"#), WEEK).await;
    assert_eq!(averages.spec.series[1].values, course("- - 50 - - - -"));

    let grid = |picture: &str| format!(r#"{{"question": {{{by_country}}}, "over_time": true, "picture": "{picture}"}}"#);
    let heat = chart(&shop, &grid("heat_map"), WEEK).await.spec.heat;
    assert_eq!((heat.len(), heat.iter().filter(|cell| cell.2 == 0.0).count()), (10, 7), "two countries on five days");
    let pivot = table(&shop, &grid("pivot"), WEEK).await;
    let row = |name: &str, cells: [i64; 5], total: i64| {
        let cells = cells.map(Cell::Int).into_iter().chain([Cell::None, Cell::None, Cell::Int(total)]);
        std::iter::once(Cell::Text(name.to_owned())).chain(cells).collect::<Vec<_>>()
    };
    let rows = [
        row("United Kingdom", [10_000, 0, 0, 0, 2_500], 12_500),
        row("Germany", [0, 0, 5_000, 0, 0], 5_000),
        row("Total", [10_000, 0, 5_000, 0, 2_500], 17_500),
    ];
    assert_eq!(pivot.rows, rows);

    let share = r#"{"question": {"measures": ["net_sales"]}, "over_time": true, "share_of": "country"}"#;
    let share = chart(&shop, share, &format!("{WEEK}&country=DE")).await;
    assert_eq!(share.spec.series[0].values, course("0 - 100 - 0 - -"), "nothing of nothing is no share");
    assert_eq!(share.table.rows[0][1..], [Cell::Int(0), Cell::Int(10_000), Cell::Float(0.0)]);
    assert_eq!(share.table.rows[1][1..], [Cell::Int(0), Cell::Int(0), Cell::None]);
    assert_eq!(share.table.rows[5][1..], [Cell::None, Cell::None, Cell::None]);
}

#[tokio::test]
async fn a_month_that_the_data_leave_early_is_no_collapse_and_the_next_is_a_gap() {
    let shop = shop(
        b"Order ID,Order Date,Product,Quantity,Unit Price,Country\n\
        A1,2025-08-20,Mug,1,10.00,DE\nA2,2025-10-02,Mug,1,30.00,GB\nA3,2025-11-09,Mug,1,7.00,GB\n",
    )
    .await;
    let card = over_time(r#""measures": ["net_sales"]"#);
    let months = "range=2025-07-01..2026-01-31&grain=month&compare=none";
    let all = chart(&shop, &card, months).await.spec;
    assert_eq!((all.series[0].values.clone(), all.incomplete_from), (course("- 10 0 30 7 - -"), Some(4)));
    // Of Germany nothing came in November's nine days, which is drawn as not over.
    let germany = chart(&shop, &card, &format!("{months}&country=DE")).await.spec;
    assert_eq!((germany.series[0].values.clone(), germany.incomplete_from), (course("- 10 0 0 0 - -"), Some(4)));
    let weeks = chart(&shop, &card, "range=2025-10-27..2025-11-23&grain=week&compare=none").await.spec;
    assert_eq!((weeks.series[0].values.clone(), weeks.incomplete_from), (course("0 7 - -"), None));
    // The data tell of November, but of none of its days that are asked for.
    let after = sales(&shop.0, &shop.1, DashboardView::from_query("range=2025-11-15..2026-01-31&grain=month&compare=none")).await.expect("the page");
    assert_eq!(chart_of(&after, "sales-over-time").spec.series[0].values, course("- - -"));
    let nothing = shown(&shop, &card, "range=2025-09-01..2025-09-30&grain=day&compare=none").await;
    assert!(matches!(nothing, CardContent::Empty(_)), "a month without any order says so: {nothing:?}");
}

#[tokio::test]
async fn days_to_come_are_gaps_beside_orders_that_are_dated_among_them() {
    // It is 15 January.
    let shop = shop(b"Order ID,Order Date,Product,Quantity,Unit Price\nA1,2026-01-13,Mug,1,10.00\nA2,2026-01-18,Mug,1,20.00\n").await;
    let line = chart(&shop, &over_time(r#""measures": ["net_sales"]"#), "range=2026-01-12..2026-01-19&grain=day&compare=none").await;
    assert_eq!(line.spec.series[0].values, course("- 10 0 0 - - 20 -"));
}

#[tokio::test]
async fn earlier_days_without_sales_are_compared_as_0_up_to_where_days_meet() {
    let before: &[u8] = b"B1,2025-12-29,Mug,1,40.00,GB\nB2,2025-12-31,Mug,1,30.00,GB\n";
    let shop = shop(&[SMALL, before].concat()).await;
    let view = "range=2026-01-05..2026-01-11&grain=day&compare=previous";
    let line = chart(&shop, &over_time(r#""measures": ["net_sales"]"#), view).await;
    let page = sales(&shop.0, &shop.1, DashboardView::from_query(view)).await.expect("the page");
    for spec in [&line.spec, &chart_of(&page, "sales-over-time").spec] {
        assert_eq!(spec.series[0].values, course("100 0 50 0 25 - -"));
        assert_eq!(spec.series[1].values, course("40 0 30 0 0 - -"), "Saturday and Sunday have nothing to be set against");
    }
    let average = chart(&shop, &over_time(r#""measures": ["average_order_value"]"#), view).await;
    assert_eq!(average.spec.series[1].values, course("40 - 30 - - - -"));
}

#[tokio::test]
async fn what_a_threshold_left_out_is_a_gap() {
    let shop = shop(SMALL).await;
    let condition = r#""having": [{"measure": "net_sales", "op": "at_least", "value": 4000}]"#;
    let line = chart(&shop, &over_time(&format!(r#""measures": ["net_sales"], {condition}"#)), WEEK).await;
    assert_eq!(line.spec.series[0].values, course("100 - 50 - - - -"));
    let split = chart(&shop, &over_time(&format!(r#""measures": ["net_sales"], "dimensions": ["country"], {condition}"#)), WEEK).await;
    assert_eq!(split.spec.series[0].values, course("100 - - - - - -"));
}

#[tokio::test]
async fn tables_list_the_days_with_rows_and_count_the_others_along_them() {
    let shop = shop(SMALL).await;
    let derived = r#""derived": [{"measure": "net_sales", "as": "running_total"}, {"measure": "net_sales", "as": "moving_average", "over": 2},
        {"measure": "net_sales", "as": "growth"}]"#;
    let card = format!(r#"{{"question": {{"measures": ["net_sales"], {derived}}}, "over_time": true, "picture": "table"}}"#);
    let table = table(&shop, &card, WEEK).await;
    let row = |day: &str, net, total, average| vec![Cell::Text(format!("2026-01-{day}")), Cell::Int(net), Cell::Int(total), average, Cell::None];
    // Wednesday's average is that of 0 and 50.00, Friday's of 0 and 25.00; from nothing there is no growth.
    let rows = [row("05", 10_000, 10_000, Cell::None), row("07", 5_000, 15_000, Cell::Int(2_500)), row("09", 2_500, 17_500, Cell::Int(1_250))];
    assert_eq!(table.rows, rows);
}

#[tokio::test]
async fn a_pictures_file_holds_the_0_that_it_shows() {
    let shop = shop(SMALL).await;
    let board = format!(r#"{{"title": "Week", "cards": [{}]}}"#, over_time(r#""measures": ["net_sales"]"#));
    let key = create_board(&shop.0, &shop.1, serde_json::from_str(&board).expect("a board")).await.expect("it");
    let file = card_file(&shop.0, &shop.1, key, 0, DashboardView::from_query(WEEK), TableFormat::Csv).await.expect("a file");
    let lines: Vec<String> = String::from_utf8(file.bytes).expect("text").lines().skip(1).map(|line| line.trim().to_owned()).collect();
    let amounts: Vec<&str> = lines.iter().map(|line| line.split(',').nth(1).expect("an amount")).collect();
    assert_eq!(amounts, ["100.00", "0.00", "50.00", "0.00", "25.00", "", ""]);
}

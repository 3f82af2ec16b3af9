//! The rows behind a card, against the facts they are made of.

use domain::dashboards::{BoardInput, BoardKey, CardRows, DashboardView, ROWS_OF_A_PAGE};
use domain::question::Cell;
use domain::{ErrorKind, Money, format};
use services::dashboards::{RowsAsked, TableFormat, card_rows, create_board, rows_file};
use services::{Actor, Services};
use std::collections::BTreeSet;

use crate::analytics::facts::{Order, generate, store};
use crate::support::TestServices;

const CARDS: &str = r#"[
    {"question": {"measures": ["net_sales"], "dimensions": ["country"], "limit": 2}},
    {"question": {"measures": ["returns"], "dimensions": ["product"]}},
    {"question": {"measures": ["orders"]}},
    {"question": {"measures": ["stock_on_hand"]}},
    {"analysis": {"kind": "rfm"}}]"#;

async fn shop() -> (TestServices, Actor, Vec<Order>, BoardKey) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(8, 700, &["GBP"]);
    store(&services, &owner, &orders).await;
    let input: BoardInput = serde_json::from_str(&format!(r#"{{"title": "Mine", "cards": {CARDS}}}"#)).expect("it reads");
    let key = create_board(&services, &owner, input).await.expect("a board");
    (services, owner, orders, key)
}

fn asked(key: BoardKey, place: usize, view: &str, page: u64) -> RowsAsked {
    RowsAsked { key, place, view: DashboardView::from_query(view), page }
}

async fn rows(services: &Services, owner: &Actor, (key, place): (BoardKey, usize), view: &str, page: u64) -> CardRows {
    card_rows(services, owner, asked(key, place, view, page)).await.expect("rows")
}

/// The column of a title.
fn column(rows: &CardRows, title: &str) -> usize {
    rows.table.columns.iter().position(|column| column.title == title).expect("a column of that title")
}

fn sum(rows: &[Vec<Cell>], column: usize) -> i64 {
    rows.iter().filter_map(|row| row[column].as_i64()).sum()
}

fn pounds(minor: i64) -> String {
    format::money(Money::new(minor, "GBP".parse().expect("a currency")))
}

#[tokio::test]
async fn the_rows_of_a_figure_add_up_to_it_over_all_pages() {
    let (services, owner, orders, key) = shop().await;
    let view = "range=2011-10-01..2011-11-30&country=GB";
    let is_asked = |order: &&Order| {
        let day = order.day.to_string();
        order.country == Some("GB") && (day.starts_with("2011-10") || day.starts_with("2011-11"))
    };
    let expected: Vec<&Order> = orders.iter().filter(is_asked).collect();
    let net: i64 = expected.iter().map(|order| order.net_minor()).sum();
    let first = rows(&services, &owner, (key, 0), view, 1).await;
    assert_eq!((first.count, first.of_lines), (expected.len() as u64, false));
    assert_eq!(first.pages, first.count.div_ceil(ROWS_OF_A_PAGE.into()));
    assert_eq!(first.figures, [("Net sales".to_owned(), pounds(net))]);
    assert!(first.notices[0].contains("only some of them, by country"), "{:?}", first.notices);
    let (net_at, day_at) = (column(&first, "Net sales"), column(&first, "Day"));
    let (mut all, mut days, mut seen) = (0, Vec::new(), BTreeSet::new());
    for page in 1..=first.pages {
        let shown = rows(&services, &owner, (key, 0), view, page).await;
        let (total, page_rows) = shown.table.rows.split_last().expect("a row of sums");
        assert_eq!(total[net_at], Cell::Int(net), "the foot is of all pages");
        all += sum(page_rows, net_at);
        days.extend(page_rows.iter().map(|row| row[day_at].as_text().expect("a day").to_owned()));
        seen.extend(page_rows.iter().map(|row| row[0].as_text().expect("an order").to_owned()));
    }
    assert_eq!((all, seen.len()), (net, expected.len()), "no row stands twice, and none is missing");
    assert!(days.windows(2).all(|pair| pair[0] >= pair[1]), "the newest stand first");
    let beyond = rows(&services, &owner, (key, 0), view, 99).await;
    assert_eq!(beyond.page, first.pages, "a page too far is the last");

    let file = rows_file(&services, &owner, asked(key, 0, view, 1), TableFormat::Csv).await.expect("a file");
    let text = String::from_utf8(file.bytes).expect("UTF-8");
    assert_eq!(text.lines().count(), expected.len() + 1);
    assert!(file.name.starts_with("mine-net-sales-by-country-rows-2011-10-01"), "{}", file.name);
}

#[tokio::test]
async fn what_depends_on_products_is_made_of_lines_and_shows_only_those_that_count() {
    let (services, owner, orders, key) = shop().await;
    let shown = rows(&services, &owner, (key, 1), "range=all", 1).await;
    assert!(shown.of_lines);
    let (total, page_rows) = shown.table.rows.split_last().expect("a row of sums");
    let (returns, product) = (column(&shown, "Returns"), column(&shown, "Product"));
    assert!(page_rows.iter().all(|row| row[returns].as_i64() > Some(0)), "{page_rows:?}");
    assert!(page_rows.iter().any(|row| row[product] != Cell::None));
    assert_eq!(shown.figures, [("Returns".to_owned(), pounds(total[returns].as_i64().expect("an amount")))]);

    let counted = rows(&services, &owner, (key, 2), "range=all", 1).await;
    let sales = orders.iter().filter(|order| order.gross_minor() > 0 && !order.is_aggregate()).count();
    assert_eq!((counted.count, &counted.figures[0].1), (sales as u64, &format::number(sales as i64)));
}

#[tokio::test]
async fn what_has_no_rows_of_its_own_says_why() {
    let (services, owner, _, key) = shop().await;
    let refused = async |place, who: &Actor| card_rows(&services, who, asked(key, place, "range=all", 1)).await.expect_err("no rows").into_app();
    for (place, words) in [(3, "not made of orders"), (4, "an analysis looks at all orders")] {
        let error = refused(place, &owner).await;
        assert!(error.kind == ErrorKind::Validation && error.message.contains(words), "{error:?}");
    }
    assert_eq!(refused(5, &owner).await.kind, ErrorKind::NotFound);
    let stranger = services.owner("eve@example.com").await;
    assert_eq!(refused(0, &stranger).await.kind, ErrorKind::NotFound);
}

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
    shop_of(generate(8, 700, &["GBP"]), CARDS).await
}

/// A shop with these orders, and a board with these cards.
async fn shop_of(orders: Vec<Order>, cards: &str) -> (TestServices, Actor, Vec<Order>, BoardKey) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &orders).await;
    let input: BoardInput = serde_json::from_str(&format!(r#"{{"title": "Mine", "cards": {cards}}}"#)).expect("it reads");
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

fn is_counted(order: &&Order) -> bool {
    order.gross_minor() > 0 && !order.is_aggregate()
}

fn says(rows: &CardRows, words: &str) -> bool {
    rows.notices.iter().any(|notice| notice.contains(words))
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
    let sales = orders.iter().filter(is_counted).count();
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

#[tokio::test]
async fn rows_of_another_currency_than_the_shops_say_which() {
    let (services, owner, orders, key) = shop_of(generate(8, 60, &["EUR"]), r#"[{"question": {"measures": ["orders"]}}]"#).await;
    let shown = rows(&services, &owner, (key, 0), "range=all", 1).await;
    let (total, page_rows) = shown.table.rows.split_last().expect("a row of sums");
    let (net, currency) = (column(&shown, "Net sales"), column(&shown, "Currency"));
    assert_eq!((shown.table.columns[net].currency, &total[net]), (None, &Cell::None));
    assert!(page_rows.iter().all(|row| row[currency] == Cell::Text("EUR".to_owned())));
    let of = |row: &Vec<Cell>| orders.iter().find(|order| row[0] == Cell::Text(format!("N{}", order.id))).expect("an order");
    for row in page_rows {
        assert_eq!(row[net], Cell::Float(of(row).net_minor() as f64 / 100.0), "in whole euros");
    }
    assert!(says(&shown, "in the currency of their row"), "{:?}", shown.notices);
}

#[tokio::test]
async fn rows_are_of_the_currencies_that_their_figure_is_of() {
    let cards = r#"[
        {"question": {"measures": ["orders"], "filters": [{"dimension": "country", "op": "top", "n": 1, "by": "net_sales"}]}},
        {"question": {"measures": ["orders"], "dimensions": ["country"], "having": [{"measure": "net_sales", "op": "at_least", "value": 1}]}},
        {"question": {"measures": ["net_sales"], "dimensions": ["currency"]}, "picture": "table"}]"#;
    let (services, owner, orders, key) = shop_of(generate(8, 120, &["GBP", "EUR"]), cards).await;
    let net = |country: &str| -> i64 {
        orders.iter().filter(|order| order.currency == "GBP" && order.country == Some(country)).map(Order::net_minor).sum()
    };
    let first = ["GB", "DE", "FR"].into_iter().max_by_key(|country| net(country)).expect("a country");
    let counted = async |place| {
        let shown = rows(&services, &owner, (key, place), "range=all", 1).await;
        assert_eq!(shown.figures, [("Orders".to_owned(), format::number(shown.count as i64))], "{place}");
        (shown.count, shown.table.columns.iter().any(|column| column.title == "Currency"))
    };
    let of_both = orders.iter().filter(is_counted).filter(|order| order.country == Some(first)).count() as u64;
    assert_eq!(counted(0).await, (of_both, true), "the ranking is by pounds, the orders are all");
    let in_pounds = orders.iter().filter(is_counted).filter(|order| order.currency == "GBP").count() as u64;
    assert_eq!(counted(1).await, (in_pounds, false), "the threshold is of pounds, and so is what reaches it");

    let split = rows(&services, &owner, (key, 2), "range=all", 1).await;
    assert_eq!((split.count, split.figures.len()), (orders.len() as u64, 2));
    let sum = |currency: &str| -> i64 { orders.iter().filter(|order| order.currency == currency).map(Order::net_minor).sum() };
    assert!(split.figures.contains(&("Net sales, GBP".to_owned(), pounds(sum("GBP")))), "{:?}", split.figures);
    let euros = format::money(Money::new(sum("EUR"), "EUR".parse().expect("a currency")));
    assert!(split.figures.contains(&("Net sales, EUR".to_owned(), euros)), "{:?}", split.figures);
    assert_eq!(split.table.columns[column(&split, "Net sales")].currency, None);
}

#[tokio::test]
async fn what_is_divided_shows_its_parts_and_says_that_it_is_no_sum() {
    let cards = r#"[
        {"question": {"measures": ["average_order_value"]}},
        {"question": {"measures": ["customers"]}},
        {"question": {"measures": ["orders"], "time": {"grain": "month"}, "limit": 3}, "picture": "table"},
        {"question": {"measures": ["net_sales"], "dimensions": ["country"]}, "picture": "waterfall"}]"#;
    let (services, owner, orders, key) = shop_of(generate(8, 90, &["GBP"]), cards).await;
    let average = rows(&services, &owner, (key, 0), "range=all", 1).await;
    let counted: Vec<&Order> = orders.iter().filter(is_counted).collect();
    let (gross, count): (i64, i64) = (counted.iter().map(|order| order.gross_minor()).sum(), counted.len() as i64);
    let total = average.table.rows.last().expect("a row of sums");
    assert_eq!((average.count as i64, &total[column(&average, "Gross sales")]), (count, &Cell::Int(gross)));
    let sold: i64 = counted.iter().map(|order| order.sold_minor()).sum();
    assert_eq!(total[column(&average, "Discounts")], Cell::Int(gross - sold));
    assert_eq!(average.figures[0].1, pounds((sold * 2 + count) / (count * 2)));
    assert!(says(&average, "“Average order value” is not what the rows add up to"), "{:?}", average.notices);

    let customers = rows(&services, &owner, (key, 1), "range=all", 1).await;
    let known: Vec<i64> = orders.iter().filter(|order| order.gross_minor() > 0).filter_map(|order| order.customer).collect();
    let different = known.iter().collect::<BTreeSet<_>>().len() as i64;
    assert_eq!((customers.count, &customers.figures[0].1), (known.len() as u64, &format::number(different)));
    assert!(says(&customers, "“Customers” is not what the rows add up to"), "{:?}", customers.notices);

    let months = rows(&services, &owner, (key, 2), "range=all", 1).await;
    assert!(matches!(months.notices.as_slice(), [only] if only.contains("only some of them, by time")), "{:?}", months.notices);
    let last = orders.iter().map(|order| order.day).max().expect("orders");
    let steps = rows(&services, &owner, (key, 3), "range=2011-06-01..2012-12-31", 1).await;
    assert_eq!(steps.range.to, last, "a waterfall ends with the days that are over");
}

//! Cards of analyses, against loops over the facts they are made of.

use domain::charts::ChartCard;
use domain::dashboards::{BoardCard, BoardKey, CardContent, DashboardView, StandardBoard};
use domain::question::Cell;
use domain::{ErrorKind, Role};
use services::Actor;
use services::dashboards::{TableFormat, card_file, preview_card, view_board};
use std::collections::{BTreeMap, BTreeSet};

use crate::analytics::facts::{Order, generate, store};
use crate::support::TestServices;

/// Up to the middle of a month.
const HALF_A_YEAR: [(&str, &str); 1] = [("range", "2011-01-01..2011-06-15")];

async fn shop() -> (TestServices, Actor, Vec<Order>) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(8, 1200, &["GBP"]);
    store(&services, &owner, &orders).await;
    (services, owner, orders)
}

async fn chart(services: &TestServices, owner: &Actor, card: &str) -> ChartCard {
    let card: BoardCard = serde_json::from_str(card).expect("it reads");
    match preview_card(services, owner, card, DashboardView::from_pairs(HALF_A_YEAR)).await.expect("a card").content {
        CardContent::Chart(chart) => *chart,
        other => panic!("no picture: {other:?}"),
    }
}

fn is_counted(order: &Order) -> bool {
    order.gross_minor() > 0 && !order.is_aggregate() && order.day.to_string().as_str() <= "2011-06-15"
}

/// The months in which each known customer ordered, up to the middle of June.
fn months(orders: &[Order]) -> BTreeMap<i64, BTreeSet<String>> {
    let mut months: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for order in orders.iter().filter(|order| is_counted(order)) {
        if let Some(customer) = order.customer {
            months.entry(customer).or_default().insert(order.day.to_string()[..7].to_owned());
        }
    }
    months
}

/// The month of each customer's first sale ever, those of unknown orders among them.
fn first_months(orders: &[Order]) -> BTreeMap<i64, String> {
    let mut first: BTreeMap<i64, String> = BTreeMap::new();
    for order in orders.iter().filter(|order| order.gross_minor() > 0) {
        let (Some(customer), month) = (order.customer, order.day.to_string()[..7].to_owned()) else { continue };
        first.entry(customer).and_modify(|known| *known = known.clone().min(month.clone())).or_insert(month);
    }
    first
}

#[tokio::test]
async fn segments_hold_every_customer_once() {
    let (services, owner, orders) = shop().await;
    let bars = chart(&services, &owner, r#"{"analysis": {"kind": "rfm"}}"#).await;
    let customers: i64 = bars.table.rows.iter().filter_map(|row| row[1].as_i64()).sum();
    assert_eq!(customers, months(&orders).len() as i64);
    assert!(bars.subtitle.contains("as of 15 Jun 2011"), "{}", bars.subtitle);
    let shares: f64 = bars.spec.series[0].values.iter().flatten().sum();
    assert!((shares - 100.0).abs() < 0.6, "{shares}");
    let grid = chart(&services, &owner, r#"{"analysis": {"kind": "rfm"}, "picture": "heat_map"}"#).await;
    assert_eq!(grid.spec.heat.iter().map(|cell| cell.2).sum::<f64>() as usize, months(&orders).len());
    assert_eq!((grid.spec.categories.len(), grid.spec.row_labels[0].as_str()), (5, "Recency 5"));
}

#[tokio::test]
async fn a_segment_leads_to_its_customers_and_their_file() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    crate::analytics::shop::store(&services, &owner).await;
    let key: BoardKey = "segment-at-risk".parse().expect("a board");
    let board = view_board(&services, &owner, key, DashboardView::default()).await.expect("a board");
    let [CardContent::Table(table)] = board.views.iter().map(|card| &card.content).collect::<Vec<_>>()[..] else { panic!("{:?}", board.views) };
    // Ada bought twice, the last time in February, and gave back for 5.00.
    let scores = [2, 4, 1].map(Cell::Int);
    let ada = ["Ada Lovelace <ada@example.org>", "2011-02-20"].map(|words| Cell::Text(words.to_owned()));
    assert_eq!(table.rows, [[&ada[..], &[Cell::Int(2), Cell::Int(1_400)], &scores].concat()]);
    assert_eq!((board.title.as_str(), board.views[0].subtitle.as_str()), ("At risk", "1 customer, those who brought most first, as of 31 Mar 2011"));
    let file = card_file(&services, &owner, key, 0, DashboardView::default(), TableFormat::Csv).await.expect("a file");
    let text = String::from_utf8(file.bytes).expect("text");
    assert!(text.contains("Ada Lovelace <ada@example.org>"), "{text}");
    let champions: BoardKey = "segment-champions".parse().expect("a board");
    let nobody = view_board(&services, &owner, champions, DashboardView::default()).await.expect("a board");
    assert!(matches!(&nobody.views[0].content, CardContent::Empty(words) if words.starts_with("Nobody is in this segment")), "{:?}", nobody.views);
    let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
    let refused = view_board(&services, &viewer, key, DashboardView::default()).await.expect_err("customers are not for viewers");
    assert_eq!(refused.kind(), ErrorKind::Forbidden);
}

#[tokio::test]
async fn a_month_that_is_not_over_is_in_the_table_and_not_in_the_picture() {
    let (services, owner, orders) = shop().await;
    let retention = chart(&services, &owner, r#"{"analysis": {"kind": "cohorts", "cohorts": 60}}"#).await;
    let (months, came) = (months(&orders), first_months(&orders));
    let first = months.keys().map(|customer| &came[customer]).min().expect("a first month");
    let cohort: Vec<_> = months.iter().filter(|(customer, _)| came[customer] == *first).map(|(_, months)| months).collect();
    assert_eq!(retention.table.rows[0][1], Cell::Int(cohort.len() as i64));
    let june = cohort.iter().filter(|months| months.contains("2011-06")).count() as f64 / cohort.len() as f64;
    let last = retention.table.rows[0].last().and_then(Cell::as_f64).expect("a share");
    assert!((last - june).abs() < 1e-6, "{last} {june}");
    // From December 2009 or so to May 2011; the first column is the month after the first.
    let columns = retention.table.columns.len() - 2;
    assert_eq!((retention.spec.categories[0].as_str(), retention.spec.categories.len()), ("+1", columns - 2));
    assert!(retention.subtitle.contains("Jun 2011 is not over"), "{}", retention.subtitle);
}

#[tokio::test]
async fn new_and_returning_customers_are_all_of_the_month() {
    let (services, owner, orders) = shop().await;
    let stacked = chart(&services, &owner, r#"{"analysis": {"kind": "new_and_returning"}}"#).await;
    let months = months(&orders);
    let of = |month: &str| months.values().filter(|known| known.contains(month)).count() as i64;
    let expected: Vec<i64> = (1..=6).map(|month| of(&format!("2011-{month:02}"))).collect();
    let found = stacked.table.rows.iter().map(|row| row[1].as_i64().expect("new") + row[2].as_i64().expect("returning"));
    assert_eq!(found.collect::<Vec<_>>(), expected);
    assert_eq!(stacked.spec.incomplete_from, Some(5));
}

#[tokio::test]
async fn no_board_of_a_young_shop_shows_a_card_that_failed() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let mut orders = generate(8, 1200, &["GBP"]);
    orders.retain(|order| order.day.to_string().starts_with("2011"));
    store(&services, &owner, &orders).await;
    for board in StandardBoard::ALL {
        let shown = view_board(&services, &owner, BoardKey::Standard(board), DashboardView::default()).await.expect("a board");
        assert!(board == StandardBoard::Today || shown.range.from.to_string().starts_with("2011-01"), "all of its days are shown");
        let failed: Vec<_> = shown.views.iter().filter(|card| matches!(card.content, CardContent::Failed(_))).collect();
        assert!(failed.is_empty(), "{failed:?}");
        assert!(board == StandardBoard::Inventory || !shown.views.is_empty(), "{}", board.as_str());
    }
}

#[tokio::test]
async fn boards_are_silent_about_what_is_not_known_or_not_for_everyone() {
    let (services, owner, orders) = shop().await;
    let last = orders.iter().map(|order| order.day).max().expect("orders");
    let board =
        async |actor: &Actor, board| view_board(&services, actor, BoardKey::Standard(board), DashboardView::default()).await.expect("a board");
    let today = board(&owner, StandardBoard::Today).await;
    assert_eq!((today.range.from, today.range.to), (last, last));
    let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
    for actor in [&owner, &viewer] {
        let sales = board(actor, StandardBoard::Sales).await;
        assert!(sales.views.len() > 5 && sales.views.len() == sales.cards.len());
        for card in &sales.views {
            assert!(!matches!(card.content, CardContent::Failed(_) | CardContent::Empty(_)), "{card:?}");
            // No costs are known, nor what advertising cost.
            assert!(!card.title.contains("margin") && !card.title.contains("dvertising"), "{card:?}");
        }
    }
    let seen = board(&viewer, StandardBoard::Customers).await.views;
    let titles: Vec<&str> = seen.iter().map(|card| card.title.as_str()).collect();
    // In the twelve months that are shown by themselves nobody bought for the first time, so both pictures of cohorts are left out.
    assert_eq!(titles.len(), StandardBoard::Customers.cards().len() - 2, "{titles:?}");
    assert!(titles.iter().all(|title| !title.contains("ohort")), "{titles:?}");
}

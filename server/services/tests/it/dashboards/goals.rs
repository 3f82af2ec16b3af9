//! Goals: how far they are reached, and what is due by now.

use domain::accounts::MerchantPatch;
use domain::dashboards::{BoardInput, CardContent, CardView, DashboardView, Figure};
use domain::semantic::Dimension;
use services::accounts::update_merchant;
use services::dashboards::{create_board, view_board};
use services::{Actor, Services};

use crate::analytics::facts::{generate, store};
use crate::sources::steps::bring;
use crate::support::TestServices;

// Until 14 January, of 31 days: 24.00 in three orders; 9.00 of it in Germany.
const FILE: &[u8] = b"Order ID,Order Date,Product,Quantity,Unit Price,Country\n\
    A1,2026-01-05,Mug,2,5.00,GB\nA2,2026-01-07,Mug,1,5.00,GB\nA3,2026-01-14,Plate,1,9.00,DE\n";

async fn shown(services: &Services, owner: &Actor, cards: &str, view: DashboardView) -> Vec<CardView> {
    let board: BoardInput = serde_json::from_str(&format!(r#"{{"title": "Goals", "cards": [{cards}]}}"#)).expect("it reads");
    let key = create_board(services, owner, board).await.expect("a board");
    view_board(services, owner, key, view).await.expect("the board").views
}

fn figure(card: &CardView) -> &Figure {
    match &card.content {
        CardContent::Figure(figure) => figure,
        other => panic!("{other:?}"),
    }
}

/// Reached and due in whole percent, and the sentence.
fn told(card: &CardView) -> (i64, Option<i64>, String) {
    let percent = |share: f64| (share * 100.0).round() as i64;
    let goal = figure(card).goal.expect("it has a goal");
    let sentence = figure(card).change.as_ref().expect("it is said").sentence.replace('\u{a0}', " ");
    (percent(goal.reached), goal.due.map(percent), sentence)
}

#[tokio::test]
async fn a_goal_says_where_one_stands_and_would_be() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    bring(&services, &owner, "orders.csv", FILE).await;
    let cards = r#"
        {"question": {"measures": ["net_sales"]}, "goal": {"amount": 6200, "period": "month"}},
        {"question": {"measures": ["net_sales"]}, "goal": {"amount": 3100, "period": "month"}},
        {"question": {"measures": ["average_order_value"]}, "goal": {"amount": 1000, "period": "year"}},
        {"question": {"measures": ["orders"]}, "goal": {"amount": 4, "from": "2026-01-05", "to": "2026-01-14"}},
        {"question": {"measures": ["orders"]}, "goal": {"amount": 4, "from": "2026-03-01", "to": "2026-03-31"}}"#;
    // The days that the board shows are no matter: a goal has its own.
    let views = shown(&services, &owner, cards, DashboardView::from_query("range=2026-01-05..2026-01-06")).await;
    assert_eq!((views[0].title.as_str(), figure(&views[0]).value.as_str()), ("Net sales: goal", "£24.00"));
    assert_eq!(told(&views[0]), (39, Some(45), "38.7 % of £62.00 in Jan 2026: behind by £4.00".to_owned()));
    assert_eq!(told(&views[1]), (77, Some(45), "77.4 % of £31.00 in Jan 2026: on track".to_owned()));
    assert_eq!(told(&views[2]), (80, None, "80.0 % of £10.00 in 2026: short by £2.00".to_owned()));
    assert_eq!(told(&views[3]), (75, Some(100), "75.0 % of 4 from 5 Jan 2026 to 14 Jan 2026: short by 1".to_owned()));
    assert_eq!(told(&views[4]), (0, Some(0), "nothing yet of 4 in Mar 2026".to_owned()));

    let german = DashboardView::default().toggled(Dimension::Country, "DE");
    let views = shown(&services, &owner, r#"{"question": {"measures": ["net_sales"]}, "goal": {"amount": 900, "period": "quarter"}}"#, german).await;
    assert_eq!(told(&views[0]), (100, Some(16), "100.0 % of £9.00 in Q1 2026: reached".to_owned()));
}

#[tokio::test]
async fn a_goal_of_a_fiscal_quarter_is_named_as_its_shop_names_quarters() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    bring(&services, &owner, "orders.csv", FILE).await;
    let patch = MerchantPatch {
        name: "Shop".to_owned(),
        currency: "GBP".to_owned(),
        time_zone: "Europe/London".to_owned(),
        week_start: 1,
        fiscal_year_start: Some(4),
    };
    update_merchant(&services, &owner, patch).await.expect("changed");
    let cards = r#"{"question": {"measures": ["net_sales"]}, "goal": {"amount": 2400, "period": "fiscal_quarter"}},
        {"question": {"measures": ["net_sales"]}, "goal": {"amount": 2400, "period": "quarter"}}"#;
    let views = shown(&services, &owner, cards, DashboardView::default()).await;
    assert_eq!(told(&views[0]).2, "100.0 % of £24.00 in Q4 FY2025/26: reached");
    assert_eq!(told(&views[1]).2, "100.0 % of £24.00 in Q1 2026: reached");
}

#[tokio::test]
async fn a_goal_of_money_is_held_against_the_shops_currency_only() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(8, 60, &["GBP", "JPY"])).await;
    let cards = r#"
        {"question": {"measures": ["net_sales"]}, "goal": {"amount": 500000, "period": "year"}},
        {"question": {"measures": ["orders"]}, "goal": {"amount": 10, "period": "year"}}"#;
    let views = shown(&services, &owner, cards, DashboardView::default().toggled(Dimension::Currency, "JPY")).await;
    let refused = matches!(&views[0].content, CardContent::Failed(words) if words.contains("in GBP") && words.contains("in JPY"));
    assert!(refused, "{:?}", views[0].content);
    assert!(figure(&views[1]).goal.is_some(), "orders are counted in no currency");
    let own = shown(&services, &owner, cards, DashboardView::default()).await;
    assert!(figure(&own[0]).goal.is_some());
}

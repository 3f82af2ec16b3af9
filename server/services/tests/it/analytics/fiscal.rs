//! Fiscal years and quarters on both engines: twelve sales at the edges of months, summed by hand.

use domain::Day;
use domain::accounts::MerchantPatch;
use domain::dashboards::{BoardInput, CardContent, DashboardView};
use domain::question::{Answer, Question};
use domain::sources::Channel;
use services::Actor;
use services::accounts::update_merchant;
use services::dashboards::{create_board, view_board};

use super::expected::word;
use super::facts::{Line, Order, store};
use crate::columns::{both, reindex, with_copies};
use crate::support::TestServices;

/// Each sale is of twice as many pence as the one before, so that every sum says which sales are in it.
const DAYS: [&str; 12] = [
    "2023-02-28",
    "2023-03-01",
    "2023-12-31",
    "2024-01-01",
    "2024-02-29",
    "2024-03-01",
    "2024-03-31",
    "2024-04-01",
    "2024-06-30",
    "2024-07-01",
    "2025-03-31",
    "2025-04-01",
];

fn sale((index, day): (usize, &str)) -> Order {
    Order {
        id: index as i64 + 1,
        day: day.parse::<Day>().expect("a day"),
        hour: 12,
        currency: "GBP",
        country: Some("GB"),
        city: None,
        customer: None,
        channel: Channel::Online,
        source: 1,
        stated_total_minor: None,
        lines: vec![Line { product: Some(0), quantity_milli: 1000, amount_minor: 1 << index, discount_minor: None }],
    }
}

async fn shop() -> (TestServices, Actor) {
    let services = with_copies().await;
    let owner = services.owner("ada@example.com").await;
    let sales: Vec<Order> = DAYS.into_iter().enumerate().map(sale).collect();
    store(&services, &owner, &sales).await;
    (services, owner)
}

async fn years_from(services: &TestServices, owner: &Actor, month: u32) {
    let (name, currency, time_zone) = ("Shop".to_owned(), "GBP".to_owned(), "Europe/London".to_owned());
    let patch = MerchantPatch { name, currency, time_zone, week_start: 1, fiscal_year_start: Some(month) };
    update_merchant(services, owner, patch).await.expect("an owner may");
    reindex(services, owner).await;
}

fn rows(answer: &Answer) -> String {
    answer.rows.iter().map(|row| format!("{}={}", word(&row[0]), word(&row[1]))).collect::<Vec<_>>().join(" ")
}

/// The month in which years begin, the grain, and the sums.
const ON_PAPER: [(u32, &str, &str); 10] = [
    (1, "fiscal_year", "2023-01-01=7 2024-01-01=1016 2025-01-01=3072"),
    (1, "fiscal_quarter", "2023-01-01=3 2023-10-01=4 2024-01-01=120 2024-04-01=384 2024-07-01=512 2025-01-01=1024 2025-04-01=2048"),
    (2, "fiscal_year", "2023-02-01=15 2024-02-01=1008 2025-02-01=3072"),
    (2, "fiscal_quarter", "2023-02-01=3 2023-11-01=12 2024-02-01=240 2024-05-01=768 2025-02-01=3072"),
    (3, "fiscal_year", "2022-03-01=1 2023-03-01=30 2024-03-01=992 2025-03-01=3072"),
    (3, "fiscal_quarter", "2022-12-01=1 2023-03-01=2 2023-12-01=28 2024-03-01=224 2024-06-01=768 2025-03-01=3072"),
    (4, "fiscal_year", "2022-04-01=3 2023-04-01=124 2024-04-01=1920 2025-04-01=2048"),
    (4, "fiscal_quarter", "2023-01-01=3 2023-10-01=4 2024-01-01=120 2024-04-01=384 2024-07-01=512 2025-01-01=1024 2025-04-01=2048"),
    (7, "fiscal_year", "2022-07-01=3 2023-07-01=508 2024-07-01=3584"),
    (12, "fiscal_year", "2022-12-01=3 2023-12-01=1020 2024-12-01=3072"),
];

#[tokio::test]
async fn sales_at_the_edges_fall_into_the_years_and_quarters_that_paper_says() {
    let (services, owner) = shop().await;
    let mut in_force = 0;
    for (month, grain, sums) in ON_PAPER {
        if month != in_force {
            years_from(&services, &owner, month).await;
            in_force = month;
        }
        let question: Question =
            serde_json::from_str(&format!(r#"{{"measures": ["net_sales"], "time": {{"grain": "{grain}"}}}}"#)).expect("it reads");
        let (sql, columns) = both(&services, &owner, &question).await;
        assert_eq!((rows(&sql).as_str(), sql.columns[0].name.as_str()), (sums, grain), "from month {month}, by the database");
        assert_eq!(rows(&columns), sums, "{grain} from month {month}, by the copy");
    }
}

#[tokio::test]
async fn a_fiscal_year_goes_along_time_and_compares_with_the_one_before() {
    let (services, owner) = shop().await;
    years_from(&services, &owner, 3).await;
    let json = r#"{"measures": ["net_sales"], "time": {"from": "2024-03-01", "to": "2025-02-28", "grain": "fiscal_quarter"}, "compare": "last_year",
        "derived": [{"measure": "net_sales", "as": "running_total"}]}"#;
    let (sql, columns) = both(&services, &owner, &serde_json::from_str(json).expect("it reads")).await;
    let cells: Vec<Vec<String>> = sql.rows.iter().map(|row| row.iter().map(word).collect()).collect();
    // From March to May 2023 there is one sale of 2 pence, and from June to August none.
    assert_eq!(cells, [["2024-03-01", "224", "2", "224"], ["2024-06-01", "768", "0", "992"]]);
    assert_eq!(sql.rows, columns.rows);
}

#[tokio::test]
async fn boards_name_fiscal_years_as_their_shop_counts_them() {
    let (services, owner) = shop().await;
    years_from(&services, &owner, 4).await;
    let cards = r#"{"title": "Years", "cards": [{"question": {"measures": ["net_sales"]}}, {"question": {"measures": ["net_sales"]}, "over_time": true},
        {"question": {"measures": ["net_sales"]}, "goal": {"amount": 4096, "period": "fiscal_year"}}]}"#;
    let input: BoardInput = serde_json::from_str(cards).expect("it reads");
    let key = create_board(&services, &owner, input).await.expect("a board");
    let view = view_board(&services, &owner, key, DashboardView::from_query("range=all&grain=fiscal_year")).await.expect("the board");
    let CardContent::Chart(chart) = &view.views[1].content else { panic!("{:?}", view.views[1]) };
    assert_eq!(chart.spec.categories, ["FY2022/23", "FY2023/24", "FY2024/25", "FY2025/26"]);
    assert_eq!(view.views[1].subtitle, "Net sales, GBP by fiscal year");
    let CardContent::Figure(goal) = &view.views[2].content else { panic!("{:?}", view.views[2]) };
    let sentence = &goal.change.as_ref().expect("a sentence").sentence;
    assert!(goal.value == "£20.48" && sentence.contains("of £40.96 in FY2025/26"), "{goal:?}");

    let quarters =
        view_board(&services, &owner, key, DashboardView::from_query("range=last_fiscal_year&grain=fiscal_quarter")).await.expect("the board");
    assert_eq!(quarters.range.to_string(), "2024-04-01..2025-03-31");
    let CardContent::Figure(figure) = &quarters.views[0].content else { panic!("{:?}", quarters.views[0]) };
    let sentence = &figure.change.as_ref().expect("a sentence").sentence;
    assert!(figure.value == "£19.20" && sentence.ends_with("on FY2023/24"), "{figure:?}");
    let CardContent::Chart(chart) = &quarters.views[1].content else { panic!("{:?}", quarters.views[1]) };
    assert_eq!(chart.spec.categories, ["Q1 FY2024/25", "Q2 FY2024/25", "Q3 FY2024/25", "Q4 FY2024/25"]);
}

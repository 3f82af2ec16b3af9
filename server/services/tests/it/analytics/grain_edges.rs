//! Compared days stand in the buckets of the days that they meet, whole weeks and months or not.

use std::collections::{BTreeMap, BTreeSet};

use domain::Day;
use domain::question::{Cell, Question};
use services::Actor;
use services::analytics::answer;

use super::facts::{Order, generate, store};
use crate::support::TestServices;

/// Orders of 800 days from that day on.
async fn shop(first: &str) -> (TestServices, Actor, Vec<Order>) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let later = day(first).0 - day("2009-11-20").0;
    let mut orders = generate(31, 1_500, &["GBP"]);
    orders.iter_mut().for_each(|order| order.day = order.day.plus_days(later));
    store(&services, &owner, &orders).await;
    (services, owner, orders)
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// Net sales and customers by bucket, where `bucket` says in which an order counts, if in any.
fn sums(orders: &[Order], bucket: impl Fn(&Order) -> Option<String>) -> BTreeMap<String, Vec<Cell>> {
    let mut found: BTreeMap<String, (i64, BTreeSet<i64>)> = BTreeMap::new();
    for order in orders {
        let Some(bucket) = bucket(order) else { continue };
        let (net, customers) = found.entry(bucket).or_default();
        *net += order.net_minor();
        customers.extend(order.customer.filter(|_| order.gross_minor() > 0));
    }
    found.into_iter().map(|(bucket, (net, customers))| (bucket, vec![Cell::Int(net), Cell::Int(customers.len() as i64)])).collect()
}

/// The compared columns of each bucket of the answer.
async fn compared(shop: &(TestServices, Actor, Vec<Order>), days: (&str, &str), grain: &str, against: &str) -> BTreeMap<String, Vec<Cell>> {
    let json = format!(
        r#"{{"measures": ["net_sales", "customers"], "time": {{"from": "{}", "to": "{}", "grain": "{grain}"}}, "compare": "{against}"}}"#,
        days.0, days.1
    );
    let question: Question = serde_json::from_str(&json).expect("it reads");
    let answer = answer(&shop.0, &shop.1, question).await.unwrap_or_else(|error| panic!("{json}: {error:?}"));
    answer.rows.into_iter().map(|row| (row[0].as_text().expect("a day").to_owned(), row[3..].to_vec())).collect()
}

/// Each bucket has what the loops found in it; where they found nothing, nothing was sold or there was no such day.
fn agree(found: &BTreeMap<String, Vec<Cell>>, expected: &BTreeMap<String, Vec<Cell>>, lacking: &[&str], what: &str) {
    assert!(found.len() > 1, "{what}");
    for (bucket, cells) in found {
        let none = if lacking.contains(&bucket.as_str()) { [Cell::None, Cell::None] } else { [Cell::Int(0), Cell::Int(0)] };
        assert_eq!(cells, expected.get(bucket).unwrap_or(&none.to_vec()), "{what}: {bucket}");
    }
}

#[tokio::test]
async fn ninety_days_meet_the_ninety_before_week_by_week() {
    let shop = shop("2009-11-20").await;
    // From a Sunday to a Friday: the first week has one day, and so have the days that are set against it.
    let days = ("2011-07-10", "2011-10-07");
    for grain in ["day", "week", "month"] {
        let start = |met: Day| match grain {
            "day" => met,
            "week" => met.week_start(1),
            _ => met.month_start(),
        };
        let met = |order: &Order| Some(order.day.plus_days(90)).filter(|met| day(days.0) <= *met && *met <= day(days.1));
        let expected = sums(&shop.2, |order| met(order).map(|met| start(met).to_string()));
        agree(&compared(&shop, days, grain, "previous_period").await, &expected, &[], grain);
    }
}

#[tokio::test]
async fn a_year_before_is_the_same_day_of_the_month_in_leap_years_too() {
    let shop = shop("2023-06-01").await;
    for (year, before, lacking) in [("2024", "2023", &["2024-02-29"][..]), ("2025", "2024", &[])] {
        let days = (format!("{year}-01-01"), format!("{year}-12-31"));
        for grain in ["day", "week", "month", "quarter"] {
            let bucket = |order: &Order| {
                let text = order.day.to_string();
                let rest = text.strip_prefix(before)?;
                match grain {
                    "month" => Some(format!("{year}{}-01", &rest[..3])),
                    "quarter" => format!("{year}{}-01", &rest[..3]).parse::<Day>().ok().map(|month| month.quarter_start().to_string()),
                    // 2025 has no 29 February: nothing is set against that day.
                    _ => {
                        let met = format!("{year}{rest}").parse::<Day>().ok()?;
                        Some(if grain == "day" { met } else { met.week_start(1) }.to_string())
                    }
                }
            };
            let found = compared(&shop, (&days.0, &days.1), grain, "last_year").await;
            agree(&found, &sums(&shop.2, bucket), lacking, &format!("{year} by {grain}"));
        }
    }
}

#[tokio::test]
async fn whole_months_meet_whole_months_wherever_quarters_begin() {
    let shop = shop("2009-11-20").await;
    let month_of = |order: &Order| order.day.to_string()[..7].to_owned();
    // March is the first quarter's end, April the second's begin: January and February are set against them.
    let expected = sums(&shop.2, |order| match month_of(order).as_str() {
        "2011-01" => Some("2011-01-01".to_owned()),
        "2011-02" => Some("2011-04-01".to_owned()),
        _ => None,
    });
    agree(&compared(&shop, ("2011-03-01", "2011-04-30"), "quarter", "previous_period").await, &expected, &[], "quarters");
    // The 29th to 31st of January count in its month, too.
    let expected = sums(&shop.2, |order| match month_of(order).as_str() {
        "2010-12" => Some("2011-02-01".to_owned()),
        "2011-01" => Some("2011-03-01".to_owned()),
        _ => None,
    });
    agree(&compared(&shop, ("2011-02-01", "2011-03-31"), "month", "previous_period").await, &expected, &[], "months");
}

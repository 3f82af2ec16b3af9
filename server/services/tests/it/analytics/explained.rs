//! What is told of how a question was answered.

use domain::question::{Explanation, Question};
use services::analytics::explain;
use services::{Actor, Services};

use super::facts::{PRODUCTS, generate, store};
use crate::columns::{reindex, with_copies};

/// How it was answered, and how many facts each statement read.
async fn explained(services: &Services, owner: &Actor, json: &str) -> (Explanation, Vec<u64>) {
    let question: Question = serde_json::from_str(json).expect("it reads");
    let explanation = explain(services, owner, question).await.expect("an explanation");
    let scanned = explanation.steps.iter().map(|step| step.rows_scanned).collect();
    (explanation, scanned)
}

#[tokio::test]
async fn every_engine_tells_how_many_facts_it_read() {
    let services = with_copies().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(12, 400, &["GBP"]);
    store(&services, &owner, &orders).await;
    let (all, lines) = (orders.len() as u64, orders.iter().map(|order| order.lines.len() as u64).sum::<u64>());
    let days = |from: &str, to: &str| {
        let (from, to): (domain::Day, domain::Day) = (from.parse().expect("a day"), to.parse().expect("a day"));
        orders.iter().filter(|order| (from..=to).contains(&order.day)).count() as u64
    };
    let november = days("2011-11-01", "2011-11-30");
    assert!(0 < november && november < all);
    let asked = [
        (r#"{"measures": ["orders"]}"#, vec![all]),
        (r#"{"measures": ["orders"], "dimensions": ["weekday"], "time": {"from": "2011-11-01", "to": "2011-11-30"}}"#, vec![november]),
        (
            r#"{"measures": ["orders"], "time": {"from": "2011-11-11", "to": "2011-11-20"}, "compare": "previous_period"}"#,
            vec![days("2011-11-11", "2011-11-20"), days("2011-11-01", "2011-11-10")],
        ),
    ];
    for is_copied in [false, true] {
        if is_copied {
            reindex(&services, &owner).await;
        }
        for (json, expected) in &asked {
            let (explanation, scanned) = explained(&services, &owner, json).await;
            assert_eq!(explanation.engine == "columns", is_copied);
            assert_eq!(scanned.len(), expected.len(), "{json}");
            // A copy is read by months, the database by days.
            let is_as_told = |(read, expected): (&u64, &u64)| if is_copied { (expected..=&all).contains(&read) } else { read == expected };
            assert!(scanned.iter().zip(expected).all(is_as_told), "{json}: {scanned:?} {expected:?}, by {}", explanation.engine);
        }
        // Products are read beside the lines, where the engine counts them; PostgreSQL may look through them once for each line.
        let (explanation, scanned) = explained(&services, &owner, r#"{"measures": ["net_sales"], "dimensions": ["sku"]}"#).await;
        let most = if explanation.engine == "postgres" { lines * (1 + PRODUCTS.len() as u64) } else { lines + 1_000 };
        assert!(scanned.last().is_some_and(|read| (lines..=most).contains(read)), "{scanned:?} {lines}, by {}", explanation.engine);
    }
}

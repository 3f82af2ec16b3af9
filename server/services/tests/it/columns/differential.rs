//! Questions by chance, answered by the database and by the copy: equal to the cent, and in order.

use super::generated::{Values, questions};
use super::{either, reindex, with_copies};
use crate::analytics::facts::{generate, store};
use crate::sources::{bring_file, real_file};
use crate::support::TestServices;
use domain::question::Question;
use domain::semantic::DIMENSIONS;
use services::Actor;
use services::analytics::{self, EngineName};

/// So many questions over each shop in every run; `TEST_QUESTIONS` asks for more.
const EVERY_RUN: usize = 120;

fn count() -> usize {
    crate::support::setting("TEST_QUESTIONS").and_then(|text| text.parse().ok()).unwrap_or(EVERY_RUN)
}

/// The values that a shop's dimensions have, a few of each.
async fn values(services: &TestServices, actor: &Actor) -> Values {
    let mut values = Values::new();
    for entry in DIMENSIONS {
        let json = serde_json::json!({"measures": ["orders"], "dimensions": [entry.name], "limit": 40});
        let Ok(question) = serde_json::from_value::<Question>(json) else { continue };
        let Ok(answer) = analytics::answer_by(services, actor, &question, EngineName::Sql).await else { continue };
        let words = answer.rows.iter().filter_map(|row| match &row[0] {
            domain::question::Cell::Text(text) => Some(text.clone()),
            domain::question::Cell::Int(number) => Some(number.to_string()),
            _ => None,
        });
        values.insert(entry.name, words.collect());
    }
    values
}

/// Days on which the shop sold.
async fn days(services: &TestServices, actor: &Actor) -> Vec<String> {
    let question = serde_json::from_str(r#"{"measures": ["orders"], "time": {"grain": "day"}}"#).expect("it reads");
    let answer = analytics::answer_by(services, actor, &question, EngineName::Sql).await.expect("an answer");
    answer.rows.iter().filter_map(|row| row[0].as_text().map(str::to_owned)).collect()
}

async fn agree(services: &TestServices, actor: &Actor, seed: u64, count: usize) {
    let (values, days) = (values(services, actor).await, days(services, actor).await);
    let mut with_rows = 0;
    for question in questions(seed, count, &values, &days) {
        let (sql, columns) = either(services, actor, &question).await;
        assert_eq!(columns, sql, "{}", serde_json::to_string(&question).expect("it writes"));
        with_rows += usize::from(sql.is_ok_and(|answer| !answer.rows.is_empty()));
    }
    assert!(with_rows * 2 > count, "most questions have an answer with rows, or they show nothing: {with_rows} of {count}");
}

#[tokio::test(flavor = "multi_thread")]
async fn generated_facts_give_equal_answers() {
    let services = with_copies().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(21, 1_500, &["GBP", "EUR"])).await;
    reindex(&services, &owner).await;
    agree(&services, &owner, 1, count()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_shop_gives_equal_answers() {
    let services = with_copies().await;
    let access = services::demo::seed(&services).await.expect("made");
    let owner = Actor::program(access.merchant_id);
    reindex(&services, &owner).await;
    agree(&services, &owner, 2, count()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_million_rows_of_a_real_shop_give_equal_answers() {
    let Some(file) = real_file("uci-online-retail/online_retail.csv.gz") else { return };
    let services = with_copies().await;
    let owner = services.owner("ada@example.com").await;
    bring_file(&services, &owner, &file).await;
    reindex(&services, &owner).await;
    agree(&services, &owner, 3, count()).await;
}

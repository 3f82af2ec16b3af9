//! Questions by chance, answered by the database and by the copy: equal to the cent, and in order.
//!
//! Run on PostgreSQL, the same facts are also kept in SQLite, and all three must agree.

use super::dressed::dress;
use super::generated::{Values, questions, uncovered};
use super::{ask, reindex, with_copies};
use crate::analytics::facts::{generate, store};
use crate::sources::{bring_file, real_file};
use crate::support::{TestServices, say, setting};
use domain::accounts::MerchantPatch;
use domain::question::{Cell, Question};
use domain::semantic::DIMENSIONS;
use services::Actor;
use services::accounts;
use services::analytics::{self, EngineName};
use services::config::{ColumnsUse, ServicesConfig};
use std::time::Instant;

/// So many questions over each shop in every run; `TEST_QUESTIONS` asks for more.
const EVERY_RUN: usize = 120;

fn count(usual: usize) -> usize {
    setting("TEST_QUESTIONS").and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The same shop in one database.
struct Shop {
    services: TestServices,
    owner: Actor,
}

/// The same shop in the database of this run, and in SQLite where that is another; its fiscal years begin in that month.
async fn shops(year_start: u32, fill: impl AsyncFn(&TestServices) -> Actor) -> Vec<Shop> {
    let mut all = vec![with_copies().await];
    if setting("TEST_DATABASE_URL").is_some() {
        let embedded = |config: &mut ServicesConfig| {
            config.database_url = ServicesConfig::embedded(config.data_dir.clone()).database_url;
            config.columns = ColumnsUse::Never;
        };
        all.push(TestServices::start_configured(embedded).await);
    }
    let mut shops = Vec::new();
    for services in all {
        let owner = fill(&services).await;
        let shop = accounts::merchant(&services, owner.merchant_id).await.expect("a shop");
        let (name, currency, time_zone) = (shop.name, shop.currency.to_string(), shop.time_zone);
        let patch = MerchantPatch { name, currency, time_zone, week_start: shop.week_start, fiscal_year_start: Some(year_start) };
        accounts::update_merchant(&services, &owner, patch).await.expect("an owner may");
        if services.config.columns == ColumnsUse::Always {
            reindex(&services, &owner).await;
        }
        shops.push(Shop { services, owner });
    }
    shops
}

/// The values that a shop's dimensions have, some of each.
async fn values(shop: &Shop) -> Values {
    let mut values = Values::new();
    for entry in DIMENSIONS {
        let json = serde_json::json!({"measures": ["net_sales"], "dimensions": [entry.name], "limit": 60, "order": [{"by": entry.name}]});
        let Ok(question) = serde_json::from_value::<Question>(json) else { continue };
        let answer = analytics::answer_by(&shop.services, &shop.owner, &question, EngineName::Sql).await.expect("an answer");
        let words = answer.rows.iter().filter_map(|row| match &row[0] {
            Cell::Text(text) => Some(text.clone()),
            Cell::Int(number) => Some(number.to_string()),
            _ => None,
        });
        values.insert(entry.name, words.collect());
    }
    values
}

/// Days on which the shop sold.
async fn days(shop: &Shop) -> Vec<String> {
    let question = serde_json::from_str(r#"{"measures": ["orders"], "time": {"grain": "day"}}"#).expect("it reads");
    let answer = analytics::answer_by(&shop.services, &shop.owner, &question, EngineName::Sql).await.expect("an answer");
    answer.rows.iter().filter_map(|row| row[0].as_text().map(str::to_owned)).collect()
}

/// Every question has the same answer everywhere, or is refused everywhere with the same words.
async fn agree(name: &str, shops: &[Shop], seed: u64, count: usize) {
    let first = &shops[0];
    let (values, days) = (values(first).await, days(first).await);
    let questions = questions(seed, count, &values, &days);
    if count >= EVERY_RUN {
        assert_eq!(uncovered(&questions), [""; 0], "every part of the semantic layer is asked for");
    }
    let started = Instant::now();
    let (mut with_rows, mut refused, mut different) = (0, 0, Vec::new());
    for question in &questions {
        let expected = ask(&first.services, &first.owner, question, EngineName::Sql).await;
        let mut others = vec![("columns", ask(&first.services, &first.owner, question, EngineName::Columns).await)];
        for shop in &shops[1..] {
            others.push(("SQLite", ask(&shop.services, &shop.owner, question, EngineName::Sql).await));
        }
        with_rows += usize::from(expected.as_ref().is_ok_and(|answer| !answer.rows.is_empty()));
        refused += usize::from(expected.is_err());
        for (engine, answer) in others.into_iter().filter(|(_, answer)| *answer != expected) {
            let question = serde_json::to_string(question).expect("it writes");
            different.push(format!("{question}\n   {engine}: {answer:?}\n   database: {expected:?}"));
        }
        assert!(different.len() < 5, "{}", different.join("\n\n"));
    }
    assert!(different.is_empty(), "{}", different.join("\n\n"));
    let seconds = started.elapsed().as_secs();
    let engines = if shops.len() > 1 { "PostgreSQL, columns, SQLite" } else { "the database, columns" };
    say(&format!("{name}: {count} questions, seed {seed}, {engines}: equal; {with_rows} with rows, {refused} refused alike, {seconds} s"));
    assert!(with_rows * 2 > count, "most questions have an answer with rows, or they show nothing: {with_rows} of {count}");
}

#[tokio::test(flavor = "multi_thread")]
async fn generated_facts_give_equal_answers() {
    let shops = shops(4, async |services| {
        let owner = services.owner("ada@example.com").await;
        store(services, &owner, &generate(21, 1_500, &["GBP", "EUR"])).await;
        dress(services, &owner).await;
        owner
    });
    agree("two currencies", &shops.await, 1, count(EVERY_RUN)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_shop_gives_equal_answers() {
    let shops = shops(7, async |services| {
        let owner = Actor::program(services::demo::seed(services).await.expect("made").merchant_id);
        dress(services, &owner).await;
        owner
    });
    agree("the demo shop", &shops.await, 2, count(150)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_million_rows_of_a_real_shop_give_equal_answers() {
    let Some(file) = real_file("uci-online-retail/online_retail.csv.gz") else { return };
    let shops = shops(2, async |services| {
        let owner = services.owner("ada@example.com").await;
        bring_file(services, &owner, &file).await;
        owner
    });
    agree("UCI", &shops.await, 3, count(25)).await;
}

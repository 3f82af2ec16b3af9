//! Measures, dimensions, grains and filters in many combinations.

use domain::question::{Answer, Question};
use services::analytics::answer;

use super::expected::{Rows, rows, word};
use super::facts::{generate, store};
use crate::support::TestServices;

const ALL: &str = r#"["net_sales", "gross_sales", "discounts", "returns", "orders", "average_order_value", "units", "customers"]"#;

fn question(rest: &str) -> Question {
    serde_json::from_str(&format!(r#"{{"measures": {ALL}{rest}}}"#)).expect("it reads")
}

pub(super) fn keyed(answer: &Answer, question: &Question) -> Rows {
    let keys = usize::from(question.grain().is_some()) + question.dimensions.len();
    let rows: Rows = answer.rows.iter().map(|row| (row[..keys].iter().map(word).collect(), row[keys..].to_vec())).collect();
    assert_eq!(rows.len(), answer.rows.len(), "no key stands twice");
    rows
}

#[tokio::test]
async fn every_measure_equals_plain_loops_over_the_lines() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(1, 900, &["GBP"]);
    store(&services, &owner, &orders).await;
    let time = r#""time": {"from": "2010-02-03", "to": "2011-11-30""#;
    let splits = [
        String::new(),
        format!(", {time}}}"),
        r#", "dimensions": ["country"]"#.to_owned(),
        r#", "dimensions": ["city", "channel"]"#.to_owned(),
        r#", "dimensions": ["weekday", "hour"]"#.to_owned(),
        r#", "dimensions": ["source"], "time": {"grain": "year"}"#.to_owned(),
        r#", "dimensions": ["product"]"#.to_owned(),
        r#", "dimensions": ["product", "source", "sku", "city"]"#.to_owned(),
        r#", "dimensions": ["store"]"#.to_owned(),
        r#", "dimensions": ["store", "source", "product"]"#.to_owned(),
        format!(r#", "dimensions": ["sku"], {time}, "grain": "quarter"}}"#),
        format!(r#", {time}, "grain": "day"}}"#),
        format!(r#", {time}, "grain": "week"}}"#),
        format!(r#", {time}, "grain": "month"}}"#),
    ];
    let filters = [
        "",
        r#", "filters": [{"dimension": "country", "op": "in", "values": ["GB", "FR"]}]"#,
        r#", "filters": [{"dimension": "country", "op": "not_in", "values": ["GB"]}, {"dimension": "channel", "op": "in", "values": ["online"]}]"#,
        r#", "filters": [{"dimension": "product", "op": "in", "values": ["Mug", "Tea's towel"]}]"#,
        r#", "filters": [{"dimension": "sku", "op": "not_in", "values": ["MUG"]}, {"dimension": "city", "op": "not_in", "values": ["Berlin"]}]"#,
        r#", "filters": [{"dimension": "weekday", "op": "in", "values": ["6", "7"]}, {"dimension": "hour", "op": "not_in", "values": ["0"]}]"#,
        r#", "filters": [{"dimension": "source", "op": "in", "values": ["Till"]}, {"dimension": "city", "op": "in", "values": ["São Paulo"]}]"#,
        r#", "filters": [{"dimension": "product", "op": "in", "values": ["nothing like it"]}]"#,
        r#", "filters": [{"dimension": "store", "op": "in", "values": ["York", "Till"]}]"#,
        r#", "filters": [{"dimension": "store", "op": "not_in", "values": ["Till"]}, {"dimension": "sku", "op": "in", "values": ["MUG", "BOWL"]}]"#,
    ];
    for split in &splits {
        for filter in filters {
            let question = question(&format!("{split}{filter}"));
            let answer = answer(&services, &owner, question.clone()).await.unwrap_or_else(|error| panic!("{split}{filter}: {error:?}"));
            assert_eq!(keyed(&answer, &question), rows(&orders, &question, 1), "{split}{filter}");
            assert!(!answer.truncated);
        }
    }
}

#[tokio::test]
async fn stated_totals_are_summed_once_an_order() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(2, 300, &["GBP"]);
    store(&services, &owner, &orders).await;
    for rest in ["", r#", "dimensions": ["country"]"#, r#", "time": {"grain": "month"}"#] {
        let question: Question = serde_json::from_str(&format!(r#"{{"measures": ["total_sales", "orders"]{rest}}}"#)).expect("it reads");
        let answer = answer(&services, &owner, question.clone()).await.expect("an answer");
        assert_eq!(keyed(&answer, &question), rows(&orders, &question, 1), "{rest}");
    }
}

#[tokio::test]
async fn weeks_begin_on_the_shops_first_day() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(3, 300, &["GBP"]);
    store(&services, &owner, &orders).await;
    for week_start in [1, 6, 7] {
        let patch = domain::accounts::MerchantPatch {
            name: "Shop".to_owned(),
            currency: "GBP".to_owned(),
            time_zone: "Europe/London".to_owned(),
            week_start,
            fiscal_year_start: None,
        };
        services::accounts::update_merchant(&services, &owner, patch).await.expect("an owner may");
        let question = question(r#", "time": {"grain": "week"}"#);
        let answer = answer(&services, &owner, question.clone()).await.expect("an answer");
        assert_eq!(keyed(&answer, &question), rows(&orders, &question, week_start), "{week_start}");
    }
}

#[tokio::test]
async fn a_comparison_stands_beside_each_row() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(4, 600, &["GBP"]);
    store(&services, &owner, &orders).await;
    let rest = r#", "dimensions": ["country"], "time": {"from": "2011-03-01", "to": "2011-03-31"}"#;
    let with = question(&format!(r#"{rest}, "compare": "previous_period""#));
    let answered = answer(&services, &owner, with.clone()).await.expect("an answer");
    assert_eq!(answered.columns.last().map(|column| column.name.as_str()), Some("customers_compared"));
    let before = rows(&orders, &question(&rest.replace("03-01", "02-01").replace("03-31", "02-28")), 1);
    let now = rows(&orders, &question(rest), 1);
    for (key, cells) in keyed(&answered, &with) {
        let expected = [now[&key].clone(), before[&key].clone()].concat();
        assert_eq!(cells, expected, "{key:?}");
    }
    let over_time = question(r#", "time": {"from": "2011-03-01", "to": "2011-04-30", "grain": "month"}, "compare": "last_year""#);
    let answered = answer(&services, &owner, over_time.clone()).await.expect("an answer");
    let year_before = rows(&orders, &question(r#", "time": {"from": "2010-03-01", "to": "2010-04-30", "grain": "month"}"#), 1);
    let expected: Vec<_> = year_before.into_values().collect();
    assert_eq!(answered.rows.iter().map(|row| row[9..].to_vec()).collect::<Vec<_>>(), expected);
}

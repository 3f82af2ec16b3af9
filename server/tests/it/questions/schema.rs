//! The published schema of questions, tried with questions that are right and wrong.

use crate::support::{Member, TestApp, call};
use domain::question::Question;
use domain::semantic::{DIMENSIONS, MEASURES};
use serde_json::{Map, Value, json};

/// Whether a value fits a schema; knows the words that our schemas use, and none else.
fn fits(schema: &Value, value: &Value, root: &Value) -> bool {
    let Some(schema) = schema.as_object() else { return true };
    schema.iter().all(|(word, rule)| match word.as_str() {
        "$ref" => rule.as_str().and_then(|path| root.pointer(path.trim_start_matches('#'))).is_some_and(|schema| fits(schema, value, root)),
        "type" => rule.as_array().map_or_else(|| is_of(rule, value), |types| types.iter().any(|one| is_of(one, value))),
        "enum" => rule.as_array().is_some_and(|values| values.contains(value)),
        "oneOf" => rule.as_array().is_some_and(|all| all.iter().filter(|schema| fits(schema, value, root)).count() == 1),
        "properties" => value.as_object().is_none_or(|object| properties_fit(rule, object, root)),
        "required" => value.as_object().is_none_or(|object| {
            rule.as_array().is_some_and(|names| names.iter().all(|name| name.as_str().is_some_and(|name| object.contains_key(name))))
        }),
        "additionalProperties" => {
            value.as_object().is_none_or(|object| object.keys().all(|name| *rule != json!(false) || !schema["properties"][name].is_null()))
        }
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| fits(rule, item, root))),
        "minimum" => value.as_f64().is_none_or(|number| rule.as_f64().is_some_and(|least| number >= least)),
        "maximum" => value.as_f64().is_none_or(|number| rule.as_f64().is_some_and(|most| number <= most)),
        "description" | "title" | "format" | "example" | "default" | "$defs" | "$schema" => true,
        other => panic!("the schema says {other}, which this test does not know"),
    })
}

fn properties_fit(rule: &Value, object: &Map<String, Value>, root: &Value) -> bool {
    object.iter().all(|(name, value)| rule.get(name).is_none_or(|schema| fits(schema, value, root)))
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("null") => value.is_null(),
        other => panic!("the schema says {other:?}, which this test does not know"),
    }
}

async fn published() -> Value {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let response = owner.get(&app, "/api/v1/question-schema").send().await.expect("an answer");
    assert_eq!(response.headers()["content-type"], "application/schema+json");
    let text = response.text().await.expect("a body");
    assert_eq!(call(app.get("/api/v1/question-schema")).await.0, 401);
    serde_json::from_str(&text).expect("JSON")
}

/// Questions of every shape, made of every measure and dimension.
fn generated() -> Vec<Value> {
    let mut questions = Vec::new();
    let ops = ["in", "not_in", "between", "contains", "is_empty", "is_not_empty", "top", "bottom"];
    let compares = [json!("previous_period"), json!("last_year"), json!({"dimension": "country", "values": ["DE"]}), json!({"rest_of": "country"})];
    let transforms = ["growth", "share_of_total", "running_total", "moving_average"];
    let grains = ["day", "week", "month", "quarter", "year"];
    for (index, measure) in MEASURES.iter().enumerate() {
        for (other, dimension) in DIMENSIONS.iter().enumerate() {
            let pick = index + other;
            questions.push(json!({
                "measures": [measure.name],
                "dimensions": [dimension.name],
                "time": {"from": "2011-01-01", "grain": grains[pick % grains.len()]},
                "filters": [{"dimension": dimension.name, "op": ops[pick % ops.len()], "values": ["a"], "n": pick, "by": measure.name}],
                "having": [{"measure": measure.name, "op": "at_least", "value": pick as f64 / 4.0}],
                "derived": [{"measure": measure.name, "as": transforms[pick % transforms.len()], "over": 3}],
                "order": [{"by": measure.name, "desc": pick % 2 == 0}],
                "limit": 1 + pick,
                "compare": compares[pick % compares.len()],
            }));
        }
    }
    questions
}

#[tokio::test]
async fn the_schema_takes_every_question_that_reads() {
    let schema = published().await;
    let questions = generated();
    assert_eq!(questions.len(), MEASURES.len() * DIMENSIONS.len());
    for question in questions {
        assert!(serde_json::from_value::<Question>(question.clone()).is_ok(), "{question}");
        assert!(fits(&schema, &question, &schema), "{question}");
    }
    assert!(fits(&schema, &json!({"measures": ["net_sales"]}), &schema));
}

#[tokio::test]
async fn the_schema_refuses_what_does_not_read() {
    let schema = published().await;
    for wrong in [
        json!({}),
        json!([]),
        json!({"measures": ["net_sale"]}),
        json!({"measures": "net_sales"}),
        json!({"measures": ["orders"], "dimension": ["country"]}),
        json!({"measures": ["orders"], "dimensions": ["contry"]}),
        json!({"measures": ["orders"], "filters": [{"dimension": "country", "op": "like", "values": ["x"]}]}),
        json!({"measures": ["orders"], "filters": [{"dimension": "country", "values": ["x"]}]}),
        json!({"measures": ["orders"], "having": [{"measure": "orders", "op": "at_least", "value": 1e300}]}),
        json!({"measures": ["orders"], "derived": [{"measure": "orders", "as": "square"}]}),
        json!({"measures": ["orders"], "compare": "next_year"}),
        json!({"measures": ["orders"], "limit": -1}),
    ] {
        assert!(serde_json::from_value::<Question>(wrong.clone()).is_err(), "{wrong} reads");
        assert!(!fits(&schema, &wrong, &schema), "{wrong} fits");
    }
}

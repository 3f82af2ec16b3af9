//! Questions: one, many at once, how one is answered, and what can be asked.

use crate::extract::Json;
use crate::http::access::Asker;
use crate::problem;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, header};
use bytes::Bytes;
use domain::question::{Answer, BatchItem, BatchQuestions, Explanation, Question};
use domain::semantic::{DIMENSIONS, DimensionFacts, MEASURES, MeasureFacts};
use futures::StreamExt as _;
use serde::Serialize;
use serde_json::{Value, json};
use services::{Services, analytics};
use std::convert::Infallible;
use utoipa::{PartialSchema as _, ToSchema as _};

/// The media type of JSON values, one a line.
pub(crate) const LINES: &str = "application/x-ndjson";

/// Answers a question: measures, split by dimensions and time, filtered, ranked, ordered, compared, with columns worked out from them.
///
/// The same as `POST /api/v1/query`.
#[utoipa::path(post, path = "/api/v1/questions", tag = "Figures", request_body(content = Question, example = json!({
    "measures": ["net_sales", "orders"], "dimensions": ["country"], "time": {"from": "2011-01-01", "to": "2011-11-30", "grain": "month"},
    "filters": [{"dimension": "country", "op": "top", "n": 5, "by": "net_sales"}],
    "having": [{"measure": "orders", "op": "at_least", "value": 10}],
    "derived": [{"measure": "net_sales", "as": "growth"}]
})), responses((status = 200, body = Answer)))]
pub(crate) async fn ask(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(question): Json<Question>,
) -> problem::Answer<axum::Json<Answer>> {
    Ok(axum::Json(analytics::answer(&services, &actor, question).await?))
}

/// Tells how a question is answered: its statements with their plans, the rows they read and their times. Values are told by number only.
#[utoipa::path(post, path = "/api/v1/questions/explain", tag = "Figures", request_body = Question, responses((status = 200, body = Explanation)))]
pub(crate) async fn explain(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(question): Json<Question>,
) -> problem::Answer<axum::Json<Explanation>> {
    Ok(axum::Json(analytics::explain(&services, &actor, question).await?))
}

/// Answers up to fifty questions at once: a board's cards. Each line of the answer is one item, as soon as it is ready; `index` says which.
///
/// What is wrong with one question stands in its item and leaves the others alone.
#[utoipa::path(post, path = "/api/v1/questions/batch", tag = "Figures", request_body(content = BatchQuestions, example = json!({
    "questions": [{"measures": ["net_sales"]}, {"measures": ["orders"], "dimensions": ["country"]}]
})), responses((status = 200, body = BatchItem, content_type = "application/x-ndjson")))]
pub(crate) async fn batch(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(questions): Json<BatchQuestions>,
) -> problem::Answer<([(HeaderName, &'static str); 1], Body)> {
    let items = analytics::answer_batch(services, actor, questions)?;
    Ok(([(header::CONTENT_TYPE, LINES)], Body::from_stream(items.map(|item| Ok::<_, Infallible>(line(&item))))))
}

/// A value in its line.
pub(super) fn line(item: &impl Serialize) -> Bytes {
    let mut line = serde_json::to_vec(item).expect("an item is made of texts and numbers");
    line.push(b'\n');
    line.into()
}

/// Every measure that can be asked for: names, definition, unit, what it can be split by, and who may see it.
#[utoipa::path(get, path = "/api/v1/measures", tag = "Figures", responses((status = 200, body = [MeasureFacts])))]
pub(crate) async fn list_measures() -> axum::Json<Vec<MeasureFacts>> {
    axum::Json(MEASURES.iter().map(MeasureFacts::from).collect())
}

/// Every dimension that figures can be split and filtered by: names, definition, kind of values, what it splits, and who may see it.
#[utoipa::path(get, path = "/api/v1/dimensions", tag = "Figures", responses((status = 200, body = [DimensionFacts])))]
pub(crate) async fn list_dimensions() -> axum::Json<Vec<DimensionFacts>> {
    axum::Json(DIMENSIONS.iter().map(DimensionFacts::from).collect())
}

/// The JSON Schema (draft 2020-12) of a question.
#[utoipa::path(get, path = "/api/v1/question-schema", tag = "Figures",
    responses((status = 200, body = serde_json::Value, content_type = "application/schema+json")))]
pub(crate) async fn question_schema() -> ([(HeaderName, &'static str); 1], String) {
    ([(header::CONTENT_TYPE, "application/schema+json")], schema().to_string())
}

/// Made of the same types as the document of the API, so that they cannot differ.
fn schema() -> Value {
    let mut parts = vec![(Question::name().into_owned(), Question::schema())];
    Question::schemas(&mut parts);
    let definitions: serde_json::Map<String, Value> =
        parts.into_iter().map(|(name, schema)| (name, serde_json::to_value(schema).unwrap_or_default())).collect();
    let text = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A question",
        "$ref": format!("#/components/schemas/{}", Question::name()),
        "$defs": definitions,
    });
    serde_json::from_str(&text.to_string().replace("#/components/schemas/", "#/$defs/")).unwrap_or_default()
}

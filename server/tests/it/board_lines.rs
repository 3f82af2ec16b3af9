//! Boards in lines, for programs and for pages.

use crate::support::{Member, SALES, TestApp, call};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use server::pages::SERVER_FUNCTIONS;

const LINES: &str = "application/x-ndjson";

async fn shop() -> (TestApp, Member) {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    owner.upload(&app, SALES).await;
    (app, owner)
}

/// The answer to a browser or program that would take it compressed; a stream is not, or its lines would wait for each other.
async fn streamed(request: RequestBuilder) -> Response {
    let response = request.header("accept-encoding", "gzip, br").send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert!(!response.headers().contains_key("content-encoding") && !response.headers().contains_key("content-length"), "{:?}", response.headers());
    response
}

async fn lines(response: Response) -> Vec<Value> {
    let text = response.text().await.expect("a body");
    assert!(text.ends_with('\n'));
    text.lines().map(|line| serde_json::from_str(line).expect("JSON in every line")).collect()
}

/// Cards come as they are ready: each says its place.
fn in_order(cards: &[Value], place: impl Fn(&Value) -> &Value) -> Vec<Value> {
    let mut cards = cards.to_vec();
    cards.sort_by_key(|card| place(card).as_u64().expect("a place"));
    cards
}

#[tokio::test]
async fn a_board_comes_in_lines_that_add_up_to_the_whole() {
    let (app, owner) = shop().await;
    let path = "/api/v1/dashboards/overview?range=all";
    let response = streamed(owner.get(&app, path).header("accept", LINES)).await;
    assert_eq!(response.headers()["content-type"], LINES);
    assert_eq!(response.headers()["cache-control"], "no-store");
    let lines = lines(response).await;
    let (_, mut whole) = call(owner.get(&app, path)).await;
    let [head, cards @ .., end] = lines.as_slice() else { panic!("{lines:?}") };
    let cards = in_order(cards, |line| &line["card"]["shown"]["place"]);
    assert_eq!(end, &json!({"end": true}));
    assert!(cards.len() > 2 && cards.iter().all(|line| line["card"].is_object()), "{cards:?}");
    let of_cards = |part: &str| cards.iter().map(|line| line["card"][part].clone()).collect::<Vec<_>>();
    assert_eq!((json!(of_cards("asked")), json!(of_cards("shown"))), (whole["cards"].take(), whole["views"].take()));
    (whole["cards"], whole["views"]) = (json!([]), json!([]));
    assert_eq!(head["head"], whole);
}

#[tokio::test]
async fn what_is_refused_has_its_status_and_no_lines() {
    let (app, owner) = shop().await;
    let stranger = Member::owner(&app).await;
    let input = json!({"title": "Monday", "cards": [{"question": {"measures": ["orders"]}}]});
    let (_, saved) = call(owner.post(&app, "/api/v1/dashboards", &input)).await;
    let path = format!("/api/v1/dashboards/{}", saved["id"].as_str().expect("an id"));
    let refusals = [(app.get(&path), 401), (stranger.get(&app, &path), 404), (owner.get(&app, "/api/v1/dashboards/nonsense"), 404)];
    for (request, expected) in refusals {
        let (status, problem) = call(request.header("accept", LINES)).await;
        assert_eq!((status, &problem["status"]), (expected, &json!(expected)), "{problem}");
    }
    let (status, whole) = call(owner.get(&app, &path).header("accept", "application/json")).await;
    assert_eq!((status, &whole["title"]), (200, &json!("Monday")));
}

#[tokio::test]
async fn pages_read_the_cards_that_they_do_not_have_in_lines() {
    let (app, owner) = shop().await;
    let board = "key=overview&query=range%3Dall";
    let ask = |function: &str, query: &str| {
        let path = format!("{SERVER_FUNCTIONS}dashboards/{function}?{query}");
        app.get(&path).header("cookie", format!("tradepost_access={}", owner.access)).header("sec-fetch-site", "same-origin")
    };
    let (_, whole) = call(ask("board", &format!("{board}&whole=true"))).await;
    assert_eq!(whole["rest"], Value::Null);
    let cards = whole["cards"].as_array().expect("cards");
    let places: Vec<u64> = cards.iter().map(|card| card[1]["place"].as_u64().expect("a place")).collect();
    for has in [&[][..], &places[1..3], &places] {
        let words: Vec<String> = has.iter().map(u64::to_string).collect();
        let query = if has.is_empty() { board.to_owned() } else { format!("{board}&ticket=nobody%27s&has={}", words.join("%2C")) };
        let lines = lines(streamed(ask("rest", &query)).await).await;
        let [pulse, told @ .., Value::Null] = lines.as_slice() else { panic!("{lines:?}") };
        assert_eq!(*pulse, whole["pulse"]);
        let expected: Vec<Value> = cards.iter().zip(&places).filter(|(_, place)| !has.contains(place)).map(|(card, _)| card.clone()).collect();
        assert_eq!(in_order(told, |card| &card[1]["place"]), expected, "has {has:?}");
    }
}

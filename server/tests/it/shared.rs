//! Public links as browsers and strangers meet them: pages, headers, and all that a link does not open.

use crate::support::{Member, SALES, TestApp, call};
use reqwest::header::HeaderMap;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use server::listener::Limits;
use services::clock::SystemClock;
use std::sync::Arc;

const CARDS: &str =
    r#"[{"question": {"measures": ["net_sales"]}}, {"question": {"measures": ["orders"], "dimensions": ["country"]}, "picture": "table"}]"#;

struct Shared {
    owner: Member,
    board: String,
    link: String,
    token: String,
    made: Value,
}

/// A board with two cards and a link to it.
async fn shared(app: &TestApp) -> Shared {
    let owner = Member::owner(app).await;
    owner.upload(app, SALES).await;
    let cards: Value = serde_json::from_str(CARDS).expect("cards");
    let (_, board) = call(owner.post(app, "/api/v1/dashboards", &json!({"title": "Monday morning", "cards": cards}))).await;
    let board = board["id"].as_str().expect("an id").to_owned();
    let input = json!({"name": "Screen", "days": 30, "view": "range=all"});
    let (status, made) = call(owner.post(app, &format!("/api/v1/dashboards/{board}/links"), &input)).await;
    assert_eq!(status, 201, "{made}");
    let url = made["url"].as_str().expect("an address");
    let token = url.rsplit_once('/').expect("a token").1.to_owned();
    Shared { link: made["link"]["id"].as_str().expect("an id").to_owned(), owner, board, token, made }
}

async fn page(app: &TestApp, token: &str) -> Response {
    app.get(&format!("/shared/{token}")).header("accept", "text/html").send().await.expect("an answer")
}

fn directive<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let policy = headers["content-security-policy"].to_str().expect("ASCII");
    policy.split(';').map(str::trim).find_map(|part| part.strip_prefix(name)).unwrap_or_else(|| panic!("no {name}: {policy}")).trim()
}

#[tokio::test]
async fn a_stranger_sees_the_board_and_nothing_around_it() {
    let app = TestApp::start().await;
    let shared = shared(&app).await;
    let response = page(&app, &shared.token).await;
    assert_eq!(response.status(), 200);
    let headers = response.headers().clone();
    assert_eq!((&headers["cache-control"], &headers["referrer-policy"]), (&"no-store".parse().unwrap(), &"no-referrer".parse().unwrap()));
    assert!(headers["x-robots-tag"].to_str().is_ok_and(|robots| robots.contains("noindex")));
    assert_eq!(
        (directive(&headers, "default-src"), directive(&headers, "frame-src"), directive(&headers, "form-action")),
        ("'none'", "'none'", "'none'")
    );
    assert_eq!(directive(&headers, "frame-ancestors"), "'self'", "no other site may show it unless it is named");
    assert!(headers.get("set-cookie").is_none());
    let text = response.text().await.expect("a page");
    assert!(text.contains("Monday morning") && text.contains("Net sales"), "{text}");
    assert!(text.contains("name=\"robots\"") && !text.contains("class=\"rail") && !text.contains(&shared.owner.email), "{text}");
}

#[tokio::test]
async fn sites_that_were_named_may_frame_links_and_only_links() {
    let settings = [("TRADEPOST_EMBED_ORIGINS", "https://www.example.com, http://127.0.0.1:8080")];
    let app = TestApp::with(&settings, Limits::default(), Arc::new(SystemClock)).await;
    let shared = shared(&app).await;
    assert_eq!(directive(page(&app, &shared.token).await.headers(), "frame-ancestors"), "'self' https://www.example.com http://127.0.0.1:8080");
    assert_eq!(shared.made["embed_origins"], json!(["https://www.example.com", "http://127.0.0.1:8080"]));
    let code = shared.made["embed_code"].as_str().expect("HTML");
    assert!(code.starts_with("<iframe src=\"") && code.contains(&shared.token) && code.contains("title=\"Monday morning\""), "{code}");
    for path in ["/", "/sign-in", "/sales", "/dashboards/overview", "/dashboards/overview/tv", "/api/v1/me"] {
        for request in [app.get(path), shared.owner.get(&app, path)] {
            let headers = request.send().await.expect("an answer").headers().clone();
            assert_eq!(directive(&headers, "frame-ancestors"), "'self'", "{path}");
        }
    }
}

#[tokio::test]
async fn nothing_but_the_token_counts() {
    let app = TestApp::start().await;
    let shared = shared(&app).await;
    let ask = async |more: &str| call(app.get(&format!("/api/fn/dashboards/shared?token={}{more}", shared.token))).await;
    let (status, plain) = ask("").await;
    assert!(status == 200 && plain["title"] == "Monday morning" && plain["cards"].as_array().is_some_and(|cards| cards.len() == 2), "{plain}");
    for more in ["&key=overview", "&query=range%3D2024-01-01..2024-01-01", "&country=DE&range=7d", "&card=7", "&view=country%3DDE"] {
        let (status, body) = ask(more).await;
        let same = |part: &str| body[part] == plain[part];
        assert!(status == 200 && same("title") && same("range") && same("filters") && same("cards"), "{more}: {status} {body}");
    }
    let words = async |query: &str| {
        let text = page(&app, &format!("{}{query}", shared.token)).await.text().await.expect("a page");
        text.split("sheet-words").nth(1).and_then(|rest| rest.split("</span>").next()).expect("its days in words").to_owned()
    };
    assert_eq!(words("?range=2024-01-01..2024-01-01&country=DE").await, words("").await);
}

#[tokio::test]
async fn a_token_opens_no_other_door() {
    let app = TestApp::start().await;
    let shared = shared(&app).await;
    let board = &shared.board;
    for path in [
        "/api/v1/me",
        "/api/v1/dashboards",
        &format!("/api/v1/dashboards/{board}"),
        &format!("/api/v1/dashboards/{board}/cards/0/table.csv"),
        &format!("/api/v1/dashboards/{board}/pdf"),
    ] {
        assert_eq!(call(app.get(path).bearer_auth(&shared.token)).await.0, 401, "{path}");
        assert_eq!(call(app.get(path).header("cookie", format!("tradepost_access={}", shared.token))).await.0, 401, "{path}");
    }
    for function in [format!("dashboards/board?key={board}&query="), "dashboards/list?".to_owned(), format!("dashboards/links?key={board}")] {
        assert_eq!(call(app.get(&format!("/api/fn/{function}&token={}", shared.token))).await.0, 401, "{function}");
    }
}

#[tokio::test]
async fn a_closed_link_says_so_and_a_made_up_one_is_none() {
    let app = TestApp::start().await;
    let shared = shared(&app).await;
    let path = format!("/api/v1/dashboards/{}/links/{}", shared.board, shared.link);
    assert_eq!(call(shared.owner.request(&app, Method::DELETE, &path)).await.0, 204);
    assert_eq!(call(shared.owner.request(&app, Method::DELETE, &path)).await.0, 404);
    for (token, words) in [(shared.token.as_str(), "was closed"), ("made-up", "not whole"), ("%00", "not whole")] {
        let response = page(&app, token).await;
        assert_eq!(response.status(), 404, "{token}");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let text = response.text().await.expect("a page");
        assert!(text.to_lowercase().contains(words) && !text.contains("Monday morning"), "{token}: {text}");
    }
    let (_, listed) = call(shared.owner.get(&app, &format!("/api/v1/dashboards/{}/links", shared.board))).await;
    assert!(listed[0]["state"] == "revoked" && !listed.to_string().contains(&shared.token), "{listed}");
    let (_, audit) = call(shared.owner.get(&app, "/api/v1/audit")).await;
    let actions: Vec<&str> = audit.as_array().into_iter().flatten().filter_map(|entry| entry["action"].as_str()).collect();
    assert!(actions.contains(&"board_link.created") && actions.contains(&"board_link.revoked"), "{actions:?}");
    assert!(!audit.to_string().contains(&shared.token));
}

#[tokio::test]
async fn a_cards_table_comes_as_a_file_with_a_name() {
    let app = TestApp::start().await;
    let shared = shared(&app).await;
    let path = |card: &str, extension: &str| format!("/api/v1/dashboards/{}/cards/{card}/table.{extension}?range=all", shared.board);
    for (extension, kind) in [("csv", "text/csv; charset=utf-8"), ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")] {
        let response = shared.owner.get(&app, &path("1", extension)).send().await.expect("an answer");
        assert_eq!((response.status().as_u16(), &response.headers()["content-type"]), (200, &kind.parse().unwrap()));
        let disposition = response.headers()["content-disposition"].to_str().expect("ASCII").to_owned();
        assert!(
            disposition.starts_with("attachment; filename=\"monday-morning-orders-by-country-") && disposition.ends_with(&format!(".{extension}\"")),
            "{disposition}"
        );
        assert_eq!(response.headers()["cache-control"], "no-store");
    }
    let paper = format!("/api/v1/dashboards/{}/pdf?range=all", shared.board);
    let response = shared.owner.get(&app, &paper).send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), &response.headers()["content-type"]), (200, &"application/pdf".parse().unwrap()));
    assert!(response.headers()["content-disposition"].to_str().is_ok_and(|words| words.starts_with("attachment; filename=\"monday-morning-")));
    assert!(response.bytes().await.expect("a body").starts_with(b"%PDF-"));
    let stranger = Member::owner(&app).await;
    assert_eq!(call(stranger.get(&app, &paper)).await.0, 404);
    assert_eq!(call(shared.owner.get(&app, &paper.replace("/pdf?", "/docx?"))).await.0, 404);
    for card in ["0", "1"] {
        assert_eq!(call(stranger.get(&app, &path(card, "csv"))).await.0, 404);
    }
    for card in ["2", "-1", "first"] {
        assert_eq!(call(shared.owner.get(&app, &path(card, "csv"))).await.0, 404, "{card}");
    }
}

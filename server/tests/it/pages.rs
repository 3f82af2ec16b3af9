//! Pages as members and strangers get them.

use crate::support::{Member, SALES, TestApp};
use reqwest::Response;
use server::pages::{PUBLIC_PAGES, SHARED, listing};
use std::collections::BTreeSet;

const NOTHING: &str = "01890000-0000-7000-8000-000000000000";

/// All pages, with an id of nothing where one is asked for.
fn addresses() -> BTreeSet<String> {
    let filled = |path: &str| path.split('/').map(|part| if part.starts_with([':', '{']) { NOTHING } else { part }).collect::<Vec<_>>().join("/");
    let addresses: BTreeSet<String> = listing().iter().map(|page| filled(page.path())).collect();
    assert!(addresses.len() >= 15, "{addresses:?}");
    addresses
}

fn location(response: &Response) -> &str {
    response.headers().get("location").and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn strangers_see_public_pages_and_are_sent_from_the_others_to_sign_in() {
    let app = TestApp::start().await;
    for address in addresses() {
        let response = app.get(&address).send().await.expect("an answer");
        if address.starts_with(SHARED) {
            assert_eq!((response.status().as_u16(), location(&response)), (404, ""), "without its token, a link is none: {address}");
        } else if PUBLIC_PAGES.contains(&address.as_str()) {
            // Without its token, an invitation is none.
            assert_eq!(response.status(), if address == "/invitation" { 404 } else { 200 }, "{address}");
        } else {
            assert_eq!((response.status().as_u16(), location(&response)), (302, format!("/sign-in?next={address}").as_str()), "{address}");
        }
    }
}

#[tokio::test]
async fn members_see_their_pages_and_are_sent_from_the_welcome_page_to_their_figures() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    for address in addresses() {
        let response = page(&app, &owner, &address).await;
        let kept = if address.starts_with(SHARED) { "no-store" } else { "private, no-cache" };
        assert_eq!(response.headers()["cache-control"], kept, "{address}");
        let expected = match address.as_str() {
            "/" => (302, "/sales"),
            // There is no such upload or board, and without its token an invitation is none.
            _ if address.contains(NOTHING) || address == "/invitation" => (404, ""),
            _ => (200, ""),
        };
        assert_eq!((response.status().as_u16(), location(&response)), expected, "{address}");
    }
}

#[tokio::test]
async fn pages_of_another_shops_upload_do_not_exist() {
    let app = TestApp::start().await;
    let (owner, stranger) = (Member::owner(&app).await, Member::owner(&app).await);
    let upload = owner.upload(&app, SALES).await;
    let own = format!("/data/uploads/{}", upload["id"].as_str().expect("an id"));
    for address in [own.clone(), format!("{own}/mapping"), format!("{own}/quality"), format!("{own}/rows")] {
        assert_eq!(page(&app, &owner, &address).await.status(), 200, "{address}");
        let response = page(&app, &stranger, &address).await;
        assert_eq!(response.status(), 404, "{address}");
        let text = response.text().await.expect("a page");
        assert!(text.contains("There is nothing here") && !text.contains("sales.csv"), "{text}");
    }
    for address in ["/data/uploads/no-id", "/data/uploads/no-id/mapping", "/data/uploads/no-id/quality", "/data/uploads/no-id/rows"] {
        assert_eq!(page(&app, &owner, address).await.status(), 404, "{address}");
    }
}

/// A page as a member's browser asks for it.
async fn page(app: &TestApp, member: &Member, address: &str) -> Response {
    let cookie = format!("tradepost_access={}", member.access);
    app.get(address).header("cookie", cookie).header("accept", "text/html").send().await.expect("an answer")
}

#[tokio::test]
async fn a_page_that_is_none_says_so() {
    let app = TestApp::start().await;
    let response = app.get("/no/such/page").send().await.expect("an answer");
    assert_eq!(response.status(), 404);
    assert!(response.text().await.expect("a page").contains("<html"));
}

#[tokio::test]
async fn an_ended_access_cookie_is_renewed_by_the_refresh_cookie() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let response = app
        .get("/settings/security")
        .header("cookie", format!("tradepost_access=ended; tradepost_refresh={}", owner.refresh))
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), 200);
    let cookies: Vec<&str> = response.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()).collect();
    assert_eq!(cookies.len(), 2, "{cookies:?}");
    assert!(cookies.iter().all(|cookie| cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/")), "{cookies:?}");
    let made_up =
        app.get("/settings/security").header("cookie", "tradepost_access=ended; tradepost_refresh=made-up").send().await.expect("an answer");
    assert_eq!(made_up.status(), 302);
    assert!(made_up.headers().get_all("set-cookie").iter().all(|cookie| cookie.to_str().is_ok_and(|text| text.contains("Max-Age=0"))));
}

#[tokio::test]
async fn many_requests_of_one_page_may_renew_at_once() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let cookie = format!("tradepost_access=ended; tradepost_refresh={}", owner.refresh);
    let asked = (0..6).map(|_| app.get("/api/v1/me").header("cookie", &cookie).send());
    for response in futures::future::join_all(asked).await {
        let response = response.expect("an answer");
        let cookies: Vec<&str> = response.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()).collect();
        assert_eq!((response.status().as_u16(), cookies.len()), (200, 2), "{cookies:?}");
    }
}

//! Boards, pages of figures and analyses end in time, whatever they ask.

use std::time::Duration;

use domain::ErrorKind;
use domain::dashboards::{BoardCard, CardContent, DashboardView, SearchKind};
use domain::semantic::Measure;
use services::Actor;
use services::analytics::analyse;
use services::dashboards::{create_board, preview_card, sales, search, view_board, what_changed};

use crate::analytics::facts::{generate, store};
use crate::support::TestServices;

const SLOW: &str = r#"{"question": {"measures": ["customers", "orders", "new_customers", "repeat_rate", "cost"],
    "dimensions": ["hour", "country", "city", "product"], "time": {"grain": "day"}}, "picture": "table"}"#;

/// A shop whose questions may take so many milliseconds.
async fn shop(milliseconds: u64) -> (TestServices, Actor) {
    let services = TestServices::start_configured(|config| config.question_time = Duration::from_millis(milliseconds)).await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(6, 12_000, &["GBP"])).await;
    (services, owner)
}

fn took_too_long(content: &CardContent) -> bool {
    matches!(content, CardContent::Failed(words) if words.contains("takes too long"))
}

/// On a busy machine the time may be over before the cards are asked: then it is tried again.
async fn once_asked<T>(mut work: impl AsyncFnMut() -> services::Result<T>) -> T {
    for _ in 0..200 {
        match work().await.map_err(services::ServiceError::into_app) {
            Ok(done) => return done,
            Err(error) => assert_eq!(error.kind, ErrorKind::Unavailable, "{error:?}"),
        }
    }
    panic!("it was never asked");
}

#[tokio::test]
async fn a_card_that_takes_too_long_says_so_in_its_place() {
    let (services, owner) = shop(40).await;
    let all = DashboardView::from_pairs([("range", "all")]);
    let card: BoardCard = serde_json::from_str(SLOW).expect("it reads");
    let shown = once_asked(async || preview_card(&services, &owner, card.clone(), all.clone()).await).await;
    assert!(took_too_long(&shown.content), "{:?}", shown.content);
    let board = format!(r#"{{"title": "Slow", "cards": [{SLOW}]}}"#);
    let key = create_board(&services, &owner, serde_json::from_str(&board).expect("a board")).await.expect("it");
    let board = once_asked(async || view_board(&services, &owner, key, all.clone()).await).await;
    assert!(took_too_long(&board.views[0].content), "{:?}", board.views[0].content);
}

#[tokio::test]
async fn pages_of_figures_that_take_too_long_are_refused_and_others_are_read() {
    // No time at all: how fast the machine is does not matter.
    let (services, owner) = shop(0).await;
    let all = DashboardView::from_pairs([("range", "all"), ("compare", "none")]);
    let answers = [
        sales(&services, &owner, all.clone()).await.map(drop),
        what_changed(&services, &owner, Measure::NetSales, all).await.map(drop),
        analyse(&services, &owner, serde_json::from_str(r#"{"analysis": {"kind": "bought_together"}}"#).expect("it reads")).await.map(drop),
    ];
    for (place, answer) in answers.into_iter().enumerate() {
        let error = answer.expect_err("no time is not enough").into_app();
        assert!(error.kind == ErrorKind::Unavailable && error.retry_after.is_some(), "{place}: {error:?}");
    }
    let found = search(&services, &owner, "sales").await.expect("what needs no reading is found");
    assert!(found.iter().any(|result| result.kind == SearchKind::Measure), "{found:?}");
    for _ in 0..12 {
        let tx = services.db.read(owner.merchant_id).await.expect("a connection is free");
        let rows = entity::order_line::find(owner.merchant_id);
        assert!(sea_orm::PaginatorTrait::count(rows, &*tx).await.expect("it counts") > 12_000);
    }
}

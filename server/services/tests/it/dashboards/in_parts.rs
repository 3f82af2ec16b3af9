//! Boards in parts, and boards that are shown before all their cards are there.

use std::time::Duration;

use domain::dashboards::{AnnotationInput, BoardInput, BoardKey, BoardView, CardContent, DashboardView, StandardBoard};
use domain::{ErrorKind, Role};
use futures::StreamExt as _;
use services::dashboards::{BoardPart, create_annotation, create_board, stream_board, view_board, view_board_soon};
use services::{Actor, Services};

use crate::analytics::facts::{generate, store};
use crate::support::TestServices;

const SLOW: &str = r#"{"question": {"measures": ["customers", "orders", "new_customers", "repeat_rate", "cost"],
    "dimensions": ["hour", "country", "city", "product"], "time": {"grain": "day"}}, "picture": "table"}"#;
const LONG: Duration = Duration::from_secs(600);

fn november() -> DashboardView {
    DashboardView::from_pairs([("range", "2011-11-01..2011-11-30")])
}

fn input(cards: &str) -> BoardInput {
    serde_json::from_str(&format!(r#"{{"title": "Monday", "cards": {cards}}}"#)).expect("it reads")
}

/// What the parts of a board add up to: its head comes first, the end last, and nothing after it.
async fn put_together(services: &Services, actor: &Actor, key: BoardKey, view: DashboardView, after: Option<usize>) -> BoardView {
    let parts = stream_board(services, actor, key, view, after).await.expect("the board");
    let mut parts: Vec<BoardPart> = parts.map(|part| part.expect("a part")).collect().await;
    assert!(matches!(parts.pop(), Some(BoardPart::End)), "it ends");
    let mut parts = parts.into_iter();
    let Some(BoardPart::Head(board)) = parts.next() else { panic!("the head comes first") };
    let mut board = *board;
    assert!(board.cards.is_empty() && board.views.is_empty());
    for part in parts {
        let BoardPart::Card(card) = part else { panic!("{part:?}") };
        board.cards.push(card.0);
        board.views.push(card.1);
    }
    board
}

#[tokio::test]
async fn the_parts_of_every_board_add_up_to_the_whole() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
    let cards =
        r#"[{"question": {"measures": ["orders"]}, "over_time": true}, {"question": {"measures": ["net_sales"], "dimensions": ["product"]}}]"#;
    let own = create_board(&services, &owner, input(cards)).await.expect("a board");
    let boards: Vec<BoardKey> = StandardBoard::ALL.into_iter().map(BoardKey::Standard).chain([own]).collect();
    for key in &boards {
        let empty = put_together(&services, &owner, *key, november(), None).await;
        assert!(empty.data.is_none() && !empty.views.is_empty(), "{key}: without data all cards stand there");
        assert_eq!(empty, view_board(&services, &owner, *key, november()).await.expect("the board"), "{key}");
    }
    store(&services, &owner, &generate(4, 900, &["GBP"])).await;
    let day = "2011-11-11".parse().expect("a day");
    let note = AnnotationInput { from: day, to: None, text: "Everything 20 % off".to_owned(), is_shared: true };
    create_annotation(&services, &owner, note).await.expect("it is written");
    for key in &boards {
        for actor in [&owner, &viewer] {
            let parts = put_together(&services, actor, *key, november(), None).await;
            assert_eq!(parts, view_board(&services, actor, *key, november()).await.expect("the board"), "{key} as {}", actor.role);
        }
    }
}

#[tokio::test]
async fn cards_that_are_there_already_are_left_out_and_the_others_are_the_same() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(6, 500, &["GBP"])).await;
    let card = |measure: &&str| format!(r#"{{"question": {{"measures": ["{measure}"]}}}}"#);
    let cards: Vec<String> = ["net_sales", "orders", "customers", "tax", "repeat_rate"].iter().map(card).collect();
    let own = create_board(&services, &owner, input(&format!("[{}]", cards.join(", ")))).await.expect("a board");
    for key in [own, BoardKey::Standard(StandardBoard::Overview)] {
        // Asked first, so that nothing of it was kept: figures that are read together are told apart also where some are not wanted.
        let behind = put_together(&services, &owner, key, november(), Some(1)).await;
        let whole = view_board(&services, &owner, key, november()).await.expect("the board");
        assert!(whole.views.len() > 3, "{key}");
        assert_eq!(behind.views, whole.views.iter().filter(|card| card.place > 1).cloned().collect::<Vec<_>>(), "{key}");
        for after in whole.views.iter().map(|card| card.place).chain([usize::MAX]) {
            let rest = put_together(&services, &owner, key, november(), Some(after)).await;
            let expected: Vec<_> = whole.cards.iter().zip(&whole.views).filter(|(_, card)| card.place > after).collect();
            assert_eq!(rest.cards.iter().zip(&rest.views).collect::<Vec<_>>(), expected, "{key} after {after}");
        }
    }
}

#[tokio::test]
async fn a_board_is_shown_with_the_cards_that_are_there_soon() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(6, 12_000, &["GBP"])).await;
    let cards = format!(r#"[{{"question": {{"measures": ["orders"]}}}}, {SLOW}, {{"question": {{"measures": ["net_sales"]}}}}]"#);
    let key = create_board(&services, &owner, input(&cards)).await.expect("a board");
    let all = DashboardView::from_pairs([("range", "all")]);
    let (board, is_whole) = view_board_soon(&services, &owner, key, all.clone(), Duration::ZERO).await.expect("the board");
    assert!(!is_whole && board.views.len() < 2, "the cards behind a slow one wait for it: {:?}", board.views.len());
    assert_eq!((board.title.as_str(), board.data.is_some(), board.cards.len()), ("Monday", true, board.views.len()));
    let (patient, is_whole) = view_board_soon(&services, &owner, key, all.clone(), LONG).await.expect("the board");
    assert!(is_whole);
    assert_eq!(patient, view_board(&services, &owner, key, all).await.expect("the board"));
    assert_eq!(patient.views[..board.views.len()], board.views);
}

#[tokio::test]
async fn work_on_a_board_stops_when_nobody_takes_its_parts() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(6, 12_000, &["GBP"])).await;
    let key = create_board(&services, &owner, input(&format!("[{SLOW}]"))).await.expect("a board");
    let all = DashboardView::from_pairs([("range", "all")]);
    // More of them than one shop has turns: each gives its own back.
    for _ in 0..12 {
        let mut parts = stream_board(&services, &owner, key, all.clone(), None).await.expect("the board");
        assert!(matches!(parts.next().await, Some(Ok(BoardPart::Head(_)))));
    }
    services.settle().await;
    // Had the work gone on to its end, its answer would be kept.
    let (board, is_whole) = view_board_soon(&services, &owner, key, all.clone(), Duration::ZERO).await.expect("the board");
    assert!(!is_whole && board.views.is_empty(), "{:?}", board.views);
    let board = view_board(&services, &owner, key, all).await.expect("there is a turn");
    assert!(matches!(board.views.as_slice(), [card] if !matches!(card.content, CardContent::Failed(_))), "{:?}", board.views);
}

#[tokio::test]
async fn what_is_refused_is_refused_before_the_first_part() {
    let services = TestServices::start().await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("mallory@example.com").await);
    let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
    let key = create_board(&services, &owner, input("[]")).await.expect("a board");
    let customer = BoardKey::Standard(StandardBoard::CustomerXray);
    let bea = DashboardView::default().toggled(domain::semantic::Dimension::Customer, "Bea");
    for (actor, key, view, kind) in [(&stranger, key, november(), ErrorKind::NotFound), (&viewer, customer, bea, ErrorKind::Forbidden)] {
        assert_eq!(stream_board(&services, actor, key, view.clone(), None).await.expect_err("not for them").kind(), kind);
        assert_eq!(view_board_soon(&services, actor, key, view, LONG).await.expect_err("not for them").kind(), kind);
    }
    assert!(put_together(&services, &viewer, key, november(), None).await.views.is_empty());
}

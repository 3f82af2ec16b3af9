//! Boards in parts, and boards that are shown before all their cards are there.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::dashboards::{AnnotationInput, BoardInput, BoardKey, BoardView, CardContent, DashboardView, RestOfBoard, StandardBoard};
use domain::{ErrorKind, Role};
use futures::StreamExt as _;
use services::dashboards::{BoardPart, BoardParts, create_annotation, create_board, rest_of_board, stream_board, view_board, view_board_soon};
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

/// What the parts of a board add up to: its head comes first, its cards as they are ready, the end last, and nothing after it.
async fn sum_of(parts: BoardParts) -> BoardView {
    let mut parts: Vec<BoardPart> = parts.map(|part| part.expect("a part")).collect().await;
    assert!(matches!(parts.pop(), Some(BoardPart::End)), "it ends");
    let mut parts = parts.into_iter();
    let Some(BoardPart::Head(board)) = parts.next() else { panic!("the head comes first") };
    assert!(board.cards.is_empty() && board.views.is_empty());
    let cards = parts.map(|part| match part {
        BoardPart::Card(card) => *card,
        part => panic!("{part:?}"),
    });
    let mut cards: Vec<_> = cards.collect();
    cards.sort_by_key(|(_, card)| card.place);
    let (cards, views) = cards.into_iter().unzip();
    BoardView { cards, views, ..*board }
}

/// A board put together from its parts, without the cards in some places.
async fn put_together(services: &Services, actor: &Actor, key: BoardKey, view: DashboardView, has: &[usize]) -> BoardView {
    sum_of(stream_board(services, actor, key, view, has.iter().copied().collect()).await.expect("the board")).await
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
        let empty = put_together(&services, &owner, *key, november(), &[]).await;
        assert!(empty.data.is_none() && !empty.views.is_empty(), "{key}: without data all cards stand there");
        assert_eq!(empty, view_board(&services, &owner, *key, november()).await.expect("the board"), "{key}");
    }
    store(&services, &owner, &generate(4, 900, &["GBP"])).await;
    let day = "2011-11-11".parse().expect("a day");
    let note = AnnotationInput { from: day, to: None, text: "Everything 20 % off".to_owned(), is_shared: true };
    create_annotation(&services, &owner, note).await.expect("it is written");
    for key in &boards {
        for actor in [&owner, &viewer] {
            let parts = put_together(&services, actor, *key, november(), &[]).await;
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
        let others = put_together(&services, &owner, key, november(), &[0, 1, 3]).await;
        let whole = view_board(&services, &owner, key, november()).await.expect("the board");
        assert!(whole.views.len() > 3, "{key}");
        assert_eq!(others.views, whole.views.iter().filter(|card| ![0, 1, 3].contains(&card.place)).cloned().collect::<Vec<_>>(), "{key}");
        let places: Vec<usize> = whole.views.iter().map(|card| card.place).collect();
        let some = places.iter().map(|place| vec![*place]).chain([Vec::new(), places.clone(), places[1..].to_vec(), vec![usize::MAX]]);
        for has in some {
            let rest = put_together(&services, &owner, key, november(), &has).await;
            let expected: Vec<_> = whole.cards.iter().zip(&whole.views).filter(|(_, card)| !has.contains(&card.place)).collect();
            assert_eq!(rest.cards.iter().zip(&rest.views).collect::<Vec<_>>(), expected, "{key} has {has:?}");
        }
    }
}

#[tokio::test]
async fn a_card_that_is_ready_does_not_wait_for_those_before_it() {
    let (services, owner, key, all) = shop_with_a_slow_card().await;
    let mut parts = stream_board(&services, &owner, key, all.clone(), BTreeSet::from([0])).await.expect("the board");
    assert!(matches!(parts.next().await, Some(Ok(BoardPart::Head(_)))));
    // Kept since the board was opened for the first time; what stands before it is not.
    let Some(Ok(BoardPart::Card(first))) = parts.next().await else { panic!("a card") };
    assert_eq!(first.1.place, 2);
    let Some(Ok(BoardPart::Card(second))) = parts.next().await else { panic!("a card") };
    assert_eq!(second.1.place, 1);
    assert!(matches!(parts.next().await, Some(Ok(BoardPart::End))));
}

/// A shop whose board has a card that takes long between two whose answers are kept.
async fn shop_with_a_slow_card() -> (TestServices, Actor, BoardKey, DashboardView) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(6, 12_000, &["GBP"])).await;
    let cards = format!(r#"[{{"question": {{"measures": ["orders"]}}}}, {SLOW}, {{"question": {{"measures": ["net_sales"]}}}}]"#);
    let key = create_board(&services, &owner, input(&cards)).await.expect("a board");
    let all = DashboardView::from_pairs([("range", "all")]);
    let quick = put_together(&services, &owner, key, all.clone(), &[1]).await;
    assert_eq!(quick.views.iter().map(|card| card.place).collect::<Vec<_>>(), [0, 2]);
    (services, owner, key, all)
}

#[tokio::test]
async fn a_board_is_shown_with_the_cards_that_are_there_soon_and_the_work_on_the_others_goes_on() {
    let (services, owner, key, all) = shop_with_a_slow_card().await;
    let stranger = services.owner("mallory@example.com").await;
    let (mut all, soon) = (all, Duration::from_millis(20));
    let mut others = 1..20;
    let (board, RestOfBoard { ticket, cards }) = loop {
        let (board, rest) = view_board_soon(&services, &owner, key, all.clone(), soon).await.expect("the board");
        if board.views.len() == 2 {
            break (board, rest.expect("one card takes longer"));
        }
        // A busy machine needed all of that for what is kept. Of other days nothing is known of the slow card.
        let first = others.next().expect("it is not busy for ever");
        all = DashboardView::from_pairs([("range", format!("2009-11-{first:02}..2012-02-01").as_str())]);
        put_together(&services, &owner, key, all.clone(), &[1]).await;
    };
    assert_eq!(board.views.iter().map(|card| card.place).collect::<Vec<_>>(), [0, 2]);
    assert_eq!((board.title.as_str(), board.data.is_some(), board.cards.len()), ("Monday", true, 2));
    assert_eq!(cards.iter().map(|card| (card.place, card.width)).collect::<Vec<_>>(), [(1, 6)]);
    // The ticket is of whoever asked, for what they asked.
    let other_days = rest_of_board(&services, &owner, (key, november()), (Some(&ticket), BTreeSet::from([0, 1, 2]))).await.expect("the board");
    assert!(sum_of(other_days).await.views.is_empty());
    assert!(rest_of_board(&services, &stranger, (key, all.clone()), (Some(&ticket), BTreeSet::new())).await.is_err());
    // The work that went on brings the card that was missing, whatever else is said to be there: the ticket knows.
    let rest = rest_of_board(&services, &owner, (key, all.clone()), (Some(&ticket), BTreeSet::from([0, 1, 2]))).await.expect("the board");
    let rest = sum_of(rest).await;
    let whole = view_board(&services, &owner, key, all.clone()).await.expect("the board");
    assert_eq!(rest.views, whole.views[1..2]);
    assert_eq!([&whole.views[0], &whole.views[2]], [&board.views[0], &board.views[1]]);
    // It is good once; after that the cards are answered anew.
    let again = rest_of_board(&services, &owner, (key, all.clone()), (Some(&ticket), BTreeSet::from([0]))).await.expect("the board");
    assert_eq!(sum_of(again).await.views, whole.views[1..]);
    let (patient, rest) = view_board_soon(&services, &owner, key, all, LONG).await.expect("the board");
    assert_eq!((patient, rest), (whole, None));
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
        let mut parts = stream_board(&services, &owner, key, all.clone(), BTreeSet::new()).await.expect("the board");
        assert!(matches!(parts.next().await, Some(Ok(BoardPart::Head(_)))));
    }
    services.settle().await;
    // Had the work gone on to its end, its answer would be kept.
    let (board, rest) = view_board_soon(&services, &owner, key, all.clone(), Duration::from_millis(20)).await.expect("the board");
    assert!(rest.is_some() && board.views.is_empty(), "{:?}", board.views);
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
        assert_eq!(stream_board(&services, actor, key, view.clone(), BTreeSet::new()).await.err().map(|error| error.kind()), Some(kind));
        assert_eq!(view_board_soon(&services, actor, key, view, LONG).await.expect_err("not for them").kind(), kind);
    }
    assert!(put_together(&services, &viewer, key, november(), &[]).await.views.is_empty());
}

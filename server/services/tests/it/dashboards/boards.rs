//! Boards of questions: making, changing, marking, going back.

use domain::dashboards::{BoardInput, BoardKey, CardContent, DashboardView, Picture, StandardBoard};
use domain::{ErrorKind, Role};
use sea_orm::{ConnectionTrait, Statement};
use services::Actor;
use services::dashboards::{
    archive_board, create_board, delete_board, list_boards, list_versions, mark_board, preview_card, restore_version, update_board, view_board,
};

use crate::analytics::facts::{Order, generate, store};
use crate::support::TestServices;

fn input(title: &str, cards: &str) -> BoardInput {
    serde_json::from_str(&format!(r#"{{"title": "{title}", "cards": {cards}}}"#)).expect("it reads")
}

const ONE: &str = r#"[{"question": {"measures": ["net_sales"]}}]"#;
const TWO: &str = r#"[{"question": {"measures": ["net_sales"]}}, {"question": {"measures": ["orders"]}, "over_time": true, "width": 12}]"#;

#[tokio::test]
async fn a_board_is_made_changed_and_brought_back() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let key = create_board(&services, &owner, input("Monday", ONE)).await.expect("a board");
    update_board(&services, &owner, key, BoardInput { version: Some(1), ..input("Tuesday", TWO) }).await.expect("it is saved");
    let stale = update_board(&services, &owner, key, BoardInput { version: Some(1), ..input("Wednesday", ONE) }).await;
    let stale = stale.expect_err("somebody saved it meanwhile").into_app();
    assert!(stale.kind == ErrorKind::Conflict && stale.message.contains("ada@example.com"), "{stale:?}");

    let versions = list_versions(&services, &owner, key).await.expect("versions");
    assert_eq!(versions.iter().map(|v| (v.version, v.title.as_str(), v.cards)).collect::<Vec<_>>(), [(2, "Tuesday", 2), (1, "Monday", 1)]);
    restore_version(&services, &owner, key, 1).await.expect("it is back");
    let view = view_board(&services, &owner, key, DashboardView::default()).await.expect("the board");
    assert_eq!((view.title.as_str(), view.version, view.cards.len()), ("Monday", 3, 1));
    assert_eq!(list_versions(&services, &owner, key).await.expect("versions").len(), 3, "nothing of the history is lost");

    let audited = services.audited(&owner).await;
    for action in ["board.created", "board.changed", "board.restored"] {
        assert!(audited.iter().any(|entry| entry.contains(action)), "{action}: {audited:?}");
    }
    delete_board(&services, &owner, key).await.expect("it is removed");
    assert_eq!(view_board(&services, &owner, key, DashboardView::default()).await.expect_err("it is gone").kind(), ErrorKind::NotFound);
}

/// Stores other cards than anybody can save.
async fn store_cards(services: &TestServices, owner: &Actor, key: BoardKey, cards: &str) {
    use sea_orm::sea_query::Expr;
    let BoardKey::Own(id) = key else { panic!("{key} is nobody's") };
    let tx = services.db.write(owner.merchant_id).await.expect("a transaction");
    entity::board::update(owner.merchant_id, id).col_expr(entity::board::Column::Cards, Expr::value(cards)).exec(&*tx).await.expect("changed");
    let sql = "UPDATE board_versions SET cards = $1 WHERE merchant_id = $2";
    let versions = Statement::from_sql_and_values(tx.get_database_backend(), sql, [cards.into(), owner.merchant_id.0.into()]);
    tx.execute_raw(versions).await.expect("changed");
    tx.commit().await.expect("kept");
}

#[tokio::test]
async fn going_back_to_a_version_keeps_cards_that_cannot_be_read_today() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let key = create_board(&services, &owner, input("Monday", ONE)).await.expect("a board");
    let cards = r#"[{"question": {"measures": ["net_sales"]}}, {"question": {"measures": ["of_another_time"]}}]"#;
    store_cards(&services, &owner, key, cards).await;
    restore_version(&services, &owner, key, 1).await.expect("it is back");
    let view = view_board(&services, &owner, key, DashboardView::default()).await.expect("the board");
    assert!(view.cards.len() == 1 && view.notices.len() == 1 && view.notices[0].contains("of_another_time"), "{:?}", view.notices);
    let versions = list_versions(&services, &owner, key).await.expect("versions");
    assert_eq!(versions.iter().map(|version| (version.version, version.cards)).collect::<Vec<_>>(), [(2, 2), (1, 2)]);
}

#[tokio::test]
async fn a_picture_that_suits_no_more_gives_way_to_one_that_does() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(3, 200, &["GBP", "EUR"])).await;
    let key = create_board(&services, &owner, input("Monday", ONE)).await.expect("a board");
    let bars = r#"[{"question": {"measures": ["net_sales"], "dimensions": ["currency"]}, "picture": "bar"}]"#;
    store_cards(&services, &owner, key, bars).await;
    let view = view_board(&services, &owner, key, DashboardView::default()).await.expect("the board");
    assert!(matches!(&view.views[0].content, CardContent::Table(table) if table.rows.len() == 2), "{:?}", view.views[0]);
    // It can be saved as it is now, though not as it was.
    let saved = BoardInput { title: "Monday".to_owned(), cards: view.cards, ..BoardInput::default() };
    update_board(&services, &owner, key, saved).await.expect("it is saved");
    let refused = update_board(&services, &owner, key, input("Monday", bars)).await.expect_err("no common axis").into_app();
    assert_eq!(refused.fields[0].field, "cards[0].picture");
}

#[tokio::test]
async fn a_board_whose_cards_are_broken_says_so() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let key = create_board(&services, &owner, input("Monday", ONE)).await.expect("a board");
    store_cards(&services, &owner, key, "[{").await;
    let view = view_board(&services, &owner, key, DashboardView::default()).await.expect("the board");
    assert!(matches!(view.notices.as_slice(), [only] if only.contains("cannot be read")), "{:?}", view.notices);
}

#[tokio::test]
async fn favourites_are_each_persons_own_and_stand_first() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
    let key = create_board(&services, &owner, input("Zebra", ONE)).await.expect("a board");
    let rhythm = BoardKey::Standard(StandardBoard::Rhythm);
    mark_board(&services, &viewer, rhythm, true).await.expect("it is marked");
    mark_board(&services, &viewer, rhythm, true).await.expect("twice is once");
    let first = async |actor| list_boards(&services, actor).await.expect("boards")[0].clone();
    assert!(first(&viewer).await.key == rhythm && first(&viewer).await.is_favourite);
    assert!(first(&owner).await.key == key && !first(&owner).await.is_favourite);
    let of_one_thing = BoardKey::Standard(StandardBoard::ProductXray);
    let refused = mark_board(&services, &viewer, of_one_thing, true).await.expect_err("of which product?").into_app();
    assert!(refused.kind == ErrorKind::Conflict && refused.message.contains("one thing"), "{refused:?}");
    mark_board(&services, &viewer, of_one_thing, false).await.expect("a mark of before can be taken off");
    mark_board(&services, &viewer, rhythm, false).await.expect("the mark is off");
    assert_eq!(first(&viewer).await.key, key);
    archive_board(&services, &owner, key, true).await.expect("it is put away");
    assert_eq!(list_boards(&services, &owner).await.expect("boards").last().map(|board| board.key), Some(key));
}

#[tokio::test]
async fn who_may_not_build_changes_nothing_and_others_see_nothing() {
    let services = TestServices::start().await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("mallory@example.com").await);
    let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
    let key = create_board(&services, &owner, input("Monday", ONE)).await.expect("a board");
    assert_eq!(create_board(&services, &viewer, input("Mine", ONE)).await.expect_err("a viewer").kind(), ErrorKind::Forbidden);
    assert_eq!(update_board(&services, &viewer, key, input("Mine", ONE)).await.expect_err("a viewer").kind(), ErrorKind::Forbidden);
    assert_eq!(delete_board(&services, &stranger, key).await.expect_err("another shop's").kind(), ErrorKind::NotFound);
    assert_eq!(mark_board(&services, &stranger, key, true).await.expect_err("another shop's").kind(), ErrorKind::NotFound);
    let standard = BoardKey::Standard(StandardBoard::Overview);
    let refused = update_board(&services, &owner, standard, input("Mine", ONE)).await.expect_err("it comes with the product").into_app();
    assert!(refused.kind == ErrorKind::Conflict && refused.message.contains("copy"), "{refused:?}");
    assert_eq!(view_board(&services, &viewer, key, DashboardView::default()).await.expect("a viewer looks").title, "Monday");
}

#[tokio::test]
async fn a_card_that_cannot_be_answered_leaves_the_others() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(3, 200, &["GBP"])).await;
    let cards = r#"[{"question": {"measures": ["total_sales"]}}, {"question": {"measures": ["orders"]}}]"#;
    let key = create_board(&services, &owner, input("Monday", cards)).await.expect("a board");
    // Whole orders' totals cannot be filtered by a product; the number of orders can.
    let view = DashboardView::default().toggled(domain::semantic::Dimension::Product, "Mug");
    let board = view_board(&services, &owner, key, view).await.expect("the board");
    assert!(matches!(&board.views[0].content, CardContent::Failed(words) if words.contains("whole orders")), "{:?}", board.views[0]);
    assert!(matches!(&board.views[1].content, CardContent::Figure(_)), "{:?}", board.views[1]);
}

#[tokio::test]
async fn a_board_shows_all_its_cards_before_there_are_any_data() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let own = create_board(&services, &owner, input("Monday", TWO)).await.expect("a board");
    for key in [own, BoardKey::Standard(StandardBoard::Inventory)] {
        let board = view_board(&services, &owner, key, DashboardView::default()).await.expect("the board");
        assert!(board.data.is_none() && !board.cards.is_empty());
        assert_eq!(board.views.iter().map(|view| view.place).collect::<Vec<_>>(), (0..board.cards.len()).collect::<Vec<_>>());
        assert!(board.views.iter().all(|view| matches!(view.content, CardContent::Empty(_))), "{:?}", board.views);
    }
}

#[tokio::test]
async fn every_standard_board_is_answered_whole() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(4, 900, &["GBP"])).await;
    let view = DashboardView::from_pairs([("range", "2011-11-01..2011-11-30")]);
    for standard in StandardBoard::ALL {
        let board = view_board(&services, &owner, BoardKey::Standard(standard), view.clone()).await.expect("a board");
        assert_eq!(board.views.len(), board.cards.len());
        // Nothing is known of stock, and so nothing is said of it.
        assert_eq!(board.views.is_empty(), standard == StandardBoard::Inventory, "{}", standard.as_str());
        for card in &board.views {
            assert!(!matches!(card.content, CardContent::Failed(_)), "{}: {card:?}", standard.as_str());
        }
        let again = view_board(&services, &owner, BoardKey::Standard(standard), view.clone()).await.expect("a board");
        assert_eq!(again, board, "kept and new are the same");
    }
}

#[tokio::test]
async fn a_stored_card_whose_measure_was_renamed_is_told_of_and_leaves_the_others() {
    use sea_orm::sea_query::Expr;
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(3, 200, &["GBP"])).await;
    let key = create_board(&services, &owner, input("Monday", TWO)).await.expect("a board");
    let BoardKey::Own(id) = key else { panic!("it is the shop's own") };
    // As an earlier version stored it: one by a name that is a synonym now, one by a name that is none any more.
    let cards = r#"[{"question": {"measures": ["revenue"]}}, {"question": {"measures": ["net_salez"]}}, {"question": {"measures": ["orders"]}}]"#;
    let tx = services.db.write(owner.merchant_id).await.expect("a transaction");
    let update = entity::board::update(owner.merchant_id, id).col_expr(entity::board::Column::Cards, Expr::value(cards));
    update.exec(&*tx).await.expect("it is stored");
    tx.commit().await.expect("it commits");
    let board = view_board(&services, &owner, key, DashboardView::default()).await.expect("the board");
    assert_eq!(board.views.iter().map(|card| card.title.as_str()).collect::<Vec<_>>(), ["Net sales", "Orders"]);
    assert!(matches!(&board.notices[..], [notice] if notice.contains("net_salez") && notice.contains("net_sales")), "{:?}", board.notices);
}

#[tokio::test]
async fn figures_that_are_read_together_are_the_same_as_each_alone() {
    let services = TestServices::start().await;
    let measures =
        ["net_sales", "orders", "customers", "average_order_value", "new_customers", "tax", "cost", "repeat_rate", "ad_spend", "net_sales"];
    let card = |measure: &&str| format!(r#"{{"question": {{"measures": ["{measure}"]}}}}"#);
    let cards = format!("[{}]", measures.iter().map(card).collect::<Vec<_>>().join(", "));
    for (email, currencies) in [("ada@example.com", &["GBP"][..]), ("bob@example.com", &["INR"]), ("cy@example.com", &["GBP", "EUR"])] {
        let owner = services.owner(email).await;
        store(&services, &owner, &generate(6, 500, currencies)).await;
        let key = create_board(&services, &owner, input("Figures", &cards)).await.expect("a board");
        for pairs in [[("range", "2011-03-01..2011-05-31"), ("country", "GB")], [("range", "all"), ("product", "Mug")]] {
            let view = DashboardView::from_pairs(pairs);
            let together = view_board(&services, &owner, key, view.clone()).await.expect("the board").views;
            for (index, shown) in together.iter().enumerate() {
                let card = input("Figures", &cards).cards.swap_remove(index);
                let alone = preview_card(&services, &owner, card, view.clone()).await.expect("the card");
                assert_eq!(shown.content, alone.content, "{}, {currencies:?}, {pairs:?}", shown.title);
            }
        }
    }
}

#[tokio::test]
async fn the_board_of_places_is_silent_where_no_place_is_known() {
    let services = TestServices::start().await;
    let (here, nowhere) = (services.owner("ada@example.com").await, services.owner("eve@example.com").await);
    let orders = generate(4, 200, &["GBP"]);
    let without_place: Vec<_> = generate(4, 200, &["GBP"]).into_iter().map(|order| Order { country: None, city: None, ..order }).collect();
    store(&services, &here, &orders).await;
    store(&services, &nowhere, &without_place).await;
    let geography = BoardKey::Standard(StandardBoard::Geography);
    let shown = view_board(&services, &here, geography, DashboardView::default()).await.expect("the board");
    assert_eq!(shown.views[0].picture, Picture::Map);
    assert!(shown.views.iter().all(|view| !matches!(view.content, CardContent::Failed(_))), "{:?}", shown.views);
    let silent = view_board(&services, &nowhere, geography, DashboardView::default()).await.expect("the board");
    let said: Vec<_> = silent.views.iter().map(|view| (&view.title, &view.content)).collect();
    assert!(said.is_empty(), "{said:?}");
}

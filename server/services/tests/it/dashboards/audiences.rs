//! Boards for some roles only: who sees them, and that to all others they are not there.

use domain::dashboards::{BoardInput, BoardKey, CardContent, DashboardView, LinkState, NewLink, SearchKind};
use domain::{ErrorKind, Role};
use services::accounts::change_role;
use services::dashboards::{
    RowsAsked, TableFormat, archive_board, card_file, card_rows, create_board, create_link, delete_board, list_boards, list_links, list_versions,
    mark_board, open_shared, pulse, restore_version, revoke_link, rows_file, search, share_board, update_board, view_board,
};
use services::{Actor, Result};

use crate::analytics::facts::{generate, store};
use crate::support::{TestServices, client};

fn input() -> BoardInput {
    serde_json::from_str(r#"{"title": "Monday", "cards": [{"question": {"measures": ["orders"]}}]}"#).expect("it reads")
}

fn link() -> NewLink {
    NewLink { name: "Wall".to_owned(), days: 30, view: "range=all".to_owned() }
}

struct Shop {
    services: TestServices,
    owner: Actor,
    analyst: Actor,
    viewer: Actor,
}

impl Shop {
    async fn new() -> Self {
        let services = TestServices::start().await;
        let owner = services.owner("ada@example.com").await;
        let analyst = services.member(&owner, "bea@example.com", Role::Analyst).await;
        let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
        Self { services, owner, analyst, viewer }
    }

    async fn sees(&self, actor: &Actor, key: BoardKey) -> bool {
        let listed = list_boards(&self.services, actor).await.expect("boards").iter().any(|board| board.key == key);
        let found = search(&self.services, actor, "Monday").await.expect("an answer").iter().any(|found| found.kind == SearchKind::Board);
        let opened = view_board(&self.services, actor, key, DashboardView::default()).await;
        if let Err(error) = &opened {
            assert_eq!(error.kind(), ErrorKind::NotFound);
        }
        assert_eq!((listed, found), (opened.is_ok(), opened.is_ok()), "list, search and page agree");
        listed
    }

    async fn seen_by(&self, key: BoardKey) -> [bool; 3] {
        [self.sees(&self.owner, key).await, self.sees(&self.analyst, key).await, self.sees(&self.viewer, key).await]
    }

    async fn link_of(&self, actor: &Actor, key: BoardKey) -> String {
        let url = create_link(&self.services, actor, key, link()).await.expect("a link").url;
        url.rsplit_once("/shared/").expect("an address").1.to_owned()
    }
}

fn is_absent<T>(what: &str, answer: Result<T>) {
    match answer {
        Ok(_) => panic!("{what} of a board that is not there"),
        Err(error) => assert_eq!(error.kind(), ErrorKind::NotFound, "{what}"),
    }
}

#[tokio::test]
async fn a_board_is_for_everybody_until_roles_are_chosen() {
    let shop = Shop::new().await;
    let key = create_board(&shop.services, &shop.owner, input()).await.expect("a board");
    assert_eq!(shop.seen_by(key).await, [true, true, true]);
    for (roles, seen) in [
        (vec![Role::Analyst], [true, true, false]),
        (vec![Role::Viewer], [true, false, true]),
        (vec![], [true, false, false]),
        (vec![Role::Owner], [true, false, false]),
        (Role::ALL.to_vec(), [true, true, true]),
    ] {
        share_board(&shop.services, &shop.owner, key, roles.clone()).await.expect("it is shared");
        assert_eq!(shop.seen_by(key).await, seen, "{roles:?}");
    }
    let chosen = BoardInput { roles: Some(vec![Role::Analyst]), ..input() };
    update_board(&shop.services, &shop.owner, key, chosen.clone()).await.expect("it is saved");
    assert_eq!(shop.seen_by(key).await, [true, true, false]);
    update_board(&shop.services, &shop.owner, key, input()).await.expect("it is saved");
    restore_version(&shop.services, &shop.owner, key, 1).await.expect("it is back");
    assert_eq!(shop.seen_by(key).await, [true, true, false], "saving and going back change nothing of who sees it");
    delete_board(&shop.services, &shop.owner, key).await.expect("it is gone");
    let key = create_board(&shop.services, &shop.owner, chosen).await.expect("a board");
    assert_eq!(shop.seen_by(key).await, [true, true, false]);
    let view = view_board(&shop.services, &shop.owner, key, DashboardView::default()).await.expect("the board");
    assert_eq!(view.roles, [Role::Analyst, Role::Admin, Role::Owner]);
    let audited = shop.services.audited(&shop.owner).await;
    assert_eq!(audited.iter().filter(|action| *action == "board.shared").count(), 5, "what changes nothing is not told: {audited:?}");
}

#[tokio::test]
async fn to_other_roles_a_board_is_not_there_by_any_door() {
    let shop = Shop::new().await;
    let services = &shop.services;
    let key = create_board(services, &shop.owner, input()).await.expect("a board");
    shop.link_of(&shop.owner, key).await;
    let id = list_links(services, &shop.owner, key).await.expect("links")[0].id;
    mark_board(services, &shop.analyst, key, true).await.expect("it is marked");
    share_board(services, &shop.owner, key, Vec::new()).await.expect("it is shared");
    let view = DashboardView::default;
    let asked = || RowsAsked { key, place: 0, view: view(), page: 1 };
    for actor in [&shop.analyst, &shop.viewer] {
        is_absent("the page", view_board(services, actor, key, view()).await);
        is_absent("the pulse", pulse(services, actor, key).await);
        is_absent("a card's file", card_file(services, actor, key, 0, view(), TableFormat::Csv).await);
        is_absent("a card's rows", card_rows(services, actor, asked()).await);
        is_absent("the rows' file", rows_file(services, actor, asked(), TableFormat::Xlsx).await);
        is_absent("the versions", list_versions(services, actor, key).await);
        is_absent("a mark", mark_board(services, actor, key, true).await);
    }
    let actor = &shop.analyst;
    is_absent("a change", update_board(services, actor, key, input()).await);
    is_absent("a choice of roles", share_board(services, actor, key, Role::ALL.to_vec()).await);
    is_absent("an earlier version", restore_version(services, actor, key, 1).await);
    is_absent("putting away", archive_board(services, actor, key, true).await);
    is_absent("a new link", create_link(services, actor, key, link()).await);
    is_absent("the links", list_links(services, actor, key).await);
    is_absent("closing a link", revoke_link(services, actor, key, id).await);
    is_absent("removing", delete_board(services, actor, key).await);
    let program = Actor { user_id: None, ..shop.analyst.clone() };
    is_absent("the page, by a key", view_board(services, &program, key, view()).await);
    assert!(shop.sees(&shop.owner, key).await, "and all that took nothing away");
    share_board(services, &shop.owner, key, vec![Role::Analyst]).await.expect("it is shared");
    let again = list_boards(services, actor).await.expect("boards").into_iter().find(|board| board.key == key).expect("it is back");
    assert!(again.is_favourite, "the mark waited");
}

#[tokio::test]
async fn its_author_sees_a_board_in_any_case_and_nobody_shuts_themselves_out() {
    let shop = Shop::new().await;
    let services = &shop.services;
    let other = services.member(&shop.owner, "cy@example.com", Role::Analyst).await;
    let key = create_board(services, &shop.analyst, BoardInput { roles: Some(Vec::new()), ..input() }).await.expect("a board");
    assert_eq!(shop.seen_by(key).await, [true, true, false], "its author and those who manage the shop");
    assert!(!shop.sees(&other, key).await, "another analyst");
    let person = shop.analyst.user_id.expect("a person");
    change_role(services, &shop.owner, person, Role::Viewer).await.expect("a lower role");
    let demoted = Actor { role: Role::Viewer, ..shop.analyst.clone() };
    assert!(shop.sees(&demoted, key).await);
    assert_eq!(share_board(services, &demoted, key, Vec::new()).await.expect_err("a viewer").kind(), ErrorKind::Forbidden);

    let theirs = create_board(services, &shop.owner, input()).await.expect("a board");
    let refused = share_board(services, &other, theirs, vec![Role::Viewer]).await.expect_err("they would not see it").into_app();
    assert!(refused.fields[0].field == "roles" && refused.message.contains("analyst"), "{refused:?}");
    let program = Actor { user_id: None, ..other.clone() };
    let shut = create_board(services, &program, BoardInput { roles: Some(vec![Role::Viewer]), ..input() }).await.expect_err("a key is no author");
    assert_eq!(shut.kind(), ErrorKind::Validation);
    let overview = "overview".parse().expect("a board");
    assert_eq!(share_board(services, &shop.owner, overview, Vec::new()).await.expect_err("the product's").kind(), ErrorKind::Conflict);
}

#[tokio::test]
async fn a_link_opens_a_board_while_its_maker_may_see_it() {
    let shop = Shop::new().await;
    let services = &shop.services;
    store(services, &shop.owner, &generate(9, 200, &["GBP"])).await;
    let key = create_board(services, &shop.owner, input()).await.expect("a board");
    let (of_owner, of_analyst) = (shop.link_of(&shop.owner, key).await, shop.link_of(&shop.analyst, key).await);
    share_board(services, &shop.owner, key, Vec::new()).await.expect("it is shared");
    is_absent("a link", open_shared(services, &of_analyst, &client()).await);
    let shared = open_shared(services, &of_owner, &client()).await.expect("the owner sees it");
    assert!(matches!(&shared.views[0].content, CardContent::Figure(_)), "{:?}", shared.views);
    let states: Vec<_> = list_links(services, &shop.owner, key).await.expect("links").into_iter().map(|link| (link.created_by, link.state)).collect();
    assert!(states.contains(&("bea@example.com".to_owned(), LinkState::Orphaned)), "{states:?}");
    assert!(states.contains(&("ada@example.com".to_owned(), LinkState::Open)), "{states:?}");
    share_board(services, &shop.owner, key, vec![Role::Analyst]).await.expect("it is shared");
    open_shared(services, &of_analyst, &client()).await.expect("it is open again");
}

//! Public links: what they open, for how long, and everything they do not open.

use domain::accounts::MerchantPatch;
use domain::dashboards::{BoardInput, BoardKey, CardContent, DashboardView, LinkState, NewLink, SharedBoard, StandardBoard};
use domain::semantic::Dimension;
use domain::{AppError, ErrorKind, Role};
use services::accounts::{change_role, remove_member, update_merchant};
use services::clock::Clock as _;
use services::dashboards::{
    archive_board, create_board, create_link, delete_board, list_links, open_shared, pulse, revoke_link, shared_pulse, update_board, view_board,
};
use services::{Actor, ServiceError};

use crate::analytics::facts::{generate, store};
use crate::support::{TestServices, client};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn input(cards: &str) -> BoardInput {
    serde_json::from_str(&format!(r#"{{"title": "Monday", "cards": {cards}}}"#)).expect("it reads")
}

const CARDS: &str =
    r#"[{"question": {"measures": ["net_sales"]}}, {"question": {"measures": ["orders"], "dimensions": ["country"]}, "picture": "table"}]"#;

fn link(days: u32, view: &str) -> NewLink {
    NewLink { name: "Screen in the shop".to_owned(), days, view: view.to_owned() }
}

fn token(url: &str) -> &str {
    url.rsplit_once("/shared/").expect("an address").1
}

struct Shop {
    services: TestServices,
    owner: Actor,
    key: BoardKey,
}

impl Shop {
    async fn new() -> Self {
        let services = TestServices::start().await;
        let owner = services.owner("ada@example.com").await;
        store(&services, &owner, &generate(9, 500, &["GBP"])).await;
        let key = create_board(&services, &owner, input(CARDS)).await.expect("a board");
        Self { services, owner, key }
    }

    /// The token of a new link.
    async fn link(&self, days: u32, view: &str) -> String {
        let made = create_link(&self.services, &self.owner, self.key, link(days, view)).await.expect("a link");
        token(&made.url).to_owned()
    }

    async fn open(&self, token: &str) -> Result<SharedBoard, AppError> {
        open_shared(&self.services, token, &client()).await.map_err(ServiceError::into_app)
    }

    async fn is_closed(&self, token: &str, words: &str) {
        let error = self.open(token).await.expect_err("it is closed");
        assert!(error.kind == ErrorKind::NotFound && error.message.contains(words), "{error:?}");
        assert_eq!(shared_pulse(&self.services, token, &client()).await.expect_err("it is closed").kind(), ErrorKind::NotFound);
    }
}

#[tokio::test]
async fn a_link_shows_its_board_with_its_days_and_filter_and_nothing_of_who_made_it() {
    let shop = Shop::new().await;
    let view = "range=2011-01-01..2011-03-31&country=DE";
    let shared = shop.open(&shop.link(30, view).await).await.expect("the board");
    let own = view_board(&shop.services, &shop.owner, shop.key, DashboardView::from_query(view)).await.expect("the board");
    assert_eq!((&shared.title, shared.range, &shared.views), (&own.title, own.range, &own.views));
    assert_eq!(shared.filters, DashboardView::default().toggled(Dimension::Country, "DE").filters);
    let CardContent::Table(table) = &shared.views[1].content else { panic!("{:?}", shared.views[1]) };
    assert_eq!(table.rows.len(), 1, "only the country of the link: {table:?}");
    let text = serde_json::to_string(&shared).expect("it writes");
    assert!(!text.contains("ada@example.com\"") || shared.shop.contains("ada"), "{text}");
    assert!(!text.contains("\"question\"") && !text.contains("time_zone"), "{text}");
}

#[tokio::test]
async fn a_link_ends_on_its_day_and_can_be_closed_before() {
    let shop = Shop::new().await;
    let (first, second) = (shop.link(1, "").await, shop.link(2, "").await);
    shop.open(&first).await.expect("it is open");
    shop.services.clock.advance_ms(DAY_MS);
    shop.is_closed(&first, "worked until").await;
    shop.open(&second).await.expect("it has another day");
    shop.services.settle().await;
    let listed = list_links(&shop.services, &shop.owner, shop.key).await.expect("links");
    let states: Vec<_> = listed.iter().map(|link| (link.state, link.uses)).collect();
    assert_eq!(states, [(LinkState::Open, 1), (LinkState::Expired, 1)]);
    assert_eq!(listed[0].last_used_at, Some(shop.services.clock.now_ms()));
    revoke_link(&shop.services, &shop.owner, shop.key, listed[0].id).await.expect("it is closed");
    shop.is_closed(&second, "was closed").await;
    let again = revoke_link(&shop.services, &shop.owner, shop.key, listed[0].id).await.expect_err("it is closed already");
    assert_eq!(again.kind(), ErrorKind::NotFound);
    let audited = shop.services.audited(&shop.owner).await;
    assert_eq!(audited.iter().filter(|action| action.starts_with("board_link.")).count(), 3, "{audited:?}");
}

#[tokio::test]
async fn a_token_that_was_changed_or_made_elsewhere_opens_nothing() {
    let (shop, elsewhere) = (Shop::new().await, Shop::new().await);
    let token = shop.link(30, "").await;
    for at in [0, 20, 42, 43, 60, 84] {
        let mut changed = token.clone();
        let other = if token.as_bytes()[at] == b'A' { "B" } else { "A" };
        changed.replace_range(at..=at, other);
        shop.is_closed(&changed, "not whole").await;
    }
    for made_up in ["", "x", "../../etc/passwd", "01890000-0000-7000-8000-000000000000", &token[1..]] {
        shop.is_closed(made_up, "not whole").await;
    }
    // Another installation signs with another key.
    shop.is_closed(&elsewhere.link(30, "").await, "not whole").await;
    shop.open(&token).await.expect("the right one still opens it");
}

#[tokio::test]
async fn whoever_tries_many_wrong_links_or_opens_one_too_often_has_to_wait() {
    let shop = Shop::new().await;
    let token = shop.link(30, "").await;
    let mut last = ErrorKind::NotFound;
    for _ in 0..70 {
        last = shop.open("made-up").await.expect_err("it is none").kind;
    }
    assert_eq!(last, ErrorKind::RateLimited);
    let pulse = async || shared_pulse(&shop.services, &token, &client()).await;
    for _ in 0..600 {
        pulse().await.expect("it is open");
    }
    assert_eq!(pulse().await.expect_err("that is enough").kind(), ErrorKind::RateLimited);
    let elsewhere = services::accounts::Client { address: "203.0.113.99".to_owned(), ..client() };
    open_shared(&shop.services, &token, &elsewhere).await.expect("others are not concerned");
}

#[tokio::test]
async fn a_link_is_closed_while_its_board_is_away_and_ends_with_it() {
    let shop = Shop::new().await;
    let token = shop.link(30, "").await;
    archive_board(&shop.services, &shop.owner, shop.key, true).await.expect("it is away");
    shop.is_closed(&token, "was closed").await;
    let refused = create_link(&shop.services, &shop.owner, shop.key, link(30, "")).await.expect_err("it is away");
    assert_eq!(refused.kind(), ErrorKind::Conflict);
    archive_board(&shop.services, &shop.owner, shop.key, false).await.expect("it is back");
    shop.open(&token).await.expect("it is open again");
    delete_board(&shop.services, &shop.owner, shop.key).await.expect("it is gone");
    shop.is_closed(&token, "was closed").await;
}

#[tokio::test]
async fn a_link_works_while_whoever_made_it_may_build_boards() {
    let shop = Shop::new().await;
    let analyst = shop.services.member(&shop.owner, "bea@example.com", Role::Analyst).await;
    let made = create_link(&shop.services, &analyst, shop.key, link(30, "")).await.expect("a link");
    let token = token(&made.url);
    let person = analyst.user_id.expect("a person");
    let state = async || list_links(&shop.services, &shop.owner, shop.key).await.expect("links")[0].state;
    change_role(&shop.services, &shop.owner, person, Role::Viewer).await.expect("a lower role");
    shop.is_closed(token, "was closed").await;
    assert_eq!(state().await, LinkState::Orphaned);
    change_role(&shop.services, &shop.owner, person, Role::Admin).await.expect("a higher role");
    shop.open(token).await.expect("it is open again");
    assert_eq!(state().await, LinkState::Open);
    remove_member(&shop.services, &shop.owner, person).await.expect("they leave");
    shop.is_closed(token, "was closed").await;
}

#[tokio::test]
async fn a_link_shows_what_a_viewer_sees_whoever_made_it() {
    let shop = Shop::new().await;
    let cards = r#"[{"question": {"measures": ["orders"], "dimensions": ["customer"]}}, {"question": {"measures": ["orders"]}}]"#;
    update_board(&shop.services, &shop.owner, shop.key, input(cards)).await.expect("it is saved");
    let shared = shop.open(&shop.link(30, "").await).await.expect("the board");
    assert!(matches!(&shared.views[0].content, CardContent::Failed(words) if words.contains("analyst")), "{:?}", shared.views[0]);
    assert!(matches!(&shared.views[1].content, CardContent::Figure(_)));
    let refused = create_link(&shop.services, &shop.owner, shop.key, link(30, "customer=ada%40example.com")).await.expect_err("by a customer");
    assert_eq!(refused.into_app().fields[0].field, "view");
}

#[tokio::test]
async fn a_link_to_a_board_of_one_thing_names_it_and_is_of_what_everybody_may_see() {
    let shop = Shop::new().await;
    let make = async |board, view: &str| {
        let made = create_link(&shop.services, &shop.owner, BoardKey::Standard(board), link(30, view)).await;
        made.map(|made| token(&made.url).to_owned()).map_err(|error| error.into_app().fields.swap_remove(0))
    };
    let mug = make(StandardBoard::ProductXray, "product=Mug").await.expect("a link");
    assert_eq!(shop.open(&mug).await.expect("the board").title, "Mug");
    for (board, view, words) in [
        (StandardBoard::ProductXray, "range=30d", "choose the product"),
        (StandardBoard::ProductXray, "product=Mug&product=Postage", "choose the product"),
        (StandardBoard::CustomerXray, "customer=ada%40example.com", "one customer by name"),
        (StandardBoard::CustomerXray, "", "one customer by name"),
    ] {
        let refused = make(board, view).await.expect_err(view);
        assert!(refused.field == "view" && refused.message.contains(words), "{view}: {refused:?}");
    }
}

#[tokio::test]
async fn only_builders_of_the_shop_make_list_and_close_links() {
    let shop = Shop::new().await;
    let stranger = shop.services.owner("mallory@example.com").await;
    let viewer = shop.services.member(&shop.owner, "eve@example.com", Role::Viewer).await;
    shop.link(30, "").await;
    let id = list_links(&shop.services, &shop.owner, shop.key).await.expect("links")[0].id;
    for (actor, kind) in [(&stranger, ErrorKind::NotFound), (&viewer, ErrorKind::Forbidden)] {
        assert_eq!(create_link(&shop.services, actor, shop.key, link(30, "")).await.expect_err("refused").kind(), kind);
        assert_eq!(list_links(&shop.services, actor, shop.key).await.expect_err("refused").kind(), kind);
        assert_eq!(revoke_link(&shop.services, actor, shop.key, id).await.expect_err("refused").kind(), kind);
    }
    // The same link is none of another board's.
    let overview = BoardKey::Standard(StandardBoard::Overview);
    assert_eq!(revoke_link(&shop.services, &shop.owner, overview, id).await.expect_err("refused").kind(), ErrorKind::NotFound);
    let key = Actor { user_id: None, ..shop.owner.clone() };
    assert_eq!(create_link(&shop.services, &key, shop.key, link(30, "")).await.expect_err("no person").kind(), ErrorKind::Forbidden);
    for wrong in [link(0, ""), link(367, ""), NewLink { name: " ".to_owned(), ..link(30, "") }] {
        assert_eq!(create_link(&shop.services, &shop.owner, shop.key, wrong).await.expect_err("wrong").kind(), ErrorKind::Validation);
    }
}

#[tokio::test]
async fn the_pulse_changes_with_the_data_the_board_and_the_day() {
    let shop = Shop::new().await;
    let token = shop.link(30, "").await;
    let beat = async || shared_pulse(&shop.services, &token, &client()).await.expect("a pulse");
    let first = beat().await;
    assert_eq!(first, shop.open(&token).await.expect("the board").pulse, "the page begins with it");
    assert_eq!(first, pulse(&shop.services, &shop.owner, shop.key).await.expect("a pulse"));
    update_board(&shop.services, &shop.owner, shop.key, input(CARDS)).await.expect("it is saved");
    let second = beat().await;
    shop.services.clock.advance_ms(DAY_MS);
    let third = beat().await;
    assert!(first != second && second != third, "{first} {second} {third}");
}

#[tokio::test]
async fn the_pulse_changes_with_what_the_shop_counts_its_days_and_money_by() {
    let shop = Shop::new().await;
    let token = shop.link(30, "").await;
    let beat = async || shared_pulse(&shop.services, &token, &client()).await.expect("a pulse");
    let patch = |zone: &str, currency: &str, week_start, year_start| MerchantPatch {
        name: "Shop".to_owned(),
        currency: currency.to_owned(),
        time_zone: zone.to_owned(),
        week_start,
        fiscal_year_start: Some(year_start),
    };
    // London and Lisbon have the same days.
    let changes = [
        patch("Europe/London", "GBP", 1, 1),
        patch("Europe/London", "GBP", 7, 1),
        patch("Europe/London", "GBP", 7, 4),
        patch("Europe/Lisbon", "GBP", 7, 4),
        patch("Europe/Lisbon", "EUR", 7, 4),
    ];
    let mut words = Vec::new();
    for change in changes {
        update_merchant(&shop.services, &shop.owner, change).await.expect("it is saved");
        let word = beat().await;
        assert_eq!(word, shop.open(&token).await.expect("the board").pulse, "the page begins with it");
        assert!(!words.contains(&word), "{word} after {words:?}");
        words.push(word);
    }
}

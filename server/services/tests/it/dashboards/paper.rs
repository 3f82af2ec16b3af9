//! Boards as PDFs, read back by somebody else's reader and held against the board and the facts.

use std::time::Duration;

use domain::dashboards::{BoardKey, BoardView, CardContent, DashboardView, StandardBoard};
use domain::{ErrorKind, Money, format};
use lopdf::Document;
use services::Actor;
use services::dashboards::{board_file, create_annotation, create_board, view_board};

use crate::analytics::facts::{generate, store};
use crate::support::TestServices;

const NOVEMBER: [(&str, &str); 1] = [("range", "2011-11-01..2011-11-30")];
const BOARD: &str = r#"{"title": "Mine: \"all\"", "cards": [
    {"question": {"measures": ["net_sales"]}, "width": 4}, {"question": {"measures": ["orders"]}, "width": 4},
    {"title": "This year", "question": {"measures": ["net_sales"]}, "goal": {"amount": 5000000, "period": "year"}, "width": 4},
    {"question": {"measures": ["net_sales"]}, "over_time": true, "picture": "area", "width": 6},
    {"question": {"measures": ["units"], "dimensions": ["country"]}, "picture": "bar", "width": 6},
    {"question": {"measures": ["net_sales"], "dimensions": ["country"]}, "picture": "donut", "width": 6},
    {"question": {"measures": ["orders"], "dimensions": ["weekday", "hour"]}, "picture": "heat_map", "width": 6},
    {"question": {"measures": ["net_sales", "units"], "dimensions": ["country"]}, "picture": "table", "width": 12},
    {"question": {"measures": ["stock_on_hand"]}, "width": 3}]}"#;

/// What stands on all pages, in small letters and without the spaces that readers put in as they like.
fn told(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    plain(&document.extract_text(&pages).expect("text"))
}

fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// The words of a board's cards, as the page has them.
fn words(board: &BoardView) -> Vec<String> {
    let words = board.views.iter().flat_map(|card| match &card.content {
        CardContent::Figure(figure) => {
            let change = figure.change.as_ref().map_or("", |change| change.sentence.as_str());
            vec![card.title.clone(), figure.value.clone(), change.to_owned()]
        }
        CardContent::Chart(chart) => vec![chart.title.clone()],
        CardContent::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| row.iter().enumerate().map(|(column, cell)| table.text(column, cell)));
            [card.title.clone()].into_iter().chain(table.columns.iter().map(|column| column.title.clone())).chain(cells).collect()
        }
        CardContent::Empty(_) | CardContent::Failed(_) => vec![card.title.clone()],
    });
    words.collect()
}

#[tokio::test]
async fn a_board_on_paper_says_what_its_page_says() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(21, 1_500, &["GBP"]);
    store(&services, &owner, &orders).await;
    let key = create_board(&services, &owner, serde_json::from_str(BOARD).expect("a board")).await.expect("it");
    let note = serde_json::from_str(r#"{"from": "2011-11-25", "text": "Black Friday", "is_shared": true}"#).expect("a note");
    create_annotation(&services, &owner, note).await.expect("it is noted");
    let view = DashboardView::from_pairs(NOVEMBER);
    let file = board_file(&services, &owner, key, view.clone()).await.expect("a file");
    assert_eq!((file.name.as_str(), file.media_type), ("mine-all-2011-11-01-to-2011-11-30.pdf", "application/pdf"));
    let text = told(&file.bytes);
    let net: i64 = orders.iter().filter(|order| order.day.to_string().starts_with("2011-11")).map(|order| order.net_minor()).sum();
    let net = format::money(Money::new(net, "GBP".parse().expect("pounds")));
    let board = view_board(&services, &owner, key, view.clone()).await.expect("the board");
    let around = [net, "Mine: \"all\"".to_owned(), "1 – 30 Nov 2011 · compared with 1 – 31 Oct 2011".to_owned(), "Black Friday".to_owned()];
    for words in around.into_iter().chain(words(&board)) {
        assert!(text.contains(&plain(&words)), "{words} is not in {text}");
    }
    let filtered = view.toggled(domain::semantic::Dimension::Country, "DE");
    let text = told(&board_file(&services, &owner, key, filtered).await.expect("a file").bytes);
    assert!(text.contains("germany") && !text.contains("france"), "{text}");
}

#[tokio::test]
async fn boards_that_come_with_the_product_come_to_paper_with_and_without_data() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    for with_data in [false, true] {
        if with_data {
            store(&services, &owner, &generate(3, 400, &["TRY"])).await;
        }
        for board in StandardBoard::ALL {
            let key = BoardKey::Standard(board);
            let Ok(shown) = view_board(&services, &owner, key, DashboardView::default()).await else { continue };
            let file = board_file(&services, &owner, key, DashboardView::default()).await.expect("a file");
            let text = told(&file.bytes);
            assert!(text.contains(&plain(&shown.title)) && text.contains("page1of"), "{board:?}: {text}");
            assert_eq!(text.contains("therearenodatayet"), !with_data, "{board:?}: {text}");
        }
    }
}

#[tokio::test]
async fn who_may_not_see_a_board_gets_no_paper_of_it() {
    let services = TestServices::start().await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("mallory@example.com").await);
    let viewer = services.member(&owner, "eve@example.com", domain::Role::Viewer).await;
    store(&services, &owner, &generate(8, 100, &["GBP"])).await;
    let board = r#"{"title": "Mine", "cards": [{"question": {"measures": ["orders"], "dimensions": ["customer"]}}]}"#;
    let key = create_board(&services, &owner, serde_json::from_str(board).expect("a board")).await.expect("it");
    let asked = async |actor: &Actor| board_file(&services, actor, key, DashboardView::default()).await;
    assert_eq!(asked(&stranger).await.err().expect("it is refused").kind(), ErrorKind::NotFound);
    // Customers by name are not for viewers: their paper says so, as their page does.
    assert!(told(&asked(&viewer).await.expect("a file").bytes).contains("analyst"));
}

#[tokio::test]
async fn paper_that_takes_too_long_is_refused() {
    // No time at all: how fast the machine is does not matter.
    let services = TestServices::start_configured(|config| config.question_time = Duration::ZERO).await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(6, 3_000, &["GBP"])).await;
    let key = create_board(&services, &owner, serde_json::from_str(BOARD).expect("a board")).await.expect("it");
    let error = board_file(&services, &owner, key, DashboardView::default()).await.err().expect("no time is not enough").into_app();
    assert!(error.kind == ErrorKind::Unavailable && error.retry_after.is_some(), "{error:?}");
}

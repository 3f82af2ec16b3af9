//! Boards as PDFs, read back by somebody else's reader and held against the board and the facts.

use std::time::Duration;

use domain::charts::ChartKind;
use domain::dashboards::{BoardKey, BoardView, CardContent, DashboardView, StandardBoard};
use domain::{ErrorKind, Money, Role, format};
use lopdf::Document;
use services::Actor;
use services::dashboards::{archive_board, board_file, create_annotation, create_board, share_board, view_board};

use crate::analytics::facts::{generate, store};
use crate::sources::steps::bring;
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
    {"title": "The world", "question": {"measures": ["net_sales", "orders"], "dimensions": ["country"]}, "picture": "map", "width": 6},
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
        CardContent::Chart(chart) => {
            // A time axis and a grid leave names out where they are narrow.
            let has_all = matches!(chart.spec.kind, ChartKind::Bar | ChartKind::Donut);
            let names = chart.spec.categories.iter().filter(|_| has_all).cloned();
            let values = chart.spec.series.iter().filter(|_| chart.spec.kind == ChartKind::Bar).flat_map(|series| &series.values);
            let values = values.flatten().map(|value| format::compact(*value));
            [chart.title.clone()].into_iter().chain(names).chain(values).collect()
        }
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
    // A map is drawn of one measure, and names no other.
    assert!(text.contains("theworldnetsales,gbpbycountryunited"), "{text}");
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
            let shown = view_board(&services, &owner, key, DashboardView::default()).await.expect("the board");
            let file = board_file(&services, &owner, key, DashboardView::default()).await.expect("a file");
            let text = told(&file.bytes);
            assert!(text.contains(&plain(&shown.title)) && text.contains("page1of"), "{board:?}: {text}");
            assert_eq!(text.matches("thereisnodatayet.").count(), usize::from(!with_data), "{board:?}: {text}");
            assert_eq!(text.contains("comparedwith"), shown.compared_range.is_some(), "{board:?}: {text}");
            assert_eq!(text.contains(&plain(&format::range(shown.range))), with_data, "{board:?}: no days without data: {text}");
            assert_eq!(text.contains("nothingtoshowyet.yourdata"), with_data && shown.views.is_empty(), "{board:?}: {text}");
        }
    }
}

#[tokio::test]
async fn a_board_without_cards_or_put_away_says_so() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(5, 100, &["GBP"])).await;
    let board = serde_json::from_str(r#"{"title": "Bare", "cards": []}"#).expect("a board");
    let key = create_board(&services, &owner, board).await.expect("it");
    let asked = async || told(&board_file(&services, &owner, key, DashboardView::default()).await.expect("a file").bytes);
    let text = asked().await;
    assert!(text.contains("thisboardhasnocardsyet.theyappearhereassoonassomebodypinsone.") && !text.contains("putaway"), "{text}");
    archive_board(&services, &owner, key, true).await.expect("it is put away");
    let text = asked().await;
    assert!(text.contains("thisboardwasputaway."), "{text}");
}

#[tokio::test]
async fn paper_has_the_notes_of_all_and_neither_ones_own_nor_names_of_files() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    bring(&services, &owner, "secret-orders.csv", b"Order ID,Order Date,Product,Quantity,Unit Price\nA1,2026-01-05,Mug,2,5.00\n").await;
    for (text, is_shared) in [("Ask for a rise", false), ("Everything reduced", true)] {
        let note = serde_json::json!({"from": "2026-01-06", "text": text, "is_shared": is_shared});
        create_annotation(&services, &owner, serde_json::from_value(note).expect("a note")).await.expect("it is noted");
    }
    for number in 1..=7 {
        let note = serde_json::json!({"from": "2026-01-05", "text": format!("No. {number} of many"), "is_shared": true});
        create_annotation(&services, &owner, serde_json::from_value(note).expect("a note")).await.expect("it is noted");
    }
    let board = r#"{"title": "Days", "cards": [{"question": {"measures": ["orders"]}, "over_time": true, "picture": "column", "width": 12}]}"#;
    let key = create_board(&services, &owner, serde_json::from_str(board).expect("a board")).await.expect("it");
    let view = DashboardView::from_query("range=2026-01-05..2026-01-20&grain=day&compare=none");
    let page = view_board(&services, &owner, key, view.clone()).await.expect("the board");
    let CardContent::Chart(chart) = &page.views[0].content else { panic!("{:?}", page.views[0]) };
    let on_page: Vec<&String> = chart.spec.marks.iter().flat_map(|mark| &mark.words).collect();
    assert!(on_page.iter().any(|words| words.contains("rise")) && on_page.iter().any(|words| words.contains("secret")), "{on_page:?}");

    let text = told(&board_file(&services, &owner, key, view).await.expect("a file").bytes);
    for private in ["rise", "secret", "arrived"] {
        assert!(!text.contains(private), "{private}: {text}");
    }
    assert!(text.contains("26jan2026:everythingreduced"), "{text}");
    let told = (1..=7).filter(|number| text.contains(&format!("15jan2026:no.{number}ofmany"))).count();
    assert!(told == 7 && !text.contains("more"), "{text}");
    assert!(text.contains("5–20jan2026·datato5jan2026"), "{text}");
}

#[tokio::test]
async fn who_may_not_see_a_board_gets_no_paper_of_it() {
    let services = TestServices::start().await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("mallory@example.com").await);
    let viewer = services.member(&owner, "eve@example.com", Role::Viewer).await;
    store(&services, &owner, &generate(8, 100, &["GBP"])).await;
    let board = r#"{"title": "Mine", "cards": [{"question": {"measures": ["orders"], "dimensions": ["customer"]}}]}"#;
    let key = create_board(&services, &owner, serde_json::from_str(board).expect("a board")).await.expect("it");
    let asked = async |actor: &Actor| board_file(&services, actor, key, DashboardView::default()).await;
    assert_eq!(asked(&stranger).await.err().expect("it is refused").kind(), ErrorKind::NotFound);
    let analyst = services.member(&owner, "bea@example.com", Role::Analyst).await;
    assert!(asked(&analyst).await.is_ok());
    // Customers by name are not for viewers: their paper says so, as their page does.
    assert!(told(&asked(&viewer).await.expect("a file").bytes).contains("analyst"));
    share_board(&services, &owner, key, vec![Role::Analyst]).await.expect("it is for analysts");
    assert!(asked(&analyst).await.is_ok());
    assert_eq!(asked(&viewer).await.err().expect("it is for others").kind(), ErrorKind::NotFound);
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
    // Where there is no time, the database decides which step notices: reading or drawing.
    let refusals = [
        "this board is too long to be put on paper in time; choose fewer cards or days",
        "the question takes too long to answer; ask for fewer days, fewer splits, or filter",
    ];
    assert!(refusals.contains(&error.message.as_str()), "{error:?}");
}

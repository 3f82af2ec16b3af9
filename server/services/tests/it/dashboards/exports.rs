//! Tables taken away: read back as a spreadsheet would, and held against the facts and the board.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use domain::ErrorKind;
use domain::charts::TableData;
use domain::dashboards::{BoardKey, CardContent, DashboardView, StandardBoard};
use domain::semantic::Dimension;
use services::Actor;
use services::dashboards::{TableFormat, card_file, create_board, view_board};

use crate::analytics::facts::{generate, store};
use crate::support::TestServices;

const MONTH: [(&str, &str); 1] = [("range", "2011-01-01..2011-03-31")];
const BY_COUNTRY: &str =
    r#"{"title": "Mine: \"all\"", "cards": [{"question": {"measures": ["net_sales", "units"], "dimensions": ["country"]}, "picture": "table"}]}"#;

async fn csv_of(services: &TestServices, actor: &Actor, key: BoardKey, card: usize, view: &DashboardView) -> (String, Vec<Vec<String>>) {
    let file = card_file(services, actor, key, card, view.clone(), TableFormat::Csv).await.expect("a file");
    assert_eq!(file.media_type, "text/csv; charset=utf-8");
    let text = String::from_utf8(file.bytes).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    (file.name, rows)
}

async fn sheets_of(services: &TestServices, actor: &Actor, key: BoardKey, card: usize, view: &DashboardView) -> (Vec<Vec<Data>>, Vec<Vec<Data>>) {
    let file = card_file(services, actor, key, card, view.clone(), TableFormat::Xlsx).await.expect("a file");
    assert!(file.name.ends_with(".xlsx") && file.media_type.contains("spreadsheetml"), "{}", file.name);
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes)).expect("a workbook");
    for sheet in ["Figures", "About"] {
        let formulas = workbook.worksheet_formula(sheet).expect("its formulas");
        assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "no cell of {sheet} is a formula");
    }
    let mut rows = |sheet: &str| workbook.worksheet_range(sheet).expect("a sheet").rows().map(<[Data]>::to_vec).collect::<Vec<_>>();
    (rows("Figures"), rows("About"))
}

fn minor(text: &str) -> i64 {
    let (whole, pence) = text.split_once('.').expect("pounds and pence");
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    whole.parse::<i64>().expect("pounds") * 100 + sign * pence.parse::<i64>().expect("pence")
}

fn pence(cell: &Data) -> i64 {
    match cell {
        Data::Float(pounds) => (pounds * 100.0).round() as i64,
        Data::Int(pounds) => pounds * 100,
        other => panic!("{other:?} is no amount"),
    }
}

#[tokio::test]
async fn both_files_hold_what_the_facts_add_up_to_in_major_units() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let orders = generate(5, 700, &["GBP"]);
    store(&services, &owner, &orders).await;
    let key = create_board(&services, &owner, serde_json::from_str(BY_COUNTRY).expect("a board")).await.expect("it");
    let (from, to) = ("2011-01-01".parse().expect("a day"), "2011-03-31".parse().expect("a day"));
    let mut expected = BTreeMap::<&str, i64>::new();
    for order in orders.iter().filter(|order| order.day >= from && order.day <= to) {
        let name = match order.country {
            Some("GB") => "United Kingdom",
            Some("DE") => "Germany",
            Some("FR") => "France",
            _ => "none",
        };
        *expected.entry(name).or_default() += order.net_minor();
    }
    let view = DashboardView::from_pairs(MONTH);
    let (name, csv) = csv_of(&services, &owner, key, 0, &view).await;
    assert_eq!(name, "mine-all-net-sales-units-by-country-2011-01-01-to-2011-03-31.csv");
    assert_eq!(csv[0], ["Country", "Net sales (GBP)", "Units"]);
    let (figures, about) = sheets_of(&services, &owner, key, 0, &view).await;
    assert_eq!((csv.len(), figures.len()), (expected.len() + 1, expected.len() + 1));
    for (text, row) in csv.iter().zip(&figures).skip(1) {
        let country = if expected.contains_key(text[0].as_str()) { text[0].as_str() } else { "none" };
        assert_eq!((minor(&text[1]), pence(&row[1])), (expected[country], expected[country]), "{country}");
    }
    let said: Vec<String> = about.iter().map(|row| format!("{}: {}", row[0], row[1])).collect();
    assert_eq!(
        said[..4],
        ["Shop: Shop of ada@example.com", "Board: Mine: \"all\"", "Card: Net sales, Units by country", "Days: 1 Jan – 31 Mar 2011"]
    );
}

#[tokio::test]
async fn every_card_of_every_standard_board_can_be_taken_away_as_it_is_shown() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(6, 900, &["GBP"])).await;
    let view = DashboardView::from_pairs([("range", "2011-01-01..2011-03-31"), ("country", "DE")]);
    for standard in StandardBoard::ALL {
        let key = BoardKey::Standard(standard);
        let board = view_board(&services, &owner, key, view.clone()).await.expect("a board");
        for card in &board.views {
            let index = card.place;
            if matches!(card.content, CardContent::Empty(_) | CardContent::Failed(_)) {
                continue;
            }
            let shown: Option<&TableData> = match &card.content {
                CardContent::Chart(chart) => Some(&chart.table),
                CardContent::Table(table) => Some(table),
                _ => None,
            };
            let (_, csv) = csv_of(&services, &owner, key, index, &view).await;
            let (figures, about) = sheets_of(&services, &owner, key, index, &view).await;
            assert_eq!(csv.len(), figures.len(), "{} {index}", standard.as_str());
            assert!(about.iter().any(|row| row[0] == *"Country is" && row[1] == *"Germany"), "{about:?}");
            if let Some(shown) = shown {
                assert_eq!(csv.len(), shown.rows.len() + 1, "{} {index}", standard.as_str());
                assert_eq!(csv[1..].iter().map(|row| row[0].clone()).collect::<Vec<_>>(), first_cells(shown), "{} {index}", standard.as_str());
            }
        }
    }
}

fn first_cells(table: &TableData) -> Vec<String> {
    table.rows.iter().map(|row| row[0].as_text().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_name_that_looks_like_a_formula_is_never_run() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let mut orders = generate(7, 60, &["GBP"]);
    let evil = ["=HYPERLINK(\"http://evil.example\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1"];
    for (index, order) in orders.iter_mut().enumerate() {
        order.city = Some(evil[index % evil.len()]);
    }
    store(&services, &owner, &orders).await;
    let board = r#"{"title": "Mine", "cards": [{"question": {"measures": ["net_sales"], "dimensions": ["city"]}, "picture": "table"}]}"#;
    let key = create_board(&services, &owner, serde_json::from_str(board).expect("a board")).await.expect("it");
    let view = DashboardView::from_pairs([("range", "all")]);
    let (_, csv) = csv_of(&services, &owner, key, 0, &view).await;
    assert_eq!(csv.len(), evil.len() + 1);
    assert!(csv[1..].iter().all(|row| row[0].starts_with('\'')), "{csv:?}");
    // A workbook says which cells are formulas, and none of these is: the text stays as it was.
    let (figures, _) = sheets_of(&services, &owner, key, 0, &view).await;
    for text in evil {
        assert!(figures.iter().any(|row| row[0] == Data::String(text.to_owned())), "{text}: {figures:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_shown_cannot_be_taken_away() {
    let services = TestServices::start().await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("mallory@example.com").await);
    let viewer = services.member(&owner, "eve@example.com", domain::Role::Viewer).await;
    store(&services, &owner, &generate(8, 100, &["GBP"])).await;
    let board = r#"{"title": "Mine", "cards": [{"question": {"measures": ["total_sales"]}}, {"question": {"measures": ["orders"], "dimensions": ["customer"]}}]}"#;
    let key = create_board(&services, &owner, serde_json::from_str(board).expect("a board")).await.expect("it");
    let refused =
        async |actor: &Actor, card, view| card_file(&services, actor, key, card, view, TableFormat::Csv).await.err().expect("it is refused").kind();
    assert_eq!(refused(&stranger, 0, DashboardView::default()).await, ErrorKind::NotFound);
    assert_eq!(refused(&owner, 2, DashboardView::default()).await, ErrorKind::NotFound);
    assert_eq!(refused(&owner, 0, DashboardView::default().toggled(Dimension::Product, "Mug")).await, ErrorKind::Conflict);
    // Customers by name are not for viewers, neither as a split nor as a filter.
    assert_eq!(refused(&viewer, 1, DashboardView::default()).await, ErrorKind::Conflict);
    assert_eq!(refused(&viewer, 0, DashboardView::default().toggled(Dimension::Customer, "1")).await, ErrorKind::Conflict);
    let board = view_board(&services, &viewer, key, DashboardView::default()).await.expect("the board");
    assert!(matches!(&board.views[1].content, CardContent::Failed(words) if words.contains("analyst")), "{:?}", board.views[1]);
    assert!(matches!(&board.views[0].content, CardContent::Figure(_)), "{:?}", board.views[0]);
}

//! Boards on paper, read back by somebody else's reader.

use domain::charts::{ChartCard, ChartKind, ChartMark, ChartSpec, Series, SeriesRole, TableColumn, TableData};
use domain::dashboards::{CardContent, CardView, Change, Figure, GoalProgress, Picture};
use domain::question::{Cell, ColumnKind};
use domain::semantic::Measure;
use engine::paper::{NotWritten, Sheet, pdf};
use lopdf::Document;
use std::sync::atomic::AtomicBool;

fn sheet(cards: Vec<CardView>) -> Sheet {
    Sheet {
        shop: "Çiçek & Söhne Łódź".to_owned(),
        title: "Monday morning".to_owned(),
        description: "What to look at first".to_owned(),
        days: "1 – 30 Nov 2011".to_owned(),
        chosen: vec!["compared with 2 – 31 Oct 2011".to_owned(), "Country is Türkiye".to_owned()],
        notices: vec!["Costs are missing for 12 products.".to_owned()],
        made_at: 1_323_435_000_000,
        cards,
        instead: "This board has no cards yet.".to_owned(),
    }
}

fn card(title: &str, width: u8, content: CardContent) -> CardView {
    CardView { place: 0, title: title.to_owned(), subtitle: "in pounds".to_owned(), picture: Picture::Table, width, content, row_filter: None }
}

fn figure(value: &str) -> CardContent {
    let change = Change { direction: -1, is_good: Some(false), sentence: "down 3.1\u{a0}% on the days before".to_owned() };
    let goal = GoalProgress { reached: 0.4, due: Some(0.6) };
    CardContent::Figure(Figure { measure: Measure::NetSales, value: value.to_owned(), change: Some(change), sparkline: Vec::new(), goal: Some(goal) })
}

fn chart(kind: ChartKind, title: &str, categories: usize) -> CardContent {
    let values = (0..categories).map(|index| Some(100.0 + index as f64)).collect::<Vec<_>>();
    let spec = ChartSpec {
        kind,
        categories: (1..=categories).map(|number| format!("Thing {number}")).collect(),
        filter_values: Vec::new(),
        filter_dimension: None,
        series: vec![Series { name: "Net sales".to_owned(), role: SeriesRole::Current, values }],
        row_labels: vec!["Monday".to_owned(), "Tuesday".to_owned()],
        heat: vec![(0, 0, 4.0), (1, 1, 8.0)],
        begins_late: false,
        incomplete_from: None,
        currency: "GBP".parse().ok(),
        marks: vec![ChartMark { at: 0, words: vec!["Black Friday".to_owned()] }],
    };
    let (id, title, subtitle) = ("a".to_owned(), title.to_owned(), "net sales, a bar a thing".to_owned());
    CardContent::Chart(Box::new(ChartCard { id, title, subtitle, spec, table: TableData::default(), summary: String::new() }))
}

fn table(rows: usize, columns: usize) -> CardContent {
    let column = |title: String, kind| TableColumn { title, kind, currency: (kind == ColumnKind::Money).then(|| "TRY".parse().ok()).flatten() };
    let mut heads = vec![column("Product".to_owned(), ColumnKind::Text)];
    heads.extend((1..columns).map(|number| column(format!("Sum{number}"), ColumnKind::Money)));
    let row = |row: usize| {
        let mut cells = vec![Cell::Text(format!("Product {row:04}"))];
        cells.extend((1..columns).map(|column| Cell::Int((row * 1_000 + column) as i64 * 100)));
        cells
    };
    CardContent::Table(TableData { columns: heads, rows: (1..=rows).map(row).collect() })
}

fn read(sheet: &Sheet) -> Document {
    Document::load_mem(&pdf(sheet, &AtomicBool::new(false)).expect("it is written")).expect("a PDF")
}

/// What stands on a page, without the spaces that readers put in as they like.
fn told(document: &Document, page: u32) -> String {
    plain(&document.extract_text(&[page]).expect("text"))
}

fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

#[test]
fn words_and_figures_can_be_read_and_copied() {
    let signs = "₺1,234.50 €2 £3 ₹4 $5";
    let cards =
        vec![card("Net sales", 3, figure(signs)), card("Όνομα Имя", 3, figure("–")), card("No cost", 6, CardContent::Failed("add costs".to_owned()))];
    let document = read(&sheet(cards));
    let text = told(&document, 1);
    let words =
        ["Çiçek & Söhne Łódź", "Monday morning", "What to look at first", "1 – 30 Nov 2011 · compared with 2 – 31 Oct 2011 · Country is Türkiye"];
    let cards = [
        "Net sales",
        signs,
        "↓ down 3.1 % on the days before",
        "Όνομα Имя",
        "Add costs",
        "Costs are missing",
        "Page 1 of 1",
        "9 Dec 2011, 12:50 UTC",
    ];
    for words in words.into_iter().chain(cards) {
        assert!(text.contains(&plain(words)), "{words} is not in {text}");
    }
    let catalog = document.catalog().expect("a catalogue");
    assert_eq!(catalog.get(b"Lang").and_then(|lang| lang.as_str()).expect("a language"), b"en");
    let info =
        document.trailer.get(b"Info").and_then(|info| document.dereference(info)).expect("its facts").1.as_dict().expect("a dictionary").clone();
    let title = lopdf::decode_text_string(info.get(b"Title").expect("a title")).expect("a text");
    assert_eq!(title, "Monday morning · 1 – 30 Nov 2011");
}

#[test]
fn each_kind_of_picture_tells_its_names() {
    let kinds = [ChartKind::Line, ChartKind::Area, ChartKind::Column, ChartKind::Stacked, ChartKind::Bar, ChartKind::Donut, ChartKind::Funnel];
    let more = [ChartKind::Waterfall, ChartKind::HeatMap, ChartKind::Map];
    for kind in kinds.into_iter().chain(more) {
        let text = told(&read(&sheet(vec![card("A card", 12, chart(kind, "Bags sell best", 3))])), 1);
        for words in ["Bags sell best", "Net sales, a bar a thing", "Thing 1", "Thing 3"] {
            assert!(text.contains(&plain(words)), "{kind:?}: {words} is not in {text}");
        }
        let values: &[&str] = match kind {
            ChartKind::HeatMap => &["£4", "£8"],
            ChartKind::Line | ChartKind::Area | ChartKind::Stacked => &["£0", "£50", "£100"],
            _ => &["£100", "£101", "£102"],
        };
        assert!(values.iter().all(|value| text.contains(value)), "{kind:?}: {values:?} are not in {text}");
    }
    let text = told(&read(&sheet(vec![card("A card", 6, chart(ChartKind::Line, "Days", 3))])), 1);
    assert!(text.contains("1BlackFriday"), "a note has its words below: {text}");
}

#[test]
fn a_picture_that_leaves_something_out_says_so() {
    let text = told(&read(&sheet(vec![card("A card", 6, chart(ChartKind::Map, "Countries", 38))])), 1);
    assert!(text.contains(&plain("The 15 largest of 38 countries")) && text.contains("Thing38") && !text.contains("Thing12£"), "{text}");
    let document = read(&sheet(vec![card("A card", 6, chart(ChartKind::Bar, "All", 500))]));
    let text: String = (1..=document.get_pages().len() as u32).map(|page| told(&document, page)).collect();
    assert!(text.contains(&plain("of 500; the card's table has all of them")), "{text}");
}

#[test]
fn long_tables_go_on_with_their_head() {
    let document = read(&sheet(vec![card("Best products", 12, table(200, 4))]));
    let pages = document.get_pages().len() as u32;
    let texts: Vec<String> = (1..=pages).map(|page| told(&document, page)).collect();
    assert!((3..=8).contains(&pages), "{pages} pages");
    for (number, text) in (1..).zip(&texts) {
        assert!(text.contains(&plain("Product Sum1 Sum2 Sum3")) && text.contains(&plain(&format!("Page {number} of {pages}"))), "{number}: {text}");
    }
    for row in 1..=200_i64 {
        let words = plain(&format!(
            "Product {row:04} {}",
            ["1", "2", "3"].map(|column| money(row * 1_000 + column.parse::<i64>().expect("a number"))).join(" ")
        ));
        assert_eq!(texts.iter().filter(|text| text.contains(&words)).count(), 1, "row {row}: {words}");
    }
    assert!(texts[1].contains("Bestproducts(continued)"));
}

fn money(major: i64) -> String {
    domain::format::money(domain::Money::new(major * 100, "TRY".parse().expect("a currency")))
}

#[test]
fn a_wide_table_has_all_its_columns() {
    let document = read(&sheet(vec![card("By month", 12, table(3, 26))]));
    let text: String = (1..=document.get_pages().len() as u32).map(|page| told(&document, page)).collect();
    for column in 1..=25_i64 {
        for row in 1..=3_i64 {
            assert!(text.contains(&plain(&money(row * 1_000 + column))), "{row}, {column}");
        }
    }
    assert!(text.contains(&plain("of 26")));
}

#[test]
fn a_board_without_cards_is_one_page() {
    let document = read(&sheet(Vec::new()));
    assert_eq!(document.get_pages().len(), 1);
    assert!(told(&document, 1).contains("Thisboardhasnocardsyet."));
}

#[test]
fn of_a_long_table_the_first_rows_come_to_paper_and_that_is_said() {
    let document = read(&sheet(vec![card("Best products", 6, table(10_000, 2))]));
    let text: String = (1..=document.get_pages().len() as u32).map(|page| told(&document, page)).collect();
    assert_eq!(text.matches(&plain("The first 500 of 10,000 rows; the card's file has all of them.")).count(), 1);
    assert!(text.contains("Product0500") && !text.contains("Product0501"));
    assert!(!told(&read(&sheet(vec![card("All", 6, table(20, 2))])), 1).contains("Thefirst"));
}

#[test]
fn paper_that_nobody_waits_for_is_given_up() {
    let given_up = pdf(&sheet(vec![card("Best products", 12, table(400, 26))]), &AtomicBool::new(true));
    assert!(matches!(given_up, Err(NotWritten::Stopped)));
}

#[test]
fn letters_that_the_typeface_lacks_are_told_once() {
    let notice = plain("Some letters are not in this file's typeface and stand as boxes; the page's own Print has them.");
    let lacking = read(&sheet(vec![card("売上", 6, figure("5")), card("ยอดขาย", 6, chart(ChartKind::Bar, "매출", 3))]));
    assert_eq!(told(&lacking, 1).matches(&notice).count(), 1);
    assert!(!told(&read(&sheet(vec![card("Umsatz\u{3000}für Łódź", 6, figure("5"))])), 1).contains(&notice));
}

#[test]
fn each_band_of_a_wide_table_begins_with_the_names_of_its_rows() {
    let CardContent::Table(mut data) = table(3, 26) else { panic!("a table") };
    data.columns.insert(1, TableColumn { title: "Country".to_owned(), kind: ColumnKind::Text, currency: None });
    for (row, country) in data.rows.iter_mut().zip(["Denmark", "Norway", "Sweden"]) {
        row.insert(1, Cell::Text(country.to_owned()));
    }
    let document = read(&sheet(vec![card("By month", 12, CardContent::Table(data))]));
    let text: String = (1..=document.get_pages().len() as u32).map(|page| told(&document, page)).collect();
    let bands = text.matches("ProductCountry").count();
    assert!(bands > 1 && text.contains(&plain("Columns 3 to")), "{bands}: {text}");
    for (row, country) in (1..).zip(["Denmark", "Norway", "Sweden"]) {
        assert_eq!(text.matches(&format!("Product000{row}{country}")).count(), bands, "{text}");
    }
}

#[test]
fn a_map_tells_its_first_measure() {
    let CardContent::Chart(mut map) = chart(ChartKind::Map, "Countries", 3) else { panic!("a chart") };
    map.spec.series.push(Series { name: "Returns".to_owned(), role: SeriesRole::Split(1), values: vec![Some(7.0); 3] });
    map.subtitle = "Net sales, Returns, GBP by country; the largest 3".to_owned();
    let column = |title: &str, kind| TableColumn { title: title.to_owned(), kind, currency: None };
    map.table.columns = vec![column("Country", ColumnKind::Text), column("Net sales", ColumnKind::Money), column("Returns", ColumnKind::Money)];
    let text = told(&read(&sheet(vec![card("A card", 12, CardContent::Chart(map))])), 1);
    assert!(text.contains("£102") && !text.contains("£7") && !text.contains("Returns"), "{text}");
    assert!(text.contains("Netsales,GBPbycountry;thelargest3"), "{text}");
}

#[test]
fn rates_are_percent_on_every_kind_of_picture() {
    for kind in [ChartKind::Column, ChartKind::Bar, ChartKind::Line, ChartKind::HeatMap, ChartKind::Waterfall] {
        let CardContent::Chart(mut rates) = chart(kind, "Return rate", 3) else { panic!("a chart") };
        rates.spec.currency = None;
        rates.spec.series[0].values = vec![Some(0.04), Some(0.05), Some(0.06)];
        rates.spec.heat = vec![(0, 0, 0.04), (1, 1, 0.06)];
        let column = |title: &str, kind| TableColumn { title: title.to_owned(), kind, currency: None };
        rates.table.columns = vec![column("Country", ColumnKind::Text), column("Return rate", ColumnKind::Ratio)];
        let text = told(&read(&sheet(vec![card("A card", 12, CardContent::Chart(rates))])), 1);
        assert!(text.contains("4%") && text.contains("6%") && !text.contains("0.0"), "{kind:?}: {text}");
    }
}

#[test]
fn what_is_not_over_yet_is_explained() {
    for kind in [ChartKind::Column, ChartKind::Stacked] {
        for (open_from, is_said) in [(Some(2), true), (None, false)] {
            let CardContent::Chart(mut bars) = chart(kind, "Months", 3) else { panic!("a chart") };
            bars.spec.incomplete_from = open_from;
            let text = told(&read(&sheet(vec![card("A card", 6, CardContent::Chart(bars))])), 1);
            assert_eq!(text.contains("Hatched:notoveryet."), is_said, "{kind:?}: {text}");
        }
    }
}

#[test]
fn notes_are_told_whole_or_counted() {
    let CardContent::Chart(mut days) = chart(ChartKind::Line, "Days", 30) else { panic!("a chart") };
    let words = |number: usize| format!("{number} Nov 2011: {} and that was all of it.", "a long story of what happened ".repeat(4).trim());
    days.spec.marks = (0..10).map(|at| ChartMark { at: at * 3, words: vec![words(at * 3 + 1), words(at * 3 + 2)] }).collect();
    let text = told(&read(&sheet(vec![card("A card", 4, CardContent::Chart(days))])), 1);
    let whole = (0..10).flat_map(|at| [(at, at * 3 + 1), (at, at * 3 + 2)]);
    let whole = whole.filter(|(at, number)| text.contains(&plain(&format!("{}  {}", at + 1, words(*number))))).count();
    let begun = text.matches("alongstory").count();
    assert!(whole > 1 && begun == whole * 4 && !text.contains('…'), "{whole} of {begun}: {text}");
    assert!(text.contains(&plain(&format!("and {} more notes, which the page tells", 20 - whole))), "{whole}: {text}");
}

#[test]
fn a_heat_map_writes_all_of_its_values_or_none() {
    for (width, is_written) in [(12, true), (3, false)] {
        let CardContent::Chart(mut grid) = chart(ChartKind::HeatMap, "Hours", 12) else { panic!("a chart") };
        grid.spec.heat = (0..12).map(|column| (column, 0, if column == 3 { 123_456_789.0 } else { 7.0 })).collect();
        let text = told(&read(&sheet(vec![card("A card", width, CardContent::Chart(grid))])), 1);
        assert_eq!((text.contains("£123M"), text.contains("£7")), (is_written, is_written), "{width}: {text}");
    }
}

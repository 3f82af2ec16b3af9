//! Whatever a board holds, it comes to paper whole: no panic, and nothing beyond a page's edge.

use super::canvas::{Mark, Step};
use super::layout::pages;
use super::pdf::Page;
use super::sheet::{Sheet, pdf};
use domain::charts::{ChartCard, ChartKind, ChartMark, ChartSpec, Series, SeriesRole, TableColumn, TableData};
use domain::dashboards::{CardContent, CardView, Change, Figure, GoalProgress, Picture};
use domain::question::{Cell, ColumnKind};
use domain::semantic::Measure;
use proptest::prelude::*;
use std::sync::atomic::AtomicBool;

const KINDS: [ChartKind; 11] = [
    ChartKind::Line,
    ChartKind::Area,
    ChartKind::Column,
    ChartKind::Stacked,
    ChartKind::Bar,
    ChartKind::HeatMap,
    ChartKind::Scatter,
    ChartKind::Map,
    ChartKind::Donut,
    ChartKind::Funnel,
    ChartKind::Waterfall,
];

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-ZğşıİąéΩжя ₺€£₹$0-9−.,]{0,30}",
        2 => ".{0,60}",
        1 => Just("שלום עולם مرحبا بالعالم".to_owned()),
        1 => Just("🎉👩‍👩‍👧‍👦 ☕️ e\u{301} 売上\u{202e}\n\t\0".to_owned()),
        1 => Just("long words and more of them ".repeat(360)),
        1 => Just("W".repeat(10_000)),
    ]
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![6 => -1e6..1e6_f64, 1 => Just(0.0), 1 => Just(f64::NAN), 1 => Just(f64::INFINITY), 1 => any::<f64>()]
}

fn values(count: usize) -> impl Strategy<Value = Vec<Option<f64>>> {
    // Sometimes fewer or more than there are categories.
    prop::collection::vec(prop::option::weighted(0.9, number()), count.saturating_sub(1)..count + 2)
}

fn spec() -> impl Strategy<Value = ChartSpec> {
    let count = prop_oneof![Just(0_usize), Just(1), Just(2), 3..40_usize, Just(500)];
    (prop::sample::select(KINDS.to_vec()), count, 0..5_usize).prop_flat_map(|(kind, count, series)| {
        let role = prop_oneof![Just(SeriesRole::Current), Just(SeriesRole::Compared), any::<u8>().prop_map(SeriesRole::Split)];
        let series = prop::collection::vec((words(), role, values(count)).prop_map(|(name, role, values)| Series { name, role, values }), series);
        let heat = prop::collection::vec((0..count + 2, 0..12_usize, number()), 0..40);
        let marks =
            prop::collection::vec((0..count + 2, prop::collection::vec(words(), 0..3)).prop_map(|(at, words)| ChartMark { at, words }), 0..30);
        let names = prop::collection::vec(words(), count.min(12))
            .prop_map(move |names| (0..count).map(|i| names[i % names.len()].clone()).collect::<Vec<String>>());
        let currency = prop::option::of(prop::sample::select(vec!["TRY", "GBP", "INR", "CHF", "JPY"]));
        (names, series, prop::collection::vec(words(), 0..12), heat, (prop::bool::ANY, prop::option::of(0..count + 2)), currency, marks).prop_map(
            move |(categories, series, row_labels, heat, (begins_late, incomplete_from), currency, marks)| ChartSpec {
                kind,
                categories,
                filter_values: Vec::new(),
                filter_dimension: None,
                series,
                row_labels,
                heat,
                begins_late,
                incomplete_from,
                currency: currency.and_then(|code| code.parse().ok()),
                marks,
            },
        )
    })
}

fn table() -> impl Strategy<Value = TableData> {
    let kind = prop::sample::select(vec![ColumnKind::Text, ColumnKind::Money, ColumnKind::Number, ColumnKind::Ratio, ColumnKind::Time]);
    let column = (words(), kind).prop_map(|(title, kind)| TableColumn { title, kind, currency: "EUR".parse().ok() });
    let cell = prop_oneof![Just(Cell::None), any::<i64>().prop_map(Cell::Int), number().prop_map(Cell::Float), words().prop_map(Cell::Text)];
    let row = prop::collection::vec(cell, 0..26);
    (prop::collection::vec(column, 0..26), prop::collection::vec(row, 0..8), 1..20_usize).prop_map(|(columns, rows, times)| {
        let rows = rows.iter().cycle().take(rows.len() * times).cloned().collect();
        TableData { columns, rows }
    })
}

fn figure() -> impl Strategy<Value = Figure> {
    let change =
        (any::<i8>(), prop::option::of(any::<bool>()), words()).prop_map(|(direction, is_good, sentence)| Change { direction, is_good, sentence });
    let goal = (number(), prop::option::of(number())).prop_map(|(reached, due)| GoalProgress { reached, due });
    (words(), prop::option::of(change), values(30), prop::option::of(goal)).prop_map(|(value, change, sparkline, goal)| Figure {
        measure: Measure::NetSales,
        value,
        change,
        sparkline,
        goal,
    })
}

fn content() -> impl Strategy<Value = CardContent> {
    let chart = (words(), words(), spec(), table()).prop_map(|(title, subtitle, spec, table)| {
        CardContent::Chart(Box::new(ChartCard { id: "card".to_owned(), title, subtitle, spec, table, summary: String::new() }))
    });
    prop_oneof![
        3 => figure().prop_map(CardContent::Figure),
        5 => chart,
        3 => table().prop_map(CardContent::Table),
        1 => words().prop_map(CardContent::Empty),
        1 => words().prop_map(CardContent::Failed),
    ]
}

fn sheet() -> impl Strategy<Value = Sheet> {
    let card = (words(), words(), any::<u8>(), content()).prop_map(|(title, subtitle, width, content)| CardView {
        place: 0,
        title,
        subtitle,
        picture: Picture::Table,
        width: if width % 4 == 0 { width } else { [3, 4, 6, 8, 12][usize::from(width) % 5] },
        content,
        row_filter: None,
    });
    let texts = (words(), words(), words(), words(), words(), prop::collection::vec(words(), 0..4), prop::collection::vec(words(), 0..12));
    (texts, any::<i64>(), prop::collection::vec(card, 0..6)).prop_map(
        |((shop, title, description, days, instead, chosen, notices), made_at, cards)| Sheet {
            shop,
            title,
            description,
            days,
            chosen,
            notices,
            made_at,
            cards,
            instead,
        },
    )
}

/// Marks that reach over a page's edge.
fn outside(page: &Page) -> Vec<String> {
    let inside = |(x, y): (f32, f32)| (-0.5..=page.width + 0.5).contains(&x) && (-0.5..=page.height + 0.5).contains(&y);
    let is_outside = |mark: &&Mark| match mark {
        Mark::Words { at, text, kind } => !inside(*at) || !inside((at.0 + kind.width(text), at.1)),
        Mark::Shape { steps, .. } => steps.iter().any(|step| match step {
            Step::Move(to) | Step::Line(to) | Step::Curve(_, _, to) => !inside(*to),
            Step::Close => false,
        }),
    };
    page.canvas.marks.iter().filter(is_outside).map(|mark| format!("{mark:?}").chars().take(300).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn any_board_comes_to_paper_whole(sheet in sheet()) {
        let stop = AtomicBool::new(false);
        let drawn = pages(&sheet, &stop);
        let outside: Vec<String> = drawn.iter().flat_map(outside).collect();
        prop_assert!(outside.is_empty(), "{} marks beyond the edge: {:?}", outside.len(), &outside[..outside.len().min(3)]);
        let bytes = pdf(&sheet, &stop).expect("it is written");
        let read = lopdf::Document::load_mem(&bytes).expect("a PDF");
        prop_assert_eq!(read.get_pages().len(), drawn.len());
    }
}

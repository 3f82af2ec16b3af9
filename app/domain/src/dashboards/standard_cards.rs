//! The cards of the boards that come with the product.

use super::{BoardCard, Picture, StandardBoard, segment_cards};
use crate::analysis::{AbcInput, Analysis, BasketInput, CohortFigure, CohortsInput, RfmInput, SlowMoversInput};
use crate::question::{Derived, Filter, FilterOp, Number, Order, Question, Threshold, ThresholdOp, Transform};
use crate::semantic::{Dimension as D, Measure as M};

impl StandardBoard {
    /// Its cards.
    pub fn cards(self) -> Vec<BoardCard> {
        match self {
            Self::Overview => overview(),
            Self::Today => today(),
            Self::Sales => sales(),
            Self::Products => products(),
            Self::Customers => customers(),
            Self::Channels => channels(),
            Self::Geography => geography(),
            Self::Inventory => inventory(),
            Self::Returns => returns(),
            Self::Rhythm => rhythm(),
            Self::ProductXray | Self::CountryXray | Self::CustomerXray => self.xray_cards(),
            Self::Segment(segment) => segment_cards::cards(segment),
        }
    }
}

fn overview() -> Vec<BoardCard> {
    vec![
        figure(M::NetSales),
        figure(M::Orders),
        figure(M::AverageOrderValue),
        figure(M::Customers),
        over_time(M::NetSales, &[], Picture::Area, 12),
        top(M::NetSales, D::Product, 10, 6),
        split(M::NetSales, D::Country, Picture::Waterfall, 6),
    ]
}

fn today() -> Vec<BoardCard> {
    vec![
        figure(M::NetSales),
        figure(M::Orders),
        figure(M::AverageOrderValue),
        figure(M::Units),
        split(M::NetSales, D::Hour, Picture::Column, 12),
        top(M::NetSales, D::Product, 10, 6),
        top(M::NetSales, D::Country, 10, 6),
        table(&[M::NetSales, M::Orders, M::Units], D::Source, 20),
    ]
}

fn sales() -> Vec<BoardCard> {
    vec![
        figure(M::GrossSales),
        figure(M::Discounts),
        figure(M::Returns),
        figure(M::NetSales),
        figure(M::GrossMargin),
        figure(M::GrossMarginRate),
        figure(M::AdSpend),
        figure(M::ReturnOnAdSpend),
        over_time(M::NetSales, &[D::Channel], Picture::Stacked, 12),
        over_time(M::AverageOrderValue, &[], Picture::Line, 6),
        over_time(M::UnitsPerOrder, &[], Picture::Line, 6),
        with_value(top(M::NetSales, D::Category, 15, 6)),
        with_value(top(M::NetSales, D::PaymentMethod, 10, 6)),
        with_value(top(M::NetSales, D::DiscountCode, 10, 6)),
        split(M::NetSales, D::Product, Picture::Waterfall, 12),
    ]
}

fn products() -> Vec<BoardCard> {
    vec![
        figure(M::Units),
        figure(M::NetSales),
        top(M::NetSales, D::Product, 15, 6),
        top(M::Units, D::Product, 15, 6),
        split(M::NetSales, D::Product, Picture::Waterfall, 12),
        scatter(&[M::Units, M::GrossMarginRate, M::NetSales], 12),
        analysis(Analysis::Abc(AbcInput::default()), Picture::Line, 6),
        analysis(Analysis::Abc(AbcInput::default()), Picture::Column, 6),
        analysis(Analysis::BoughtTogether(BasketInput { pairs: 20, ..BasketInput::default() }), Picture::Table, 12),
        analysis(Analysis::SlowMovers(SlowMoversInput { products: 20, ..SlowMoversInput::default() }), Picture::Table, 12),
        table(&[M::NetSales, M::Units, M::Orders, M::Returns], D::Product, 50),
    ]
}

fn customers() -> Vec<BoardCard> {
    vec![
        figure(M::Customers),
        figure(M::AverageOrderValue),
        analysis(Analysis::NewAndReturning, Picture::Stacked, 12),
        analysis(Analysis::Rfm(RfmInput::default()), Picture::Bar, 6),
        analysis(Analysis::Rfm(RfmInput::default()), Picture::HeatMap, 6),
        analysis(cohorts(CohortFigure::Retention), Picture::HeatMap, 12),
        analysis(cohorts(CohortFigure::Revenue), Picture::HeatMap, 12),
        top(M::Customers, D::Country, 15, 6),
        top(M::AverageOrderValue, D::Country, 15, 6),
    ]
}

fn channels() -> Vec<BoardCard> {
    vec![
        split(M::NetSales, D::Channel, Picture::Donut, 4),
        over_time(M::NetSales, &[D::Channel], Picture::Stacked, 8),
        top(M::NetSales, D::Source, 15, 6),
        split(M::NetSales, D::Channel, Picture::Waterfall, 6),
        table(&[M::NetSales, M::Orders, M::AverageOrderValue, M::Units, M::Returns], D::Source, 50),
    ]
}

fn geography() -> Vec<BoardCard> {
    let cards = vec![
        BoardCard { question: by(&[M::NetSales, M::Orders, M::Customers], D::Country), ..split(M::NetSales, D::Country, Picture::Map, 12) },
        with_growth(table(&[M::NetSales, M::Orders, M::AverageOrderValue, M::Customers], D::Country, 100)),
        split(M::NetSales, D::Country, Picture::Waterfall, 12),
        over_time(M::NetSales, &[D::Country], Picture::Stacked, 12),
        BoardCard { width: 6, ..with_growth(table(&[M::NetSales, M::Orders], D::Region, 50)) },
        BoardCard { width: 6, ..with_growth(table(&[M::NetSales, M::Orders], D::City, 50)) },
    ];
    // Without a country, region or city there is nothing to say: such orders are left to the other boards.
    cards.into_iter().map(with_value).collect()
}

fn inventory() -> Vec<BoardCard> {
    vec![
        figure(M::StockOnHand),
        figure(M::DaysOfCover),
        figure(M::SellThrough),
        in_stock(top(M::StockOnHand, D::Product, 15, 6)),
        with_value(in_stock(top(M::StockOnHand, D::Category, 15, 6))),
        in_stock(table(&[M::StockOnHand, M::Units, M::DaysOfCover, M::SellThrough], D::Product, 50)),
        analysis(Analysis::SlowMovers(SlowMoversInput::default()), Picture::Table, 12),
    ]
}

fn returns() -> Vec<BoardCard> {
    vec![
        figure(M::Returns),
        figure(M::GrossSales),
        over_time(M::Returns, &[], Picture::Column, 12),
        scatter(&[M::Units, M::ReturnRate, M::NetSales], 12),
        top(M::Returns, D::Product, 15, 6),
        top(M::Returns, D::Country, 15, 6),
    ]
}

fn rhythm() -> Vec<BoardCard> {
    vec![
        split(M::NetSales, D::Weekday, Picture::Column, 6),
        split(M::Orders, D::Hour, Picture::Column, 6),
        BoardCard {
            question: Question { dimensions: vec![D::Weekday, D::Hour], ..Question::new([M::NetSales]) },
            picture: Some(Picture::HeatMap),
            width: 12,
            ..blank()
        },
    ]
}

fn blank() -> BoardCard {
    BoardCard::of(Question::default())
}

fn analysis(analysis: Analysis, picture: Picture, width: u8) -> BoardCard {
    BoardCard { analysis: Some(analysis), picture: Some(picture), width, ..blank() }
}

/// Products by two measures, and as large as a third.
fn scatter(measures: &[M], width: u8) -> BoardCard {
    BoardCard { question: by(measures, D::Product), picture: Some(Picture::Scatter), width, ..blank() }
}

fn by(measures: &[M], dimension: D) -> Question {
    Question { dimensions: vec![dimension], ..Question::new(measures.iter().copied()) }
}

/// With how much the first measure grew.
fn with_growth(mut card: BoardCard) -> BoardCard {
    let derived = |measure: &M| Derived { measure: *measure, transform: Transform::Growth, over: None };
    card.question.derived = card.question.measures.first().map(derived).into_iter().collect();
    card
}

/// Only what has a value of what the card is split by.
fn with_value(mut card: BoardCard) -> BoardCard {
    let known = card.question.dimensions.iter().map(|dimension| Filter::new(*dimension, FilterOp::IsNotEmpty, Vec::new()));
    card.question.filters = known.collect();
    card
}

/// Only what lies in stock.
fn in_stock(mut card: BoardCard) -> BoardCard {
    card.question.having = vec![Threshold { measure: M::StockOnHand, op: ThresholdOp::AtLeast, value: Number { millionths: 0 } }];
    card
}

fn cohorts(show: CohortFigure) -> Analysis {
    Analysis::Cohorts(CohortsInput { show, ..CohortsInput::default() })
}

fn figure(measure: M) -> BoardCard {
    BoardCard { question: Question::new([measure]), picture: Some(Picture::Figure), width: 3, ..blank() }
}

fn over_time(measure: M, dimensions: &[D], picture: Picture, width: u8) -> BoardCard {
    let question = Question { dimensions: dimensions.to_vec(), ..Question::new([measure]) };
    BoardCard { question, over_time: true, picture: Some(picture), width, ..blank() }
}

fn split(measure: M, dimension: D, picture: Picture, width: u8) -> BoardCard {
    BoardCard { question: Question { dimensions: vec![dimension], ..Question::new([measure]) }, picture: Some(picture), width, ..blank() }
}

fn top(measure: M, dimension: D, limit: u32, width: u8) -> BoardCard {
    let order = vec![Order { by: measure.name().to_owned(), desc: true }];
    let question = Question { dimensions: vec![dimension], order, limit: Some(limit), ..Question::new([measure]) };
    BoardCard { question, picture: Some(Picture::Bar), width, ..blank() }
}

fn table(measures: &[M], dimension: D, limit: u32) -> BoardCard {
    let question = Question { dimensions: vec![dimension], limit: Some(limit), ..Question::new(measures.iter().copied()) };
    BoardCard { question, picture: Some(Picture::Table), width: 12, ..blank() }
}

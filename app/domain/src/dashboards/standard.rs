//! The boards that come with the product, each a list of cards.

use super::{BoardCard, Picture};
use crate::question::{Order, Question};
use crate::semantic::{Dimension, Measure};

/// A board that comes with the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StandardBoard {
    /// How the shop is doing, on one page.
    Overview,
    /// What sells.
    Products,
    /// Who buys.
    Customers,
    /// Through which channels and sources.
    Channels,
    /// Where to.
    Geography,
    /// What comes back.
    Returns,
    /// When people buy.
    Rhythm,
}

impl StandardBoard {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 7] = [Self::Overview, Self::Products, Self::Customers, Self::Channels, Self::Geography, Self::Returns, Self::Rhythm];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Products => "products",
            Self::Customers => "customers",
            Self::Channels => "channels",
            Self::Geography => "geography",
            Self::Returns => "returns",
            Self::Rhythm => "rhythm",
        }
    }

    /// The board of a word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|board| board.as_str() == text)
    }

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Products => "Products",
            Self::Customers => "Customers",
            Self::Channels => "Channels",
            Self::Geography => "Geography",
            Self::Returns => "Returns",
            Self::Rhythm => "Rhythm",
        }
    }

    /// What it is for.
    pub fn description(self) -> &'static str {
        match self {
            Self::Overview => "How the shop is doing, on one page",
            Self::Products => "What sells, and what changed",
            Self::Customers => "How many buy, how much, and from where",
            Self::Channels => "Online against offline, and each source of orders",
            Self::Geography => "Countries and cities, and how they move",
            Self::Returns => "What was given back, when and of which products",
            Self::Rhythm => "Weekdays and hours at which people buy",
        }
    }

    /// Its cards.
    pub fn cards(self) -> Vec<BoardCard> {
        use {Dimension as D, Measure as M};
        match self {
            Self::Overview => vec![
                figure(M::NetSales),
                figure(M::Orders),
                figure(M::AverageOrderValue),
                figure(M::Customers),
                over_time(M::NetSales, &[], Picture::Area, 12),
                top(M::NetSales, D::Product, 10, 6),
                split(M::NetSales, D::Country, Picture::Waterfall, 6),
            ],
            Self::Products => vec![
                figure(M::Units),
                figure(M::NetSales),
                top(M::NetSales, D::Product, 15, 6),
                top(M::Units, D::Product, 15, 6),
                split(M::NetSales, D::Product, Picture::Waterfall, 12),
                table(&[M::NetSales, M::Units, M::Orders, M::Returns], D::Product, 50),
            ],
            Self::Customers => vec![
                figure(M::Customers),
                figure(M::AverageOrderValue),
                over_time(M::Customers, &[], Picture::Column, 12),
                top(M::Customers, D::Country, 15, 6),
                top(M::AverageOrderValue, D::Country, 15, 6),
            ],
            Self::Channels => vec![
                split(M::NetSales, D::Channel, Picture::Donut, 4),
                over_time(M::NetSales, &[D::Channel], Picture::Stacked, 8),
                top(M::NetSales, D::Source, 15, 6),
                split(M::NetSales, D::Channel, Picture::Waterfall, 6),
                table(&[M::NetSales, M::Orders, M::AverageOrderValue, M::Units, M::Returns], D::Source, 50),
            ],
            Self::Geography => vec![
                top(M::NetSales, D::Country, 20, 6),
                split(M::NetSales, D::Country, Picture::Waterfall, 6),
                over_time(M::NetSales, &[D::Country], Picture::Stacked, 12),
                table(&[M::NetSales, M::Orders, M::AverageOrderValue, M::Customers], D::Country, 100),
                table(&[M::NetSales, M::Orders], D::City, 50),
            ],
            Self::Returns => vec![
                figure(M::Returns),
                figure(M::GrossSales),
                over_time(M::Returns, &[], Picture::Column, 12),
                top(M::Returns, D::Product, 15, 6),
                top(M::Returns, D::Country, 15, 6),
            ],
            Self::Rhythm => vec![
                split(M::NetSales, D::Weekday, Picture::Column, 6),
                split(M::Orders, D::Hour, Picture::Column, 6),
                BoardCard {
                    question: Question { dimensions: vec![D::Weekday, D::Hour], ..Question::new([M::NetSales]) },
                    picture: Some(Picture::HeatMap),
                    width: 12,
                    ..blank()
                },
            ],
        }
    }
}

fn blank() -> BoardCard {
    BoardCard::of(Question::default())
}

fn figure(measure: Measure) -> BoardCard {
    BoardCard { question: Question::new([measure]), picture: Some(Picture::Figure), width: 3, ..blank() }
}

fn over_time(measure: Measure, dimensions: &[Dimension], picture: Picture, width: u8) -> BoardCard {
    let question = Question { dimensions: dimensions.to_vec(), ..Question::new([measure]) };
    BoardCard { question, over_time: true, picture: Some(picture), width, ..blank() }
}

fn split(measure: Measure, dimension: Dimension, picture: Picture, width: u8) -> BoardCard {
    BoardCard { question: Question { dimensions: vec![dimension], ..Question::new([measure]) }, picture: Some(picture), width, ..blank() }
}

fn top(measure: Measure, dimension: Dimension, limit: u32, width: u8) -> BoardCard {
    let order = vec![Order { by: measure.name().to_owned(), desc: true }];
    let question = Question { dimensions: vec![dimension], order, limit: Some(limit), ..Question::new([measure]) };
    BoardCard { question, picture: Some(Picture::Bar), width, ..blank() }
}

fn table(measures: &[Measure], dimension: Dimension, limit: u32) -> BoardCard {
    let question = Question { dimensions: vec![dimension], limit: Some(limit), ..Question::new(measures.iter().copied()) };
    BoardCard { question, picture: Some(Picture::Table), width: 12, ..blank() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboards::BoardInput;

    #[test]
    fn every_standard_board_could_be_saved_as_it_is() {
        for board in StandardBoard::ALL {
            let input =
                BoardInput { title: board.title().to_owned(), description: board.description().to_owned(), cards: board.cards(), version: None };
            assert_eq!(input.check(), Ok(()), "{}", board.as_str());
            assert_eq!(StandardBoard::parse(board.as_str()), Some(board));
        }
    }
}

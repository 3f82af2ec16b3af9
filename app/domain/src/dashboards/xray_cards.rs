//! The board of one product, country or customer beside all others.

use super::{BoardCard, DashboardView, Picture, StandardBoard};
use crate::analysis::{Analysis, BasketInput};
use crate::question::{FilterOp, Order, Question};
use crate::semantic::{Dimension as D, Measure as M};

impl StandardBoard {
    /// The boards of one thing. They stand in no list: they are reached from what they are about.
    pub const XRAYS: [Self; 3] = [Self::ProductXray, Self::CountryXray, Self::CustomerXray];

    /// The board of one value of a dimension, if there is one.
    pub fn xray_of(dimension: D) -> Option<Self> {
        Self::XRAYS.into_iter().find(|board| board.looks_at() == Some(dimension))
    }

    /// Of which dimension it shows one value.
    pub fn looks_at(self) -> Option<D> {
        match self {
            Self::ProductXray => Some(D::Product),
            Self::CountryXray => Some(D::Country),
            Self::CustomerXray => Some(D::Customer),
            _ => None,
        }
    }

    /// The one value that it shows in a view.
    pub fn subject(self, view: &DashboardView) -> Option<&str> {
        let dimension = self.looks_at()?;
        let mut of_it = view.filters.iter().filter(|filter| filter.dimension == dimension && filter.op == FilterOp::In);
        match (of_it.next().map(|filter| filter.values.as_slice()), of_it.next()) {
            (Some([value]), None) => Some(value),
            _ => None,
        }
    }

    /// The cards of a board of one thing.
    pub(super) fn xray_cards(self) -> Vec<BoardCard> {
        let dimension = self.looks_at().unwrap_or(D::Product);
        let mut cards = vec![figure(M::NetSales), figure(M::Orders), figure(M::Units), figure(M::Returns)];
        cards.push(over_time(M::NetSales, 12));
        cards.push(BoardCard { share_of: Some(dimension), ..over_time(M::NetSales, 12) });
        cards.push(and_the_rest(dimension));
        cards.extend(match self {
            Self::ProductXray => {
                let pairs = Analysis::BoughtTogether(BasketInput { min_orders: 2, products: 1_000, pairs: 20, ..BasketInput::default() });
                vec![analysis(pairs, "Bought with it", Picture::Table), new_and_returning(), top(D::Country), top(D::Channel), top(D::Customer)]
            }
            Self::CountryXray => vec![new_and_returning(), top(D::Product), top(D::City), top(D::Channel), top(D::Customer)],
            _ => vec![top(D::Product), top(D::Category), top(D::Channel), top(D::Store)],
        });
        cards
    }
}

fn blank() -> BoardCard {
    BoardCard::of(Question::default())
}

fn figure(measure: M) -> BoardCard {
    BoardCard { picture: Some(Picture::Figure), width: 3, ..BoardCard::of(Question::new([measure])) }
}

fn over_time(measure: M, width: u8) -> BoardCard {
    BoardCard { over_time: true, picture: Some(Picture::Area), width, ..BoardCard::of(Question::new([measure])) }
}

fn analysis(analysis: Analysis, title: &str, picture: Picture) -> BoardCard {
    BoardCard { analysis: Some(analysis), title: title.to_owned(), picture: Some(picture), width: 12, ..blank() }
}

/// What makes it different. One customer comes back or not: that is no rate.
fn and_the_rest(dimension: D) -> BoardCard {
    let rates = [M::AverageOrderValue, M::UnitsPerOrder, M::ReturnRate, M::RepeatRate].into_iter();
    let told = rates.filter(|measure| measure.goes_with(dimension) && (dimension, *measure) != (D::Customer, M::RepeatRate));
    BoardCard { rest_of: Some(dimension), picture: Some(Picture::Table), width: 12, ..BoardCard::of(Question::new(told)) }
}

fn new_and_returning() -> BoardCard {
    analysis(Analysis::NewAndReturning, "", Picture::Stacked)
}

fn top(dimension: D) -> BoardCard {
    let order = vec![Order { by: M::NetSales.name().to_owned(), desc: true }];
    let question = Question { dimensions: vec![dimension], order, limit: Some(10), ..Question::new([M::NetSales]) };
    BoardCard { picture: Some(Picture::Bar), width: 6, ..BoardCard::of(question) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboards::BoardInput;

    #[test]
    fn a_board_of_one_thing_is_sound_and_knows_what_it_is_about() {
        for board in StandardBoard::XRAYS {
            let input = BoardInput { title: board.title().to_owned(), cards: board.cards(), ..BoardInput::default() };
            assert_eq!(input.check(), Ok(()), "{}", board.as_str());
            assert_eq!(StandardBoard::parse(board.as_str()), Some(board));
            let dimension = board.looks_at().expect("it has one");
            let one = DashboardView::default().toggled(dimension, "Mug");
            assert_eq!((StandardBoard::xray_of(dimension), board.subject(&one)), (Some(board), Some("Mug")));
            assert_eq!((board.subject(&DashboardView::default()), board.subject(&one.toggled(dimension, "Plate"))), (None, None));
        }
        assert_eq!(StandardBoard::xray_of(D::Hour), None);
    }
}

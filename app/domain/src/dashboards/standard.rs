//! The boards that come with the product, each a list of cards.

use super::segment_cards;
use crate::analysis::RfmSegment;
use crate::range::RangePreset;

/// A board that comes with the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StandardBoard {
    /// How the shop is doing, on one page.
    Overview,
    /// How today goes.
    Today,
    /// What was sold, from gross to net, and what is left of it.
    Sales,
    /// What sells.
    Products,
    /// Who buys.
    Customers,
    /// Through which channels and sources.
    Channels,
    /// Where to.
    Geography,
    /// What lies in stock, and how long it lasts.
    Inventory,
    /// What comes back.
    Returns,
    /// When people buy.
    Rhythm,
    /// One product beside all others.
    ProductXray,
    /// One country beside all others.
    CountryXray,
    /// One customer beside all others.
    CustomerXray,
    /// The customers of one segment, by name.
    Segment(RfmSegment),
}

impl StandardBoard {
    /// All that stand in the list, in its order.
    pub const ALL: [Self; 10] = [
        Self::Overview,
        Self::Today,
        Self::Sales,
        Self::Products,
        Self::Customers,
        Self::Channels,
        Self::Geography,
        Self::Inventory,
        Self::Returns,
        Self::Rhythm,
    ];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Today => "today",
            // `/api/v1/dashboards/sales` is the page of that name.
            Self::Sales => "selling",
            Self::Products => "products",
            Self::Customers => "customers",
            Self::Channels => "channels",
            Self::Geography => "geography",
            Self::Inventory => "inventory",
            Self::Returns => "returns",
            Self::Rhythm => "rhythm",
            Self::ProductXray => "xray-product",
            Self::CountryXray => "xray-country",
            Self::CustomerXray => "xray-customer",
            Self::Segment(segment) => segment_cards::word(segment),
        }
    }

    /// The board of a word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().chain(Self::XRAYS).chain(Self::segments()).find(|board| board.as_str() == text)
    }

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Today => "Today",
            Self::Sales => "Sales",
            Self::Products => "Products",
            Self::Customers => "Customers",
            Self::Channels => "Channels",
            Self::Geography => "Geography",
            Self::Inventory => "Inventory",
            Self::Returns => "Returns",
            Self::Rhythm => "Rhythm",
            Self::ProductXray => "X-ray of a product",
            Self::CountryXray => "X-ray of a country",
            Self::CustomerXray => "X-ray of a customer",
            Self::Segment(segment) => segment.label(),
        }
    }

    /// What it is for.
    pub fn description(self) -> &'static str {
        match self {
            Self::Overview => "How the shop is doing, on one page",
            Self::Today => "The latest day, hour by hour, against the day before",
            Self::Sales => "From gross to net, by channel, category and time, and what is left of it",
            Self::Products => "What sells, what sells together, and what stands still",
            Self::Customers => "Who buys, who comes back, and who is about to leave",
            Self::Channels => "Online against offline, and each source of orders",
            Self::Geography => "Countries and cities, and how they move",
            Self::Inventory => "What lies in stock, how long it lasts, and what stands still",
            Self::Returns => "What was given back, when and of which products",
            Self::Rhythm => "Weekdays and hours at which people buy",
            Self::ProductXray => "One product beside all others",
            Self::CountryXray => "One country beside all others",
            Self::CustomerXray => "One customer beside all others",
            Self::Segment(segment) => segment.meaning(),
        }
    }

    /// The days it shows when nobody chose any; without, those that every board shows.
    pub fn range(self) -> Option<RangePreset> {
        (self == Self::Today).then_some(RangePreset::Today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboards::BoardInput;

    #[test]
    fn every_standard_board_could_be_saved_as_it_is() {
        for board in StandardBoard::ALL {
            let input = BoardInput {
                title: board.title().to_owned(),
                description: board.description().to_owned(),
                cards: board.cards(),
                version: None,
                roles: None,
            };
            assert_eq!(input.check(), Ok(()), "{}", board.as_str());
            assert_eq!(StandardBoard::parse(board.as_str()), Some(board));
        }
    }
}

//! The kinds of facts that figures are made of.

/// A kind of facts. A dimension splits some kinds, and a measure can be split by what splits all of its kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facts {
    /// What was sold and given back: known of whole orders and of their lines.
    Sales,
    /// What is known of whole orders only, such as tax.
    Orders,
    /// What is known of lines only, such as the cost of a product.
    Lines,
    /// Stock as it was told last; it has no history.
    Stock,
    /// What advertising cost, by day and campaign.
    Advertising,
}

impl Facts {
    /// Whether these facts happened on days.
    pub fn have_days(self) -> bool {
        self != Self::Stock
    }

    /// How a sentence calls them.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Orders => "whole orders",
            Self::Lines => "order lines",
            Self::Stock => "stock as it is now",
            Self::Advertising => "days of advertising",
        }
    }
}

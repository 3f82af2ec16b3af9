//! The dimensions by name.

use super::facts::Facts;

/// Something figures can be split and filtered by; its entry says what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the definitions stand in the table of entries, where people and programs read them")]
pub enum Dimension {
    Product,
    Sku,
    Variant,
    Category,
    Brand,
    Country,
    Region,
    City,
    Customer,
    CustomerSegment,
    Cohort,
    Channel,
    Source,
    Store,
    Weekday,
    Hour,
    DiscountCode,
    PaymentMethod,
    Currency,
}

impl Dimension {
    /// Whether it is known of lines and not of whole orders.
    pub fn is_of_lines(self) -> bool {
        !self.entry().facts.contains(&Facts::Orders)
    }

    /// Whether it names products one by one, and not in groups.
    pub fn names_products(self) -> bool {
        matches!(self, Self::Product | Self::Sku)
    }
}

//! What kind of file it is.

use super::ColumnMeaning;
use serde::{Deserialize, Serialize};

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Orders or their lines.
    #[default]
    Orders,
    /// Totals a store and period sold, without orders.
    SellOut,
    /// Products with their variants.
    Products,
    /// Customers or subscribers.
    Customers,
    /// Stock by product and place.
    Inventory,
    /// Refunds.
    Refunds,
    /// Payouts, settlements, fees and other movements of money.
    Payouts,
    /// Spending on advertising.
    AdSpend,
}

impl FileKind {
    /// All of them, in the order a person chooses from.
    pub const ALL: [Self; 8] =
        [Self::Orders, Self::SellOut, Self::Products, Self::Customers, Self::Inventory, Self::Refunds, Self::Payouts, Self::AdSpend];

    /// The word that tables and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::SellOut => "sell_out",
            Self::Products => "products",
            Self::Customers => "customers",
            Self::Inventory => "inventory",
            Self::Refunds => "refunds",
            Self::Payouts => "payouts",
            Self::AdSpend => "ad_spend",
        }
    }

    /// The kind of a word, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Where the discount may stand that is taken off a row's amount: in one of these at most.
    pub fn discount_meanings(self) -> &'static [ColumnMeaning] {
        match self {
            Self::Orders => &[ColumnMeaning::LineDiscount],
            // What a store sold is no part of an order: each row is its own whole.
            Self::SellOut => &[ColumnMeaning::LineDiscount, ColumnMeaning::Discount],
            _ => &[],
        }
    }

    /// Where the amount of a row may stand; the first that is filled counts.
    pub fn amount_meanings(self) -> &'static [ColumnMeaning] {
        match self {
            Self::SellOut | Self::Refunds => &[ColumnMeaning::LineAmount, ColumnMeaning::Amount, ColumnMeaning::OrderTotal],
            _ => &[ColumnMeaning::LineAmount],
        }
    }

    /// Where the price of one may stand; the first that is filled counts.
    pub fn price_meanings(self) -> &'static [ColumnMeaning] {
        match self {
            Self::SellOut | Self::Refunds => &[ColumnMeaning::UnitPrice, ColumnMeaning::Price],
            _ => &[ColumnMeaning::UnitPrice],
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Orders => "Orders",
            Self::SellOut => "Sell-out (store totals)",
            Self::Products => "Products",
            Self::Customers => "Customers",
            Self::Inventory => "Inventory",
            Self::Refunds => "Refunds",
            Self::Payouts => "Payouts and fees",
            Self::AdSpend => "Advertising spend",
        }
    }
}

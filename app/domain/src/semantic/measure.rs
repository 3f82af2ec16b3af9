//! The measures by name.

use super::Dimension;
use super::entries::Additivity;
use super::facts::Facts;
use crate::role::Role;

/// A figure that can be asked for; its entry says what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the definitions stand in the table of entries, where people and programs read them")]
pub enum Measure {
    NetSales,
    GrossSales,
    TotalSales,
    Returns,
    ReturnRate,
    Discounts,
    Tax,
    Shipping,
    Fees,
    Orders,
    Units,
    AverageOrderValue,
    UnitsPerOrder,
    Customers,
    NewCustomers,
    ReturningCustomers,
    RepeatRate,
    RevenuePerCustomer,
    Cost,
    GrossMargin,
    GrossMarginRate,
    StockOnHand,
    DaysOfCover,
    SellThrough,
    AdSpend,
    ReturnOnAdSpend,
}

impl Measure {
    /// Whether it can be split and filtered by a dimension.
    pub fn goes_with(self, dimension: Dimension) -> bool {
        let facts = self.entry().facts;
        // Stock and advertising come from other files than sales: no source has both.
        let is_related = facts.len() > 1 && facts.iter().any(|facts| matches!(facts, Facts::Stock | Facts::Advertising));
        facts.iter().all(|facts| dimension.entry().facts.contains(facts)) && !(is_related && dimension == Dimension::Source)
    }

    /// Whether it can be split by time.
    pub fn has_days(self) -> bool {
        self.entry().facts.iter().all(|facts| facts.have_days())
    }

    /// Whether its values for the values of a dimension add up to that of the whole.
    pub fn adds_over(self, dimension: Dimension) -> bool {
        let adds_up = match self.entry().additivity {
            Additivity::Additive | Additivity::OverDimensions => true,
            Additivity::OverOrders => !dimension.is_of_lines(),
            Additivity::OverTime | Additivity::None => false,
        };
        adds_up && self.goes_with(dimension)
    }

    /// Whether its values for buckets of time add up to that of all of them.
    pub fn adds_over_time(self) -> bool {
        self.has_days() && matches!(self.entry().additivity, Additivity::Additive | Additivity::OverOrders | Additivity::OverTime)
    }

    /// Whether orders, or lines of them, stand behind it: stock and advertising are made of neither.
    pub fn has_rows(self) -> bool {
        !self.entry().facts.iter().any(|facts| matches!(facts, Facts::Stock | Facts::Advertising))
    }

    /// Why it cannot be split or filtered by a dimension, and what can be done.
    pub fn refusal(self, dimension: Dimension) -> String {
        let kinds: Vec<_> =
            self.entry().facts.iter().filter(|facts| !dimension.entry().facts.contains(facts)).map(|facts| facts.describe()).collect();
        let of = if kinds.is_empty() { "facts of different files".to_owned() } else { kinds.join(" and ") };
        let instead = if self.entry().facts.contains(&Facts::Orders) { "; net_sales can be" } else { "" };
        format!("{self} is made of {of} and cannot be split or filtered by {dimension}{instead}")
    }

    /// The lowest role that may see it.
    pub fn lowest_role(self) -> Role {
        self.entry().lowest_role
    }
}

//! Customers by recency, frequency and money.

use super::asked::{Faults, outside};
use crate::Day;
use serde::{Deserialize, Serialize};

/// How customers are scored.
///
/// Each customer with an order up to the day has three values: the day of the last order, the number of orders, and the net sales. Each value
/// is scored 1 to 5 by fifths: `1 + 5 × (customers whose value is less) / (all customers)`, rounded down. So equal values always have equal
/// scores, and a fifth is larger than others where many customers are alike; the commonest case is that most have ordered once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RfmInput {
    /// The day from which it looks back; without it, the last day asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// Lists so many customers by name, those who brought most first. Needs the role analyst.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub customers: u32,
    /// Lists only customers of this segment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<RfmSegment>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl RfmInput {
    pub(super) fn wrong(&self) -> Faults {
        outside(&[("customers", self.customers, 0, 1_000)])
    }
}

/// A segment of customers, by the scores of recency and frequency.
///
/// The names are those of Putler's "RFM analysis for successful customer segmentation"; its ranges overlap, so the cells are those of the
/// disjoint five by five table that most implementations share (`[1-2][1-2]` hibernating, `5[4-5]` champions and so on).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RfmSegment {
    /// Recency 5, frequency 4 or 5.
    Champions,
    /// Recency 3 or 4, frequency 4 or 5.
    Loyal,
    /// Recency 4 or 5, frequency 2 or 3.
    PotentialLoyalists,
    /// Recency 5, frequency 1.
    New,
    /// Recency 4, frequency 1.
    Promising,
    /// Recency 3, frequency 3.
    NeedAttention,
    /// Recency 3, frequency 1 or 2.
    AboutToSleep,
    /// Recency 1 or 2, frequency 5.
    CannotLose,
    /// Recency 1 or 2, frequency 3 or 4.
    AtRisk,
    /// Recency 1 or 2, frequency 1 or 2.
    Hibernating,
}

impl RfmSegment {
    /// All of them, the best first.
    pub const ALL: [Self; 10] = [
        Self::Champions,
        Self::Loyal,
        Self::PotentialLoyalists,
        Self::New,
        Self::Promising,
        Self::NeedAttention,
        Self::AboutToSleep,
        Self::CannotLose,
        Self::AtRisk,
        Self::Hibernating,
    ];

    /// The segment of two scores of 1 to 5.
    pub fn of(recency: u8, frequency: u8) -> Self {
        match (recency, frequency) {
            (5.., 4..) => Self::Champions,
            (3.., 4..) => Self::Loyal,
            (4.., 2..) => Self::PotentialLoyalists,
            (5.., _) => Self::New,
            (4.., _) => Self::Promising,
            (3, 3) => Self::NeedAttention,
            (3, _) => Self::AboutToSleep,
            (_, 5..) => Self::CannotLose,
            (_, 3..) => Self::AtRisk,
            _ => Self::Hibernating,
        }
    }

    /// The pairs of scores (recency, frequency) that it is made of.
    pub fn scores(self) -> impl Iterator<Item = (u8, u8)> {
        let all = (1..=5).flat_map(|recency| (1..=5).map(move |frequency| (recency, frequency)));
        all.filter(move |(recency, frequency)| Self::of(*recency, *frequency) == self)
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Champions => "Champions",
            Self::Loyal => "Loyal",
            Self::PotentialLoyalists => "Potential loyalists",
            Self::New => "New",
            Self::Promising => "Promising",
            Self::NeedAttention => "Need attention",
            Self::AboutToSleep => "About to sleep",
            Self::CannotLose => "Can't lose them",
            Self::AtRisk => "At risk",
            Self::Hibernating => "Hibernating",
        }
    }

    /// Who they are, in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Champions => "bought just now, and buy often",
            Self::Loyal => "buy often, the last time not long ago",
            Self::PotentialLoyalists => "bought recently, and more than once",
            Self::New => "bought just now for the first time or two",
            Self::Promising => "bought recently, but not often",
            Self::NeedAttention => "middling in both: a reminder may bring them back",
            Self::AboutToSleep => "have not bought for a while, and seldom did",
            Self::CannotLose => "bought most often of all, but not for a long time",
            Self::AtRisk => "bought often, but not for a long time",
            Self::Hibernating => "bought seldom, and not for a long time",
        }
    }
}

/// Customers by recency, frequency and money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RfmResult {
    /// The day from which it looks back.
    pub as_of: Day,
    /// Customers with an order up to that day.
    pub customers: i64,
    /// Their net sales in minor units.
    pub revenue_minor: i64,
    /// Every segment that has customers, the best first.
    pub segments: Vec<SegmentShare>,
    /// Every combination of scores that has customers.
    pub cells: Vec<RfmCell>,
    /// Customers by name, where they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<RfmCustomer>,
}

/// A segment's part of the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SegmentShare {
    /// Which.
    pub segment: RfmSegment,
    /// How many customers.
    pub customers: i64,
    /// Their orders.
    pub orders: i64,
    /// Their net sales in minor units.
    pub revenue_minor: i64,
    /// Of all customers.
    pub customer_share: f64,
    /// Of the net sales to all customers; none where those are not positive.
    pub revenue_share: Option<f64>,
}

/// Customers of the same scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RfmCell {
    /// 5 for the fifth that bought last.
    pub recency: u8,
    /// 5 for the fifth that bought most often.
    pub frequency: u8,
    /// 5 for the fifth that brought most.
    pub monetary: u8,
    /// How many customers.
    pub customers: i64,
    /// Their orders.
    pub orders: i64,
    /// Their net sales in minor units.
    pub revenue_minor: i64,
}

/// A customer with scores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RfmCustomer {
    /// By name and address, or by the source's number.
    pub name: String,
    /// The segment of the scores.
    pub segment: RfmSegment,
    /// 1 to 5.
    pub recency: u8,
    /// 1 to 5.
    pub frequency: u8,
    /// 1 to 5.
    pub monetary: u8,
    /// The day of the last order.
    pub last_order: Day,
    /// How many orders.
    pub orders: i64,
    /// Net sales in minor units.
    pub revenue_minor: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_scores_belongs_to_one_segment_as_the_common_table_has_it() {
        // Rows are recency 1 to 5, columns frequency 1 to 5.
        let table = ["HHRRX", "HHRRX", "SSALL", "MPPLL", "NPPCC"];
        let letter = |segment| match segment {
            RfmSegment::Champions => 'C',
            RfmSegment::Loyal => 'L',
            RfmSegment::PotentialLoyalists => 'P',
            RfmSegment::New => 'N',
            RfmSegment::Promising => 'M',
            RfmSegment::NeedAttention => 'A',
            RfmSegment::AboutToSleep => 'S',
            RfmSegment::CannotLose => 'X',
            RfmSegment::AtRisk => 'R',
            RfmSegment::Hibernating => 'H',
        };
        let said = (1..=5).map(|recency| (1..=5).map(|frequency| letter(RfmSegment::of(recency, frequency))).collect::<String>());
        assert_eq!(said.collect::<Vec<_>>(), table);
        assert_eq!(RfmSegment::ALL.into_iter().map(|segment| segment.scores().count()).sum::<usize>(), 25);
    }
}

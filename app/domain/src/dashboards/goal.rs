//! A goal: so much of a measure, by the end of some days.

use crate::Day;
use crate::question::Number;
use crate::range::{Calendar, DateRange, Grain};
use crate::semantic::Measure;
use serde::{Deserialize, Serialize};

/// What a card's measure should come to, and by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CardGoal {
    /// How much: money in minor units of the shop's currency, shares as fractions.
    pub amount: Number,
    /// In each `month`, `quarter`, `year`, `fiscal_quarter` or `fiscal_year`: the one that the data have come to is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Grain>,
    /// Or in these days, from the first
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// to the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

/// How far a goal is reached.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GoalProgress {
    /// What there is as a share of the goal; 1 is all of it.
    pub reached: f64,
    /// The share that is due by now, where the measure grows from day to day.
    pub due: Option<f64>,
}

impl CardGoal {
    /// The days that it is about, where `day` is the last that the data have come to; `None` where it names none, or names them wrongly.
    pub fn days(&self, day: Day, calendar: Calendar) -> Option<DateRange> {
        match (self.period, self.from, self.to) {
            (Some(grain), None, None) if grain >= Grain::Month => {
                let from = grain.start(day, calendar);
                DateRange::new(from, grain.next(from).plus_days(-1)).ok()
            }
            (None, Some(from), Some(to)) => DateRange::new(from, to).ok(),
            _ => None,
        }
    }

    /// What is wrong with it for a measure: the part and why.
    pub(super) fn refusal(&self, measure: Measure) -> Option<(&'static str, String)> {
        if !measure.has_days() {
            let why = format!("{} is of now and has no days, so it has no goal; net_sales can have one", measure.label().to_lowercase());
            return Some(("goal", why));
        }
        if self.amount.millionths <= 0 {
            return Some(("goal.amount", "a goal is more than nothing".to_owned()));
        }
        let is_timed = self.days(Day(0), Calendar::default()).is_some();
        (!is_timed)
            .then(|| ("goal.period", "choose month, quarter, year, fiscal_quarter or fiscal_year, or a first and a last day after it".to_owned()))
    }
}

impl Measure {
    /// Whether it grows from day to day, so that a part of a goal is due by now. Averages and shares are a goal as they are.
    pub fn grows(self) -> bool {
        matches!(self, Self::Customers | Self::ReturningCustomers) || self.adds_over_time()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goal(json: &str) -> CardGoal {
        serde_json::from_str(json).expect("it reads")
    }

    #[test]
    fn a_goal_is_of_a_calendars_period_or_of_its_own_days() {
        let calendar = Calendar { year_start: 4, ..Calendar::default() };
        let days = |json: &str| goal(json).days("2011-11-30".parse().expect("a day"), calendar).map(|range| format!("{}..{}", range.from, range.to));
        assert_eq!(days(r#"{"amount": 1, "period": "month"}"#).as_deref(), Some("2011-11-01..2011-11-30"));
        assert_eq!(days(r#"{"amount": 1, "period": "quarter"}"#).as_deref(), Some("2011-10-01..2011-12-31"));
        assert_eq!(days(r#"{"amount": 1, "period": "year"}"#).as_deref(), Some("2011-01-01..2011-12-31"));
        assert_eq!(days(r#"{"amount": 1, "period": "fiscal_year"}"#).as_deref(), Some("2011-04-01..2012-03-31"));
        assert_eq!(days(r#"{"amount": 1, "from": "2011-11-20", "to": "2011-12-24"}"#).as_deref(), Some("2011-11-20..2011-12-24"));
        for wrong in [r#"{"amount": 1}"#, r#"{"amount": 1, "period": "day"}"#, r#"{"amount": 1, "from": "2011-11-20"}"#] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_has_no_days_has_no_goal_and_what_is_an_average_does_not_grow() {
        let month = goal(r#"{"amount": 100, "period": "month"}"#);
        assert_eq!(month.refusal(Measure::NetSales), None);
        assert_eq!(month.refusal(Measure::StockOnHand).map(|(field, _)| field), Some("goal"));
        assert_eq!(goal(r#"{"amount": 0, "period": "month"}"#).refusal(Measure::NetSales).map(|(field, _)| field), Some("goal.amount"));
        assert!(Measure::Customers.grows() && Measure::Returns.grows());
        assert!(!Measure::AverageOrderValue.grows() && !Measure::ReturnRate.grows());
    }
}

//! A measure on its way to a goal: how much of it there is, and how much is due by now.

use domain::dashboards::{CardGoal, Change, Figure, GoalProgress};
use domain::format;
use domain::question::Cell;
use domain::range::DateRange;
use domain::semantic::{Measure, Unit};
use domain::{AppError, Currency, ErrorKind};

use super::{Asking, figure::only};
use crate::Result;
use crate::dashboards::words;

/// The figure of a card with a goal; the goal's days are those in force.
pub(super) async fn figure(asking: &Asking<'_>, goal: CardGoal) -> Result<Figure> {
    let (measure, chosen) = (asking.measure(), &asking.chosen);
    if measure.entry().unit == Unit::Money && asking.currency != asking.shop_currency() {
        return Err(of_other_money(asking.shop_currency(), asking.currency).into());
    }
    let total = async |range: DateRange| -> Result<Cell> { Ok(only(asking.ask(asking.over(range, None)).await?)) };
    let value = total(chosen.range).await?;
    // Today counts for what there is, but is not due before it is over.
    let settled = match chosen.settled {
        range if range.from > range.to => Cell::None,
        range if range == chosen.range => value.clone(),
        range => total(range).await?,
    };
    let standing = Standing {
        measure,
        amount: goal.amount.millionths as f64 / 1_000_000.0,
        value: value.as_f64(),
        settled: settled.as_f64(),
        days: chosen.range,
        days_over: (chosen.settled.to.0 - chosen.range.from.0 + 1).clamp(0, chosen.range.days()),
        during: match goal.period {
            Some(grain) => format!("in {}", format::bucket(chosen.range.from, grain, chosen.calendar)),
            None => words::during(chosen.range, chosen.calendar),
        },
    };
    Ok(Figure {
        measure,
        value: words::value(measure, &value, asking.currency),
        change: Some(standing.change(|amount| words::value(measure, &cell(measure, amount), asking.currency))),
        sparkline: Vec::new(),
        goal: Some(standing.progress()),
    })
}

/// A goal is set in the shop's currency, and there is no rate to hold another against it.
fn of_other_money(own: Currency, other: Currency) -> AppError {
    let words = format!("this goal is in {own}, but these sales are in {other}; choose other filters, or set a goal of orders or units");
    AppError::new(ErrorKind::Validation, words)
}

/// An amount as an answer would hold it.
fn cell(measure: Measure, amount: f64) -> Cell {
    match measure.entry().unit {
        Unit::Money => Cell::Int(amount.round() as i64),
        _ if measure.grows() && amount.fract() == 0.0 => Cell::Int(amount as i64),
        _ => Cell::Float(amount),
    }
}

/// Where a measure stands; amounts in the unit of answers.
struct Standing {
    measure: Measure,
    amount: f64,
    value: Option<f64>,
    /// Of the days that are over.
    settled: Option<f64>,
    days: DateRange,
    days_over: i32,
    /// The goal's days in words: the period by the name that it was set by.
    during: String,
}

impl Standing {
    /// The share of the goal that is due by now.
    fn due(&self) -> f64 {
        if self.measure.grows() { f64::from(self.days_over) / f64::from(self.days.days().max(1)) } else { 1.0 }
    }

    fn progress(&self) -> GoalProgress {
        GoalProgress { reached: self.value.unwrap_or(0.0) / self.amount, due: self.measure.grows().then(|| self.due()) }
    }

    /// The sentence, and whether it is good news.
    fn change(&self, written: impl Fn(f64) -> String) -> Change {
        let goal = format!("{} {}", written(self.amount), self.during);
        let is_limit = !self.measure.entry().more_is_better;
        let of = if is_limit { "of at most" } else { "of" };
        let share = domain::format::share(self.progress().reached);
        let is_over = self.days_over >= self.days.days();
        let Some(value) = self.value.filter(|value| self.days_over > 0 || *value != 0.0) else {
            return Change { direction: 0, is_good: None, sentence: format!("nothing yet {of} {goal}") };
        };
        // What grows is measured by the days that are over; an average by all that is known.
        let now = if self.measure.grows() { self.settled.unwrap_or(0.0) } else { value };
        let apart = now - self.amount * self.due();
        let by = |amount: f64| written(amount.abs());
        let (is_good, state) = match is_limit {
            // Today counts where it decides.
            false if value >= self.amount => (true, "reached".to_owned()),
            true if value > self.amount => (false, format!("over by {}", by(value - self.amount))),
            false if apart >= 0.0 => (true, "on track".to_owned()),
            true if apart <= 0.0 => (true, "within it".to_owned()),
            true => (false, format!("over by {}", by(apart))),
            false if is_over || !self.measure.grows() => (false, format!("short by {}", by(apart))),
            false => (false, format!("behind by {}", by(apart))),
        };
        Change { direction: if is_good { 1 } else { -1 }, is_good: Some(is_good), sentence: format!("{share} {of} {goal}: {state}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::range::Calendar;

    fn standing(measure: Measure, value: f64, settled: f64, days_over: i32) -> Change {
        let days = DateRange::new("2011-11-01".parse().expect("a day"), "2011-11-30".parse().expect("a day")).expect("a range");
        let settled = (days_over > 0).then_some(settled);
        let during = words::during(days, Calendar::default());
        Standing { measure, amount: 3000.0, value: Some(value), settled, days, days_over, during }.change(|amount| format!("£{amount}"))
    }

    #[test]
    fn where_one_stands_is_said_by_what_is_due() {
        let said = |change: Change| (change.sentence.replace('\u{a0}', " "), change.is_good);
        assert_eq!(said(standing(Measure::NetSales, 1100.0, 1000.0, 10)), ("36.7 % of £3000 in Nov 2011: on track".to_owned(), Some(true)));
        assert_eq!(said(standing(Measure::NetSales, 900.0, 850.0, 10)), ("30.0 % of £3000 in Nov 2011: behind by £150".to_owned(), Some(false)));
        assert_eq!(said(standing(Measure::NetSales, 3300.0, 3300.0, 20)), ("110.0 % of £3000 in Nov 2011: reached".to_owned(), Some(true)));
        assert_eq!(said(standing(Measure::NetSales, 2900.0, 2900.0, 30)), ("96.7 % of £3000 in Nov 2011: short by £100".to_owned(), Some(false)));
        assert_eq!(said(standing(Measure::Returns, 900.0, 900.0, 10)), ("30.0 % of at most £3000 in Nov 2011: within it".to_owned(), Some(true)));
        assert_eq!(
            said(standing(Measure::Returns, 1600.0, 1600.0, 15)),
            ("53.3 % of at most £3000 in Nov 2011: over by £100".to_owned(), Some(false))
        );
    }

    #[test]
    fn today_counts_where_it_decides() {
        let said = |change: Change| (change.sentence.replace('\u{a0}', " "), change.is_good);
        assert_eq!(said(standing(Measure::NetSales, 3600.0, 0.0, 0)), ("120.0 % of £3000 in Nov 2011: reached".to_owned(), Some(true)));
        assert_eq!(said(standing(Measure::NetSales, 300.0, 0.0, 0)), ("10.0 % of £3000 in Nov 2011: on track".to_owned(), Some(true)));
        assert_eq!(said(standing(Measure::NetSales, 0.0, 0.0, 0)), ("nothing yet of £3000 in Nov 2011".to_owned(), None));
        // The 29 days before would have been behind.
        assert_eq!(said(standing(Measure::NetSales, 3000.0, 2000.0, 29)), ("100.0 % of £3000 in Nov 2011: reached".to_owned(), Some(true)));
        let over = ("110.0 % of at most £3000 in Nov 2011: over by £300".to_owned(), Some(false));
        assert_eq!(said(standing(Measure::Returns, 3300.0, 900.0, 10)), over);
    }

    #[test]
    fn an_average_is_a_goal_as_it_is_on_every_day() {
        let change = standing(Measure::AverageOrderValue, 2700.0, 2600.0, 3);
        assert_eq!((change.sentence.replace('\u{a0}', " ").as_str(), change.is_good), ("90.0 % of £3000 in Nov 2011: short by £300", Some(false)));
    }
}

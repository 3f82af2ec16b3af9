//! Values and changes as people read them.

use domain::dashboards::Change;
use domain::question::Cell;
use domain::range::{Calendar, Comparison, DateRange, Grain};
use domain::semantic::{Measure, Unit};
use domain::{Currency, Money, format};

/// A figure as people read it.
pub(super) fn value(measure: Measure, cell: &Cell, currency: Currency) -> String {
    match (cell, measure.entry().unit) {
        (Cell::Int(minor), Unit::Money) => format::money(Money::new(*minor, currency)),
        (Cell::Float(share), Unit::Ratio) => format::share(*share),
        (Cell::Int(number), Unit::Number | Unit::Ratio) => format::number(*number),
        (Cell::Float(number), _) => format::decimal(*number),
        (Cell::Text(text), _) => text.clone(),
        (Cell::None, _) => "–".to_owned(),
    }
}

/// A figure as a chart plots it: money in major units.
pub(super) fn plotted(measure: Measure, cell: &Cell, currency: Currency) -> Option<f64> {
    let number = cell.as_f64()?;
    Some(if measure.entry().unit == Unit::Money { number / currency.minor_per_major() as f64 } else { number })
}

/// What a change is set against: `the previous 30 days`, `Oct 2011`, `the same days a year before`.
pub(super) fn compared_with(comparison: Comparison, range: DateRange, compared: DateRange, calendar: Calendar) -> String {
    if let Some(grain) = whole_bucket(range, calendar).filter(|grain| whole_bucket(compared, calendar) == Some(*grain)) {
        return format::bucket(compared.from, grain, calendar);
    }
    let is_just_before = compared.to == range.from.plus_days(-1);
    match (comparison, range.days()) {
        (Comparison::LastYear, 1) => "the same day a year before".to_owned(),
        (Comparison::LastYear, _) => "the same days a year before".to_owned(),
        (Comparison::PreviousPeriod, 1) if is_just_before => "the day before".to_owned(),
        (Comparison::PreviousPeriod, days) if is_just_before && compared.days() == days => {
            format!("the previous {} days", format::number(i64::from(days)))
        }
        (Comparison::PreviousPeriod, _) => format::range(compared),
    }
}

/// A range within a sentence: `on 9 Dec 2011`, `in Nov 2011`, `from 1 Dec 2010 to 9 Dec 2011`.
pub(super) fn during(range: DateRange, calendar: Calendar) -> String {
    if range.from == range.to {
        return format!("on {}", format::day(range.from));
    }
    match whole_bucket(range, calendar) {
        Some(grain) => format!("in {}", format::bucket(range.from, grain, calendar)),
        None => format!("from {} to {}", format::day(range.from), format::day(range.to)),
    }
}

/// The month, quarter or year that a range is exactly: the calendar's, or else the shop's own.
fn whole_bucket(range: DateRange, calendar: Calendar) -> Option<Grain> {
    [Grain::Month, Grain::Quarter, Grain::Year, Grain::FiscalQuarter, Grain::FiscalYear].into_iter().find(|grain| {
        let start = grain.start(range.from, calendar);
        start == range.from && grain.next(start).plus_days(-1) == range.to
    })
}

/// By how much a value changed: a share of what it was, and its direction.
pub(super) enum Move {
    /// Nothing is known of before.
    Unknown,
    /// Less than a twentieth of a percent.
    Level,
    /// Something came of nothing (or went below it).
    FromNothing(i8),
    /// By this share of what it was, up or down.
    By(i8, f64),
}

pub(super) fn movement(current: &Cell, before: &Cell) -> Move {
    let (Some(current), Some(before)) = (current.as_f64(), before.as_f64()) else { return Move::Unknown };
    let difference = current - before;
    let direction = if difference > 0.0 { 1 } else { -1 };
    if difference == 0.0 {
        return Move::Level;
    }
    if before == 0.0 {
        return Move::FromNothing(direction);
    }
    let share = (difference / before).abs();
    if share < 0.0005 { Move::Level } else { Move::By(direction, share) }
}

/// A figure's change in words.
pub(super) fn change(measure: Measure, current: &Cell, before: &Cell, with: &str) -> Change {
    let (direction, sentence) = match movement(current, before) {
        Move::Unknown => (0, "no earlier data to compare with".to_owned()),
        Move::Level => (0, format!("level with {with}")),
        Move::FromNothing(direction) => (direction, format!("{} from nothing in {with}", up_or_down(direction))),
        Move::By(direction, share) => (direction, format!("{} {} on {with}", up_or_down(direction), format::percent(share))),
    };
    let is_good = (direction != 0).then(|| (direction > 0) == measure.entry().more_is_better);
    Change { direction, is_good, sentence }
}

fn up_or_down(direction: i8) -> &'static str {
    if direction > 0 { "up" } else { "down" }
}

/// A country's name, by its code.
pub(super) fn country(cell: &Cell) -> String {
    match cell.as_text() {
        Some(code) => domain::countries::name(code).unwrap_or(code).to_owned(),
        None => "Unknown country".to_owned(),
    }
}

/// A country's name within a sentence: `the United Kingdom`.
pub(super) fn country_in_sentence(cell: &Cell) -> String {
    let name = country(cell);
    let has_article =
        ["United ", "Nether", "Czech R", "Philippines", "Channel "].iter().any(|start| name.starts_with(start)) || name.ends_with("Islands");
    match cell {
        Cell::None => "orders without a country".to_owned(),
        _ if has_article => format!("the {name}"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::range::RangeChoice;

    fn range(text: &str) -> DateRange {
        match text.parse() {
            Ok(RangeChoice::Custom(range)) => range,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn comparisons_are_named_as_people_would() {
        let named = |text: &str, comparison| compared_with(comparison, range(text), range(text).compared(comparison), Calendar::default());
        assert_eq!(named("2011-11-10..2011-12-09", Comparison::PreviousPeriod), "the previous 30 days");
        assert_eq!(named("2011-11-01..2011-11-30", Comparison::PreviousPeriod), "Oct 2011");
        assert_eq!(named("2011-11-01..2011-11-30", Comparison::LastYear), "Nov 2010");
        assert_eq!(named("2011-01-01..2011-12-31", Comparison::PreviousPeriod), "2010");
        assert_eq!(named("2011-12-09..2011-12-09", Comparison::PreviousPeriod), "the day before");
        assert_eq!(named("2011-12-01..2011-12-09", Comparison::LastYear), "the same days a year before");
        let apart = compared_with(Comparison::PreviousPeriod, range("2011-12-01..2011-12-09"), range("2011-11-01..2011-11-09"), Calendar::default());
        assert_eq!(apart, format::range(range("2011-11-01..2011-11-09")));
    }

    #[test]
    fn ranges_stand_in_sentences() {
        let said = |text: &str| during(range(text), Calendar { year_start: 4, ..Calendar::default() });
        assert_eq!(said("2011-12-09..2011-12-09"), "on 9 Dec 2011");
        assert_eq!(said("2011-11-01..2011-11-30"), "in Nov 2011");
        assert_eq!(said("2010-04-01..2011-03-31"), "in FY2010/11");
        assert_eq!(said("2011-04-01..2011-06-30"), "in Q2 2011");
        assert_eq!(said("2010-12-01..2011-12-09"), "from 1 Dec 2010 to 9 Dec 2011");
    }

    #[test]
    fn changes_say_direction_and_share() {
        let sentence = |measure, current, before| {
            let change = change(measure, &current, &before, "the previous 30 days");
            (change.sentence, change.is_good)
        };
        assert_eq!(sentence(Measure::NetSales, Cell::Int(1123), Cell::Int(1000)), ("up 12.3\u{a0}% on the previous 30 days".to_owned(), Some(true)));
        assert_eq!(sentence(Measure::Returns, Cell::Int(2), Cell::Int(1)), ("up 100.0\u{a0}% on the previous 30 days".to_owned(), Some(false)));
        assert_eq!(sentence(Measure::Orders, Cell::Int(2), Cell::None), ("no earlier data to compare with".to_owned(), None));
        assert_eq!(sentence(Measure::Orders, Cell::Int(2), Cell::Int(2)), ("level with the previous 30 days".to_owned(), None));
        assert_eq!(sentence(Measure::Orders, Cell::Int(2), Cell::Int(0)), ("up from nothing in the previous 30 days".to_owned(), Some(true)));
    }
}

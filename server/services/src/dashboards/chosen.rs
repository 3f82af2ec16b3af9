//! A person's choice with every default filled in.

use chrono_tz::Tz;
use domain::Day;
use domain::dashboards::DashboardView;
use domain::facing::Facing;
use domain::question::{Filter, FilterOp, Question, TimeSpan};
use domain::range::{Calendar, Comparison, DateRange, Grain, RangeChoice, RangePreset};
use domain::semantic::{Dimension, Measure};
use engine::ingestion::local_time;

use crate::analytics::Overview;

/// All data are shown where they span no more days than this.
const ALL_DAYS: i32 = 400;
/// The most points of a time axis; finer grains than that are made coarser.
const POINTS: usize = 800;

/// What the dashboard shows.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    /// The days in force.
    pub range: DateRange,
    /// The comparison and its days: as many as are over, where the range is not over yet.
    pub compared: Option<(Comparison, DateRange)>,
    /// The time axis.
    pub grain: Grain,
    /// By what is filtered.
    pub filters: Vec<Filter>,
    /// What the data span.
    pub data: DateRange,
    /// The days of which the data tell: without those to come, for which an order may be dated.
    pub told: DateRange,
    /// How the shop counts its weeks and years.
    pub calendar: Calendar,
    /// The last day that is over and of which the data tell.
    pub complete_to: Day,
    /// The days of the range that are over and of which the data tell: what is compared.
    pub settled: DateRange,
    /// Where the range is today alone: what its hours so far are set against.
    pub so_far: Option<SoFar>,
}

/// A day that is not over beside another: both up to the last hour that was over when the data came.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SoFar {
    /// How the other day was chosen.
    pub comparison: Comparison,
    /// The other day.
    pub compared: DateRange,
    /// So many hours of each.
    pub hours: u8,
}

impl SoFar {
    fn of(range: DateRange, comparison: Comparison, data: DateRange, overview: &Overview) -> Option<Self> {
        let zone: Tz = overview.merchant.time_zone.parse().ok()?;
        let told = local_time(overview.changed_at?, zone);
        let compared = range.compared(comparison);
        let is_today = range.days() == 1 && range.to == overview.today && told.day == overview.today;
        (is_today && told.hour > 0 && data.from <= compared.from).then_some(Self { comparison, compared, hours: told.hour })
    }

    /// The filter that keeps those hours.
    pub(super) fn filter(&self) -> Filter {
        let ends = vec!["0".to_owned(), (self.hours - 1).to_string()];
        Filter::new(Dimension::Hour, FilterOp::Between, ends)
    }
}

impl Chosen {
    pub(super) fn of(view: &DashboardView, data: DateRange, overview: &Overview) -> Self {
        let calendar = overview.merchant.calendar();
        let anchor = data.to.min(overview.today).max(data.from);
        let range = match view.range {
            Some(RangeChoice::Custom(range)) => range,
            Some(RangeChoice::Preset(preset)) => preset.resolve(anchor, data, calendar),
            None if data.days() <= ALL_DAYS => data,
            None => RangePreset::Last12Months.resolve(anchor, data, calendar),
        };
        let wanted = view.grain.unwrap_or_else(|| range.natural_grain());
        // Months become quarters, and fiscal quarters fiscal years.
        let fits = |grain: &Grain| *grain >= wanted && grain.is_fiscal() == wanted.is_fiscal() && points(range, *grain) <= POINTS;
        let coarsest = if wanted.is_fiscal() { Grain::FiscalYear } else { Grain::Year };
        let grain = Grain::ALL.into_iter().find(fits).unwrap_or(coarsest);
        // Today is not over.
        let complete_to = range.to.min(data.to).min(overview.today.plus_days(-1));
        let settled = DateRange { from: range.from, to: complete_to };
        let told = DateRange { from: data.from, to: data.to.min(overview.today) };
        let compared = view.comparison().and_then(|comparison| Some((comparison, as_far(Facing::of(range, comparison), settled)?)));
        let so_far = view.comparison().and_then(|comparison| SoFar::of(range, comparison, data, overview));
        Self { range, compared, grain, filters: view.filters.clone(), data, told, calendar, complete_to, settled, so_far }
    }

    /// A question about the chosen filters over some days.
    pub(super) fn question(&self, measures: &[Measure], range: DateRange, grain: Option<Grain>) -> Question {
        let time = Some(TimeSpan { grain, ..range.into() });
        Question { time, filters: self.filters.clone(), ..Question::new(measures.iter().copied()) }
    }

    /// The first days of the buckets of the time axis.
    pub(super) fn buckets(&self) -> Vec<Day> {
        self.range.buckets(self.grain, self.calendar)
    }

    /// The bucket from which on the period is not over yet, or the data end before it does.
    pub(super) fn incomplete_from(&self) -> Option<usize> {
        let last_shown = self.range.to.min(self.data.to);
        self.buckets().into_iter().position(|start| start <= last_shown && self.grain.next(start).plus_days(-1) > self.complete_to)
    }

    /// Whether the range begins within its first bucket, which is then counted in part.
    pub(super) fn begins_late(&self) -> bool {
        self.grain.start(self.range.from, self.calendar) < self.range.from
    }

    /// The buckets that are counted whole: the first of them, and the first after them.
    pub(super) fn whole_buckets(&self) -> (usize, usize) {
        let end = self.incomplete_from().unwrap_or_else(|| self.buckets().len());
        (usize::from(self.begins_late()).min(end), end)
    }

    /// Whether the range is not over yet, or the data end before it does.
    pub(super) fn is_incomplete(&self) -> bool {
        self.settled != self.range
    }

    /// The compared days, where the data reach back to all of them.
    pub(super) fn comparable(&self) -> Option<(Comparison, DateRange)> {
        self.compared.filter(|(_, range)| range.from >= self.data.from)
    }

    /// The two ranges that are set against each other, where the data reach back to all of the other.
    pub(super) fn facing(&self) -> Option<Facing> {
        self.comparable().map(|(comparison, compared)| Facing { comparison, range: self.range, compared })
    }
}

/// The compared days without those whose counterparts are still to come; none where nothing is settled.
fn as_far(facing: Facing, settled: DateRange) -> Option<DateRange> {
    let Facing { comparison, range, compared } = facing;
    if settled == range {
        return Some(compared);
    }
    let last = match comparison {
        Comparison::PreviousPeriod => compared.from.plus_days(settled.days() - 1),
        Comparison::LastYear => settled.to.plus_months(-12),
    };
    (settled.from <= settled.to).then_some(DateRange { from: compared.from, to: compared.to.min(last) })
}

/// About how many points an axis has, without making them.
fn points(range: DateRange, grain: Grain) -> usize {
    (range.days().max(1) / grain.about_days()) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::accounts::MerchantSummary;

    fn range(text: &str) -> DateRange {
        match text.parse() {
            Ok(RangeChoice::Custom(range)) => range,
            other => panic!("{other:?}"),
        }
    }

    fn chosen(address: &[(&str, &str)], data: &str, today: &str) -> Chosen {
        chosen_when(address, data, today, None)
    }

    fn chosen_when(address: &[(&str, &str)], data: &str, today: &str, changed_at: Option<i64>) -> Chosen {
        let merchant = MerchantSummary {
            id: 1.into(),
            name: "Shop".to_owned(),
            currency: "GBP".parse().expect("a currency"),
            time_zone: "Europe/London".to_owned(),
            week_start: 1,
            fiscal_year_start: 1,
            is_demo: false,
        };
        let overview = Overview {
            merchant,
            version: 1,
            changed_at,
            today: today.parse().expect("a day"),
            currencies: Vec::new(),
            engine: crate::analytics::Engine::Sql,
            shared: Default::default(),
        };
        Chosen::of(&DashboardView::from_pairs(address.iter().copied()), range(data), &overview)
    }

    #[test]
    fn all_data_are_shown_up_to_400_days_and_a_year_of_longer_ones() {
        assert_eq!(chosen(&[], "2010-12-01..2011-12-09", "2026-11-20").range, range("2010-12-01..2011-12-09"));
        assert_eq!(chosen(&[], "2009-12-01..2011-12-09", "2026-11-20").range, range("2010-12-10..2011-12-09"));
    }

    #[test]
    fn presets_count_from_the_last_day_of_the_data_or_today() {
        assert_eq!(chosen(&[("range", "7d")], "2010-12-01..2011-12-09", "2026-11-20").range, range("2011-12-03..2011-12-09"));
        assert_eq!(chosen(&[("range", "7d")], "2010-12-01..2030-12-09", "2026-11-20").range, range("2026-11-14..2026-11-20"));
    }

    #[test]
    fn a_month_that_the_data_leave_early_is_incomplete() {
        let chosen = chosen(&[], "2010-12-01..2011-12-09", "2026-11-20");
        assert_eq!((chosen.grain, chosen.incomplete_from()), (Grain::Month, Some(12)));
    }

    #[test]
    fn today_is_not_over() {
        let week = chosen(&[("range", "7d")], "2026-01-01..2026-11-20", "2026-11-20");
        assert_eq!((week.grain, week.incomplete_from()), (Grain::Day, Some(6)));
        assert_eq!(chosen(&[("range", "7d")], "2026-01-01..2026-11-19", "2026-11-20").incomplete_from(), None);
    }

    #[test]
    fn a_week_of_which_only_the_last_day_is_asked_for_is_no_whole_one() {
        // Ninety days from a Sunday to a Friday that is over.
        let ninety = chosen(&[("range", "2026-03-01..2026-05-29")], "2025-01-01..2026-11-20", "2026-11-20");
        assert_eq!((ninety.grain, ninety.begins_late(), ninety.incomplete_from(), ninety.whole_buckets()), (Grain::Week, true, Some(13), (1, 13)));
        let months = chosen(&[("range", "2026-01-01..2026-10-31")], "2025-01-01..2026-11-20", "2026-11-20");
        assert_eq!((months.grain, months.begins_late(), months.whole_buckets()), (Grain::Month, false, (0, 10)));
    }

    #[test]
    fn what_is_not_over_is_compared_with_as_many_days() {
        let compared = |address: &[(&str, &str)], data, today| chosen(address, data, today).compared.map(|(_, range)| range);
        let december = [("range", "2011-12-01..2011-12-31")];
        assert_eq!(compared(&december, "2010-12-01..2011-12-09", "2026-11-20"), Some(range("2011-11-01..2011-11-09")));
        assert_eq!(compared(&december, "2010-12-01..2011-12-31", "2026-11-20"), Some(range("2011-11-01..2011-11-30")));
        assert_eq!(compared(&[("range", "7d")], "2026-01-01..2026-11-20", "2026-11-20"), Some(range("2026-11-07..2026-11-12")));
        assert_eq!(compared(&[("range", "2026-11-20..2026-11-20")], "2026-01-01..2026-11-20", "2026-11-20"), None);
        let leap_year = [("range", "2024-01-01..2024-12-31"), ("compare", "last_year")];
        assert_eq!(compared(&leap_year, "2022-01-01..2024-03-10", "2026-11-20"), Some(range("2023-01-01..2023-03-10")), "to the same day");
        let march = [("range", "2011-03-01..2011-03-31")];
        assert_eq!(compared(&march, "2010-12-01..2011-03-30", "2026-11-20"), Some(range("2011-02-01..2011-02-28")));
    }

    #[test]
    fn today_is_set_against_as_many_hours_of_the_day_before() {
        let today = [("range", "2026-11-20..2026-11-20")];
        let so_far = |data: &str, hour: i64, minute: i64| {
            let midnight = i64::from("2026-11-20".parse::<Day>().expect("a day").0) * 86_400_000;
            chosen_when(&today, data, "2026-11-20", Some(midnight + hour * 3_600_000 + minute * 60_000)).so_far
        };
        let at_ten = so_far("2026-01-01..2026-11-20", 10, 20).expect("ten hours are over");
        assert_eq!((at_ten.compared, at_ten.hours), (range("2026-11-19..2026-11-19"), 10));
        assert_eq!((at_ten.filter().op, at_ten.filter().values), (FilterOp::Between, vec!["0".to_owned(), "9".to_owned()]));
        assert_eq!(so_far("2026-01-01..2026-11-20", 0, 59), None, "no hour is over");
        assert_eq!(so_far("2026-01-01..2026-11-20", -1, 0), None, "the data came the day before");
        assert_eq!(so_far("2026-11-20..2026-11-20", 10, 20), None, "there was no day before");
        assert_eq!(chosen(&[("range", "7d")], "2026-01-01..2026-11-20", "2026-11-20").so_far, None);
    }

    #[test]
    fn a_grain_too_fine_for_its_range_is_made_coarser() {
        let chosen = chosen(&[("range", "1990-01-01..2020-12-31"), ("grain", "day")], "2010-12-01..2011-12-09", "2026-11-20");
        assert_eq!(chosen.grain, Grain::Month);
    }
}

//! The shop's clock: instants to local days and back, fast for many rows of the same days.

use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;
use domain::Day;

/// An instant on the shop's clock, as facts carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The merchant-local day.
    pub day: Day,
    /// Its month as `yyyymm`.
    pub month: i32,
    /// The hour of that day, 0 to 23.
    pub hour: u8,
}

const DAY_SECONDS: i64 = 86_400;

/// The local day, month and hour of an instant (milliseconds since 1970-01-01 UTC).
pub fn local_time(milliseconds: i64, zone: Tz) -> LocalTime {
    on_clock(milliseconds, offset_at(milliseconds, zone))
}

/// The instant of a time on a zone's clock (milliseconds since 1970-01-01 UTC), and that time: the earlier of two where clocks go back, moved
/// forward by the gap where they go forward.
pub fn instant_of(day: Day, second: u32, zone: Tz) -> (i64, LocalTime) {
    ZoneClock::new(zone).at_local(day, second)
}

fn offset_at(milliseconds: i64, zone: Tz) -> i64 {
    let instant = DateTime::from_timestamp_millis(milliseconds).unwrap_or_default().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&instant).fix().local_minus_utc())
}

fn on_clock(milliseconds: i64, offset: i64) -> LocalTime {
    let seconds = milliseconds.div_euclid(1000).saturating_add(offset);
    let day = Day(i32::try_from(seconds.div_euclid(DAY_SECONDS)).unwrap_or_default());
    let civil = day.civil();
    LocalTime { day, month: civil.year * 100 + civil.month as i32, hour: (seconds.rem_euclid(DAY_SECONDS) / 3600) as u8 }
}

/// Remembers the last day's offset, because the rows of a file stand close together in time.
pub(super) struct ZoneClock {
    zone: Tz,
    remembered: Option<(i32, i64)>,
}

impl ZoneClock {
    pub(super) fn new(zone: Tz) -> Self {
        Self { zone, remembered: None }
    }

    /// A time with an offset.
    pub(super) fn at_instant(&self, milliseconds: i64) -> (i64, LocalTime) {
        (milliseconds, local_time(milliseconds, self.zone))
    }

    /// A time on the shop's clock: the earlier of two where clocks go back; moved forward by the gap where they go forward.
    pub(super) fn at_local(&mut self, day: Day, second: u32) -> (i64, LocalTime) {
        let local = i64::from(day.0) * DAY_SECONDS + i64::from(second);
        let offset = match self.offset_of_day(day) {
            Some(offset) => offset,
            None => self.offset_of_second(local),
        };
        let milliseconds = (local - offset) * 1000;
        (milliseconds, if self.is_steady(day) { on_clock(milliseconds, offset) } else { local_time(milliseconds, self.zone) })
    }

    fn is_steady(&self, day: Day) -> bool {
        self.remembered.is_some_and(|(remembered, _)| remembered == day.0)
    }

    /// The offset of a day on which the clocks are not changed.
    fn offset_of_day(&mut self, day: Day) -> Option<i64> {
        if let Some((remembered, offset)) = self.remembered
            && remembered == day.0
        {
            return Some(offset);
        }
        let start = i64::from(day.0) * DAY_SECONDS;
        let (before, after) = (self.single_offset(start)?, self.single_offset(start + DAY_SECONDS)?);
        if before != after {
            return None;
        }
        self.remembered = Some((day.0, before));
        Some(before)
    }

    fn single_offset(&self, local: i64) -> Option<i64> {
        let offset = self.zone.offset_from_local_datetime(&naive(local)).single()?;
        Some(i64::from(offset.fix().local_minus_utc()))
    }

    fn offset_of_second(&self, local: i64) -> i64 {
        let seconds =
            |at: NaiveDateTime| self.zone.offset_from_local_datetime(&at).earliest().map(|offset| i64::from(offset.fix().local_minus_utc()));
        // In a gap, the offset that held before it.
        let before_gap = || seconds(naive(local) - TimeDelta::hours(3));
        seconds(naive(local)).or_else(before_gap).unwrap_or_default()
    }
}

fn naive(local: i64) -> NaiveDateTime {
    DateTime::from_timestamp(local, 0).unwrap_or_default().naive_utc()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::London;

    fn at(text: &str, second: u32) -> (i64, LocalTime) {
        ZoneClock::new(London).at_local(text.parse().expect("a day"), second)
    }

    #[test]
    fn summer_and_winter_differ_by_an_hour() {
        assert_eq!(at("2011-12-09", 0).0, 1_323_388_800_000);
        assert_eq!(at("2011-07-01", 0).0, 1_309_474_800_000);
    }

    #[test]
    fn a_time_in_the_gap_is_moved_forward() {
        let (instant, local) = at("2011-03-27", 5400);
        assert_eq!((instant, local.hour), (1_301_189_400_000, 2));
    }

    #[test]
    fn of_two_times_the_earlier_counts_and_both_keep_their_hour() {
        let (instant, local) = at("2011-10-30", 5400);
        assert_eq!((instant, local.hour, local.day.to_string()), (1_319_934_600_000, 1, "2011-10-30".to_owned()));
    }

    #[test]
    fn the_remembered_day_changes_nothing() {
        let mut clock = ZoneClock::new(London);
        for day in 15_000..15_400 {
            for second in [0, 3_599, 5_400, 86_399] {
                let remembered = clock.at_local(Day(day), second);
                assert_eq!(remembered, ZoneClock::new(London).at_local(Day(day), second));
                assert_eq!(remembered.1, local_time(remembered.0, London));
            }
        }
    }
}

//! When an order was made, of text.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};
use domain::Day;
use engine::ingestion::{LocalTime, ReadContext, instant_of, local_time};

const FORMS: [&str; 4] = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"];
/// Orders are of our time: other years are slips.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The instant and the shop's local time of it: with an offset as it says, without one on the shop's clock.
pub(super) fn moment(text: &str, context: ReadContext) -> Result<(i64, LocalTime), String> {
    let text = text.trim();
    let words = || "write the time as 2026-01-31T16:40:00Z, with an offset, or as 2026-01-31 or 2026-01-31T16:40 on the shop's clock".to_owned();
    let (instant, local) = match DateTime::parse_from_rfc3339(text) {
        Ok(time) => (time.timestamp_millis(), local_time(time.timestamp_millis(), context.time_zone)),
        Err(_) => {
            let time = FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
            let time = time.or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0)).ok_or_else(words)?;
            let day = Day::from_civil(time.year(), time.month(), time.day()).ok_or_else(words)?;
            instant_of(day, time.num_seconds_from_midnight(), context.time_zone)
        }
    };
    if YEARS.contains(&local.day.civil().year) { Ok((instant, local)) } else { Err("the year is not one of our time; check the date".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_with_and_without_offsets_fall_on_the_shops_days() {
        let context = ReadContext { currency: "EUR".parse().expect("a currency"), time_zone: "Europe/Berlin".parse().expect("a zone") };
        let of = |text: &str| moment(text, context).map(|(instant, local)| (instant, local.day.to_string(), local.hour));
        assert_eq!(of("2026-01-31T23:30:00Z"), Ok((1_769_902_200_000, "2026-02-01".to_owned(), 0)));
        assert_eq!(of("2026-02-01T00:30"), Ok((1_769_902_200_000, "2026-02-01".to_owned(), 0)));
        assert_eq!(of("2026-02-01 00:30:00"), of("2026-02-01T00:30:00+01:00"));
        assert_eq!(of("2026-02-01").map(|(_, day, hour)| (day, hour)), Ok(("2026-02-01".to_owned(), 0)));
        for wrong in ["", "yesterday", "01/02/2026", "2026-02-30", "1026-01-01", "2026-13-01T00:00:00Z"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }
}

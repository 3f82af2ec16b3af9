//! Time zones that files tell: in a column's name, in a column of their own, or by whose export it is.

use crate::ingestion::cells;
use crate::ingestion::dates::{self, Moment, Reading};
use crate::ingestion::headings;
use crate::ingestion::inspect::Inspection;
use crate::ingestion::orders::shown;
use crate::ingestion::records::RecordReader;
use crate::ingestion::vendors::Export;
use crate::ingestion::zone::instant_of;
use chrono_tz::{America, TZ_VARIANTS, Tz};
use domain::Day;
use domain::sources::{ColumnMeaning, DateOrder, Mapping, ValueType};
use std::collections::BTreeSet;
use std::io::Read;

/// So many unknown zones are named.
const MOST_UNKNOWN: usize = 5;

/// A clock that is not the shop's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingestion) enum ToldZone {
    /// Of a place.
    Place(Tz),
    /// So many seconds before UTC's, all year.
    Offset(i64),
}

/// Hours before UTC of the abbreviations that files use.
pub(in crate::ingestion) fn hours_of(abbreviation: &str) -> Option<i32> {
    Some(match abbreviation {
        "Z" | "UTC" | "GMT" | "WET" => 0,
        "BST" | "CET" | "WEST" | "MEZ" => 1,
        "CEST" | "EET" | "MESZ" => 2,
        "EEST" | "TRT" | "MSK" => 3,
        "AST" | "EDT" => -4,
        "ADT" => -3,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" | "AKDT" => -8,
        "AKST" => -9,
        "HST" => -10,
        "JST" => 9,
        "AEST" => 10,
        "AEDT" => 11,
        _ => return None,
    })
}

/// The zone of a name: `PST`, `UTC+3`, `GMT-05:00`, `Europe/Paris`, `Eastern Time (US & Canada)`, `(GMT+01:00) Paris`.
pub(in crate::ingestion) fn zone_named(name: &str) -> Option<ToldZone> {
    let name = name.trim();
    if let Some((offset, place)) = name.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        return zone_named(place).or_else(|| zone_named(offset));
    }
    let upper = name.to_uppercase();
    let hours = hours_of(&upper).map(|hours| ToldZone::Offset(i64::from(hours) * 3600));
    hours.or_else(|| offset(&upper)).or_else(|| place(name).map(ToldZone::Place))
}

/// `UTC+3`, `GMT-05:00`, `+0100`.
fn offset(upper: &str) -> Option<ToldZone> {
    let rest = ["UTC", "GMT"].iter().find_map(|name| upper.strip_prefix(name)).unwrap_or(upper).trim();
    let (sign, rest) = rest.strip_prefix('+').map(|rest| (1, rest)).or_else(|| rest.strip_prefix(['-', '−']).map(|rest| (-1, rest)))?;
    let (hours, minutes) = match rest.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if rest.len() == 4 && rest.is_ascii() => rest.split_at(2),
        None => (rest, "0"),
    };
    let number = |digits: &str| digits.parse::<i64>().ok().filter(|_| digits.len() <= 2 && digits.bytes().all(|digit| digit.is_ascii_digit()));
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 14 && minutes < 60).then_some(ToldZone::Offset(sign * (hours * 3600 + minutes * 60)))
}

/// By its name in the tz database, or by the last part of one, as lists of choices shorten them: `Paris`, `Arizona`.
fn place(name: &str) -> Option<Tz> {
    let bare = name.strip_suffix(" (US & Canada)").or_else(|| name.strip_suffix(" (Canada)")).unwrap_or(name);
    let bare = bare.strip_suffix(" Time").unwrap_or(bare).trim();
    let american = match bare {
        "Eastern" => Some(America::New_York),
        "Central" => Some(America::Chicago),
        "Mountain" => Some(America::Denver),
        "Pacific" => Some(America::Los_Angeles),
        "Indiana (East)" => Some(America::Indiana::Indianapolis),
        _ => None,
    };
    let wanted = bare.replace(' ', "_");
    let is_named = |zone: &&Tz| {
        let full = zone.name();
        full.eq_ignore_ascii_case(&wanted) || full.rsplit('/').next().is_some_and(|last| full.contains('/') && last.eq_ignore_ascii_case(&wanted))
    };
    american.or_else(|| TZ_VARIANTS.iter().filter(|zone| !zone.name().starts_with("Etc/")).find(is_named).copied())
}

/// The zone that a column's name tells: `Created (UTC)`, `created_utc`, `Date (GMT+3)`.
fn in_header(header: &str) -> Option<ToldZone> {
    let upper = header.to_ascii_uppercase();
    let starts = |name: &str| upper.match_indices(name).map(|(start, _)| start).collect::<Vec<_>>();
    let start = starts("UTC").into_iter().chain(starts("GMT")).find(|start| {
        let is_edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        is_edge(upper[..*start].chars().next_back()) && is_edge(upper[start + 3..].chars().next())
    })?;
    let told = upper[start..].split([')', ']']).next().unwrap_or_default();
    zone_named(told).or(Some(ToldZone::Offset(0)))
}

impl ToldZone {
    /// The instant of a time on this clock, in milliseconds since 1970-01-01 UTC.
    pub(in crate::ingestion) fn instant(self, day: Day, second: u32) -> i64 {
        match self {
            Self::Place(zone) => instant_of(day, second, zone).0,
            Self::Offset(offset) => (i64::from(day.0) * 86_400 + i64::from(second) - offset) * 1000,
        }
    }
}

/// Which clock the dates of a file are on.
pub(in crate::ingestion) struct ToldZones {
    of_columns: Vec<(ColumnMeaning, ToldZone)>,
    /// Where the zone of each row stands.
    column: Option<usize>,
    /// The zone that was named last.
    last: (Vec<u8>, Option<ToldZone>),
    unknown: BTreeSet<String>,
}

impl ToldZones {
    pub(in crate::ingestion) fn of(inspection: &Inspection, mapping: &Mapping, export: Option<&Export>) -> Self {
        let position = |name: &str| {
            let key = headings::key(name);
            inspection.headers.iter().position(|header| headings::key(header) == key)
        };
        let of_export = export.and_then(|export| export.time_zone.as_deref()).and_then(zone_named);
        let has_time = mapping.columns.contains_key(&ColumnMeaning::OrderedTime);
        let moments = mapping.columns.iter().filter(|(meaning, _)| meaning.value_type() == ValueType::Moment);
        let told = moments.filter_map(|(meaning, header)| {
            let zone = in_header(header).or(of_export)?;
            // A column of days is of the shop's days, whatever its name says.
            (has_time || tells_times(inspection, header)).then_some((*meaning, zone))
        });
        let column = export.and_then(|export| export.time_zone_column.as_deref()).and_then(position);
        Self { of_columns: told.collect(), column, last: (Vec::new(), None), unknown: BTreeSet::new() }
    }

    /// On which clock the current record's date of a meaning is; `None` for the shop's.
    pub(in crate::ingestion) fn zone<R: Read>(&mut self, records: &RecordReader<R>, meaning: ColumnMeaning) -> Option<ToldZone> {
        let cell = self.column.map_or(&[][..], |column| cells::trimmed(records.cell(column)));
        if !cell.is_empty() {
            if self.last.0 != cell {
                let zone = zone_named(&String::from_utf8_lossy(cell));
                if zone.is_none() && self.unknown.len() < MOST_UNKNOWN {
                    self.unknown.insert(shown(cell));
                }
                self.last = (cell.to_vec(), zone);
            }
            return self.last.1;
        }
        self.of_columns.iter().find(|(of, _)| *of == meaning).map(|(_, zone)| *zone)
    }

    /// The zones that nobody knows, in a sentence.
    pub(in crate::ingestion) fn remark(&self) -> Option<String> {
        let unknown: Vec<String> = self.unknown.iter().map(|name| format!("“{name}”")).collect();
        (!unknown.is_empty())
            .then(|| format!("Time zones that were not understood; their rows were read on the shop's clock: {}.", unknown.join(", ")))
    }
}

/// Whether some row that was looked at has another time in a column than midnight.
fn tells_times(inspection: &Inspection, header: &str) -> bool {
    let Some(position) = inspection.headers.iter().position(|name| name == header) else { return false };
    let is_timed = |cell: &str, order: DateOrder| {
        let read = dates::parse(cell.trim().as_bytes(), Reading { order, two_digit_years: true }).0;
        matches!(read, Ok(Moment::Local { second: 1.., .. }))
    };
    let cells = || inspection.seen_rows().filter_map(|row| row.get(position));
    cells().any(|cell| is_timed(cell, DateOrder::DayMonthYear) || is_timed(cell, DateOrder::MonthDayYear))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe;

    #[test]
    fn zones_are_known_by_abbreviation_offset_and_place() {
        let hours = |hours: i64| Some(ToldZone::Offset(hours * 3600));
        for (name, zone) in [
            ("PST", hours(-8)),
            ("pdt", hours(-7)),
            ("CEST", hours(2)),
            ("UTC", hours(0)),
            ("UTC+3", hours(3)),
            ("GMT-05:00", hours(-5)),
            ("+0530", Some(ToldZone::Offset(5 * 3600 + 1_800))),
            ("Eastern Time (US & Canada)", Some(ToldZone::Place(America::New_York))),
            ("(GMT-06:00) Central Time (US & Canada)", Some(ToldZone::Place(America::Chicago))),
            ("America/Sao_Paulo", Some(ToldZone::Place(America::Sao_Paulo))),
            ("London", Some(ToldZone::Place(Europe::London))),
            ("Arizona", Some(ToldZone::Place(chrono_tz::US::Arizona))),
            ("Middle-earth", None),
            ("", None),
        ] {
            assert_eq!(zone_named(name), zone, "{name}");
        }
    }

    #[test]
    fn headers_tell_their_zone() {
        for header in ["Created (UTC)", "created_utc", "Created date (UTC)", "date_created_gmt", "UTC time"] {
            assert_eq!(in_header(header), Some(ToldZone::Offset(0)), "{header}");
        }
        assert_eq!(in_header("Date (UTC+3)"), Some(ToldZone::Offset(10_800)));
        for header in ["Date", "Outcome", "Product UTCX", "Created at"] {
            assert_eq!(in_header(header), None, "{header}");
        }
    }
}

//! Compared days in the buckets of the days that they are set against.

use super::dimensions::week_of;
use domain::Day;
use domain::facing::Facing;
use domain::range::{Calendar, Grain};

/// As [`super::dimensions::bucket`], of the day that a compared day meets; null of one that meets none.
pub(super) fn bucket(grain: Grain, calendar: Calendar, facing: Facing) -> String {
    let is_short = grain < Grain::Month;
    // Short buckets are those of a day that lies so many days later; long ones are few, and each is named.
    let value = |day: Day, met: Option<Day>, bucket: Option<Day>| {
        let number = |bucket: Day| bucket.civil().year * 100 + bucket.civil().month as i32;
        if is_short { met.map(|met| met.0 - day.0) } else { bucket.map(number) }
    };
    let mut pieces: Vec<(Day, Option<i32>)> = Vec::new();
    for (day, bucket) in facing.buckets(grain, calendar) {
        let value = value(day, facing.counterpart(day, grain), bucket);
        if pieces.last().is_none_or(|(_, last)| *last != value) {
            pieces.push((day, value));
        }
    }
    // A bare number would be no column to group by.
    let found = format!("CASE WHEN f.day >= {} THEN {} END", facing.compared.from.0, chosen(&pieces));
    match grain {
        Grain::Day => format!("f.day + {found}"),
        Grain::Week => week_of(&format!("(f.day + {found})"), calendar),
        _ => found,
    }
}

/// The value of the piece that a day lies in, found by halves.
fn chosen(pieces: &[(Day, Option<i32>)]) -> String {
    match pieces {
        [] | [(_, None)] => "CAST(NULL AS BIGINT)".to_owned(),
        [(_, Some(value))] => value.to_string(),
        _ => {
            let (before, after) = pieces.split_at(pieces.len() / 2);
            format!("CASE WHEN f.day < {} THEN {} ELSE {} END", after[0].0.0, chosen(before), chosen(after))
        }
    }
}

//! How a file's days lie: most together, or a few far away from the others, as by a slip in a date.

use domain::Day;
use std::collections::BTreeMap;

/// Days further apart are of different periods.
const FAR: i32 = 366;
/// So many are few in any file; in a long one, a hundredth are.
const FEW: u64 = 3;

/// What a file has on each day.
#[derive(Debug, Default)]
pub(super) struct Spread(BTreeMap<Day, (u64, u64)>);

/// A file's days without those far away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bulk {
    pub(super) first: Day,
    pub(super) last: Day,
    /// One of those far away, and the line of the file on which it stands; 0 where that is not known.
    pub(super) alone: (Day, u64),
}

impl Spread {
    /// Something of a day, on a line.
    pub(super) fn see(&mut self, day: Day, line: u64) {
        self.0.entry(day).or_insert((0, line)).0 += 1;
    }

    /// Where most lies, if a few lie far before or behind it.
    pub(super) fn bulk(&self) -> Option<Bulk> {
        let all: u64 = self.0.values().map(|(count, _)| count).sum();
        let few = FEW.max(all / 100);
        let days = || self.0.iter().map(|(day, (count, _))| (*day, *count));
        let (before, first) = behind_gap(days(), few.min(all / 2))?;
        let (behind, last) = behind_gap(days().rev(), few.min((all - before) / 2))?;
        let alone = self.0.first_key_value().filter(|_| before > 0).or(self.0.last_key_value())?;
        (before + behind > 0).then_some(Bulk { first, last, alone: (*alone.0, alone.1.1) })
    }
}

/// How many of at most `few` stand before the first long gap, and the day behind it; none and the first day where there is no such gap.
fn behind_gap(days: impl Iterator<Item = (Day, u64)>, few: u64) -> Option<(u64, Day)> {
    let mut days = days.peekable();
    let (begin, _) = *days.peek()?;
    let (mut count, mut found) = (0, (0, begin));
    while let Some((day, here)) = days.next() {
        count += here;
        let Some((next, _)) = days.peek().filter(|_| count <= few) else { break };
        if next.0.abs_diff(day.0) > FAR.unsigned_abs() {
            found = (count, *next);
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bulk(days: &[(i32, u64)]) -> Option<Bulk> {
        let mut spread = Spread::default();
        for (line, (day, count)) in (2..).zip(days) {
            (0..*count).for_each(|_| spread.see(Day(*day), line));
        }
        spread.bulk()
    }

    #[test]
    fn a_few_rows_far_from_the_rest_are_told() {
        let of = |first: i32, last: i32, alone: i32, line: u64| Some(Bulk { first: Day(first), last: Day(last), alone: (Day(alone), line) });
        assert_eq!(bulk(&[(1_000, 5), (1_366, 4), (1_732, 3)]), None, "each year has some");
        assert_eq!(bulk(&[(100, 1), (467, 5), (500, 5)]), of(467, 500, 100, 2));
        assert_eq!(bulk(&[(100, 5), (130, 5), (2_000, 2)]), of(100, 130, 2_000, 4));
        assert_eq!(bulk(&[(-5_000, 1), (0, 9), (9_000, 1)]), of(0, 0, -5_000, 2), "on both sides");
        assert_eq!(bulk(&[(0, 1), (9_000, 1)]), of(9_000, 9_000, 0, 2), "of two, the first");
        assert_eq!(bulk(&[(0, 4), (9_000, 300)]), None, "four of three hundred are more than a slip");
        assert_eq!(bulk(&[(0, 4), (9_000, 400)]), of(9_000, 9_000, 0, 2));
        assert_eq!(bulk(&[(0, 1)]), None);
        assert_eq!(bulk(&[]), None);
    }
}

//! How often each step changed something, with the first few examples: integers and a handful of texts, whatever the file's size.

use super::steps::CleaningKind;
use domain::sources::{CleaningSample, CleaningStep};
use std::collections::BTreeMap;

/// Examples kept of each step.
const SAMPLES: usize = 5;
/// The longest text of an example, in letters.
const SAMPLE_LETTERS: usize = 120;

/// What cleaning changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleaningLog {
    counts: [i64; CleaningKind::ALL.len()],
    samples: BTreeMap<CleaningKind, Vec<CleaningSample>>,
}

impl Default for CleaningLog {
    fn default() -> Self {
        Self { counts: [0; CleaningKind::ALL.len()], samples: BTreeMap::new() }
    }
}

impl CleaningLog {
    /// Counts changes of which examples are known already, or none are given.
    pub fn count(&mut self, kind: CleaningKind, changes: i64) {
        self.counts[kind as usize] += changes;
    }

    /// Counts a change; the texts are asked for only while examples are wanted.
    pub fn note<B: Into<String>, A: Into<String>>(&mut self, kind: CleaningKind, line: u64, column: &str, texts: impl FnOnce() -> (B, A)) {
        self.counts[kind as usize] += 1;
        if self.counts[kind as usize] <= SAMPLES as i64 {
            let (before, after) = texts();
            self.sample(kind, line, column, before, after);
        }
    }

    /// Adds an example without counting.
    pub fn sample(&mut self, kind: CleaningKind, line: u64, column: &str, before: impl Into<String>, after: impl Into<String>) {
        let samples = self.samples.entry(kind).or_default();
        if samples.len() < SAMPLES {
            let line = i64::try_from(line).unwrap_or(i64::MAX);
            samples.push(CleaningSample { line, column: column.to_owned(), before: short(before.into()), after: short(after.into()) });
        }
    }

    /// How often a step changed something.
    pub fn changed(&self, kind: CleaningKind) -> i64 {
        self.counts[kind as usize]
    }

    /// Takes what another part of the work changed.
    pub fn merge(&mut self, other: Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
        for (kind, samples) in other.samples {
            let own = self.samples.entry(kind).or_default();
            own.extend(samples.into_iter().take(SAMPLES.saturating_sub(own.len())));
        }
    }

    /// The steps that changed something, in the order of the list.
    pub fn steps(&self) -> Vec<CleaningStep> {
        let changed = CleaningKind::ALL.iter().filter(|kind| self.changed(**kind) > 0);
        let step = |kind: &CleaningKind| CleaningStep {
            name: kind.as_str().to_owned(),
            label: kind.label().to_owned(),
            sentence: kind.sentence().to_owned(),
            unit: kind.unit(),
            changed: self.changed(*kind),
            samples: self.samples.get(kind).cloned().unwrap_or_default(),
        };
        changed.map(step).collect()
    }
}

/// NUL bytes are no text to databases.
fn short(text: String) -> String {
    let is_short = text.len() <= SAMPLE_LETTERS && !text.contains('\0');
    if is_short { text } else { text.chars().take(SAMPLE_LETTERS).map(|letter| if letter == '\0' { '\u{fffd}' } else { letter }).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_counts_all_and_keeps_the_first_five() {
        let mut log = CleaningLog::default();
        for line in 1..=9 {
            log.note(CleaningKind::BlanksTrimmed, line, "Name", || (" a", "a"));
        }
        log.count(CleaningKind::NonProducts, 3);
        let mut more = CleaningLog::default();
        more.note(CleaningKind::NonProducts, 7, "", || ("x".repeat(500), "y\0"));
        log.merge(more);
        let steps = log.steps();
        let told: Vec<_> = steps.iter().map(|step| (step.name.as_str(), step.changed, step.samples.len())).collect();
        assert_eq!(told, [("blanks_trimmed", 9, 5), ("non_products", 4, 1)]);
        assert_eq!((steps[1].samples[0].before.len(), steps[1].samples[0].after.as_str()), (SAMPLE_LETTERS, "y\u{fffd}"));
        assert_eq!(CleaningLog::default().steps(), []);
    }
}

//! Takes dates and times apart, without judging what they mean.

use super::months;
use super::told_zones::hours_of;

/// A part of a date: a number with its count of digits, or a month's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingestion) enum Part {
    Number { value: u32, digits: usize },
    Month(u32),
}

/// A time of day in seconds.
pub(in crate::ingestion) fn seconds(hour: u32, minute: u32, second: u32) -> Option<u32> {
    // A leap second is read as the one before it.
    (hour < 24 && minute < 60 && second <= 60).then(|| hour * 3600 + minute * 60 + second.min(59))
}

/// Takes a date's text apart from left to right.
pub(in crate::ingestion) struct Scanner<'a> {
    text: &'a str,
}

impl<'a> Scanner<'a> {
    pub(in crate::ingestion) fn new(text: &'a str) -> Self {
        Self { text }
    }

    fn skip(&mut self, letters: &[char]) {
        self.text = self.text.trim_start_matches(letters);
    }

    fn number(&mut self) -> Option<(u32, usize)> {
        let digits = self.text.bytes().take_while(u8::is_ascii_digit).count();
        let value = self.text[..digits].parse().ok()?;
        self.text = &self.text[digits..];
        Some((value, digits))
    }

    fn word(&mut self) -> &str {
        let end = self.text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(self.text.len());
        let (word, rest) = self.text.split_at(end);
        self.text = rest;
        word
    }

    /// The three parts of the date, in their order.
    pub(in crate::ingestion) fn date_parts(&mut self) -> Option<[Part; 3]> {
        let mut parts = [Part::Month(0); 3];
        let mut count = 0;
        while count < 3 {
            self.skip(&[' ', ',', '-', '/', '.', '\u{a0}']);
            if let Some((value, digits)) = self.number() {
                if digits == 8 && count == 0 {
                    let part = |value, digits| Part::Number { value, digits };
                    return Some([part(value / 10_000, 4), part(value / 100 % 100, 2), part(value % 100, 2)]);
                }
                parts[count] = Part::Number { value, digits };
                count += 1;
                self.skip_ordinal();
                continue;
            }
            let word = self.word();
            if word.is_empty() {
                return None;
            }
            match months::number(word) {
                // The weekday before a date, and words such as “de” between its parts, say nothing new; Spanish “martes” is no March.
                Some(month) if !word.to_lowercase().starts_with("marte") => {
                    parts[count] = Part::Month(month);
                    count += 1;
                }
                _ if word.chars().count() > 12 => return None,
                _ => {}
            }
        }
        Some(parts)
    }

    /// The ending of `1st`, `2nd`, `3rd`, `4th`.
    fn skip_ordinal(&mut self) {
        for ending in ["st", "nd", "rd", "th"] {
            if let Some(rest) = self.text.strip_prefix(ending) {
                self.text = rest;
                return;
            }
        }
    }

    /// The time of day in seconds and the offset in seconds, if they follow.
    pub(in crate::ingestion) fn time(&mut self) -> Option<(u32, Option<i32>)> {
        self.skip(&[' ', ',', '\u{a0}']);
        for lead in ["T", "t", "at ", "um ", "à ", "a las ", "- "] {
            if let Some(rest) = self.text.strip_prefix(lead) {
                self.text = rest;
                break;
            }
        }
        self.skip(&[' ']);
        if self.text.is_empty() {
            return Some((0, None));
        }
        let (mut hour, _) = self.number()?;
        self.text = self.text.strip_prefix([':', '.', 'h'])?;
        let (minute, _) = self.number()?;
        let mut second = 0;
        if let Some(rest) = self.text.strip_prefix([':', '.']) {
            self.text = rest;
            second = self.number()?.0;
            if let Some(rest) = self.text.strip_prefix(['.', ',']) {
                self.text = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
            }
        }
        self.skip(&[' ', '\u{a0}', '\u{202f}']);
        hour = self.half_of_day(hour)?;
        self.skip(&[' ']);
        let offset = self.offset()?;
        Some((seconds(hour, minute, second)?, offset))
    }

    fn half_of_day(&mut self, hour: u32) -> Option<u32> {
        for (words, shift) in [(["AM", "am", "a.m.", "A.M."], 0), (["PM", "pm", "p.m.", "P.M."], 12)] {
            for word in words {
                if let Some(rest) = self.text.strip_prefix(word) {
                    self.text = rest;
                    return (1..=12).contains(&hour).then_some(hour % 12 + shift);
                }
            }
        }
        Some(hour)
    }

    /// `Z`, `+01:00`, `-0500`, `UTC`, `PST`; `Some(None)` when the text ends here.
    fn offset(&mut self) -> Option<Option<i32>> {
        if self.text.is_empty() {
            return Some(None);
        }
        let word = self.word().to_uppercase();
        let hours = if word.is_empty() { 0 } else { hours_of(&word)? };
        let sign = match self.text.as_bytes().first() {
            None => return (!word.is_empty()).then_some(Some(hours * 3600)),
            Some(b'+') => 1,
            Some(b'-') => -1,
            Some(_) => return None,
        };
        self.text = &self.text[1..];
        let (value, digits) = self.number()?;
        let (hour, minute) = match digits {
            1 | 2 => (value, self.text.strip_prefix(':').and_then(|rest| rest.parse().ok()).unwrap_or(0)),
            4 if self.text.is_empty() => (value / 100, value % 100),
            _ => return None,
        };
        let is_whole = self.text.is_empty() || (self.text.len() == 3 && self.text.starts_with(':'));
        (is_whole && hour <= 18 && minute < 60).then(|| Some(hours * 3600 + sign * (hour * 3600 + minute * 60) as i32))
    }
}

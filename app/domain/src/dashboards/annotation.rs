//! What people should know of some days: a sentence on the charts over time.

use crate::ids::AnnotationId;
use crate::{AppError, Day, FieldError};
use serde::{Deserialize, Serialize};

/// The longest sentence, in characters.
pub const MAX_ANNOTATION_CHARS: usize = 200;
/// The most days that one sentence is about.
const MOST_DAYS: i32 = 3660;

/// A sentence about some days, as a person saves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnnotationInput {
    /// The first day.
    pub from: Day,
    /// The last day; without one, it is about a single day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// What happened, in a sentence.
    pub text: String,
    /// Whether everybody in the shop sees it, or only whoever wrote it.
    #[serde(default)]
    pub is_shared: bool,
}

impl AnnotationInput {
    /// The last day that it is about.
    pub fn last_day(&self) -> Day {
        self.to.unwrap_or(self.from)
    }

    /// Whether it can be saved; every wrong part is named.
    pub fn check(&self) -> Result<(), AppError> {
        let mut wrong = Vec::new();
        let mut refuse = |field: &str, message: String| wrong.push(FieldError { field: field.to_owned(), message });
        let text = self.text.trim();
        if text.is_empty() || text.chars().count() > MAX_ANNOTATION_CHARS {
            refuse("text", format!("say what happened, in at most {MAX_ANNOTATION_CHARS} characters"));
        } else if text.chars().any(char::is_control) {
            refuse("text", "leave out line breaks and other control characters".to_owned());
        }
        let days = i64::from(self.last_day().0) - i64::from(self.from.0) + 1;
        if days < 1 {
            refuse("to", "the last day lies before the first".to_owned());
        } else if days > i64::from(MOST_DAYS) {
            refuse("to", "ten years are the most that one sentence can be about".to_owned());
        }
        if wrong.is_empty() { Ok(()) } else { Err(AppError::validation(wrong)) }
    }
}

/// A sentence about some days, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Annotation {
    /// Its id; absent for those that come of uploads, which nobody wrote.
    pub id: Option<AnnotationId>,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// What happened.
    pub text: String,
    /// Whether everybody in the shop sees it.
    pub is_shared: bool,
    /// Who wrote it: an e-mail address or a key's name; absent for those that come of uploads.
    pub written_by: Option<String>,
    /// Whether whoever asks may change and remove it.
    pub may_change: bool,
}

impl Annotation {
    /// Whether it is about any of some days.
    pub fn touches(&self, from: Day, to: Day) -> bool {
        self.from <= to && self.to >= from
    }

    /// Its days and its sentence.
    pub fn words(&self) -> String {
        let days = match crate::range::DateRange::new(self.from, self.to) {
            Ok(range) if self.from != self.to => crate::format::range(range),
            _ => crate::format::day(self.from),
        };
        format!("{days}: {}", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(from: &str, to: Option<&str>, text: &str) -> AnnotationInput {
        let day = |text: &str| text.parse().expect("a day");
        AnnotationInput { from: day(from), to: to.map(day), text: text.to_owned(), is_shared: false }
    }

    #[test]
    fn wrong_parts_of_an_annotation_are_named() {
        let fields = |input: AnnotationInput| input.check().err().map(|error| error.fields.into_iter().map(|f| f.field).collect::<Vec<_>>());
        assert_eq!(fields(input("2011-11-01", None, "The newspaper wrote about us")), None);
        assert_eq!(fields(input("2011-11-01", Some("2011-11-01"), "x")), None);
        assert_eq!(fields(input("2011-11-02", Some("2011-11-01"), " ")), Some(vec!["text".to_owned(), "to".to_owned()]));
        assert_eq!(fields(input("2001-01-01", Some("2011-11-01"), "two\nlines")), Some(vec!["text".to_owned(), "to".to_owned()]));
        assert_eq!(fields(input("2011-11-02", None, &"x".repeat(MAX_ANNOTATION_CHARS + 1))), Some(vec!["text".to_owned()]));
    }
}

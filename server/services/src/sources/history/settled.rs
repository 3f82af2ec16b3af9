//! One fact before and after an upload is taken back.

use super::told::{Memory, Told};
use domain::sources::{UndoPart, UndoThing};

/// A fact as it is, as it will be, and what is then remembered of it.
pub(super) struct Settled<T> {
    pub(super) key: String,
    pub(super) before: Option<T>,
    pub(super) after: Option<T>,
    pub(super) memories: Vec<Memory>,
}

/// What happens to the facts of a table, counted.
pub(super) struct Tally {
    pub(super) part: UndoPart,
    /// Of the upload's own rows, those that were settled one by one.
    pub(super) own: i64,
}

impl Tally {
    pub(super) fn of(thing: UndoThing) -> Self {
        Self { part: UndoPart::none(thing), own: 0 }
    }

    pub(super) fn add<T: Told>(&mut self, settled: &Settled<T>, upload: uuid::Uuid) {
        self.own += i64::from(settled.before.as_ref().is_some_and(|before| before.upload() == upload));
        match (&settled.before, &settled.after) {
            (Some(_), None) => self.part.removed += 1,
            (None, Some(_)) => self.part.returned += 1,
            (Some(before), Some(after)) if !before.is_same(after) => self.part.restored += 1,
            (Some(_), Some(_)) => self.part.kept += 1,
            (None, None) => {}
        }
    }

    /// With the upload's rows that nobody else tells, given how many rows are the upload's.
    pub(super) fn and_alone(mut self, rows_of_upload: u64) -> UndoPart {
        self.part.removed += i64::try_from(rows_of_upload).unwrap_or(i64::MAX) - self.own;
        self.part
    }
}

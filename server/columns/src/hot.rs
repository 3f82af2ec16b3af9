//! Columns that were read lately, in memory: to decode a file costs several times what it costs to add up its columns.

use arrow::array::{Array, ArrayRef};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Columns of files. A file never changes and its name never returns, so what is kept is never stale.
pub(crate) struct Hot {
    limit: usize,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    files: HashMap<PathBuf, HashMap<usize, Column>>,
    bytes: usize,
    uses: u64,
}

struct Column {
    values: ArrayRef,
    bytes: usize,
    last_use: u64,
}

impl Hot {
    /// Of at most so many bytes.
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, held: Mutex::default() }
    }

    /// Whether so many bytes may be kept at all; more than half of what there is would push out all that others use.
    pub(crate) fn fits(&self, bytes: usize) -> bool {
        bytes <= self.limit / 2
    }

    /// The columns of a file that are at hand.
    pub(crate) fn get(&self, file: &Path, columns: &[usize]) -> Vec<Option<ArrayRef>> {
        let mut held = self.lock();
        held.uses += 1;
        let uses = held.uses;
        let Some(file) = held.files.get_mut(file) else { return vec![None; columns.len()] };
        let take = |column: &usize| {
            let column = file.get_mut(column)?;
            column.last_use = uses;
            Some(column.values.clone())
        };
        columns.iter().map(take).collect()
    }

    /// Keeps a column; those that were not used for longest make room.
    pub(crate) fn keep(&self, file: &Path, column: usize, values: ArrayRef) {
        let bytes = values.get_array_memory_size();
        let mut held = self.lock();
        held.uses += 1;
        let column_of_file = Column { values, bytes, last_use: held.uses };
        let before = held.files.entry(file.to_owned()).or_default().insert(column, column_of_file);
        held.bytes += bytes;
        held.bytes -= before.map_or(0, |before| before.bytes);
        if held.bytes > self.limit {
            held.make_room(self.limit - self.limit / 8);
        }
    }

    /// Forgets the files of a folder, but for those that `is_kept`.
    pub(crate) fn forget(&self, folder: &Path, is_kept: impl Fn(&Path) -> bool) {
        let mut held = self.lock();
        held.files.retain(|file, _| !file.starts_with(folder) || is_kept(file));
        held.bytes = held.files.values().flat_map(HashMap::values).map(|column| column.bytes).sum();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().expect("nobody panics while holding the columns")
    }
}

impl Held {
    fn make_room(&mut self, limit: usize) {
        let columns = self.files.values().flat_map(HashMap::values);
        let mut uses: Vec<(u64, usize)> = columns.map(|column| (column.last_use, column.bytes)).collect();
        uses.sort_unstable();
        let mut too_many = self.bytes.saturating_sub(limit);
        let mut oldest_kept = 0;
        for (last_use, bytes) in uses {
            if too_many == 0 {
                break;
            }
            too_many = too_many.saturating_sub(bytes);
            oldest_kept = last_use + 1;
        }
        for file in self.files.values_mut() {
            file.retain(|_, column| column.last_use >= oldest_kept);
        }
        self.files.retain(|_, columns| !columns.is_empty());
        self.bytes = self.files.values().flat_map(HashMap::values).map(|column| column.bytes).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::Int64Array;
    use std::sync::Arc;

    fn thousand() -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(0..1_000))
    }

    #[test]
    fn what_was_not_used_for_longest_makes_room() {
        let size = thousand().get_array_memory_size();
        let hot = Hot::new(size * 4);
        assert!(hot.fits(size * 2) && !hot.fits(size * 3));
        let (one, other) = (Path::new("/shop/1/a"), Path::new("/shop/2/b"));
        for column in 0..3 {
            hot.keep(one, column, thousand());
        }
        hot.get(one, &[0]);
        hot.keep(other, 0, thousand());
        hot.keep(other, 1, thousand());
        let is_there = |file, columns: &[usize]| hot.get(file, columns).iter().map(Option::is_some).collect::<Vec<_>>();
        assert_eq!(is_there(one, &[0, 1, 2]), [true, false, false]);
        assert_eq!(is_there(other, &[0, 1, 2]), [true, true, false]);
        assert!(hot.lock().bytes <= size * 4);
        hot.forget(Path::new("/shop/2"), |_| false);
        assert_eq!((is_there(one, &[0]), is_there(other, &[0])), (vec![true], vec![false]));
        assert_eq!(hot.lock().bytes, size);
        hot.keep(one, 0, thousand());
        assert_eq!(hot.lock().bytes, size, "twice is once");
    }
}

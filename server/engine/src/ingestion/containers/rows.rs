//! Writes rows as comma-separated text, with a bound on how many cells and bytes there may be.

use super::super::problem::FileProblem;
use std::io::{self, Write};

/// No workbook of a shop has more cells; a bomb does.
pub(super) const MOST_CELLS: u64 = 200_000_000;

/// Rows on their way out.
pub(super) struct Rows<W> {
    out: W,
    cells: u64,
    most_cells: u64,
}

impl<W: Write> Rows<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, cells: 0, most_cells: MOST_CELLS }
    }

    /// Writes a row; cells are quoted where they must be.
    pub(super) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<(), FileProblem> {
        let mut is_first = true;
        for cell in cells {
            if !is_first {
                self.put(b",")?;
            }
            is_first = false;
            self.cells += 1;
            self.cell(cell.as_ref())?;
        }
        if self.cells > self.most_cells {
            return Err(FileProblem::TooManyCells);
        }
        self.put(b"\n")
    }

    fn cell(&mut self, cell: &str) -> Result<(), FileProblem> {
        if cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
            let quoted = format!("\"{}\"", cell.replace('"', "\"\""));
            return self.put(quoted.as_bytes());
        }
        self.put(cell.as_bytes())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), FileProblem> {
        self.out.write_all(bytes).map_err(|error| unwritten(&error))
    }

    pub(super) fn finish(mut self) -> Result<(), FileProblem> {
        self.out.flush().map_err(|error| unwritten(&error))
    }
}

/// What the rows go to may have a bound of its own.
fn unwritten(error: &io::Error) -> FileProblem {
    if error.kind() == io::ErrorKind::FileTooLarge { FileProblem::TooManyCells } else { FileProblem::Unwritable(error.to_string(), error.kind()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut text = Vec::new();
        let mut rows = Rows::new(&mut text);
        rows.row(["a,b", "say \"yes\"", "two\nlines", " plain ", ""]).expect("memory takes it");
        rows.finish().expect("memory takes it");
        assert_eq!(String::from_utf8_lossy(&text), "\"a,b\",\"say \"\"yes\"\"\",\"two\nlines\", plain ,\n");
    }

    #[test]
    fn more_cells_than_a_workbook_can_sensibly_have_are_refused() {
        let mut rows = Rows { out: std::io::sink(), cells: 0, most_cells: 4 };
        assert_eq!(rows.row(["1", "2"]), Ok(()));
        assert_eq!(rows.row(["1", "2", "3"]), Err(FileProblem::TooManyCells));
    }
}

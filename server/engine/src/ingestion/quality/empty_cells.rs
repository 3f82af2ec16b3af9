//! Which mapped cells of a row are empty.

use super::super::columns::Columns;
use super::super::records::RecordReader;
use domain::sources::ColumnMeaning as M;
use std::io::Read;

/// The meanings whose cells are empty in a row, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmptyCells(u64);

const _: () = assert!(M::ALL.len() <= 64);

/// What a row says of its line; all else it says of its order.
const OF_LINES: [M; 12] = [
    M::ProductName,
    M::Sku,
    M::Quantity,
    M::UnitPrice,
    M::LineAmount,
    M::LineDiscount,
    M::Handle,
    M::VariantName,
    M::Category,
    M::Brand,
    M::Barcode,
    M::Cost,
];

impl EmptyCells {
    /// Of the current record, among some meanings.
    pub(in super::super) fn of<R: Read>(records: &RecordReader<R>, columns: &Columns, meanings: &[M]) -> Self {
        let empty = meanings.iter().filter(|meaning| columns.cell(records, **meaning).is_empty());
        Self(empty.fold(0, |bits, meaning| bits | bit(*meaning)))
    }

    /// The same for a row behind the first of its order, where only that says what is the order's.
    #[must_use]
    pub(in super::super) fn behind(self, first: Self) -> Self {
        let of_line = OF_LINES.iter().fold(0, |bits, meaning| bits | bit(*meaning));
        Self(self.0 & of_line | first.0 & !of_line)
    }

    /// Whether any is.
    pub(super) fn any(self) -> bool {
        self.0 != 0
    }

    /// Whether the cell of a meaning is.
    pub(super) fn has(self, meaning: M) -> bool {
        self.0 & bit(meaning) != 0
    }
}

fn bit(meaning: M) -> u64 {
    1 << meaning as u32
}

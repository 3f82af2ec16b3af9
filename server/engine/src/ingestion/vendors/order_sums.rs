//! Rows that sum up orders: eBay writes one above the items of an order of several, with what belongs to the whole order. Their amounts are
//! those of the items below them once more, so that they are no sales.

use crate::ingestion::amounts::minor;
use crate::ingestion::cells;
use crate::ingestion::columns::Columns;
use crate::ingestion::evidence::Witness;
use crate::ingestion::headings;
use crate::ingestion::line_reader::ParsedLine;
use crate::ingestion::order_values::{self, StatedValues};
use crate::ingestion::orders::CellProblem;
use crate::ingestion::problem::RowIssue;
use crate::ingestion::records::RecordReader;
use domain::Currency;
use domain::format::counted;
use domain::sources::ColumnMeaning;
use std::io::Read;

/// The rows of a file that sum up orders.
pub(in crate::ingestion) struct OrderSums {
    /// Where the column stands that only rows of items fill.
    item_column: Option<usize>,
    held: Option<HeldSum>,
    taken: i64,
}

/// What was said of an order whose items follow.
struct HeldSum {
    number: Vec<u8>,
    total_minor: Option<i64>,
    stated: StatedValues<'static>,
    /// Why it is no use alone.
    issue: RowIssue,
}

impl OrderSums {
    /// Those of the export that the file is.
    pub(in crate::ingestion) fn of(columns: &Columns) -> Self {
        let names = columns.export().map_or(&[][..], |export| &export.item_columns);
        Self { item_column: names.iter().find_map(|name| columns.place_of(&headings::key(name))), held: None, taken: 0 }
    }

    /// Whether the current record names an order and none of its items.
    pub(in crate::ingestion) fn is_sum<R: Read>(&self, records: &RecordReader<R>, columns: &Columns) -> bool {
        let Some(item) = self.item_column else { return false };
        cells::trimmed(records.cell(item)).is_empty() && !columns.cell(records, ColumnMeaning::OrderNumber).is_empty()
    }

    /// Keeps what the current record says of its order, for the items that follow.
    pub(in crate::ingestion) fn hold<R: Read>(
        &mut self,
        records: &RecordReader<R>,
        columns: &Columns,
        witness: &mut Witness,
        currency: Currency,
    ) -> Result<(), CellProblem> {
        let digits = u32::from(currency.minor_digits());
        let total_minor = match columns.cell(records, ColumnMeaning::OrderTotal) {
            [] => None,
            total => Some(minor(total, ColumnMeaning::OrderTotal, witness, digits)?),
        };
        let stated = order_values::read(records, columns, witness, digits)?.into_owned();
        let number = columns.cell(records, ColumnMeaning::OrderNumber).to_vec();
        let reason = "the row sums up an order, and the items of the order do not follow it";
        let issue = RowIssue::new(records.line(), None, reason, records.raw());
        let issue = issue.of_order(cells::id(&number).map(|number| number.into_owned()));
        self.held = Some(HeldSum { number, total_minor, stated, issue });
        self.taken += 1;
        Ok(())
    }

    /// Why the row that was held is no use, when the order of this number follows instead of its items.
    pub(in crate::ingestion) fn unfollowed(&mut self, number: &[u8]) -> Option<RowIssue> {
        self.held.take_if(|held| held.number != number).map(|held| held.issue)
    }

    /// The same at the end of the file.
    pub(in crate::ingestion) fn close(&mut self) -> Option<RowIssue> {
        self.held.take().map(|held| held.issue)
    }

    /// Gives an order's first item what was said of the order.
    pub(in crate::ingestion) fn complete(&mut self, line: &mut ParsedLine<'_>, number: &[u8]) {
        if let Some(held) = self.held.take_if(|held| held.number == number) {
            (line.stated_total_minor, line.stated) = (held.total_minor, held.stated);
        }
    }

    /// What was not counted, in a sentence.
    pub(in crate::ingestion) fn remark(&self) -> Option<String> {
        let rows = counted(self.taken, "row sums", "rows sum");
        (self.taken > 0).then(|| format!("{rows} up orders of several items; only the items below count as sales."))
    }
}

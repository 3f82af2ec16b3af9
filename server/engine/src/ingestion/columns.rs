//! Where the columns of a mapping stand in a file.

use super::cells;
use super::discounts::without_percent;
use super::headings;
use super::inspect::Inspection;
use super::problem::FileProblem;
use super::recognise::missing_meanings;
use super::records::RecordReader;
use super::vendors::{self, Export, StockColumn};
use domain::sources::{ColumnMeaning, DiscountReading, FileKind, Mapping};
use std::collections::BTreeMap;

/// The positions of the mapped columns.
pub(super) struct Columns {
    positions: [Option<usize>; ColumnMeaning::ALL.len()],
    /// Where the country stands when the first column for it is empty: Shopify's billing country behind its shipping country.
    country_twin: Option<usize>,
    states_order_values: bool,
    /// How the discounts of one column are written; those of rows under [`ColumnMeaning::LineDiscount`].
    discounts: Option<(ColumnMeaning, DiscountReading)>,
    line_amount_is_net: bool,
    headers: Vec<String>,
    /// Whose export the file is, and which of its exports.
    export: Option<&'static Export>,
    /// Columns that are added to that of a meaning.
    addends: BTreeMap<ColumnMeaning, Vec<usize>>,
    /// Columns of stock, one a place.
    stock: Vec<StockColumn>,
}

impl Columns {
    pub(super) fn of(inspection: &Inspection, mapping: &Mapping) -> Result<Self, FileProblem> {
        let missing = missing_meanings(mapping);
        if !missing.is_empty() {
            return Err(FileProblem::NotMapped(missing.join("; ")));
        }
        Self::placed(inspection, mapping)
    }

    /// The same for a mapping that may still lack something.
    pub(super) fn placed(inspection: &Inspection, mapping: &Mapping) -> Result<Self, FileProblem> {
        let mut positions = [None; ColumnMeaning::ALL.len()];
        for (meaning, header) in &mapping.columns {
            let position = inspection.headers.iter().position(|name| name == header);
            positions[*meaning as usize] = Some(position.ok_or_else(|| FileProblem::ColumnMissing(header.clone()))?);
        }
        if mapping.columns.get(&ColumnMeaning::IsTest).is_some_and(|header| !is_of_tests(inspection, header)) {
            positions[ColumnMeaning::IsTest as usize] = None;
        }
        let twin = mapping.columns.get(&ColumnMeaning::Country).and_then(|header| header.strip_prefix("Shipping "));
        let country_twin = twin.and_then(|rest| inspection.headers.iter().position(|name| *name == format!("Billing {rest}")));
        // Those of the rows are read as those of lines are, whatever they were mapped as.
        let of = mapping.row_discount().map(|_| ColumnMeaning::LineDiscount).or(mapping.discount_column().map(|(meaning, _)| meaning));
        let discounts = of.zip(mapping.discount_as);
        // The value of what a store sold is what it took, as long as neither rows nor people say otherwise.
        let line_amount_is_net = mapping.line_amount_is_net.unwrap_or(mapping.kind == FileKind::SellOut);
        let export = vendors::decide(&inspection.headers).named.map(|(_, export)| export);
        let (headers, addends) = (inspection.headers.clone(), vendors::addends(&inspection.headers, mapping, export));
        let stock = vendors::stock_columns(&headers, mapping, export);
        let mut columns =
            Self { positions, country_twin, states_order_values: false, discounts, line_amount_is_net, headers, export, addends, stock };
        columns.states_order_values = super::order_values::are_stated(&columns);
        Ok(columns)
    }

    /// How many cells a row has.
    pub(super) fn width(&self) -> usize {
        self.headers.len()
    }

    /// Whether a meaning is mapped at all.
    pub(super) fn has(&self, meaning: ColumnMeaning) -> bool {
        self.positions[meaning as usize].is_some()
    }

    /// Where a meaning's column stands.
    pub(super) fn position(&self, meaning: ColumnMeaning) -> Option<usize> {
        self.positions[meaning as usize]
    }

    /// Where the column of a key stands, mapped or not.
    pub(super) fn place_of(&self, key: &str) -> Option<usize> {
        self.headers.iter().position(|header| headings::key(header) == key)
    }

    /// Whether rows state more of their orders than the total.
    pub(super) fn states_order_values(&self) -> bool {
        self.states_order_values
    }

    /// How the discounts of a meaning are written, where that is known.
    pub(super) fn discount_as(&self, meaning: ColumnMeaning) -> Option<DiscountReading> {
        self.discounts.filter(|(of, _)| *of == meaning).map(|(_, reading)| reading)
    }

    /// Whether a cell of discounts holds a share: all of its column do, or it bears the sign of percents.
    pub(super) fn is_share(&self, meaning: ColumnMeaning, cell: &[u8]) -> bool {
        self.shares() == Some(meaning) || without_percent(cell).1
    }

    /// The column whose discounts are shares, if one's are.
    fn shares(&self) -> Option<ColumnMeaning> {
        self.discounts.filter(|(_, reading)| *reading != DiscountReading::Amount).map(|(meaning, _)| meaning)
    }

    /// Whether the row's discount is off its amount already, as was said, or else as is usual for files of its kind.
    pub(super) fn line_amount_is_net(&self) -> bool {
        self.line_amount_is_net
    }

    /// The export that the file is, where its vendor is known.
    pub(super) fn export(&self) -> Option<&'static Export> {
        self.export
    }

    /// Where the columns stand that are added to those of meanings.
    pub(super) fn addends(&self) -> &BTreeMap<ColumnMeaning, Vec<usize>> {
        &self.addends
    }

    /// The cells that are added to a meaning's in the current record.
    pub(super) fn added<'a, R: std::io::Read>(&self, records: &'a RecordReader<R>, meaning: ColumnMeaning) -> impl Iterator<Item = &'a [u8]> {
        let positions = self.addends.get(&meaning).map_or(&[][..], Vec::as_slice);
        positions.iter().map(|position| cells::trimmed(records.cell(*position))).filter(|cell| !cell.is_empty())
    }

    /// The columns of stock, one a place; none where stock stands in one column without a place.
    pub(super) fn stock(&self) -> &[StockColumn] {
        &self.stock
    }

    /// Whether a cell of stock is a word for none at all.
    pub(super) fn says_no_stock(&self, cell: &[u8]) -> bool {
        let words = self.export.map_or(&[][..], |export| &export.no_stock);
        words.iter().any(|word| cell.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// The header of the column that stands at a position.
    pub(super) fn header_at(&self, position: usize) -> &str {
        &self.headers[position]
    }

    /// The header of a meaning's column.
    pub(super) fn header(&self, meaning: ColumnMeaning) -> Option<&str> {
        Some(self.headers[self.positions[meaning as usize]?].as_str())
    }

    /// The cell of a meaning, trimmed; empty where the file has none.
    pub(super) fn cell<'a, R: std::io::Read>(&self, records: &'a RecordReader<R>, meaning: ColumnMeaning) -> &'a [u8] {
        self.positions[meaning as usize].map_or(&[], |position| cells::trimmed(records.cell(position)))
    }

    /// The cell with the country.
    pub(super) fn country<'a, R: std::io::Read>(&self, records: &'a RecordReader<R>) -> &'a [u8] {
        let cell = self.cell(records, ColumnMeaning::Country);
        match self.country_twin {
            Some(twin) if cell.is_empty() => cells::trimmed(records.cell(twin)),
            _ => cell,
        }
    }
}

/// Whether a cell says yes.
pub(super) fn is_yes(cell: &[u8]) -> bool {
    [b"true".as_slice(), b"yes", b"1", b"y", b"test"].iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// What else stands in columns that say whether something is a test.
const NO: [&[u8]; 7] = [b"false", b"no", b"0", b"n", b"live", b"prod", b"production"];

/// Whether a column tells of tests: one that is only called so may hold anything else.
fn is_of_tests(inspection: &Inspection, header: &str) -> bool {
    let Some(position) = inspection.headers.iter().position(|name| name == header) else { return false };
    let is_called_so = headings::find(ColumnMeaning::IsTest, &[headings::normalise(header)]).is_some();
    let is_flag = |cell: &[u8]| cell.is_empty() || is_yes(cell) || NO.iter().any(|word| cell.eq_ignore_ascii_case(word));
    let mut cells = inspection.seen_rows().filter_map(|row| row.get(position)).map(|cell| cells::trimmed(cell.as_bytes()));
    !is_called_so || cells.all(is_flag)
}

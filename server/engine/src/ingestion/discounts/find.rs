//! Whether a column of discounts holds amounts of money or shares of the line: told by its name, its signs, all of its values, and by
//! another column that is the line's total in one reading only.

use super::names::{is_bare, says_money, says_percent};
use super::scan::Scan;
use super::words;
use crate::ingestion::inspect::Inspection;
use domain::sources::{Ambiguity, DiscountReading, FileKind, Mapping};
use std::io::Read;

use DiscountReading::{Amount, Fraction, Percent};

/// What a file tells of its discounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Discounts {
    /// The column that holds them.
    pub column: String,
    /// The mapping with how they are read: as the file tells, or else in the likeliest way. Whether amounts have them off
    /// already is left open where the file does not tell.
    pub mapping: Mapping,
    /// How they are read and why, a sentence each.
    pub remarks: Vec<String>,
    /// What is to be asked, where nothing in the file tells.
    pub questions: Vec<Ambiguity>,
    /// The column's name does not say whose discount it is, and nothing proves that it is the line's: not to be taken off unasked.
    pub is_doubtful: bool,
    /// All rows were looked at.
    pub is_whole: bool,
}

/// A file's rows, for those who look at all of them.
pub struct Rows<'a> {
    /// Opens the file at its beginning; `None` when it cannot be opened.
    pub open: &'a dyn Fn() -> Option<Box<dyn Read>>,
    /// How many bytes are looked at.
    pub most_bytes: u64,
    /// Whether the answer is still waited for.
    pub is_wanted: &'a dyn Fn() -> bool,
}

/// What the file tells of its discounts under a mapping, of the rows as far as they are looked at; `None` when it has none, when it cannot be
/// read, or when the mapping says all there is to say.
pub fn discounts(inspection: &Inspection, mapping: &Mapping, rows: &Rows<'_>) -> Option<Discounts> {
    if mapping.discount_as.is_some() && amounts_in_question(mapping).is_empty() {
        return None;
    }
    let mut scan = Scan::of(inspection, mapping, None)?;
    // The file, read to its end, may write its decimals otherwise than its first rows let assume.
    if let Some(comma) = scan.see_all((rows.open)()?, inspection, rows) {
        scan = Scan::of(inspection, mapping, Some(comma))?;
        scan.see_all((rows.open)()?, inspection, rows);
    }
    if scan.has_unsigned || scan.has_percent_sign {
        return Some(verdict(&scan, mapping));
    }
    let nothing = |mapping: &Mapping| Discounts {
        column: scan.header.clone(),
        mapping: mapping.clone(),
        remarks: Vec::new(),
        questions: Vec::new(),
        is_doubtful: false,
        is_whole: false,
    };
    (!scan.is_whole).then(|| nothing(mapping))
}

/// The columns of the rows' amounts, where nobody has said whether the rows' discounts are off them already; else none.
fn amounts_in_question(mapping: &Mapping) -> Vec<&str> {
    let is_open = mapping.row_discount().is_some() && mapping.line_amount_is_net.is_none();
    if is_open { mapping.amount_columns() } else { Vec::new() }
}

/// How discounts are read.
struct Reading {
    reading: DiscountReading,
    remark: Option<String>,
    /// What a person chooses from, where nothing tells.
    open: &'static [DiscountReading],
    is_doubtful: bool,
}

impl Reading {
    fn told(reading: DiscountReading, remark: Option<String>) -> Self {
        Self { reading, remark, open: &[], is_doubtful: false }
    }
}

fn verdict(scan: &Scan, mapping: &Mapping) -> Discounts {
    let Reading { reading, remark, open, is_doubtful } = reading(scan, mapping);
    let (mut remarks, mut questions) = (Vec::from_iter(remark), Vec::new());
    if !open.is_empty() {
        questions.push(words::question(&scan.header, open, &scan.shown));
    }
    let mut line_amount_is_net = mapping.line_amount_is_net;
    let amounts = amounts_in_question(mapping);
    if let Some(column) = amounts.first() {
        let amount = words::first_filled(&amounts);
        line_amount_is_net = scan.proof.is_net();
        match line_amount_is_net {
            Some(true) => remarks.push(words::taken_off_already(&amount)),
            Some(false) => remarks.push(words::taken_off_it(&amount)),
            None => {
                let is_sell_out = mapping.kind == FileKind::SellOut;
                remarks.push(if is_sell_out { words::left_unasked(&amount) } else { words::taken_off_unasked(&amount) });
                questions.push(words::question_of_amount(column, &amount));
            }
        }
    }
    let mapping = Mapping { discount_as: Some(reading), line_amount_is_net, ..mapping.clone() };
    Discounts { column: scan.header.clone(), mapping, remarks, questions, is_doubtful, is_whole: scan.is_whole }
}

fn reading(scan: &Scan, mapping: &Mapping) -> Reading {
    let column = scan.header.as_str();
    if let Some(said) = mapping.discount_as {
        return Reading::told(said, None);
    }
    if let Some((reading, total, rows)) = scan.proof.verdict() {
        return Reading::told(reading, Some(words::proven(column, reading, total, rows)));
    }
    if !scan.has_unsigned {
        return Reading::told(Percent, Some(words::because(column, Percent, "Its cells bear the sign %.")));
    }
    let (is_percent, is_money, is_mixed) = (says_percent(column), says_money(column), scan.has_percent_sign);
    let is_amount = is_money || scan.above_hundred || (scan.above_one && !is_mixed);
    if scan.has_currency || (is_amount && !is_percent) {
        let remark = is_mixed.then(|| words::because(column, Amount, "Those with the sign % were read as percent."));
        return Reading { is_doubtful: is_bare(column), ..Reading::told(Amount, remark) };
    }
    if scan.above_one && is_percent && !is_money && !scan.above_hundred {
        return Reading::told(Percent, Some(words::because(column, Percent, "The column's name says so.")));
    }
    let open: &[DiscountReading] = match (scan.above_one, is_percent || is_mixed) {
        (true, _) => &[Percent, Amount],
        (false, true) => &[Fraction, Percent, Amount],
        (false, false) => &[Fraction, Amount],
    };
    Reading { open, ..Reading::told(open[0], Some(words::assumed(column, open[0]))) }
}

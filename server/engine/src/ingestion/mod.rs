//! Reading sales files: bytes → records → columns with a meaning → order lines and issues.
//!
//! Bad input is data: a row that cannot be read becomes a [`RowIssue`], a file that cannot be read a [`FileProblem`]; nothing panics.

mod ambiguity;
mod amounts;
mod cells;
mod column_looks;
mod columns;
mod containers;
mod countries;
mod date_scanner;
mod dates;
mod encoding;
mod evidence;
mod headings;
mod inspect;
mod kinds;
mod line_reader;
mod mojibake;
mod months;
mod no_text;
mod non_products;
mod numbers;
mod order_values;
mod orders;
mod problem;
mod quality;
mod raw_rows;
mod recognise;
mod records;
mod records_reader;
mod sample;
mod set_aside;
mod table;
mod text_reader;
mod vendors;
mod zone;

pub use column_looks::look_at_columns;
pub use ambiguity::ambiguities;
pub use containers::{Container, JsonShape, SheetNotes, container_of, write_json, write_workbook};
pub use countries::country_code;
pub use encoding::Encoding;
pub use evidence::Evidence;
pub use inspect::{Inspection, SAMPLE_BYTES, inspect, inspect_sample};
pub use line_reader::{LineReader, NUMBER_SEPARATOR, ParsedLine, ReadContext};
pub use non_products::is_product;
pub use order_values::StatedValues;
pub use problem::{FileProblem, RowIssue};
pub use quality::QualityWatch;
pub use raw_rows::{FoundRows, RowChoice, find_rows};
pub use recognise::{Recognition, missing_meanings, recognise};
pub use records_reader::{ParsedRecord, RecordsReader};
pub use sample::Sample;
pub use vendors::vendor_name;
pub use zone::{LocalTime, instant_of, local_time};

//! Files that are no delimited text (workbooks, archives, JSON): turned into text beside the work, by a process of its own where there is one.

mod archive;
mod convert;
mod prepare;
mod program;
mod turns;
mod unconverted;

pub use convert::{Conversion, TableNotes, convert};
pub use unconverted::Unconverted;

pub(in crate::sources) use prepare::{Preparation, Prepared, Unprepared};

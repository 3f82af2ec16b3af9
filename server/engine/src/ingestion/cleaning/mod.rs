//! Cleaning: a literal list of named steps, what each does to a value, and a log of what each changed.

mod cells;
mod countries;
mod home;
mod lines;
mod log;
mod phones;
mod steps;
mod texts;

pub(in crate::ingestion) use cells::CellWatch;
pub(in crate::ingestion) use countries::CountryMemory;
pub use countries::country_code;
pub use home::home_country;
pub(in crate::ingestion) use lines::{OrderValuesOf, clean_line, clean_phone, note_country, note_currency, note_time};
pub use log::CleaningLog;
pub use phones::{Phone, phone};
pub use steps::CleaningKind;
pub(in crate::ingestion) use texts::{Note, clean, is_invisible};

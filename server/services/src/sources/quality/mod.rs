//! The report on an upload's data: as a value, as a file, and its days as a picture.

mod csv;
mod days;
mod page;
mod report;

pub use csv::quality_csv;
pub use page::{QualityPage, quality_page};
pub use report::upload_quality;

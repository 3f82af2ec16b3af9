//! Uploads: where they stand, what was recognised, how columns are mapped, what was cleaned and how good the data is.

mod channel;
mod cleaning;
mod column;
mod kind;
mod mapping;
mod mode;
mod preview;
mod quality;
mod status;
mod upload;

pub use channel::Channel;
pub use cleaning::{CleaningSample, CleaningStep, CleaningUnit, UploadRow, UploadRows};
pub use column::{ColumnMeaning, ValueType};
pub use kind::FileKind;
pub use mapping::{DateOrder, Mapping};
pub use mode::UploadMode;
pub use preview::{Ambiguity, Choice, ChoiceValue, MappingPreview, Reason};
pub use quality::{ColumnQuality, DayRows, QualityFinding, QualityReport, Severity};
pub use status::UploadStatus;
pub use upload::{UploadIssue, UploadSummary, too_large};

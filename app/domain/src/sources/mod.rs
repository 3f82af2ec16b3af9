//! Uploads: where they stand, what was recognised, how columns are mapped, what was cleaned and how good the data is.

mod aspect;
mod channel;
mod cleaning;
mod column;
mod kept;
mod kind;
mod look;
mod mapping;
mod mode;
mod notices;
mod preview;
mod quality;
mod raw;
mod receipt;
mod status;
mod trial;
mod undo;
mod upload;

pub use aspect::QualityAspect;
pub use channel::Channel;
pub use cleaning::{CleaningSample, CleaningStep, CleaningUnit};
pub use column::{ColumnMeaning, ValueType};
pub use kept::KeptFile;
pub use kind::FileKind;
pub use look::{ColumnLook, FoundType};
pub use mapping::{DateOrder, DiscountReading, Mapping};
pub use mode::UploadMode;
pub use notices::{NoticeChoice, UploadNotices};
pub use preview::{Ambiguity, Choice, ChoiceValue, MappingPreview, Reason};
pub use quality::{ColumnQuality, DayRows, QualityFinding, QualityReport, Severity};
pub use raw::{RawRow, RawRows, RawRowsAsked};
pub use receipt::{MOST_ORDERS, OrderCounts, OrderProblem, OrdersReceipt};
pub use status::UploadStatus;
pub use trial::{MappingTrial, TrialRow};
pub use undo::{NetSalesChange, OrderChange, UndoPart, UndoPreview, UndoThing};
pub use upload::{UploadIssue, UploadSummary, too_large};

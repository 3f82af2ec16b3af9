//! Adding data: files brought in, watched while they are read, and the meaning of their columns.

mod add_data_page;
mod api;
mod cleaning;
mod formats;
mod issues_table;
mod kept;
mod mapping_answers;
mod mapping_columns;
mod mapping_facts;
mod mapping_form;
mod mapping_page;
mod mapping_questions;
mod mapping_readings;
mod mapping_trial;
mod quality_page;
mod quality_parts;
mod quality_summary;
mod queue;
mod queue_list;
mod reading;
mod rows_page;
mod sending_hint;
mod transfer;
mod undo;
mod undo_preview;
mod upload_page;
mod upload_result;
mod uploads_page;
mod uploads_table;
mod watch;
mod words;

pub use add_data_page::AddDataPage;
pub use mapping_page::MappingPage;
pub use quality_page::QualityPage;
pub use rows_page::RowsPage;
pub use upload_page::UploadPage;
pub use uploads_page::UploadsPage;

pub(crate) use queue::Queue;
pub(crate) use sending_hint::SendingHint;

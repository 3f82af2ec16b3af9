//! Adding data: files brought in, watched while they are read, and the meaning of their columns.

mod add_data_page;
mod api;
mod formats;
mod mapping_facts;
mod mapping_form;
mod mapping_page;
mod quality;
mod queue;
mod queue_list;
mod sending_hint;
mod transfer;
mod upload_page;
mod upload_result;
mod uploads_page;
mod watch;
mod words;

pub use add_data_page::AddDataPage;
pub use mapping_page::MappingPage;
pub use upload_page::UploadPage;
pub use uploads_page::UploadsPage;

pub(crate) use queue::Queue;
pub(crate) use sending_hint::SendingHint;

//! Pictures: from a `ChartSpec` to an ECharts option on the server, and from there to a figure with a table behind it.

mod bridge;
mod data_table;
mod download;
mod files;
#[cfg(feature = "ssr")]
pub mod option;
mod payload;
mod sparkline;
mod view;

pub use data_table::DataTable;
pub use download::save_text;
pub use files::{CardFiles, FilesMenu};
pub use payload::{ChartFilter, ChartPayload};
pub use sparkline::Sparkline;
pub use view::{ChartView, OpenTables};

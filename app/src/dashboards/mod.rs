//! Dashboards: the sales page, and boards of questions that a shop makes or that come with the product.

mod address;
mod api;
mod board;
mod board_list;
mod boards_api;
mod builder;
mod card;
mod changed_api;
mod changed_page;
mod dashboard_page;
mod draft;
mod edit_page;
mod empty;
mod figure;
mod filters;
mod history;
mod payload;
mod pickers;
mod sales_page;
mod skeleton;

pub(crate) use board_list::BoardList;
pub use boards_api::{
    ArchiveDashboard, DeleteDashboard, GetDashboard, ListDashboards, ListVersions, MarkDashboard, PreviewCard, RestoreVersion, SaveDashboard,
};
pub use changed_api::GetWhatChanged;
pub use changed_page::ChangedPage;
pub use dashboard_page::DashboardPage;
pub use edit_page::{EditDashboardPage, NewDashboardPage};
pub use sales_page::SalesPage;

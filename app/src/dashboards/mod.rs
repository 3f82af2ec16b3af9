//! Dashboards: the sales page, and boards of questions that a shop makes or that come with the product.

mod address;
mod api;
mod audience_form;
mod board;
mod board_list;
mod boards_api;
mod builder;
mod card;
mod changed_api;
mod changed_page;
mod conditions;
mod dashboard_page;
mod draft;
mod edit_page;
mod empty;
mod figure;
mod filter_adder;
mod filters;
mod fresh;
mod history;
mod links_api;
mod notes_button;
mod own_actions;
mod payload;
mod pick;
mod pickers;
mod rest;
mod rest_lines;
mod rows_api;
mod rows_page;
mod sales_page;
mod screen;
mod segments;
mod shared_page;
mod sharing_page;
mod sheet;
mod skeleton;
mod tv_page;
mod value_field;
mod wanted;

pub(crate) use board_list::BoardList;
pub use boards_api::{
    ArchiveDashboard, DeleteDashboard, GetDashboard, ListDashboards, ListVersions, MarkDashboard, PreviewCard, RestOfDashboard, RestoreVersion,
    SaveDashboard, ShareDashboard, SuggestValues,
};
pub use changed_api::GetWhatChanged;
pub use changed_page::ChangedPage;
pub use dashboard_page::DashboardPage;
pub use edit_page::{EditDashboardPage, NewDashboardPage};
pub use links_api::{BoardPulse, CreateLink, GetSharedBoard, ListLinks, RevokeLink, SharedPulse};
pub use rows_api::GetCardRows;
pub use rows_page::CardRowsPage;
pub use sales_page::SalesPage;
pub use shared_page::SharedPage;
pub use sharing_page::SharingPage;
pub use tv_page::TvPage;

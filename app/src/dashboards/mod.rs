//! The sales dashboard: one page that answers how the shop is doing.

mod address;
mod api;
mod board;
mod empty;
mod figure;
mod filters;
mod pickers;
mod sales_page;
mod skeleton;

pub use sales_page::SalesPage;

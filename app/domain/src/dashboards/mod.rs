//! Dashboards: what a person chose to see, the boards that questions are pinned on, and how they are shown.

mod board;
mod picture;
mod sales;
mod standard;
mod view;
mod what_changed;

pub use board::{BoardCard, BoardInput, BoardKey, BoardSummary, BoardVersion, MAX_CARDS, WIDTHS};
pub use picture::Picture;
pub use sales::{Change, DashboardView, DataSpan, Figure, SalesDashboard};
pub use standard::StandardBoard;
pub use view::{BoardView, CardContent, CardView};
pub use what_changed::{ChangeParts, ChangeSplit, WhatChanged};

//! Dashboards: what a person chose to see, the boards that questions are pinned on, and how they are shown.

mod address;
mod annotation;
mod board;
mod link;
mod listed;
mod picture;
mod sales;
mod standard;
mod standard_cards;
mod view;
mod what_changed;

pub use annotation::{Annotation, AnnotationInput, MAX_ANNOTATION_CHARS};
pub use board::{BoardCard, BoardInput, BoardKey, MAX_CARDS, WIDTHS};
pub use link::{CreatedLink, LinkState, LinkSummary, MAX_LINK_DAYS, NewLink, SharedBoard, embed_code};
pub use listed::{BoardSummary, BoardVersion};
pub use picture::Picture;
pub use sales::{Change, DashboardView, DataSpan, Figure, SalesDashboard};
pub use standard::StandardBoard;
pub use view::{BoardView, CardContent, CardView, pulse_of};
pub use what_changed::{ChangeParts, ChangeSplit, WhatChanged};

//! Dashboards: what a person chose to see, the boards that questions are pinned on, and how they are shown.

mod address;
mod annotation;
mod audience;
mod board;
mod goal;
mod link;
mod listed;
mod picture;
mod rows;
mod sales;
mod search;
mod segment_cards;
mod standard;
mod standard_cards;
mod view;
mod what_changed;
mod xray_cards;

pub use annotation::{Annotation, AnnotationInput, MAX_ANNOTATION_CHARS};
pub use audience::{audience, audience_words};
pub use board::{BoardCard, BoardInput, BoardKey, MAX_CARDS, WIDTHS};
pub use goal::{CardGoal, GoalProgress};
pub use link::{CreatedLink, LinkState, LinkSummary, MAX_LINK_DAYS, NewLink, SharedBoard, embed_code};
pub use listed::{BoardSummary, BoardVersion};
pub use picture::Picture;
pub use rows::{CardRows, ROWS_OF_A_PAGE, RowFile};
pub use sales::{Change, DashboardView, DataSpan, Figure, SalesDashboard};
pub use search::{SearchKind, SearchResult, Suggestion, matching};
pub use standard::StandardBoard;
pub use view::{BoardView, CardContent, CardShape, CardView, RestOfBoard, RowFilter, pulse_of};
pub use what_changed::{ChangeParts, ChangeSplit, WhatChanged};

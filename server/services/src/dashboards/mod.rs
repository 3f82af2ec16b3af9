//! Figures, sentences and pictures: the sales dashboard, and boards of questions.

mod boards;
mod cards;
mod changed;
mod charts;
mod chosen;
mod figures;
mod finding;
mod measured;
mod notices;
mod sales;
mod words;

pub use boards::{
    archive_board, create_board, delete_board, list_boards, list_versions, mark_board, preview_card, restore_version, update_board, view_board,
};
pub use changed::what_changed;
pub use sales::sales;

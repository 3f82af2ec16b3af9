//! Figures, sentences and pictures: the sales dashboard, and boards of questions.

mod annotations;
mod boards;
mod cards;
mod changed;
mod charts;
mod chosen;
mod covered;
mod exports;
mod figures;
mod finding;
mod links;
mod measured;
mod notices;
mod rows;
mod sales;
mod search;
mod suggestions;
mod words;

pub use annotations::{create_annotation, delete_annotation, list_annotations, update_annotation};
pub(crate) use boards::Parked;
pub use boards::{
    BoardPart, BoardParts, archive_board, create_board, delete_board, list_boards, list_versions, mark_board, preview_card, pulse, rest_of_board,
    restore_version, share_board, stream_board, update_board, view_board, view_board_soon,
};
pub use changed::what_changed;
pub use exports::{TableFile, TableFormat, board_file, card_file};
pub(crate) use links::PendingUses;
pub use links::{create_link, list_links, open_shared, revoke_link, shared_pulse};
pub use rows::{RowsAsked, card_rows, rows_file};
pub use sales::sales;
pub use search::search;
pub use suggestions::suggest_values;

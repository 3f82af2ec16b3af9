//! Other tools' boards: the list and the board for members, and where admins set them up.

mod add_page;
mod api;
mod audience;
mod board_page;
mod board_row;
mod boards_page;
mod check;
mod draft;
mod edit_page;
mod failure;
mod hosts_card;
mod list_page;
mod lock_rows;
mod options;
mod paste_box;
mod payload;
mod range_menu;
mod secret_card;
mod secret_fields;
mod stage;
mod text_box;
mod words;

pub use add_page::AddBoardPage;
pub use api::{
    AllowedHosts, CheckBoard, CreateBoard, DeleteBoard, GetBoard, ListBoards, RecogniseBoard, ReorderBoards, ReplaceSecret, SetAllowedHosts,
    UpdateBoard, ViewBoard, VisibleBoards,
};
pub use board_page::BoardPage;
pub use boards_page::BoardsPage;
pub use edit_page::EditBoardPage;
pub use list_page::BoardSettingsPage;

//! Boards of questions: those that come with the product, and those that people of the shop make. One operation a file.

mod answer_card;
mod audience;
mod change_board;
mod favourites;
mod list_boards;
mod named;
mod one_currency;
mod one_thing;
mod opened;
mod parked;
mod pulse;
mod save_board;
mod share_board;
mod stored;
mod stream_board;
mod telling;
mod versions;
mod view_board;

pub(super) use audience::Audience;
pub use change_board::{archive_board, delete_board};
pub use favourites::mark_board;
pub use list_boards::list_boards;
pub(super) use named::named;
pub(super) use one_currency::in_one_currency;
pub(super) use one_thing::check_link;
pub(crate) use parked::Parked;
pub use pulse::pulse;
pub use save_board::{create_board, update_board};
pub use share_board::share_board;
pub use stream_board::{BoardPart, BoardParts, rest_of_board, stream_board};
pub use versions::{list_versions, restore_version};
pub use view_board::{preview_card, view_board, view_board_soon};
pub(super) use view_board::{view_board_as, view_board_on_paper};

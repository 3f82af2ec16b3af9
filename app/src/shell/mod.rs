//! What stands around every page: the document, the frame, navigation, theme, shortcuts.

mod bottom_bar;
mod brand;
#[cfg(feature = "ssr")]
mod document;
mod frame;
mod keyboard;
mod not_found;
mod person_menu;
mod public_frame;
mod rail;
mod shop_menu;
mod shortcuts;
mod theme;
mod top_bar;

pub use brand::Brand;
#[cfg(feature = "ssr")]
pub use document::document;
pub use frame::Frame;
pub use not_found::NotFoundPage;
pub use public_frame::PublicFrame;
pub use theme::ThemeToggle;

pub(crate) use rail::PlaceLink;

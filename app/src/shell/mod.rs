//! What stands around every page: the document, the frame, navigation, theme, shortcuts.

mod brand;
#[cfg(feature = "ssr")]
mod document;
mod frame;
mod not_found;
mod public_frame;
mod theme;

pub use brand::Brand;
#[cfg(feature = "ssr")]
pub use document::document;
pub use frame::Frame;
pub use not_found::NotFoundPage;
pub use public_frame::PublicFrame;
pub use theme::ThemeToggle;

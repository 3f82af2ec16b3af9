//! What a visitor sees first.

mod page;
mod preview;

pub use page::WelcomePage;

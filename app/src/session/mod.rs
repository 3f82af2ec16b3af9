//! Who is signed in: what pages know of them, and what server functions ask.

#[cfg(feature = "ssr")]
pub mod cookies;
#[cfg(feature = "ssr")]
pub mod current;
#[cfg(feature = "ssr")]
pub mod respond;

mod api;
mod session_of_page;

pub(crate) use api::get_me;
pub use api::{GetMe, SignOut, SwitchMerchant};
pub use session_of_page::{Session, use_session};

//! People, shops, sessions, roles, invitations and keys.

mod types;

pub use types::{Client, SignedIn};

//! Public links: a board for whoever has its address. One operation a file.

mod create_link;
mod list_links;
mod open_shared;
mod revoke_link;
mod stored;
mod token;
mod uses;

pub use create_link::create_link;
pub use list_links::list_links;
pub use open_shared::{open_shared, shared_pulse};
pub use revoke_link::revoke_link;
pub(crate) use uses::PendingUses;

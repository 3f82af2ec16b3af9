//! The only way to a database connection: transactions that know whose rows they may see.

mod connect;
mod transaction;

pub use connect::{Backend, Db};
pub use transaction::Tx;

//! The only way to a database connection: transactions that know whose rows they may see.

mod array;
mod bulk;
mod connect;
mod statements;
mod stopping;
mod transaction;

use array::array_literal;
pub(crate) use bulk::{BulkInsert, Constant};
pub use connect::{Backend, Db};
pub use statements::Statements;
pub use transaction::Tx;

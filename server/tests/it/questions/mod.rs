//! Questions over HTTP: one, many at once, how one is answered, and what can be asked.

mod asking;
mod schema;

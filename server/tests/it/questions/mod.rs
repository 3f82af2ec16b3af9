//! Questions over HTTP: one, many at once, how one is answered, and what can be asked.

mod analyses;
mod asking;
mod schema;

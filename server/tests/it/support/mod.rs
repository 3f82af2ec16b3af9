//! A server on a free port with a folder, a database and a clock of its own, and people who ask it.

mod backends;
mod file;
mod member;
mod skipped;
mod test_app;
mod things;

pub(crate) use backends::has_postgres;
pub(crate) use file::{SALES, sales_file};
pub(crate) use member::Member;
pub(crate) use skipped::skipped;
pub(crate) use test_app::{TestApp, call};
pub(crate) use things::things_of;

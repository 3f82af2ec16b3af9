//! Questions become SQL.

mod compiling;
mod generated;

//! Questions become SQL.

mod compiling;
mod deriving;
mod generated;

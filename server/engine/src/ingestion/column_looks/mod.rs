//! How the columns of a file look in its first rows, and what they could be by their looks.

mod guess;
mod look;

pub use guess::guess_by_looks;
pub use look::look_at_columns;

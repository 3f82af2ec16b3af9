//! The only place that reads the environment and `.env`: values come out checked, or as sentences that say how to mend them.

mod environment;
mod example;
mod nearest;
mod parse;
mod read;
mod variables;

pub use environment::Environment;
pub use example::example_file;
pub use read::{Config, ConfigProblem, Reading};
pub use variables::{VARIABLES, Variable};

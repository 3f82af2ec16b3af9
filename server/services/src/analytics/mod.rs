//! Questions and their answers.

mod answer;
mod cache;
mod overview;
mod statements;

pub use answer::answer;

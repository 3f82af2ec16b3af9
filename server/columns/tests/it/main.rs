//! A copy is written, published, asked and swept.

mod asking;
mod publishing;
mod support;

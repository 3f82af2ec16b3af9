//! Boards of other tools, by what is pasted.

mod accepted;
mod properties;
mod refused;
mod support;

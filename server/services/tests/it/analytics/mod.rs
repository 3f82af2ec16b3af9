//! Every measure against an independent computation over generated facts.

mod against_loops;
mod analyses;
mod analyses_of_uci;
mod bad_input;
mod currencies;
mod expected;
mod explained;
pub(crate) mod facts;
mod fiscal;
mod grain_edges;
mod on_paper;
mod questions;
pub(crate) mod shop;

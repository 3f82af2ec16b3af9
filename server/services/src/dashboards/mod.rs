//! The sales dashboard's figures, sentences and pictures.

mod charts;
mod chosen;
mod figures;
mod finding;
mod measured;
mod notices;
mod sales;
mod words;

pub use sales::sales;

//! From a pasted text to a board: taken out of its snippet, checked, and asked tool by tool.

mod address;
mod board;
mod grafana;
mod lightdash;
mod looker;
mod looker_studio;
mod markup;
mod metabase;
mod own;
mod paste;
mod power_bi;
mod query;
mod snippet;
mod superset;
mod tableau;

pub use paste::recognise_paste;

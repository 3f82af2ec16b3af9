//! Files that nobody would write, in numbers: generated from seeds of our own here, and by `cargo fuzz` in `server/engine/fuzz`.

mod anything;
mod bounded;
mod cells;
mod dialects;
mod generated;
mod seeds;

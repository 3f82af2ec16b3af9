//! The rules of ARCHITECTURE.md that a machine can hold: arrows between crates, sizes of files, maps that match the tree.

mod arrows;
mod bans;
mod maps;
mod sizes;
mod tree;
mod words;

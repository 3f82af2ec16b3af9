//! The pages' server functions: each is a door of its own, and each is tried as everyone who must not and everyone who may.

mod caller;
mod doors;
mod refusals;
mod table;

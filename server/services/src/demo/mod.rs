//! The invented shop to look around in.

mod facts;
mod owner;
mod seed;

pub(crate) use seed::seed_demo;
pub use seed::{DemoAccess, seed};

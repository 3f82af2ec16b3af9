//! Services of their own for each test, and short ways to people who use them.

mod collector;
mod postgres;
mod services;
mod skipped;
mod smtp;

pub(crate) use collector::Collector;
pub(crate) use postgres::Throwaway;
pub(crate) use services::{PASSWORD, TestServices, client, token_of};
pub(crate) use skipped::{say, skipped};
pub(crate) use smtp::Smtp;

/// Which backends the tests run on is the environment's choice.
#[expect(clippy::disallowed_methods, reason = "the edge of the tests")]
pub(crate) fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

//! Services of their own for each test, and short ways to people who use them.

mod postgres;
mod services;
mod smtp;

pub(crate) use postgres::Throwaway;
pub(crate) use services::{PASSWORD, TestServices, client, token_of};
pub(crate) use smtp::Smtp;

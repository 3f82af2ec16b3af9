//! What happens to every request and answer, whichever route it takes.

pub mod access;
pub mod authentication;
pub mod client;
pub mod csrf;
pub mod problems;
pub mod request_log;
pub mod security_headers;

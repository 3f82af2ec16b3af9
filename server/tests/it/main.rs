//! The server from outside: over HTTP, on a real port.

mod board_lines;
mod connections;
mod documents;
mod files;
mod framing;
mod functions;
mod headers;
mod health;
mod lives;
mod matrix;
mod orders;
mod pages;
mod problems;
mod program;
mod questions;
mod shared;
mod shared_database;
mod signing_in;
mod stopping;
mod support;
mod uploads;
mod watching;

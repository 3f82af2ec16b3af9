//! The program's outer shell: commands, configuration, accept loop, routes, pages and the JSON API.

pub mod api;
pub mod board_preview;
pub mod commands;
pub mod config;
mod extract;
mod health;
pub mod http;
pub mod listener;
pub mod logging;
pub mod metrics;
pub mod pages;
pub mod problem;
pub mod router;
pub mod running;
pub mod state;

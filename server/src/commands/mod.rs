//! What can be said on the command line. Only here does the program print.

mod check_config;
mod import;
mod migrate;
mod read_container;
mod reindex;
mod run;
mod seed_demo;
mod serve;
mod stop;
mod watch;
mod watched_files;
mod worker;

pub use run::run;

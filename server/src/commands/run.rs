//! Reads the command line and the configuration, then does what was asked.

use super::{check_config, import, migrate, read_container, reindex, seed_demo, serve, worker};
use crate::config::{Config, Environment, Reading};
use crate::logging;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Sees every channel of a shop in one place. Settings come from the environment and .env; .env.example explains them.
#[derive(Parser)]
#[command(name = "tradepost", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answers browsers and programs, and works on jobs.
    Serve,
    /// Works on jobs only.
    Worker,
    /// Brings the database's schema up to date, then ends.
    Migrate,
    /// Reads sales files into a shop and says what came of each.
    Import(import::Arguments),
    /// Writes the columnar copies of shops anew from the database; no figure changes by it.
    Reindex(reindex::Arguments),
    /// Makes the demo shop, if there is none, and prints how to sign in to it.
    SeedDemo,
    /// Prints the configuration in force, without secrets.
    CheckConfig,
    /// Turns a workbook or archive into text; the server starts this for itself.
    #[command(hide = true)]
    ReadContainer(read_container::Arguments),
}

/// Bytes of stack of a thread: pages are drawn by functions within functions, which unoptimised builds do not fold.
const STACK: usize = 8 << 20;

/// The program.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    // Before the configuration: this process must know no secrets.
    if let Command::ReadContainer(arguments) = arguments.command {
        return read_container::read(arguments);
    }
    let reading = match read_config() {
        Ok(reading) => reading,
        Err(sentences) => return refuse(&sentences),
    };
    logging::start(&reading.config.log);
    if rustls::crypto::aws_lc_rs::default_provider().install_default().is_err() {
        tracing::debug!("a TLS provider was installed already");
    }
    for warning in &reading.warnings {
        tracing::warn!("{warning}");
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&[format!("the program cannot start: {error}")]),
    };
    runtime.block_on(carry_out(arguments.command, reading)).unwrap_or_else(|error| refuse(&[format!("{error:#}")]))
}

fn read_config() -> Result<Reading, Vec<String>> {
    let environment = Environment::of_process().map_err(|sentence| vec![sentence])?;
    Config::read(&environment).map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

async fn carry_out(command: Command, reading: Reading) -> anyhow::Result<ExitCode> {
    let Reading { config, effective, .. } = reading;
    match command {
        Command::Serve => serve::serve(config).await,
        Command::Worker => worker::work(config).await,
        Command::Migrate => migrate::migrate(config).await,
        Command::Import(arguments) => import::import(config, arguments).await,
        Command::Reindex(arguments) => reindex::reindex(config, arguments).await,
        Command::SeedDemo => seed_demo::seed_demo(config).await,
        Command::CheckConfig => Ok(check_config::print(&effective)),
        Command::ReadContainer(arguments) => Ok(read_container::read(arguments)),
    }
}

#[expect(clippy::print_stderr, reason = "the program's words to the person who started it")]
fn refuse(sentences: &[String]) -> ExitCode {
    for sentence in sentences {
        eprintln!("tradepost: {sentence}");
    }
    ExitCode::FAILURE
}

//! `tradepost migrate`.

use crate::config::Config;
use services::Services;
use std::process::ExitCode;

/// Starting the services brings the schema up to date; there is nothing else to do.
#[expect(clippy::print_stdout, reason = "the command's result")]
pub(super) async fn migrate(config: Config) -> anyhow::Result<ExitCode> {
    Services::start(config.services).await?;
    println!("The database is up to date.");
    Ok(ExitCode::SUCCESS)
}

//! `tradepost serve`.

use super::stop;
use crate::config::Config;
use crate::listener::Limits;
use crate::running::Running;
use std::process::ExitCode;

/// Serves until it is asked to end.
#[expect(clippy::print_stdout, reason = "the command's greeting")]
pub(super) async fn serve(config: Config) -> anyhow::Result<ExitCode> {
    let public_url = config.services.public_url.clone();
    let running = Running::start(config, Limits::default()).await?;
    println!("\n  Tradepost is at {public_url}");
    println!("  Stop it with Ctrl-C.\n");
    tracing::info!(address = %running.address, "listening");
    stop::asked().await?;
    println!("\n  Finishing what is under way …");
    running.stop().await;
    Ok(ExitCode::SUCCESS)
}

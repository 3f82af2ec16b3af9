//! `tradepost worker`.

use super::stop;
use crate::config::Config;
use services::Services;
use services::jobs::Worker;
use std::process::ExitCode;
use std::time::Duration;

/// Jobs that run longer than this are given back for another worker to begin anew.
const GRACE: Duration = Duration::from_secs(30);

/// Works on jobs until it is asked to end.
#[expect(clippy::print_stdout, reason = "the command's greeting")]
pub(super) async fn work(config: Config) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(config.services.worker_threads > 0, "TRADEPOST_WORKERS=0 leaves this command nothing to do; give it at least 1");
    let worker = Worker::start(Services::start(config.services).await?);
    println!("Working on jobs. Stop with Ctrl-C.");
    stop::asked().await?;
    worker.stop(GRACE).await;
    Ok(ExitCode::SUCCESS)
}

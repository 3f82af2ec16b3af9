//! `tradepost serve`.

use super::{seed_demo, stop};
use crate::config::Config;
use crate::listener::Limits;
use crate::running::Running;
use services::{Services, demo};
use std::process::ExitCode;

/// Serves until it is asked to end.
#[expect(clippy::print_stdout, reason = "the command's greeting")]
pub(super) async fn serve(config: Config) -> anyhow::Result<ExitCode> {
    let (public_url, makes_demo) = (config.services.public_url.clone(), config.demo);
    let mail_folder = config.services.smtp_url.is_none().then(|| config.services.data_dir.join("mail"));
    let running = Running::start(config, Limits::default()).await?;
    println!("\n  Tradepost is at {public_url}");
    if let Some(folder) = mail_folder {
        println!("  Mail is not sent but written to files in {}; SMTP_URL changes that.", folder.display());
    }
    println!("  Stop it with Ctrl-C.\n");
    tracing::info!(address = %running.address, "listening");
    if makes_demo {
        tokio::spawn(show_demo(running.app.services.clone()));
    }
    stop::asked().await?;
    println!("\n  Finishing what is under way …");
    running.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Makes the demo shop beside everything else: nobody waits for it.
#[expect(clippy::print_stdout, reason = "the command's greeting")]
async fn show_demo(services: Services) {
    match demo::seed(&services).await {
        Ok(access) => println!("  The demo shop is ready to look around in. {}\n", seed_demo::how_to_sign_in(&access)),
        Err(error) => tracing::error!(error.cause = %error, "the demo shop could not be made"),
    }
}

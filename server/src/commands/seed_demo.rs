//! `tradepost seed-demo`.

use crate::config::Config;
use services::demo::{self, DemoAccess};
use services::{ServiceError, Services};
use std::process::ExitCode;

/// Makes the demo shop unless it is there, and prints how to sign in to it.
#[expect(clippy::print_stdout, reason = "the command's result")]
pub(super) async fn seed_demo(config: Config) -> anyhow::Result<ExitCode> {
    let services = Services::start(config.services).await?;
    let access = demo::seed(&services).await.map_err(ServiceError::into_app)?;
    println!("The demo shop is there. {}", how_to_sign_in(&access));
    Ok(ExitCode::SUCCESS)
}

/// Words for the person at the terminal.
pub(super) fn how_to_sign_in(access: &DemoAccess) -> String {
    match access.password.as_str() {
        "" => format!("Its owner is {}; the file with the password was removed, but the welcome page leads in without one.", access.email),
        password => format!("Sign in with {} and the password {password}", access.email),
    }
}

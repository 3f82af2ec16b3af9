//! `tradepost reindex`.

use crate::config::Config;
use services::analytics::{self, Reindexed};
use services::{ServiceError, Services, accounts};
use std::process::ExitCode;

/// Whose.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The shop: its number, or the e-mail address of one of its members. Without it, all shops.
    #[arg(long, value_name = "ID or E-MAIL")]
    merchant: Option<String>,
}

/// Writes the copies and says of each how large it is.
pub(super) async fn reindex(config: Config, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let services = Services::start(config.services).await?;
    let only = match &arguments.merchant {
        Some(merchant) => Some(accounts::find_merchant(&services, Some(merchant)).await.map_err(ServiceError::into_app)?),
        None => None,
    };
    analytics::reindex(&services, only, report).await.map_err(ServiceError::into_app)?;
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::print_stdout, reason = "the command's result")]
fn report(shop: Reindexed) {
    let Reindexed { merchant_id, name, copy } = shop;
    match copy {
        Some(copy) => println!("{merchant_id} {name}: {} order lines in {} files, {} bytes", copy.lines, copy.files, copy.bytes),
        None => println!("{merchant_id} {name}: no copy; the database answers"),
    }
}

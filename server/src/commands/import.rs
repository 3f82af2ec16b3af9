//! `tradepost import`.

use crate::config::Config;
use domain::format;
use domain::ids::MerchantId;
use domain::sources::{UploadStatus, UploadSummary};
use services::{Actor, ServiceError, Services, accounts, sources};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Which files, and whose.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// CSV files, plain or gzip.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The shop: its number, or the e-mail address of one of its members. May be left out where there is one shop.
    #[arg(long, value_name = "ID or E-MAIL")]
    merchant: Option<String>,
}

/// Reads each file to its end and says what came of it; fails if any file failed.
pub(super) async fn import(config: Config, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let services = Services::start(config.services).await?;
    let actor = Actor::program(shop(&services, arguments.merchant.as_deref()).await?);
    let mut code = ExitCode::SUCCESS;
    for file in &arguments.files {
        match sources::import_file(&services, &actor, file).await {
            Ok(upload) => {
                report(file, &upload);
                if upload.status != UploadStatus::Completed {
                    code = ExitCode::FAILURE;
                }
            }
            Err(error) => {
                complain(file, error);
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

async fn shop(services: &Services, named: Option<&str>) -> anyhow::Result<MerchantId> {
    Ok(accounts::find_merchant(services, named).await.map_err(ServiceError::into_app)?)
}

#[expect(clippy::print_stdout, reason = "the command's result")]
fn report(file: &Path, upload: &UploadSummary) {
    println!(
        "{}: {}. {} rows: {} accepted, {} rejected, {} duplicate.",
        file.display(),
        upload.status.as_str(),
        format::number(upload.rows_total),
        format::number(upload.rows_accepted),
        format::number(upload.rows_rejected),
        format::number(upload.rows_duplicate)
    );
    for sentence in upload.remarks.iter().chain(&upload.error) {
        println!("  {sentence}");
    }
}

#[expect(clippy::print_stderr, reason = "the command's result")]
fn complain(file: &Path, error: ServiceError) {
    eprintln!("{}: {}", file.display(), error.into_app());
}

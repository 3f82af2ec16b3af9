//! `tradepost import`.

use super::watch::{LOOK_EVERY, Watch};
use crate::config::Config;
use domain::format;
use domain::ids::MerchantId;
use domain::sources::{UploadMode, UploadStatus, UploadSummary};
use services::sources::ImportOptions;
use services::{Actor, ServiceError, Services, accounts, sources};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Which files, and whose.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// CSV files, plain or gzip.
    #[arg(required_unless_present = "watch", conflicts_with = "watch")]
    files: Vec<PathBuf>,
    /// The shop: its number, or the e-mail address of one of its members. May be left out where there is one shop.
    #[arg(long, value_name = "ID or E-MAIL")]
    merchant: Option<String>,
    /// What to call the source, if it should not be recognised.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// What the files do to what is there: `upsert`, `append` or `replace_period`.
    #[arg(long, value_name = "MODE", default_value = "upsert", value_parser = mode)]
    mode: UploadMode,
    /// Imports what is put into this folder, until stopped; read files go to its folder done, others to failed.
    #[arg(long, value_name = "DIR")]
    watch: Option<PathBuf>,
}

/// Reads each file to its end and says what came of it; fails if any file failed.
pub(super) async fn import(config: Config, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let services = Services::start(config.services).await?;
    let actor = Actor::program(shop(&services, arguments.merchant.as_deref()).await?);
    if let Some(folder) = &arguments.watch {
        let options = ImportOptions { source: arguments.source, request_key: None, mode: arguments.mode };
        return watch_folder(&services, &actor, folder, &options).await;
    }
    let mut code = ExitCode::SUCCESS;
    let options = ImportOptions { source: arguments.source, request_key: None, mode: arguments.mode };
    for file in &arguments.files {
        match sources::import_file_with(&services, &actor, file, options.clone()).await {
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

async fn watch_folder(services: &Services, actor: &Actor, folder: &Path, options: &ImportOptions) -> anyhow::Result<ExitCode> {
    let mut watch = Watch::open(folder)?;
    loop {
        for file in watch.ready()? {
            match watch.import(services, actor, &file, options).await {
                Ok(Some(upload)) => report(&file, &upload),
                Ok(None) => {}
                // The file stays and is tried again: what went wrong is not the file's.
                Err(error) => complain(&file, error),
            }
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// The mode of a word, or the words there are.
fn mode(word: &str) -> Result<UploadMode, String> {
    UploadMode::parse(word).ok_or_else(|| format!("choose one of {}", UploadMode::ALL.map(UploadMode::as_str).join(", ")))
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

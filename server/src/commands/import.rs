//! `tradepost import`.

use super::watch::{Taken, Watch};
use crate::config::Config;
use domain::format;
use domain::ids::MerchantId;
use domain::sources::{UploadMode, UploadStatus, UploadSummary};
use services::sources::{ImportOptions, TakenBy};
use services::{Actor, ServiceError, Services, accounts, sources};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

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
    /// A file in that folder is whole when nothing changed it for so long.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, requires = "watch", value_parser = clap::value_parser!(u32).range(1..=3_600))]
    quiet: u32,
}

/// Reads each file to its end and says what came of it; fails if any file failed.
pub(super) async fn import(config: Config, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let services = Services::start(config.services).await?;
    let actor = Actor::program(shop(&services, arguments.merchant.as_deref()).await?);
    if let Some(folder) = &arguments.watch {
        let options = ImportOptions { source: arguments.source, request_key: None, mode: arguments.mode, taken_by: TakenBy::Watch };
        let watch = Watch::open(folder, Duration::from_secs(arguments.quiet.into()))?;
        return watch_folder(&services, &actor, watch, &options).await;
    }
    let mut code = ExitCode::SUCCESS;
    let options = ImportOptions { source: arguments.source, request_key: None, mode: arguments.mode, taken_by: TakenBy::Command };
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

async fn watch_folder(services: &Services, actor: &Actor, mut watch: Watch, options: &ImportOptions) -> anyhow::Result<ExitCode> {
    loop {
        for file in watch.ready()? {
            match watch.import(services, actor, &file, options).await {
                Ok(Taken::Read(upload)) => report(&file, &upload),
                Ok(Taken::Growing(upload)) => {
                    report(&file, &upload);
                    remark(&file, "it changed while it was read; it stays and is read again once it is whole");
                }
                Ok(Taken::Refused(sentence)) => remark(&file, &sentence),
                Ok(Taken::Elsewhere) => {}
                // The file stays and is tried again: what went wrong is not the file's.
                Err(error) => complain(&file, error),
            }
        }
        tokio::time::sleep(watch.pause()).await;
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

fn complain(file: &Path, error: ServiceError) {
    remark(file, &error.into_app().to_string());
}

#[expect(clippy::print_stderr, reason = "the command's result")]
fn remark(file: &Path, sentence: &str) {
    eprintln!("{}: {sentence}", file.display());
}

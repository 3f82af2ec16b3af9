//! `tradepost read-container`: one hostile file, one process, with limits on what it may take.

use rlimit::Resource;
use services::sources::{Conversion, convert};
use std::path::PathBuf;
use std::process::ExitCode;

/// Address space: a workbook of a million rows takes a few hundred megabytes.
const MEMORY_BYTES: u64 = 2 << 30;
/// Processor seconds.
const SECONDS: u64 = 240;
const OPEN_FILES: u64 = 64;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The file as it was uploaded.
    input: PathBuf,
    /// Where its rows go.
    output: PathBuf,
    /// What anything may unpack to.
    #[arg(long)]
    most_bytes: u64,
    /// The sheet of a workbook.
    #[arg(long)]
    sheet: Option<String>,
}

/// Converts within limits and prints what was read, or why nothing was, as JSON.
#[expect(clippy::print_stdout, reason = "the process that started this one reads it")]
pub(super) fn read(arguments: Arguments) -> ExitCode {
    let Arguments { input, output, most_bytes, sheet } = arguments;
    let limits = [
        (Resource::AS, MEMORY_BYTES),
        (Resource::CPU, SECONDS),
        (Resource::FSIZE, most_bytes.saturating_add(1 << 20)),
        (Resource::NOFILE, OPEN_FILES),
    ];
    for (resource, limit) in limits {
        if resource.set(limit, limit).is_err() {
            return ExitCode::FAILURE;
        }
    }
    let outcome = convert(&Conversion { input, output, sheet, most_bytes });
    match serde_json::to_string(&outcome) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(_) => ExitCode::FAILURE,
    }
}

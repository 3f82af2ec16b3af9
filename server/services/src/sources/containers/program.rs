//! Conversion in a process of its own: what a hostile file does to it, it does to nothing else.

use super::convert::{Conversion, TableNotes, convert};
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A workbook that takes longer is none that a person made.
const PATIENCE: Duration = Duration::from_secs(300);
const LOOK_EVERY: Duration = Duration::from_millis(25);
const GAVE_UP: &str =
    "the file could not be read: it is damaged, or takes more memory or time than any sales file; open it, save it as CSV, and upload that";

/// Runs `tradepost read-container`, or converts here where the program is not known (tests, other people's binaries).
/// Asked to stop, it ends that process; then the sentence is of no use to anybody.
pub(super) fn run(program: Option<&Path>, conversion: &Conversion, is_stopped: impl Fn() -> bool) -> Result<TableNotes, String> {
    let Some(program) = program else {
        return std::panic::catch_unwind(AssertUnwindSafe(|| convert(conversion))).unwrap_or_else(|_| Err(GAVE_UP.to_owned()));
    };
    let mut command = Command::new(program);
    command.arg("read-container").arg(&conversion.input).arg(&conversion.output).arg("--most-bytes").arg(conversion.most_bytes.to_string());
    if let Some(sheet) = &conversion.sheet {
        command.arg(format!("--sheet={sheet}"));
    }
    // Nothing of the server's environment, which holds its secrets.
    command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("the file's reader could not be started ({error}); try again"))?;
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(_)) => break,
            Ok(None) if started.elapsed() < PATIENCE && !is_stopped() => std::thread::sleep(LOOK_EVERY),
            _ => {
                if let Err(error) = child.kill().and_then(|()| child.wait().map(drop)) {
                    tracing::warn!(error = %error, "a reader of a file could not be ended");
                }
                return Err(GAVE_UP.to_owned());
            }
        }
    }
    let output = child.wait_with_output().map_err(|error| format!("the file's reader gave no answer ({error}); try again"))?;
    if !output.status.success() {
        tracing::warn!(status = %output.status, "a reader of a file ended early");
        return Err(GAVE_UP.to_owned());
    }
    serde_json::from_slice::<Result<TableNotes, String>>(&output.stdout).unwrap_or_else(|_| Err(GAVE_UP.to_owned()))
}

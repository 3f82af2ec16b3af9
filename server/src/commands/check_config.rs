//! `tradepost check-config`.

use std::process::ExitCode;

/// Prints what is in force. That it got here means that nothing is wrong.
#[expect(clippy::print_stdout, reason = "printing is what this command is for")]
pub(super) fn print(effective: &[(&'static str, String)]) -> ExitCode {
    let width = effective.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    for (name, value) in effective {
        println!("{name:width$}  {value}");
    }
    ExitCode::SUCCESS
}

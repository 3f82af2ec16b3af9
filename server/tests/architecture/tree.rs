//! The tracked files, as git lists them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the server crate lies within the root").to_path_buf()
}

/// Every tracked file that exists, relative to the root, with forward slashes.
pub(crate) fn tracked_files() -> Vec<String> {
    let output =
        Command::new("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root()).output().expect("git runs");
    assert!(output.status.success(), "git lists the files: {}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(output.stdout).expect("our paths are UTF-8");
    listed.split('\0').filter(|path| !path.is_empty() && root().join(path).is_file()).map(str::to_owned).collect()
}

/// A file's text; `None` for pictures, fonts and other bytes.
pub(crate) fn text(path: &str) -> Option<String> {
    String::from_utf8(std::fs::read(root().join(path)).ok()?).ok()
}

/// A file that must be there.
pub(crate) fn required(path: &str) -> String {
    text(path).unwrap_or_else(|| panic!("{path} is there and is text"))
}

/// Fails with all findings at once, one a line.
#[track_caller]
pub(crate) fn assert_none(rule: &str, findings: Vec<String>) {
    assert!(findings.is_empty(), "{rule}:\n  {}", findings.join("\n  "));
}

//! Files stay small enough to be read in one go.

use crate::tree::{assert_none, text, tracked_files};
use std::collections::BTreeSet;

const MOST_LINES: usize = 500;
const MOST_LINES_OF_MOD: usize = 60;

/// Generated files and tables of data, which nobody reads from top to bottom.
const EXCEPTIONS: [&str; 1] = ["public/js/"];

fn sources() -> impl Iterator<Item = (String, usize)> {
    let endings = [".rs", ".css", ".ts", ".mjs", ".js"];
    let is_source =
        move |path: &String| endings.iter().any(|ending| path.ends_with(ending)) && !EXCEPTIONS.iter().any(|start| path.starts_with(start));
    tracked_files().into_iter().filter(is_source).map(|path| {
        let lines = text(&path).map_or(0, |content| content.lines().count());
        (path, lines)
    })
}

#[test]
fn no_source_file_is_longer_than_a_person_reads() {
    let long = sources().filter(|(_, lines)| *lines > MOST_LINES).map(|(path, lines)| format!("{path} has {lines} lines; something wants out"));
    assert_none("files of more than 500 lines", long.collect());
}

#[test]
fn module_files_only_list_modules() {
    let long = sources()
        .filter(|(path, lines)| path.ends_with("/mod.rs") && *lines > MOST_LINES_OF_MOD)
        .map(|(path, lines)| format!("{path} has {lines} lines"));
    assert_none("mod.rs files of more than 60 lines", long.collect());
}

#[test]
fn a_module_is_a_file_or_a_folder_and_never_both() {
    let files: BTreeSet<String> = tracked_files().into_iter().filter(|path| path.ends_with(".rs")).collect();
    let both = files.iter().filter_map(|path| {
        let folder = format!("{}/", path.strip_suffix(".rs")?);
        let is_root = ["lib.rs", "main.rs", "mod.rs"].iter().any(|name| path.ends_with(name));
        (!is_root && files.iter().any(|other| other.starts_with(&folder))).then(|| format!("{path} stands beside {folder}; use mod.rs"))
    });
    assert_none("modules that are both a file and a folder", both.collect());
}

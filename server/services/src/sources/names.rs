//! File names: what a person's file is called, and where its bytes lie under a name of our own.

use crate::context::Services;
use domain::AppError;
use std::path::PathBuf;
use uuid::Uuid;

const LONGEST_NAME: usize = 200;
const LONGEST_SOURCE_NAME: usize = 80;

/// Where uploaded files lie.
pub(super) fn uploads_folder(services: &Services) -> PathBuf {
    services.config.data_dir.join("uploads")
}

/// Where one attempt at an import spools what does not fit in memory.
pub(super) fn work_folder(services: &Services) -> PathBuf {
    services.config.data_dir.join("work")
}

/// The finished file's own name; nothing of the person's name is in it.
pub(super) fn stored_name(id: Uuid) -> String {
    format!("{}.upload", id.simple())
}

/// The name under which a file grows while it streams in.
pub(super) fn part_name(id: Uuid) -> String {
    format!("{}.part", id.simple())
}

/// A file's name as people see it: the last part of a path, without control characters, of bearable length.
pub(super) fn shown_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|character| !character.is_control()).take(LONGEST_NAME).collect();
    if clean.trim().is_empty() { "unnamed file".to_owned() } else { clean.trim().to_owned() }
}

/// The source's name that a person asked for, if they did.
pub(super) fn source_name(given: Option<String>) -> Result<Option<String>, AppError> {
    let Some(name) = given.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    if name.chars().count() > LONGEST_SOURCE_NAME || name.chars().any(char::is_control) {
        return Err(AppError::invalid("source_name", format!("a source's name has at most {LONGEST_SOURCE_NAME} characters, all of them printable")));
    }
    Ok(Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_names_carry_no_path_and_no_control_characters() {
        assert_eq!(shown_name("../../etc/passwd"), "passwd");
        assert_eq!(shown_name("C:\\sales\\may\u{7}.csv"), "may.csv");
        assert_eq!(shown_name("a/"), "unnamed file");
    }

    #[test]
    fn source_names_are_trimmed_and_bounded() {
        assert_eq!(source_name(Some("  ".into())), Ok(None));
        assert_eq!(source_name(Some(" Till 2 ".into())), Ok(Some("Till 2".into())));
        assert!(source_name(Some("x".repeat(81))).is_err());
    }
}

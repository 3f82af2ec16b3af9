//! Why a file was not turned into text: what is in it, or what happened around it. The reader's process tells its parent the same.

use engine::ingestion::FileProblem;
use serde::{Deserialize, Serialize};
use std::io;
use thiserror::Error;

/// Why a file was not turned into text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum Unconverted {
    /// What is in it; the sentence is for the person who brought the file.
    #[error("{0}")]
    Content(String),
    /// There is no space left for its text; later there may be.
    #[error("the disk is full")]
    DiskFull,
    /// The file or the disk cannot be reached; later it may be. The words are for the log.
    #[error("the file or the disk cannot be reached: {0}")]
    Away(String),
}

/// What went wrong with a file beside the work.
pub(super) fn unwritable(error: &io::Error) -> Unconverted {
    of_kind(error.kind(), &error.to_string())
}

/// What went wrong while a file was read: the disk's fault, or what a decoder says of its content.
pub(super) fn unreadable(error: &io::Error, content: impl FnOnce(&io::Error) -> String) -> Unconverted {
    if error.raw_os_error().is_some() { unwritable(error) } else { Unconverted::Content(content(error)) }
}

fn of_kind(kind: io::ErrorKind, words: &str) -> Unconverted {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Unconverted::DiskFull,
        _ => Unconverted::Away(words.to_owned()),
    }
}

impl From<FileProblem> for Unconverted {
    fn from(problem: FileProblem) -> Self {
        match problem {
            FileProblem::Unwritable(words, kind) => of_kind(kind, &words),
            problem => Self::Content(problem.to_string()),
        }
    }
}

impl From<Unconverted> for io::Error {
    fn from(unconverted: Unconverted) -> Self {
        match unconverted {
            Unconverted::DiskFull => io::ErrorKind::StorageFull.into(),
            Unconverted::Content(words) | Unconverted::Away(words) => Self::other(words),
        }
    }
}

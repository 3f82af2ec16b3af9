//! How an upload's rows came.

use crate::actor::Actor;
use domain::sources::UploadOrigin;

/// How an upload's rows came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Origin {
    /// In a file that a person brought.
    #[default]
    File,
    /// In a file that was sent under an API key.
    KeyFile,
    /// In a file of a watched folder.
    Watched,
    /// In a file named on the command line.
    Command,
    /// As orders in JSON, one a line of the stored file.
    Orders,
}

impl Origin {
    const ALL: [Self; 5] = [Self::File, Self::KeyFile, Self::Watched, Self::Command, Self::Orders];

    /// The word in the table.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::KeyFile => "key_file",
            Self::Watched => "watched",
            Self::Command => "command",
            Self::Orders => "orders",
        }
    }

    /// The origin of an upload.
    pub(super) fn of(upload: &entity::upload::Model) -> Self {
        Self::ALL.into_iter().find(|origin| origin.as_str() == upload.origin).unwrap_or_default()
    }

    /// What a file that somebody brings begins with; who starts the program says it otherwise.
    pub(super) fn of_file_by(actor: &Actor) -> Self {
        if actor.api_key_id.is_some() { Self::KeyFile } else { Self::File }
    }

    /// What people tell apart.
    pub(super) fn shown(self) -> UploadOrigin {
        match self {
            Self::File => UploadOrigin::File,
            Self::KeyFile | Self::Orders => UploadOrigin::Api,
            Self::Watched => UploadOrigin::Watched,
            Self::Command => UploadOrigin::Command,
        }
    }

    /// The words in the table of what is shown as one.
    pub(super) fn words_of(shown: UploadOrigin) -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().filter(move |origin| origin.shown() == shown).map(Self::as_str)
    }
}

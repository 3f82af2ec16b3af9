//! The closed list of what background work there is.

/// What a job does. A retired kind keeps its word here until no row carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// Read an uploaded file into the figures.
    ProcessUpload,
    /// Take an upload back out of the figures.
    UndoUpload,
    /// Send one mail.
    SendMail,
    /// Work out the merchant-local days anew after a change of time zone.
    RecomputeDays,
    /// Write the columnar copy of a shop anew.
    RefreshColumns,
    /// Make the demo shop.
    SeedDemo,
    /// Remove what has ended: sessions, tokens, old files.
    CleanUp,
}

impl JobKind {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::ProcessUpload, Self::UndoUpload, Self::SendMail, Self::RecomputeDays, Self::RefreshColumns, Self::SeedDemo, Self::CleanUp];

    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ProcessUpload => "process_upload",
            Self::UndoUpload => "undo_upload",
            Self::SendMail => "send_mail",
            Self::RecomputeDays => "recompute_days",
            Self::RefreshColumns => "refresh_columns",
            Self::SeedDemo => "seed_demo",
            Self::CleanUp => "clean_up",
        }
    }

    /// The kind of a word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// What a person waits for comes before what nobody watches.
    pub(crate) fn priority(self) -> i16 {
        match self {
            Self::SendMail => 20,
            Self::ProcessUpload | Self::UndoUpload => 10,
            Self::RecomputeDays | Self::RefreshColumns => 5,
            Self::SeedDemo | Self::CleanUp => 0,
        }
    }
}

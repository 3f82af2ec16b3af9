//! How an upload's rows came.

/// How an upload's rows came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Origin {
    /// In a file of a person's or program's own making.
    #[default]
    File,
    /// As orders in JSON, one a line of the stored file.
    Orders,
}

impl Origin {
    /// The word in the table.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Orders => "orders",
        }
    }

    /// The origin of an upload.
    pub(super) fn of(upload: &entity::upload::Model) -> Self {
        if upload.origin == Self::Orders.as_str() { Self::Orders } else { Self::File }
    }
}

//! How long an upload's file is kept.

use serde::{Deserialize, Serialize};

/// Whether an upload's file is kept: as long as it is, its rows can be looked up and it can be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptFile {
    /// Whether it is there.
    pub is_kept: bool,
    /// Until when, in milliseconds since 1970-01-01 UTC; absent where no end is set.
    pub until: Option<i64>,
}

//! Which uploads of the history are asked for.

use super::UploadOrigin;
use crate::ids::UploadId;
use serde::{Deserialize, Serialize};

/// The most uploads that are listed at once.
pub const MOST_LISTED: u64 = 200;

/// Which uploads of the history: from the newest on, or from behind one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadsAsked {
    /// The last upload seen: those that came before it.
    pub before: Option<UploadId>,
    /// Only those that came so.
    pub origin: Option<UploadOrigin>,
    /// How many, 200 unless it is said.
    pub limit: Option<u64>,
}

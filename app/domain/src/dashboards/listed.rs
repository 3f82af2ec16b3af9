//! Boards in a list, and their earlier states.

use super::BoardKey;
use crate::Role;
use serde::{Deserialize, Serialize};

/// A board in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardSummary {
    /// Which.
    pub key: BoardKey,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// How many cards it has.
    pub cards: usize,
    /// Whether whoever asks marked it.
    pub is_favourite: bool,
    /// Whether it was put away.
    pub is_archived: bool,
    /// When it was last saved, milliseconds since 1970-01-01 UTC; absent for those that come with the product.
    pub updated_at: Option<i64>,
    /// By whom.
    pub updated_by: Option<String>,
    /// The roles that see it. Its author sees it in any case.
    pub roles: Vec<Role>,
}

/// An earlier state of a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardVersion {
    /// Counted from 1.
    pub version: i64,
    /// Its name then.
    pub title: String,
    /// How many cards it had.
    pub cards: usize,
    /// When it was saved, milliseconds since 1970-01-01 UTC.
    pub saved_at: i64,
    /// By whom.
    pub saved_by: Option<String>,
}

//! A board's name and cards, whether it comes with the product or not.

use domain::dashboards::{BoardCard, BoardKey};

use super::audience::Audience;
use super::stored;
use crate::db::Tx;
use crate::{Actor, Result};

/// What a board is before it is answered.
pub(in crate::dashboards) struct Named {
    pub(in crate::dashboards) title: String,
    pub(in crate::dashboards) description: String,
    pub(in crate::dashboards) version: i64,
    pub(in crate::dashboards) is_archived: bool,
    pub(in crate::dashboards) cards: Vec<BoardCard>,
    pub(in crate::dashboards) audience: Audience,
    /// What a person should know.
    pub(in crate::dashboards) notices: Vec<String>,
}

/// A board that whoever asks may see.
pub(in crate::dashboards) async fn named(tx: &Tx, actor: &Actor, key: BoardKey) -> Result<Named> {
    Ok(match key {
        BoardKey::Standard(standard) => Named {
            title: standard.title().to_owned(),
            description: standard.description().to_owned(),
            version: 0,
            is_archived: false,
            audience: Audience::everybody(),
            cards: standard.cards(),
            notices: Vec::new(),
        },
        BoardKey::Own(id) => {
            let stored::Stored { row, cards, lost: notices } = stored::find(tx, actor, id).await?;
            let audience = Audience::of(&row);
            Named { audience, title: row.title, description: row.description, version: row.version, is_archived: row.is_archived, cards, notices }
        }
    })
}

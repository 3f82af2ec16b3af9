//! A board's row with its parts read, and what each asker may know of it.

use std::collections::HashMap;

use domain::embeds::{DateParameters, EmbedHeight, EmbedSummary, EmbedTool, LockedParameter, SignableResource};
use domain::ids::{EmbedId, MerchantId, UserId};
use domain::{AppError, Permission, Role};
use entity::{embed, embed_secret};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::db::Tx;
use crate::{Actor, Result};

/// A board as the use cases work with it.
pub(super) struct Board {
    pub(super) row: embed::Model,
    pub(super) tool: EmbedTool,
    pub(super) resource: Option<SignableResource>,
    pub(super) roles: Vec<Role>,
    pub(super) members: Vec<UserId>,
    pub(super) locked: Vec<LockedParameter>,
    pub(super) dates: Option<DateParameters>,
    pub(super) height: EmbedHeight,
}

impl Board {
    /// Reads a row's parts. What cannot be read is a damaged row, not a person's mistake.
    pub(super) fn of(row: embed::Model) -> Result<Self> {
        let optional = |text: &Option<String>| text.as_deref().filter(|text| !text.is_empty()).map(str::to_owned);
        Ok(Self {
            tool: row.tool.parse().map_err(|_| anyhow::anyhow!("a stored tool is “{}”", row.tool))?,
            resource: optional(&row.resource).map(|json| serde_json::from_str(&json)).transpose()?,
            roles: serde_json::from_str(&row.roles)?,
            members: serde_json::from_str(&row.members)?,
            locked: serde_json::from_str(&row.locked)?,
            dates: optional(&row.dates).map(|json| serde_json::from_str(&json)).transpose()?,
            height: serde_json::from_str(&row.height)?,
            row,
        })
    }

    pub(super) fn id(&self) -> EmbedId {
        EmbedId(self.row.id)
    }

    /// Whether it is shared with whoever asks.
    pub(super) fn is_shared_with(&self, actor: &Actor) -> bool {
        self.roles.contains(&actor.role) || actor.user_id.is_some_and(|user| self.members.contains(&user))
    }

    /// Whether whoever asks may open it. Who sets boards up may open all that are switched on.
    pub(super) fn may_be_opened_by(&self, actor: &Actor) -> bool {
        self.row.enabled && (actor.role.can(Permission::ManageBoards) || self.is_shared_with(actor))
    }

    /// As its admins see it. `secret_set_at` is when its secret was set, if it has one.
    pub(super) fn summary(self, secret_set_at: Option<i64>) -> Result<EmbedSummary> {
        let Self { row, tool, roles, members, locked, dates, height, .. } = self;
        let has_secret = secret_set_at.is_some();
        Ok(EmbedSummary {
            id: row.id.into(),
            title: row.title,
            description: row.description,
            group: row.heading,
            icon: row.icon,
            tool,
            access: tool.access(has_secret),
            origin: row.origin,
            url: row.url,
            roles,
            members,
            locked,
            dates,
            height,
            enabled: row.enabled,
            is_start: row.is_start,
            position: row.position,
            has_secret,
            secret_set_at,
            last_checked_at: row.last_checked_at,
            last_check: serde_json::from_str(&row.last_check)?,
        })
    }
}

/// The same without what only admins may know.
pub(super) fn for_members(summary: EmbedSummary) -> EmbedSummary {
    EmbedSummary {
        roles: Vec::new(),
        members: Vec::new(),
        locked: Vec::new(),
        has_secret: false,
        secret_set_at: None,
        last_checked_at: None,
        last_check: Vec::new(),
        ..summary
    }
}

/// One of the merchant's boards; another merchant's does not exist.
pub(super) async fn find_board(tx: &Tx, merchant: MerchantId, id: EmbedId) -> Result<Board> {
    Board::of(embed::by_id(merchant, id).one(&**tx).await?.ok_or_else(|| AppError::not_found("board"))?)
}

/// All of the merchant's boards, in their order.
pub(super) async fn all_boards(tx: &Tx, merchant: MerchantId) -> Result<Vec<Board>> {
    let rows = embed::find(merchant).order_by_asc(embed::Column::Position).order_by_asc(embed::Column::Id).all(&**tx).await?;
    rows.into_iter().map(Board::of).collect()
}

/// When each board's secret was set.
pub(super) async fn secrets_set_at(tx: &Tx, merchant: MerchantId) -> Result<HashMap<Uuid, i64>> {
    let newest = embed_secret::find(merchant).filter(embed_secret::Column::EndsAt.is_null()).all(&**tx).await?;
    Ok(newest.into_iter().map(|row| (row.embed_id, row.set_at)).collect())
}

/// A board as its admins see it now.
pub(super) async fn summary_of(tx: &Tx, merchant: MerchantId, id: EmbedId) -> Result<EmbedSummary> {
    let set_at = secrets_set_at(tx, merchant).await?.get(&id.0).copied();
    find_board(tx, merchant, id).await?.summary(set_at)
}

//! The boards of a shop: all of them for those who set them up, the shared ones for the others.

use domain::embeds::EmbedSummary;
use domain::ids::EmbedId;
use domain::{AppError, Permission};

use super::board::{all_boards, find_board, for_members, secrets_set_at, summary_of};
use crate::{Actor, Result, Services};

/// All boards with their settings.
pub async fn list_embeds(services: &Services, actor: &Actor) -> Result<Vec<EmbedSummary>> {
    actor.require(Permission::ManageBoards)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let set_at = secrets_set_at(&tx, actor.merchant_id).await?;
    let summary = |board: super::board::Board| {
        let set_at = set_at.get(&board.row.id).copied();
        board.summary(set_at)
    };
    all_boards(&tx, actor.merchant_id).await?.into_iter().map(summary).collect()
}

/// The boards that are switched on and shared with whoever asks, without what only admins may know.
pub async fn visible_embeds(services: &Services, actor: &Actor) -> Result<Vec<EmbedSummary>> {
    actor.require(Permission::SeeFigures)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let set_at = secrets_set_at(&tx, actor.merchant_id).await?;
    let boards = all_boards(&tx, actor.merchant_id).await?.into_iter();
    let visible = boards.filter(|board| board.row.enabled && board.is_shared_with(actor)).map(|board| {
        let set_at = set_at.get(&board.row.id).copied();
        Ok(for_members(board.summary(set_at)?))
    });
    visible.collect()
}

/// One board. What is not shared with whoever asks does not exist for them.
pub async fn get_embed(services: &Services, actor: &Actor, id: EmbedId) -> Result<EmbedSummary> {
    actor.require(Permission::SeeFigures)?;
    let tx = services.db.read(actor.merchant_id).await?;
    if actor.role.can(Permission::ManageBoards) {
        return summary_of(&tx, actor.merchant_id, id).await;
    }
    if !find_board(&tx, actor.merchant_id, id).await?.may_be_opened_by(actor) {
        return Err(AppError::not_found("board").into());
    }
    Ok(for_members(summary_of(&tx, actor.merchant_id, id).await?))
}

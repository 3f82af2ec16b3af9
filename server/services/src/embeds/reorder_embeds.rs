//! The order in which boards are listed.

use domain::embeds::EmbedSummary;
use domain::ids::EmbedId;
use domain::{AppError, Permission};
use entity::embed;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

use super::board::all_boards;
use super::list_embeds;
use crate::accounts::{Event, record};
use crate::{Actor, Result, Services};

/// Puts the named boards first, in that order; those not named follow as they stood.
pub async fn reorder_embeds(services: &Services, actor: &Actor, ids: Vec<EmbedId>) -> Result<Vec<EmbedSummary>> {
    actor.require(Permission::ManageBoards)?;
    let tx = services.db.write(actor.merchant_id).await?;
    let boards = all_boards(&tx, actor.merchant_id).await?;
    let is_known = |id: &EmbedId| boards.iter().any(|board| board.id() == *id);
    if !ids.iter().all(is_known) {
        return Err(AppError::not_found("board").into());
    }
    let mut order: Vec<(usize, EmbedId, i32)> = Vec::with_capacity(boards.len());
    for board in &boards {
        order.push((ids.iter().position(|id| *id == board.id()).unwrap_or(usize::MAX), board.id(), board.row.position));
    }
    order.sort_by_key(|(wanted, _, _)| *wanted);
    for (position, (_, id, before)) in order.into_iter().enumerate() {
        let position = i32::try_from(position).map_err(anyhow::Error::from)?;
        if position != before {
            let this = embed::update(actor.merchant_id).filter(embed::Column::Id.eq(id.0));
            this.col_expr(embed::Column::Position, Expr::value(position)).exec(&*tx).await?;
        }
    }
    record(&tx, services, Event::by(actor, "embed.reordered", format!("{} boards", boards.len()))).await?;
    tx.commit().await?;
    list_embeds(services, actor).await
}

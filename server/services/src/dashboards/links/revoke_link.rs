//! Closing a public link.

use domain::dashboards::BoardKey;
use domain::ids::LinkId;
use domain::{AppError, Permission};
use entity::board_link::{self, Column};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

use crate::accounts::{Event, record};
use crate::dashboards::boards::named;
use crate::{Actor, Result, Services};

/// Closes a link, at once and for good. Whoever may make links may close all of the shop's.
pub async fn revoke_link(services: &Services, actor: &Actor, key: BoardKey, id: LinkId) -> Result<()> {
    actor.require(Permission::BuildBoards)?;
    let tx = services.db.write(actor.merchant_id).await?;
    let board = named(&tx, actor, key).await?;
    let of_board = board_link::by_id(actor.merchant_id, id).filter(Column::Board.eq(key.to_string()));
    let row = of_board.filter(Column::RevokedAt.is_null()).one(&*tx).await?.ok_or_else(|| AppError::not_found("open link to this board"))?;
    board_link::update(actor.merchant_id, id).col_expr(Column::RevokedAt, Expr::value(services.clock.now_ms())).exec(&*tx).await?;
    record(&tx, services, Event::by(actor, "board_link.revoked", format!("{}: {}", board.title, row.name))).await?;
    tx.commit().await
}

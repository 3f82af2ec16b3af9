//! Changing a board: what is left out stays.

use domain::embeds::{EmbedPatch, EmbedSummary};
use domain::ids::{EmbedId, MerchantId};
use domain::{AppError, Permission};
use entity::embed::{self, Column};
use garde::Validate;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::board::{Board, find_board, summary_of};
use super::{allowed_hosts, frame_policy, recognise, rules, secrets};
use crate::accounts::{Event, record};
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// Changes a board. At another address of another origin or tool, its secret is forgotten: what was given for one place signs for no other.
pub async fn update_embed(services: &Services, actor: &Actor, id: EmbedId, patch: EmbedPatch) -> Result<EmbedSummary> {
    actor.require(Permission::ManageBoards)?;
    patch.validate()?;
    let tx = services.db.write(actor.merchant_id).await?;
    let mut board = find_board(&tx, actor.merchant_id, id).await?;
    let mut is_signed = secrets::standing(&tx, services, actor.merchant_id, id).await?.newest.is_some();
    let mut changed = Vec::new();
    if let Some(paste) = &patch.paste {
        let moved = readdress(services, &tx, &mut board, paste, is_signed).await?;
        if moved && is_signed {
            secrets::forget(&tx, actor.merchant_id, id).await?;
            is_signed = false;
            changed.push("address, without its secret");
        } else {
            changed.push("address");
        }
    }
    changed.extend(apply(&mut board, patch)?);
    check(&tx, &board, is_signed).await?;
    if board.row.is_start {
        end_other_starts(&tx, actor.merchant_id, id).await?;
    }
    board.row.updated_at = services.clock.now_ms();
    let subject = format!("{}: {}", board.row.title, if changed.is_empty() { "nothing".to_owned() } else { changed.join(", ") });
    board.row.into_active_model().reset_all().update(&*tx).await?;
    record(&tx, services, Event::by(actor, "embed.changed", subject)).await?;
    let summary = summary_of(&tx, actor.merchant_id, id).await?;
    tx.commit().await?;
    frame_policy::changed(services, actor.merchant_id).await;
    Ok(summary)
}

/// Gives a board another address; true if it is another tool's or at another origin.
async fn readdress(services: &Services, tx: &Tx, board: &mut Board, paste: &str, is_signed: bool) -> Result<bool> {
    let pasted = recognise::pasted(services, paste)?;
    let signed = pasted.clone().signed();
    let stays = board.row.origin == signed.origin && board.tool == signed.tool;
    let pasted = if is_signed && stays { signed } else { pasted };
    allowed_hosts::require_allowed(tx, MerchantId(board.row.merchant_id), &pasted.origin).await?;
    board.tool = pasted.tool;
    board.row.tool = pasted.tool.as_str().to_owned();
    board.row.resource = pasted.resource.as_ref().map(serde_json::to_string).transpose()?;
    (board.row.url, board.row.origin) = (pasted.url, pasted.origin);
    Ok(!stays)
}

/// Puts the patch into the row; gives the names of what changed.
fn apply(board: &mut Board, patch: EmbedPatch) -> Result<Vec<&'static str>> {
    let EmbedPatch { paste: _, title, description, group, icon, roles, members, locked, dates, height, enabled, is_start } = patch;
    let mut changed = Vec::new();
    let row = &mut board.row;
    set(&mut changed, "title", &mut row.title, title.map(|text| text.trim().to_owned()));
    set(&mut changed, "description", &mut row.description, description.map(|text| text.trim().to_owned()));
    set(&mut changed, "group", &mut row.heading, group.map(|text| text.trim().to_owned()));
    set(&mut changed, "icon", &mut row.icon, icon.map(|text| text.trim().to_owned()));
    set(&mut changed, "roles", &mut board.roles, roles);
    set(&mut changed, "members", &mut board.members, members);
    set(&mut changed, "locked parameters", &mut board.locked, locked);
    set(&mut changed, "dates", &mut board.dates, dates);
    set(&mut changed, "height", &mut board.height, height);
    set(&mut changed, if enabled == Some(true) { "switched on" } else { "switched off" }, &mut row.enabled, enabled);
    set(&mut changed, "start page", &mut row.is_start, is_start);
    row.roles = serde_json::to_string(&board.roles)?;
    row.members = serde_json::to_string(&board.members)?;
    row.locked = serde_json::to_string(&board.locked)?;
    row.dates = board.dates.as_ref().map(serde_json::to_string).transpose()?;
    row.height = serde_json::to_string(&board.height)?;
    Ok(changed)
}

fn set<T: PartialEq>(changed: &mut Vec<&'static str>, name: &'static str, place: &mut T, value: Option<T>) {
    if let Some(value) = value.filter(|value| value != place) {
        *place = value;
        changed.push(name);
    }
}

/// The board as it would be keeps to the rules.
async fn check(tx: &Tx, board: &Board, is_signed: bool) -> Result<()> {
    if board.tool.needs_secret() && !is_signed && board.row.enabled {
        let words = format!("{} boards are signed; enter the secret before you switch it on", board.tool.label());
        return Err(AppError::invalid("secret", words).into());
    }
    rules::check_locked(board.tool, is_signed, &board.locked)?;
    rules::check_shape(board.dates.as_ref(), board.height)?;
    rules::check_sharing(tx, MerchantId(board.row.merchant_id), &board.roles, &board.members).await
}

/// Members land on one board only.
pub(super) async fn end_other_starts(tx: &Tx, merchant: MerchantId, id: EmbedId) -> Result<()> {
    embed::update(merchant).filter(Column::Id.ne(id.0)).col_expr(Column::IsStart, Expr::value(false)).exec(&**tx).await?;
    Ok(())
}

/// The place of the last board; -1 where there is none.
pub(super) async fn last_position(tx: &Tx, merchant: MerchantId) -> Result<i32> {
    let last = embed::find(merchant).order_by_desc(Column::Position).one(&**tx).await?;
    Ok(last.map_or(-1, |row| row.position))
}

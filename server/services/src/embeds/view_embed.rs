//! A board ready for its frame.

use domain::embeds::{EmbedAccess, EmbedHelp, EmbedView, ViewInput, allow, referrer_policy, sandbox};
use domain::ids::EmbedId;
use domain::{AppError, Permission};
use engine::embeds::Minted;
use entity::embed_secret;
use garde::Validate;

use super::board::{Board, find_board};
use super::signing::{self, dated_url, viewer};
use super::{allowed_hosts, secrets};
use crate::accounts::{Event, record};
use crate::{Actor, Result, Services};

/// A board for a range of days as the page's address spells it. What is not shared with whoever asks does not exist for them.
pub async fn view_embed(services: &Services, actor: &Actor, id: EmbedId, range: Option<&str>) -> Result<EmbedView> {
    view_embed_by(services, actor, id, ViewInput { range: range.map(str::to_owned), previous_secret: false }).await
}

/// The same, also with the secret that stands by. Each token is in the audit log before it is given away, without the token.
pub async fn view_embed_by(services: &Services, actor: &Actor, id: EmbedId, input: ViewInput) -> Result<EmbedView> {
    actor.require(Permission::SeeFigures)?;
    input.validate()?;
    let tx = services.db.read(actor.merchant_id).await?;
    let board = find_board(&tx, actor.merchant_id, id).await?;
    let hosts = allowed_hosts::hosts(&tx, actor.merchant_id).await?;
    if !board.may_be_opened_by(actor) || !allowed_hosts::is_allowed(&hosts, &board.row.origin) {
        return Err(AppError::not_found("board").into());
    }
    let range = input.range.as_deref().filter(|range| !range.is_empty());
    let url = dated_url(&tx, services, actor, &board, range).await?;
    let standing = secrets::standing(&tx, services, actor.merchant_id, id).await?;
    let secret = if input.previous_secret { standing.previous.or(standing.newest) } else { standing.newest };
    let Some(secret) = secret else {
        return if board.tool.needs_secret() { Err(not_ready(&board)) } else { Ok(view(board, url, None, services.clock.now_ms())) };
    };
    let viewer = viewer(&tx, actor).await?;
    drop(tx);
    let minted = signing::sign(services, &board, &viewer, &url, &secret).await?;
    remember(services, actor, &board, &secret, &minted).await?;
    Ok(view(board, url, Some(minted), services.clock.now_ms()))
}

fn not_ready(board: &Board) -> crate::ServiceError {
    AppError::conflict(format!("{} needs its secret before it can be shown; an admin enters it under Settings, Boards", board.row.title)).into()
}

/// Who was let in where, until when, and with which generation of the secret.
async fn remember(services: &Services, actor: &Actor, board: &Board, secret: &embed_secret::Model, minted: &Minted) -> Result<()> {
    let until = chrono::DateTime::from_timestamp(minted.expires_at_s, 0).map(|instant| instant.format("%Y-%m-%d %H:%M:%S UTC").to_string());
    let subject = format!("{}, until {}, with secret no. {}", board.row.title, until.unwrap_or_default(), secret.generation);
    let tx = services.db.write(actor.merchant_id).await?;
    record(&tx, services, Event::by(actor, "embed.token_minted", subject)).await?;
    tx.commit().await
}

fn view(board: Board, url: String, minted: Option<Minted>, now_ms: i64) -> EmbedView {
    let access = board.tool.access(minted.is_some());
    let id = board.id();
    let open_url = (access != EmbedAccess::Signed).then(|| url.clone());
    let (url, token, ends_ms) = match minted {
        Some(minted) => (minted.url, minted.token, Some(minted.expires_at_s * 1000)),
        None => (url, None, None),
    };
    EmbedView {
        id,
        title: board.row.title,
        tool: board.tool,
        url,
        origin: board.row.origin,
        token,
        refresh_in_ms: ends_ms.map(|ends_ms| u64::try_from(ends_ms - now_ms).unwrap_or_default() * 8 / 10),
        sandbox: sandbox(board.tool).to_owned(),
        allow: allow(board.tool).to_owned(),
        referrer_policy: referrer_policy(board.tool).to_owned(),
        height: board.height,
        open_url,
        help: EmbedHelp::of(board.tool),
    }
}

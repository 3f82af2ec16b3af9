//! A board ready for its frame.

use domain::embeds::{EmbedAccess, EmbedHelp, EmbedTool, EmbedView, ViewInput, allow, referrer_policy, sandbox};
use domain::ids::EmbedId;
use domain::{AppError, ErrorKind, Permission};
use engine::embeds::{Minted, Viewer};
use garde::Validate;

use super::board::{Board, find_board};
use super::secrets::Standing;
use super::signing::{self, SigningProblem, dated_url, viewer};
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
    if standing.newest.is_none() {
        return if board.tool.needs_secret() { Err(not_ready(&board)) } else { Ok(view(board, url, None, services.clock.now_ms())) };
    }
    let viewer = viewer(&tx, actor).await?;
    drop(tx);
    let signed = signed(services, &board, &viewer, &url, standing, input.previous_secret).await?;
    remember(services, actor, &board, &signed).await?;
    Ok(view(board, url, Some(signed), services.clock.now_ms()))
}

/// What is given away, and which of the secrets signed it.
struct Signed {
    minted: Minted,
    generation: i32,
    is_previous: bool,
    has_other: bool,
}

/// Signs with the newest secret, or with the one that stands by. Where the tool makes the token itself, it says at once which of the two it
/// knows, so both are tried here; elsewhere only the viewer's browser sees the answer, and asks again.
async fn signed(services: &Services, board: &Board, viewer: &Viewer, url: &str, standing: Standing, wants_previous: bool) -> Result<Signed> {
    let Standing { newest, previous } = standing;
    let has_other = previous.is_some() && board.tool != EmbedTool::PowerBiApp;
    let (first, second, is_previous) = match (newest, previous) {
        (newest, Some(previous)) if wants_previous => (Some(previous), newest, true),
        (newest, previous) => (newest, previous, false),
    };
    let first = first.ok_or_else(|| not_ready(board))?;
    let generation = first.generation;
    match (signing::sign(services, board, viewer, url, &first).await, second) {
        (Ok(minted), _) => Ok(Signed { minted, generation, is_previous, has_other }),
        (Err(SigningProblem::Other(error)), Some(second)) if board.tool == EmbedTool::PowerBiApp && error.kind() == ErrorKind::Conflict => {
            let minted = signing::sign(services, board, viewer, url, &second).await.map_err(|_| error)?;
            Ok(Signed { minted, generation: second.generation, is_previous: !is_previous, has_other })
        }
        (Err(problem), _) => Err(problem.into()),
    }
}

fn not_ready(board: &Board) -> crate::ServiceError {
    AppError::conflict(format!("{} needs its secret before it can be shown; an admin enters it under Settings, Boards", board.row.title)).into()
}

/// Who was let in where, until when, and with which generation of the secret.
async fn remember(services: &Services, actor: &Actor, board: &Board, signed: &Signed) -> Result<()> {
    let until = chrono::DateTime::from_timestamp(signed.minted.expires_at_s, 0).map(|instant| instant.format("%Y-%m-%d %H:%M:%S UTC").to_string());
    let subject = format!("{}, until {}, with secret no. {}", board.row.title, until.unwrap_or_default(), signed.generation);
    let tx = services.db.write(actor.merchant_id).await?;
    record(&tx, services, Event::by(actor, "embed.token_minted", subject)).await?;
    tx.commit().await
}

fn view(board: Board, url: String, signed: Option<Signed>, now_ms: i64) -> EmbedView {
    let access = board.tool.access(signed.is_some());
    let id = board.id();
    let open_url = (access != EmbedAccess::Signed).then(|| url.clone());
    let (previous_secret, other_secret) = signed.as_ref().map_or((false, false), |signed| (signed.is_previous, signed.has_other));
    let (url, token, ends_ms) = match signed.map(|signed| signed.minted) {
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
        previous_secret,
        other_secret,
        refresh_in_ms: ends_ms.map(|ends_ms| u64::try_from(ends_ms - now_ms).unwrap_or_default() * 8 / 10),
        sandbox: sandbox(board.tool).to_owned(),
        allow: allow(board.tool).to_owned(),
        referrer_policy: referrer_policy(board.tool).to_owned(),
        height: board.height,
        open_url,
        help: EmbedHelp::of(board.tool),
    }
}

//! What a member's pages may frame: the origins of the boards that they may open, and nothing else.

use std::time::Duration;

use domain::embeds::{EmbedTool, frame_origins};
use domain::ids::{EmbedId, MerchantId, UserId};
use domain::{Permission, Role};
use serde::{Deserialize, Serialize};

use super::allowed_hosts::{hosts, is_allowed};
use super::board::all_boards;
use crate::{Actor, Result, Services};

/// How long servers that share no Redis may be behind one another; with Redis, or with one server, a change is seen at once.
const KEPT: Duration = Duration::from_secs(60);
/// How long the mark of the last change is kept: longer than anything kept under an older one.
const MARKED: Duration = Duration::from_secs(24 * 60 * 60);

/// What the pages of one member may do with frames.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FramePolicy {
    /// For `frame-src`, each once.
    pub origins: Vec<String>,
    /// Whether a board signs its viewers in through a window of its own, which needs a weaker opener policy.
    pub needs_popups: bool,
    /// The board that members land on, if it is one of theirs.
    pub start: Option<EmbedId>,
}

/// A board that is switched on and allowed, as far as frames care.
#[derive(Serialize, Deserialize)]
struct Framed {
    id: EmbedId,
    origin: String,
    roles: Vec<Role>,
    members: Vec<UserId>,
    needs_popups: bool,
    is_start: bool,
}

/// What the actor's pages may frame. Asked for on every page, so it comes from the key-value store; the database is asked after a change.
pub async fn frame_policy(services: &Services, actor: &Actor) -> Result<FramePolicy> {
    let is_manager = actor.role.can(Permission::ManageBoards);
    let is_theirs = |board: &Framed| board.roles.contains(&actor.role) || actor.user_id.is_some_and(|user| board.members.contains(&user));
    let boards = framed(services, actor.merchant_id).await?;
    let start = boards.iter().find(|board| board.is_start && is_theirs(board)).map(|board| board.id);
    let open: Vec<&Framed> = boards.iter().filter(|board| is_manager || is_theirs(board)).collect();
    let origins = frame_origins(open.iter().map(|board| board.origin.as_str()));
    Ok(FramePolicy { origins, needs_popups: open.iter().any(|board| board.needs_popups), start })
}

/// Marks a change, after its commit: what was kept before is not looked at again. The mark is random, so that no old one ever comes back.
pub(super) async fn changed(services: &Services, merchant: MerchantId) {
    let mark = services.random.token();
    services.kv.set(&mark_key(merchant), &mark, MARKED).await;
}

/// The mark is read before the database: what is read of an older state is kept under a mark that nobody asks for any more.
async fn framed(services: &Services, merchant: MerchantId) -> Result<Vec<Framed>> {
    let mark = services.kv.get(&mark_key(merchant)).await.unwrap_or_default();
    let key = format!("embeds:frames:{merchant}:{mark}");
    if let Some(kept) = services.kv.get(&key).await.and_then(|json| serde_json::from_str(&json).ok()) {
        return Ok(kept);
    }
    let boards = read(services, merchant).await?;
    services.kv.set(&key, &serde_json::to_string(&boards)?, KEPT).await;
    Ok(boards)
}

async fn read(services: &Services, merchant: MerchantId) -> Result<Vec<Framed>> {
    let tx = services.db.read(merchant).await?;
    let hosts = hosts(&tx, merchant).await?;
    let boards = all_boards(&tx, merchant).await?.into_iter();
    let shown = boards.filter(|board| board.row.enabled && is_allowed(&hosts, &board.row.origin)).map(|board| Framed {
        id: board.id(),
        needs_popups: board.tool == EmbedTool::PowerBiSecure,
        is_start: board.row.is_start,
        origin: board.row.origin,
        roles: board.roles,
        members: board.members,
    });
    Ok(shown.collect())
}

fn mark_key(merchant: MerchantId) -> String {
    format!("embeds:changed:{merchant}")
}

//! A link as it is stored, and as a list shows it.

use std::collections::HashMap;

use domain::dashboards::{BoardKey, LinkState, LinkSummary};
use domain::ids::{LinkId, MerchantId, UserId};
use domain::{Permission, Role};
use entity::{board_link, user};

use crate::Result;
use crate::accounts::role_in;
use crate::dashboards::boards::Audience;
use crate::db::Tx;

/// Whoever made a link, and whether they may still.
#[derive(Clone)]
pub(super) struct Maker {
    email: String,
    may_share: bool,
}

/// The makers of some links to a board.
pub(super) async fn makers(tx: &Tx, merchant: MerchantId, links: &[board_link::Model], audience: &Audience) -> Result<HashMap<UserId, Maker>> {
    let mut makers = HashMap::new();
    for id in links.iter().map(|link| UserId(link.created_by)) {
        if makers.contains_key(&id) {
            continue;
        }
        let email = user::by_id(id).one(&**tx).await?.map_or_else(|| "somebody who left".to_owned(), |user| user.email);
        let role = role_in(tx, merchant, id).await?;
        makers.insert(id, Maker { email, may_share: role.is_some_and(|role| may_build(role) && audience.includes(role, Some(id))) });
    }
    Ok(makers)
}

/// Whether a role may build boards, and with that make links.
pub(super) fn may_build(role: Role) -> bool {
    role.can(Permission::BuildBoards)
}

/// Whether a link works. What its maker may do now counts, not what they might when they made it.
pub(super) fn state(link: &board_link::Model, maker_may_share: bool, now: i64) -> LinkState {
    match link {
        link if link.revoked_at.is_some() => LinkState::Revoked,
        link if link.expires_at <= now => LinkState::Expired,
        _ if !maker_may_share => LinkState::Orphaned,
        _ => LinkState::Open,
    }
}

pub(super) fn summary(link: board_link::Model, maker: &Maker, board: BoardKey, now: i64) -> LinkSummary {
    LinkSummary {
        state: state(&link, maker.may_share, now),
        id: LinkId(link.id),
        name: link.name,
        board,
        view: link.view,
        created_by: maker.email.clone(),
        created_at: link.created_at,
        expires_at: link.expires_at,
        last_used_at: link.last_used_at,
        uses: link.uses,
    }
}

//! What whoever has a link sees: one board, with the days and filters it was given, as a viewer of the shop sees it.
//!
//! A link works until it expires or is revoked, while its board is there and not put away, and while whoever made it may build
//! boards in the shop and see this one. All of this is asked anew at each opening.

use domain::dashboards::{BoardKey, DashboardView, LinkState, SharedBoard};
use domain::ids::{MerchantId, UserId};
use domain::{AppError, ErrorKind, Role, format};
use entity::board_link::{self, Column};
use sea_orm::{ColumnTrait, QueryFilter};

use super::uses::note_use;
use super::{stored, token};
use crate::accounts::throttle::{LINK_OPENINGS, WRONG_LINKS, network};
use crate::accounts::{Client, role_in};
use crate::dashboards::boards::{named, pulse, view_board_as};
use crate::keys::token_hash;
use crate::{Actor, Result, Services};

/// A link that works, and whoever came by it.
struct Admitted {
    link: board_link::Model,
    /// Whoever made it: they open the board.
    maker: Actor,
    /// A viewer: so much of it is seen.
    actor: Actor,
    key: BoardKey,
}

/// The board of a link. Nothing but the token says what is asked for.
pub async fn open_shared(services: &Services, token: &str, client: &Client) -> Result<SharedBoard> {
    let Admitted { link, maker, actor, key } = admit(services, token, client).await?;
    let view = DashboardView::from_query(&link.view);
    let filters = view.filters.clone();
    let board = view_board_as(services, (&maker, &actor), key, view).await?;
    note_use(services, &link);
    Ok(SharedBoard {
        pulse: board.pulse(),
        shop: board.merchant.name,
        title: board.title,
        description: board.description,
        data: board.data,
        range: board.range,
        compared_range: board.compared_range,
        grain: board.grain,
        filters,
        views: board.views,
    })
}

/// Changes when there is something new to see; an open page asks for it every few seconds.
pub async fn shared_pulse(services: &Services, token: &str, client: &Client) -> Result<String> {
    let Admitted { maker, key, .. } = admit(services, token, client).await?;
    pulse(services, &maker, key).await
}

async fn admit(services: &Services, token: &str, client: &Client) -> Result<Admitted> {
    if !token::is_ours(&services.keys, token) {
        WRONG_LINKS.count(services, &network(client)).await?;
        return Err(closed("this link is not whole; open it once more as you were given it, or ask for a new one"));
    }
    let hash = token_hash(token);
    LINK_OPENINGS.count(services, &format!("{} {}", network(client), token)).await?;
    let tx = services.db.system_read().await?;
    let found = board_link::everywhere().filter(Column::SecretHash.eq(hash)).one(&*tx).await?;
    let link = found.ok_or_else(|| closed(GONE))?;
    let merchant_id = MerchantId(link.merchant_id);
    let role = role_in(&tx, merchant_id, UserId(link.created_by)).await?;
    drop(tx);
    match stored::state(&link, role.is_some_and(stored::may_build), services.clock.now_ms()) {
        LinkState::Open => {}
        LinkState::Expired => {
            let ended = format::instant(link.expires_at);
            return Err(closed(&format!("this link worked until {ended}; ask whoever gave it to you for a new one")));
        }
        LinkState::Revoked | LinkState::Orphaned => return Err(closed(GONE)),
    }
    let key = link.board.parse().map_err(|_| closed(GONE))?;
    let maker = maker_of(&link, role, client);
    let actor = Actor { user_id: None, role: Role::Viewer, ..maker.clone() };
    let tx = services.db.read(merchant_id).await?;
    match named(&tx, &maker, key).await {
        Ok(board) if !board.is_archived => Ok(Admitted { link, maker, actor, key }),
        Ok(_) => Err(closed(GONE)),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(closed(GONE)),
        Err(error) => Err(error),
    }
}

/// Whoever made a link, as they are now, under the link's name.
fn maker_of(link: &board_link::Model, role: Option<Role>, client: &Client) -> Actor {
    Actor {
        user_id: Some(UserId(link.created_by)),
        merchant_id: MerchantId(link.merchant_id),
        role: role.unwrap_or(Role::Viewer),
        session_id: None,
        api_key_id: None,
        name: link.name.clone(),
        address: client.address.clone(),
    }
}

const GONE: &str = "this link was closed; ask whoever gave it to you for a new one";

fn closed(words: &str) -> crate::ServiceError {
    AppError::new(ErrorKind::NotFound, words).into()
}

//! Making a public link.

use domain::dashboards::{BoardKey, CreatedLink, DashboardView, NewLink, embed_code};
use domain::question::Question;
use domain::{AppError, Permission, Role};
use entity::board_link::{self, Column};
use garde::Validate;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

use super::{stored, token};
use crate::accounts::{Event, record};
use crate::analytics::check_roles;
use crate::dashboards::boards::{check_link, named};
use crate::db::Tx;
use crate::keys::token_hash;
use crate::{Actor, Result, Services};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// So many links to one board may be open at once.
const MOST: u64 = 50;

/// Makes a link. Its address is given now and never again. Only people make links: a link ends with its maker's rights.
pub async fn create_link(services: &Services, actor: &Actor, key: BoardKey, input: NewLink) -> Result<CreatedLink> {
    actor.require(Permission::BuildBoards)?;
    let maker = actor.person()?;
    input.validate()?;
    let view = DashboardView::from_query(&input.view);
    check_link(key, &view)?;
    let stranger = Actor { role: Role::Viewer, ..actor.clone() };
    check_roles(&stranger, &Question { filters: view.filters.clone(), ..Question::default() })
        .map_err(|_| AppError::invalid("view", "this filter is by something that not everybody in the shop may see; take it off first"))?;
    let (now, secret) = (services.clock.now_ms(), token::new_token(&services.keys, &*services.random));
    let tx = services.db.write(actor.merchant_id).await?;
    let board = named(&tx, actor, key).await?;
    if board.is_archived {
        return Err(AppError::conflict("this board was put away; take it out again before you share it").into());
    }
    refuse_too_many(&tx, actor, key, now).await?;
    let row = board_link::Model {
        merchant_id: actor.merchant_id.0,
        id: services.random.uuid_v7(now),
        board: key.to_string(),
        name: input.name.trim().to_owned(),
        view: view.to_query(),
        secret_hash: token_hash(&secret),
        created_by: maker.0,
        created_at: now,
        expires_at: now + i64::from(input.days) * DAY_MS,
        revoked_at: None,
        last_used_at: None,
        uses: 0,
    };
    board_link::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*tx).await?;
    let subject = format!("{}: {}, for {} days", board.title, row.name, input.days);
    record(&tx, services, Event::by(actor, "board_link.created", subject)).await?;
    let makers = stored::makers(&tx, actor.merchant_id, std::slice::from_ref(&row), &board.audience).await?;
    tx.commit().await?;
    let url = format!("{}/shared/{secret}", services.config.public_url);
    Ok(CreatedLink {
        link: stored::summary(row, &makers[&maker], key, now),
        embed_code: embed_code(&url, &board.title),
        url,
        embed_origins: services.config.embed_origins.clone(),
    })
}

async fn refuse_too_many(tx: &Tx, actor: &Actor, key: BoardKey, now: i64) -> Result<()> {
    let open = board_link::find(actor.merchant_id, &key.to_string()).filter(Column::RevokedAt.is_null()).filter(Column::ExpiresAt.gt(now));
    if open.count(&**tx).await? < MOST {
        return Ok(());
    }
    Err(AppError::conflict(format!("this board has {MOST} open links already; revoke one that nobody needs")).into())
}

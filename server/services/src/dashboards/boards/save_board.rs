//! Making a board, and saving it again.

use domain::dashboards::{BoardInput, BoardKey};
use domain::ids::{BoardId, MerchantId};
use domain::{AppError, Permission, Role};
use entity::{board, board_version};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

use super::audience::{Audience, set_audience};
use super::stored;
use crate::accounts::{Event, record};
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// More than anyone finds their way in.
const MOST: u64 = 500;
/// So many earlier versions are kept.
const VERSIONS: i64 = 50;

/// Makes a board.
pub async fn create_board(services: &Services, actor: &Actor, input: BoardInput) -> Result<BoardKey> {
    actor.require(Permission::BuildBoards)?;
    input.check()?;
    let now = services.clock.now_ms();
    let id = BoardId(services.random.uuid_v7(now));
    let tx = services.db.write(actor.merchant_id).await?;
    if board::find(actor.merchant_id).count(&*tx).await? >= MOST {
        return Err(AppError::conflict(format!("there are {MOST} boards already; remove one that nobody needs")).into());
    }
    let row = board::Model {
        merchant_id: actor.merchant_id.0,
        id: id.0,
        title: input.title.trim().to_owned(),
        description: input.description.trim().to_owned(),
        cards: serde_json::to_string(&input.cards)?,
        version: 1,
        is_archived: false,
        created_at: now,
        updated_at: now,
        updated_by: actor.name.clone(),
        roles: Audience::new(actor).chosen(actor, input.roles.as_deref().unwrap_or(&Role::ALL))?.stored()?,
        author: actor.user_id.map(|user| user.0),
    };
    let subject = row.title.clone();
    board::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*tx).await?;
    keep_version(&tx, &row).await?;
    record(&tx, services, Event::by(actor, "board.created", subject)).await?;
    tx.commit().await?;
    Ok(BoardKey::Own(id))
}

/// Saves a board. Whoever saved it meanwhile is not overwritten: the version that was changed must be the newest.
pub async fn update_board(services: &Services, actor: &Actor, key: BoardKey, input: BoardInput) -> Result<BoardKey> {
    actor.require(Permission::BuildBoards)?;
    input.check()?;
    let id = stored::own(key)?;
    let tx = services.db.write(actor.merchant_id).await?;
    if let Some(roles) = &input.roles {
        let row = stored::find(&tx, actor, id).await?.row;
        set_audience(services, &tx, actor, &row, roles).await?;
    }
    let version = input.version;
    let content = Content {
        title: input.title.trim().to_owned(),
        description: input.description.trim().to_owned(),
        cards: serde_json::to_string(&input.cards)?,
    };
    save(services, &tx, actor, (id, version), content, "board.changed").await?;
    tx.commit().await?;
    Ok(key)
}

/// What a version of a board holds, its cards as they are stored.
pub(super) struct Content {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) cards: String,
}

/// Writes the next version of a board; where it is said of which one, only after that.
pub(super) async fn save(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    (id, begun): (BoardId, Option<i64>),
    content: Content,
    action: &'static str,
) -> Result<()> {
    let mut row = stored::find(tx, actor, id).await?.row;
    if let Some(version) = begun.filter(|version| *version != row.version) {
        let words = format!("{} saved this board meanwhile (version {}, yours began at {version}); open it again", row.updated_by, row.version);
        return Err(AppError::conflict(words).into());
    }
    Content { title: row.title, description: row.description, cards: row.cards } = content;
    row.version += 1;
    row.updated_at = services.clock.now_ms();
    row.updated_by.clone_from(&actor.name);
    let written = board::update(actor.merchant_id, id)
        .col_expr(board::Column::Title, Expr::value(row.title.clone()))
        .col_expr(board::Column::Description, Expr::value(row.description.clone()))
        .col_expr(board::Column::Cards, Expr::value(row.cards.clone()))
        .col_expr(board::Column::Version, Expr::value(row.version))
        .col_expr(board::Column::UpdatedAt, Expr::value(row.updated_at))
        .col_expr(board::Column::UpdatedBy, Expr::value(row.updated_by.clone()))
        .filter(board::Column::Version.eq(row.version - 1));
    if written.exec(&**tx).await?.rows_affected == 0 {
        return Err(AppError::conflict("somebody saved this board at the same moment; open it again").into());
    }
    keep_version(tx, &row).await?;
    forget_old_versions(tx, actor.merchant_id, id, row.version).await?;
    record(tx, services, Event::by(actor, action, row.title)).await
}

async fn keep_version(tx: &Tx, row: &board::Model) -> Result<()> {
    let version = board_version::Model {
        merchant_id: row.merchant_id,
        board_id: row.id,
        version: row.version,
        title: row.title.clone(),
        description: row.description.clone(),
        cards: row.cards.clone(),
        saved_at: row.updated_at,
        saved_by: row.updated_by.clone(),
    };
    board_version::Entity::insert(version.into_active_model()).exec_without_returning(&**tx).await?;
    Ok(())
}

async fn forget_old_versions(tx: &Tx, merchant: MerchantId, id: BoardId, newest: i64) -> Result<()> {
    board_version::delete(merchant, id).filter(board_version::Column::Version.lte(newest - VERSIONS)).exec(&**tx).await?;
    Ok(())
}

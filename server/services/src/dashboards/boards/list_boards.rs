//! All boards of a shop.

use domain::dashboards::{BoardKey, BoardSummary, StandardBoard};
use domain::ids::BoardId;
use domain::{Permission, Role};
use entity::board;
use sea_orm::QueryOrder;

use super::audience::Audience;
use super::stored;
use crate::{Actor, Result, Services};

/// Those that whoever asks may see: favourites first, then the shop's own by name, then those that come with the product. What was put away stands last.
pub async fn list_boards(services: &Services, actor: &Actor) -> Result<Vec<BoardSummary>> {
    actor.require(Permission::SeeFigures)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let marked = stored::favourites(&tx, actor).await?;
    let rows = board::find(actor.merchant_id).order_by_asc(board::Column::Title).order_by_asc(board::Column::Id).all(&*tx).await?;
    let seen = rows.into_iter().map(|row| (Audience::of(&row), row)).filter(|(audience, _)| audience.includes(actor.role, actor.user_id));
    let own = seen.map(|(Audience { roles, .. }, row)| BoardSummary {
        roles,
        key: BoardKey::Own(BoardId(row.id)),
        cards: stored::count_cards(&row.cards),
        is_favourite: marked.contains(&row.id.to_string()),
        title: row.title,
        description: row.description,
        is_archived: row.is_archived,
        updated_at: Some(row.updated_at),
        updated_by: Some(row.updated_by),
    });
    let standard = StandardBoard::ALL.into_iter().map(|standard| BoardSummary {
        key: BoardKey::Standard(standard),
        title: standard.title().to_owned(),
        description: standard.description().to_owned(),
        cards: standard.cards().len(),
        is_favourite: marked.contains(standard.as_str()),
        is_archived: false,
        updated_at: None,
        updated_by: None,
        roles: Role::ALL.to_vec(),
    });
    let mut boards: Vec<BoardSummary> = own.chain(standard).collect();
    boards.sort_by_key(|board| (board.is_archived, !board.is_favourite));
    Ok(boards)
}

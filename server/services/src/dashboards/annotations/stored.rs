//! An annotation as it is stored, and as whoever asks may see it.

use domain::dashboards::Annotation;
use domain::ids::AnnotationId;
use domain::{AppError, Day, Role};
use entity::annotation::{self, Column};
use sea_orm::{ColumnTrait, QueryFilter};

use crate::db::Tx;
use crate::{Actor, Result};

/// One that whoever asks may see; what only others see does not exist for them.
pub(super) async fn find(tx: &Tx, actor: &Actor, id: AnnotationId) -> Result<annotation::Model> {
    let row = annotation::visible(actor.merchant_id, actor.user_id).filter(Column::Id.eq(id.0)).one(&**tx).await?;
    row.ok_or_else(|| AppError::not_found("annotation").into())
}

/// One that whoever asks may change and remove.
pub(super) async fn find_own(tx: &Tx, actor: &Actor, id: AnnotationId) -> Result<annotation::Model> {
    let row = find(tx, actor, id).await?;
    if may_change(&row, actor) { Ok(row) } else { Err(AppError::forbidden("whoever wrote it, or an owner or admin").into()) }
}

/// Whoever wrote it, and those who manage the shop.
fn may_change(row: &annotation::Model, actor: &Actor) -> bool {
    let is_author = actor.user_id.is_some_and(|user| Some(user.0) == row.user_id);
    actor.role.can(domain::Permission::BuildBoards) && (is_author || actor.role >= Role::Admin)
}

pub(super) fn shown(row: annotation::Model, actor: &Actor) -> Annotation {
    Annotation {
        may_change: may_change(&row, actor),
        id: Some(AnnotationId(row.id)),
        from: Day(row.first_day),
        to: Day(row.last_day),
        text: row.body,
        is_shared: row.is_shared,
        written_by: Some(row.written_by),
    }
}

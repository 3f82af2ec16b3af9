//! Writing an annotation, changing and removing it.

use domain::dashboards::AnnotationInput;
use domain::ids::AnnotationId;
use domain::{AppError, Permission};
use entity::annotation::{self, Column};
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, IntoActiveModel, PaginatorTrait};

use super::stored;
use crate::accounts::{Event, record};
use crate::{Actor, Result, Services};

/// More than anyone writes.
const MOST: u64 = 2000;

/// Writes a sentence about some days. Only people keep one for themselves: a key has no eyes of its own.
pub async fn create_annotation(services: &Services, actor: &Actor, input: AnnotationInput) -> Result<AnnotationId> {
    actor.require(Permission::BuildBoards)?;
    input.check()?;
    if !input.is_shared {
        actor.person()?;
    }
    let now = services.clock.now_ms();
    let id = AnnotationId(services.random.uuid_v7(now));
    let tx = services.db.write(actor.merchant_id).await?;
    if annotation::find(actor.merchant_id).count(&*tx).await? >= MOST {
        return Err(AppError::conflict(format!("there are {MOST} annotations already; remove some that nobody needs")).into());
    }
    let row = annotation::Model {
        merchant_id: actor.merchant_id.0,
        id: id.0,
        first_day: input.from.0,
        last_day: input.last_day().0,
        body: input.text.trim().to_owned(),
        is_shared: input.is_shared,
        user_id: actor.user_id.map(|user| user.0),
        written_by: actor.name.clone(),
        created_at: now,
        updated_at: now,
    };
    annotation::Entity::insert(row.into_active_model()).exec_without_returning(&*tx).await?;
    if input.is_shared {
        record(&tx, services, Event::by(actor, "annotation.created", said(&input))).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// Changes an annotation. Whoever did not write it needs the role admin; what an admin changes stays its author's.
pub async fn update_annotation(services: &Services, actor: &Actor, id: AnnotationId, input: AnnotationInput) -> Result<()> {
    actor.require(Permission::BuildBoards)?;
    input.check()?;
    let tx = services.db.write(actor.merchant_id).await?;
    let row = stored::find_own(&tx, actor, id).await?;
    if !input.is_shared && row.user_id != actor.user_id.map(|user| user.0) {
        return Err(AppError::invalid("is_shared", "only whoever wrote it can keep it for themselves; remove it instead").into());
    }
    annotation::update(actor.merchant_id, id)
        .col_expr(Column::FirstDay, Expr::value(input.from.0))
        .col_expr(Column::LastDay, Expr::value(input.last_day().0))
        .col_expr(Column::Body, Expr::value(input.text.trim()))
        .col_expr(Column::IsShared, Expr::value(input.is_shared))
        .col_expr(Column::UpdatedAt, Expr::value(services.clock.now_ms()))
        .exec(&*tx)
        .await?;
    if input.is_shared || row.is_shared {
        record(&tx, services, Event::by(actor, "annotation.changed", said(&input))).await?;
    }
    tx.commit().await
}

/// Removes an annotation for good: its author may, and an admin.
pub async fn delete_annotation(services: &Services, actor: &Actor, id: AnnotationId) -> Result<()> {
    actor.require(Permission::BuildBoards)?;
    let tx = services.db.write(actor.merchant_id).await?;
    let row = stored::find_own(&tx, actor, id).await?;
    annotation::delete(actor.merchant_id, id).exec(&*tx).await?;
    if row.is_shared {
        record(&tx, services, Event::by(actor, "annotation.deleted", row.body)).await?;
    }
    tx.commit().await
}

fn said(input: &AnnotationInput) -> String {
    format!("{}: {}", domain::format::day(input.from), input.text.trim())
}

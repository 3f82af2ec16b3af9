//! Which mails about their uploads a member wants.

use domain::AppError;
use domain::sources::{NoticeChoice, UploadNotices};
use entity::membership::{self, Column};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

use super::demo_visit;
use crate::{Actor, Result, Services};

/// One's own choice in this shop.
pub async fn notice_choice(services: &Services, actor: &Actor) -> Result<NoticeChoice> {
    let person = actor.person()?;
    let tx = services.db.read(actor.merchant_id).await?;
    let member = membership::by_id(actor.merchant_id, person).one(&*tx).await?.ok_or_else(|| AppError::not_found("member"))?;
    Ok(NoticeChoice { upload_notices: UploadNotices::parse(&member.upload_notices).unwrap_or_default() })
}

/// Changes one's own choice in this shop.
pub async fn choose_notices(services: &Services, actor: &Actor, choice: NoticeChoice) -> Result<NoticeChoice> {
    demo_visit::refuse_visitors(actor)?;
    let person = actor.person()?;
    let tx = services.db.write(actor.merchant_id).await?;
    let this = membership::update(actor.merchant_id).filter(Column::UserId.eq(person.0));
    this.col_expr(Column::UploadNotices, Expr::value(choice.upload_notices.as_str())).exec(&*tx).await?;
    tx.commit().await?;
    Ok(choice)
}

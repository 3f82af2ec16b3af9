//! Which store a member belongs to: boards may be locked to it.

use domain::Permission;
use domain::accounts::{MemberSummary, StoreChange};
use domain::ids::UserId;
use entity::membership::{self, Column};
use garde::Validate;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

use super::audit::{self, Event};
use super::change_role::Member;
use super::demo_visit;
use crate::{Actor, Result, Services};

/// Puts a member into a store, or into none. It decides what locked boards show them, so it is an admin's to say and never their own.
pub async fn change_store(services: &Services, actor: &Actor, user: UserId, change: StoreChange) -> Result<MemberSummary> {
    demo_visit::refuse_visitors(actor)?;
    actor.require(Permission::ManageMembers)?;
    change.validate()?;
    let store = change.store.map(|store| store.trim().to_owned());
    let tx = services.db.write(actor.merchant_id).await?;
    let before = Member::find(&tx, actor.merchant_id, user).await?.summary(user);
    let this = membership::update(actor.merchant_id).filter(Column::UserId.eq(user.0));
    this.col_expr(Column::Store, Expr::value(store.clone())).exec(&*tx).await?;
    let named = |store: &Option<String>| store.clone().unwrap_or_else(|| "no store".to_owned());
    let subject = format!("{}: {} → {}", before.email, named(&before.store), named(&store));
    audit::record(&tx, services, Event::by(actor, "member.store_changed", subject)).await?;
    tx.commit().await?;
    Ok(MemberSummary { store, ..before })
}

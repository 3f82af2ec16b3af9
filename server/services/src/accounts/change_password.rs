//! Changing one's password.

use domain::accounts::PasswordChange;
use domain::ids::UserId;
use domain::{AppError, ErrorKind};
use entity::{session, user};
use garde::Validate;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition};

use super::audit::{self, Event};
use super::types::Client;
use super::{credentials, demo_visit, passwords, sessions};
use crate::db::Tx;
use crate::{Actor, Result, ServiceError, Services};

/// Sets a new password; all other sessions of the person end.
pub async fn change_password(services: &Services, actor: &Actor, input: PasswordChange) -> Result<()> {
    let user_id = actor.person()?;
    demo_visit::refuse_visitors(actor)?;
    input.validate()?;
    let account = {
        let tx = services.db.system_read().await?;
        user::by_id(user_id).one(&*tx).await?.ok_or_else(AppError::unauthorized)?
    };
    let client = Client { address: actor.address.clone(), ..Client::default() };
    credentials::check(services, &account.email, Some(&account), &input.current_password, &client).await.map_err(as_field_error)?;
    let hash = passwords::hash(services, &input.new_password).await?;
    let tx = services.db.system_write().await?;
    store(&tx, user_id, hash).await?;
    let others = Condition::all().add(session::Column::UserId.eq(user_id.0)).add(session::Column::Id.ne(actor.session_id.map(|id| id.0)));
    let ended = sessions::end(&tx, services, others).await?;
    audit::record_in_all_shops(&tx, services, user_id, Event::by(actor, "password.changed", "")).await?;
    tx.commit().await?;
    sessions::revoke(services, &ended).await;
    Ok(())
}

/// Stores a new hash; links that were mailed before work no longer.
pub(super) async fn store(tx: &Tx, user_id: UserId, hash: String) -> Result<()> {
    user::update(user_id).col_expr(user::Column::PasswordHash, Expr::value(hash)).exec(&**tx).await?;
    entity::password_reset::delete_of_user(user_id).exec(&**tx).await?;
    Ok(())
}

/// The person is signed in, so a wrong password is a wrong field and not the end of the session.
fn as_field_error(error: ServiceError) -> ServiceError {
    match error.kind() {
        ErrorKind::Unauthorized => AppError::invalid("current_password", "this is not your password until now").into(),
        _ => error,
    }
}

//! Who sends a request: a signed-in person's access token, or an API key.

use domain::ids::{ApiKeyId, MerchantId, UserId};
use domain::{AppError, Role};
use entity::{api_key, session, user};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

use super::{api_keys, refresh, sessions, stored, tokens};
use crate::keys::token_hash;
use crate::{Actor, Result, Services};

/// A key's last use is kept to the minute, so that a busy program does not write on each request.
const LAST_USE_GRAIN_MS: i64 = 60_000;

/// The actor behind a credential. The role is the one of this moment, not of the moment the token was made.
pub async fn authenticate(services: &Services, credential: &str, address: &str) -> Result<Actor> {
    if credential.starts_with(api_keys::PREFIX) {
        by_api_key(services, credential, address).await
    } else {
        by_access_token(services, credential, address).await
    }
}

async fn by_access_token(services: &Services, token: &str, address: &str) -> Result<Actor> {
    let claims = tokens::read_access(services, token)?;
    if services.kv.get(&sessions::revocation_key(claims.sid)).await.is_some() {
        return Err(AppError::unauthorized().into());
    }
    let tx = services.db.read(claims.mid).await?;
    let session = session::by_id(claims.mid, claims.sid).one(&*tx).await?.ok_or_else(AppError::unauthorized)?;
    if session.ended_at.is_some() || session.expires_at <= services.clock.now_ms() || session.user_id != claims.sub.0 {
        return Err(AppError::unauthorized().into());
    }
    let role = stored::role_in(&tx, claims.mid, claims.sub).await?.ok_or_else(AppError::unauthorized)?;
    let user = user::by_id(claims.sub).one(&*tx).await?.ok_or_else(AppError::unauthorized)?;
    drop(tx);
    refresh::note_arrival(services, &session, claims.issued_at_ms());
    Ok(Actor {
        user_id: Some(claims.sub),
        merchant_id: claims.mid,
        role,
        session_id: Some(claims.sid),
        api_key_id: None,
        name: user.email,
        address: address.to_owned(),
    })
}

async fn by_api_key(services: &Services, secret: &str, address: &str) -> Result<Actor> {
    let tx = services.db.system_read().await?;
    let of_secret = api_key::everywhere().filter(api_key::Column::SecretHash.eq(token_hash(secret)));
    let key = of_secret.one(&*tx).await?.filter(|key| key.revoked_at.is_none()).ok_or_else(AppError::unauthorized)?;
    let merchant_id = MerchantId(key.merchant_id);
    let maker = stored::role_in(&tx, merchant_id, UserId(key.created_by)).await?.ok_or_else(AppError::unauthorized)?;
    drop(tx);
    note_use(services, &key);
    Ok(Actor {
        user_id: None,
        merchant_id,
        role: Role::min(stored::role(&key.role)?, maker),
        session_id: None,
        api_key_id: Some(ApiKeyId(key.id)),
        name: key.name,
        address: address.to_owned(),
    })
}

/// Written beside the request, which does not wait for the database's writer.
fn note_use(services: &Services, key: &api_key::Model) {
    let now = services.clock.now_ms();
    if key.last_used_at.is_some_and(|last| now - last < LAST_USE_GRAIN_MS) {
        return;
    }
    let (services, merchant, id) = (services.clone(), MerchantId(key.merchant_id), key.id);
    services.clone().tasks.spawn(async move {
        let noted = async {
            let tx = services.db.write(merchant).await?;
            let this = api_key::update(merchant).filter(api_key::Column::Id.eq(id));
            this.col_expr(api_key::Column::LastUsedAt, Expr::value(now)).exec(&*tx).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(error.cause = %error, "the last use of an API key could not be noted");
        }
    });
}

//! Opening a shop.

use domain::accounts::SignUp;
use domain::ids::{MerchantId, UserId};
use domain::sources::UploadNotices;
use domain::{AppError, Currency, FieldError, Role};
use entity::{membership, merchant, user};
use garde::Validate;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::audit::{self, Event};
use super::types::{Client, SignedIn};
use super::{merchants, passwords, reserved, sessions, stored, throttle};
use crate::db::Tx;
use crate::error::is_duplicate;
use crate::{Result, Services};

/// A shop to be opened, and its owner.
pub struct Founding {
    /// The shop's name.
    pub name: String,
    /// What it reports in.
    pub currency: Currency,
    /// A known IANA zone.
    pub time_zone: String,
    /// An invented shop to look around in.
    pub is_demo: bool,
    /// The owner's address.
    pub email: String,
    /// In plain; hashed here.
    pub password: String,
}

/// Opens a shop with its owner and signs them in.
pub async fn sign_up(services: &Services, input: SignUp, client: &Client) -> Result<SignedIn> {
    input.validate()?;
    merchants::require_known_zone(&input.time_zone)?;
    throttle::NEW_SHOPS.count(services, &throttle::network(client)).await?;
    let email = stored::normalised(&input.email);
    reserved::refuse(&email)?;
    if stored::user_by_email(services, &email).await?.is_some() {
        return Err(taken().into());
    }
    let founding = Founding {
        name: input.merchant_name,
        currency: input.currency.parse()?,
        time_zone: input.time_zone,
        is_demo: false,
        email: email.clone(),
        password: input.password,
    };
    let hash = passwords::hash(services, &founding.password).await?;
    let tx = services.db.system_write().await?;
    let (merchant_id, user_id) = insert_shop(&tx, services, founding, hash).await?;
    let event = Event { merchant_id, actor: &email, action: "shop.created", subject: email.clone(), address: &client.address };
    audit::record(&tx, services, event).await?;
    let signed_in = sessions::begin(&tx, services, user_id, merchant_id, client).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Opens a shop without signing in: for the demo shop and for commands.
pub async fn found_shop(services: &Services, founding: Founding) -> Result<(MerchantId, UserId)> {
    let hash = passwords::hash(services, &founding.password).await?;
    let tx = services.db.system_write().await?;
    let ids = insert_shop(&tx, services, founding, hash).await?;
    tx.commit().await?;
    Ok(ids)
}

async fn insert_shop(tx: &Tx, services: &Services, founding: Founding, password_hash: String) -> Result<(MerchantId, UserId)> {
    let user_id = insert_user(tx, services, &founding.email, password_hash).await?;
    let now = services.clock.now_ms();
    let shop = merchant::ActiveModel {
        id: NotSet,
        name: Set(founding.name.trim().to_owned()),
        currency: Set(founding.currency.code().to_owned()),
        time_zone: Set(founding.time_zone),
        week_start: Set(1),
        fiscal_year_start: Set(1),
        is_demo: Set(founding.is_demo),
        data_version: Set(1),
        data_changed_at: Set(None),
        next_source_id: Set(1),
        next_product_id: Set(1),
        next_customer_id: Set(1),
        next_order_id: Set(1),
        created_at: Set(now),
    };
    let merchant_id = MerchantId(shop.insert(&**tx).await?.id);
    join(tx, services, merchant_id, user_id, Role::Owner).await?;
    Ok((merchant_id, user_id))
}

/// A new person. Someone may have taken the address since it was looked up.
pub(super) async fn insert_user(tx: &Tx, services: &Services, email: &str, password_hash: String) -> Result<UserId> {
    let now = services.clock.now_ms();
    let row = user::Model { id: services.random.uuid_v7(now), email: stored::normalised(email), password_hash, created_at: now };
    let id = UserId(row.id);
    match user::Entity::insert(row.into_active_model()).exec_without_returning(&**tx).await {
        Err(error) if is_duplicate(&error) => Err(taken().into()),
        other => Ok(other.map(|_| id)?),
    }
}

/// Makes a person a member.
pub(super) async fn join(tx: &Tx, services: &Services, merchant: MerchantId, user: UserId, role: Role) -> Result<()> {
    let (role, joined_at) = (role.as_str().to_owned(), services.clock.now_ms());
    let upload_notices = UploadNotices::default().as_str().to_owned();
    let row = membership::Model { merchant_id: merchant.0, user_id: user.0, role, joined_at, store: None, upload_notices };
    membership::Entity::insert(row.into_active_model()).exec_without_returning(&**tx).await?;
    Ok(())
}

fn taken() -> AppError {
    let message = "this address has an account already; sign in, or reset its password";
    AppError { fields: vec![FieldError { field: "email".to_owned(), message: message.to_owned() }], ..AppError::conflict(message) }
}

//! A shop with boards.

use std::collections::BTreeMap;

use domain::embeds::{EmbedInput, EmbedSummary, LockedParameter, ParameterValue, SecretInput};
use domain::{AppError, Role};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::Value;
use services::{Actor, Result, ServiceError, embeds};

use crate::support::TestServices;

pub(super) const METABASE: &str = "https://metabase.example.com/dashboard/42-weekly-sales";
pub(super) const SECRET: &str = "34fa977d001eb28c0e6e551dff101b0396a36f31174334b5366fb19af6eaf8fe";
pub(super) const OTHER_SECRET: &str = "aaaa977d001eb28c0e6e551dff101b0396a36f31174334b5366fb19af6eaaaaa";
pub(super) const STUDIO: &str = "https://lookerstudio.google.com/reporting/0b6cbd1a-4dd1-4a7e-9a3c-0c2f1a2b3c4d/page/tEnnC";

/// Services, an owner, and a viewer of the same shop.
pub(super) struct Shop {
    pub(super) services: TestServices,
    pub(super) owner: Actor,
    pub(super) viewer: Actor,
}

impl Shop {
    pub(super) async fn open() -> Self {
        Self::of(TestServices::start().await).await
    }

    pub(super) async fn of(services: TestServices) -> Self {
        let owner = services.owner("owner@example.com").await;
        let viewer = services.member(&owner, "viewer@example.com", Role::Viewer).await;
        Self { services, owner, viewer }
    }

    pub(super) async fn add(&self, input: EmbedInput) -> EmbedSummary {
        embeds::create_embed(&self.services, &self.owner, input).await.expect("the board is added")
    }

    /// A signed board whose `store` is locked to the member's.
    pub(super) async fn add_signed(&self) -> EmbedSummary {
        self.add(signed()).await
    }

    /// What the audit log says of an action, the newest first.
    pub(super) async fn audit(&self, action: &str) -> Vec<String> {
        let entries = services::accounts::list_audit(&self.services, &self.owner, None).await.expect("an owner may read it");
        entries.into_iter().filter(|entry| entry.action == action).map(|entry| entry.subject).collect()
    }
}

pub(super) fn signed() -> EmbedInput {
    let locked = vec![LockedParameter { name: "store".to_owned(), value: ParameterValue::Store }];
    EmbedInput { secret: Some(fields(SECRET)), locked, ..EmbedInput::new(METABASE, "Weekly sales") }
}

pub(super) fn fields(secret: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("secret".to_owned(), secret.to_owned())])
}

pub(super) fn secret_input(secret: &str) -> SecretInput {
    SecretInput { fields: fields(secret), overlap_minutes: None }
}

/// What is refused, in words for a person.
pub(super) fn refused<T>(result: Result<T>) -> AppError {
    result.err().map(ServiceError::into_app).expect("it is refused")
}

/// The claims of a Metabase frame's token, if that secret signed it. Read by a library that has no part in the signing.
pub(super) fn claims(url: &str, secret: &str) -> Option<Value> {
    let token = url.split("/embed/dashboard/").nth(1)?.split(['?', '#']).next()?;
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    jsonwebtoken::decode::<Value>(token, &DecodingKey::from_secret(secret.as_bytes()), &validation).ok().map(|data| data.claims)
}

//! Who may call a route: declared where the route stands in the table, and enforced before its handler runs.

use super::authentication::Who;
use crate::problem::Problem;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{AppError, Permission, Role};
use services::Actor;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Public,
    /// Every member and every API key.
    SignedIn,
    /// Roles that have a permission.
    Needs(Permission),
}

impl Access {
    /// Whether a role may call it; `None` is nobody.
    pub fn allows(self, role: Option<Role>) -> bool {
        match self {
            Self::Public => true,
            Self::SignedIn => role.is_some(),
            Self::Needs(permission) => role.is_some_and(|role| role.can(permission)),
        }
    }

    /// The lowest role that may call it, as the API's document says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::SignedIn => Role::Viewer.as_str(),
            Self::Needs(permission) => permission.lowest_role().as_str(),
        }
    }
}

/// Refuses whoever may not call the route. Use cases check the permission again.
pub async fn guard(State(access): State<Access>, request: Request, next: Next) -> Response {
    let who = request.extensions().get::<Who>();
    let refusal = match (access, who) {
        (Access::Public, _) => None,
        (_, Some(Who::Unknown(error))) => Some(error.clone()),
        (_, Some(Who::Member(actor))) if access.allows(Some(actor.role)) => None,
        (Access::Needs(permission), Some(Who::Member(_))) => Some(forbidden(permission)),
        _ => Some(AppError::unauthorized()),
    };
    match refusal {
        Some(error) => Problem::from(error).into_response(),
        None => next.run(request).await,
    }
}

fn forbidden(permission: Permission) -> AppError {
    AppError::forbidden(match permission.lowest_role() {
        Role::Owner => "an owner",
        Role::Admin => "an admin",
        Role::Analyst => "an analyst",
        Role::Viewer => "a member",
    })
}

/// Who is asking. Only a guarded route has one.
pub struct Asker(pub Actor);

impl<S: Send + Sync> FromRequestParts<S> for Asker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        match parts.extensions.get::<Who>() {
            Some(Who::Member(actor)) => Ok(Self(actor.clone())),
            Some(Who::Unknown(error)) => Err(error.clone().into()),
            _ => Err(AppError::unauthorized().into()),
        }
    }
}

//! Who asks for a use case.

use domain::ids::{ApiKeyId, MerchantId, SessionId, UserId};
use domain::{AppError, Permission, Role};

use crate::Result;

/// A person, an API key or the program itself, acting in one shop.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person; absent for a key and the program.
    pub user_id: Option<UserId>,
    /// The shop.
    pub merchant_id: MerchantId,
    /// What it may do there.
    pub role: Role,
    /// The session of a person.
    pub session_id: Option<SessionId>,
    /// The key, if it is one.
    pub api_key_id: Option<ApiKeyId>,
    /// An e-mail address or a key's name; empty for the program.
    pub name: String,
    /// The network address; empty for the program.
    pub address: String,
}

impl Actor {
    /// The program itself, as an owner: for commands and jobs.
    pub fn program(merchant_id: MerchantId) -> Self {
        Self { user_id: None, merchant_id, role: Role::Owner, session_id: None, api_key_id: None, name: String::new(), address: String::new() }
    }

    /// Refuses whoever lacks a permission.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.role.can(permission) {
            return Ok(());
        }
        let who = match permission.lowest_role() {
            Role::Owner => "an owner",
            Role::Admin => "an owner or admin",
            Role::Analyst | Role::Viewer => "an owner, admin or analyst",
        };
        Err(AppError::forbidden(who).into())
    }

    /// The person behind it; keys and the program have none, and some things only a person may do.
    pub fn person(&self) -> Result<UserId> {
        let refusal = "only a signed-in person can do this, not an API key; sign in and try again";
        self.user_id.ok_or_else(|| AppError::new(domain::ErrorKind::Forbidden, refusal).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_refusal_names_who_can_do_it() {
        let viewer = Actor { role: Role::Viewer, ..Actor::program(MerchantId(1)) };
        assert!(viewer.require(Permission::SeeFigures).is_ok());
        let refusal = viewer.require(Permission::SeeAudit).map_err(crate::ServiceError::into_app);
        assert!(refusal.is_err_and(|error| error.message.contains("owner or admin")));
        assert!(viewer.person().is_err());
    }
}

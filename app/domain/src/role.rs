//! Who may do what in a shop.

use crate::AppError;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A member's role; each later one may do all that the earlier may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees figures.
    Viewer,
    /// Sees figures, adds data and builds boards.
    Analyst,
    /// Also members, settings, keys, jobs and the audit log.
    Admin,
    /// Also other owners.
    Owner,
}

/// One thing a member may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// See dashboards, ask questions, see uploads.
    SeeFigures,
    /// Upload files and map columns.
    AddData,
    /// Make, change and remove boards of questions.
    BuildBoards,
    /// Change the shop's name, currency, time zone, week and fiscal year.
    ManageShop,
    /// Invite and remove members, change roles below owner.
    ManageMembers,
    /// Make and revoke API keys.
    ManageApiKeys,
    /// See, retry and cancel jobs.
    ManageJobs,
    /// Add, change, order and remove other tools' boards.
    ManageBoards,
    /// Read the audit log.
    SeeAudit,
    /// Make or unmake owners.
    ManageOwners,
}

impl Permission {
    /// The lowest role that has it.
    pub fn lowest_role(self) -> Role {
        match self {
            Self::SeeFigures => Role::Viewer,
            Self::AddData | Self::BuildBoards => Role::Analyst,
            Self::ManageShop | Self::ManageMembers | Self::ManageApiKeys | Self::ManageJobs | Self::ManageBoards | Self::SeeAudit => Role::Admin,
            Self::ManageOwners => Role::Owner,
        }
    }
}

impl Role {
    /// All roles, from the least to the most allowed.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Analyst, Self::Admin, Self::Owner];

    /// Whether this role has a permission.
    pub fn can(self, permission: Permission) -> bool {
        self >= permission.lowest_role()
    }

    /// The word that tables, tokens and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Analyst => "analyst",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    /// What the role may do, in a sentence for a person who chooses it.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Viewer => "Sees dashboards and figures.",
            Self::Analyst => "Sees figures, adds data and builds boards.",
            Self::Admin => "Also manages members, settings, keys and jobs.",
            Self::Owner => "May do everything, and makes other owners.",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = AppError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| AppError::invalid("role", format!("“{text}” is not a role; choose viewer, analyst, admin or owner")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_has_its_permissions_and_no_more() {
        assert!(Role::Viewer.can(Permission::SeeFigures) && !Role::Viewer.can(Permission::AddData));
        assert!(Role::Analyst.can(Permission::AddData) && !Role::Analyst.can(Permission::ManageMembers));
        assert!(Role::Admin.can(Permission::SeeAudit) && !Role::Admin.can(Permission::ManageOwners));
        assert!(Role::Owner.can(Permission::ManageOwners));
    }
}

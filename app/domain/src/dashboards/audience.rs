//! Who sees a board of the shop's own.

use crate::{Permission, Role};

/// The roles that see a board: those chosen, each once, and in any case those that manage the shop.
pub fn audience(chosen: &[Role]) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| role.can(Permission::ManageShop) || chosen.contains(role)).collect()
}

/// Those roles in a few words; none where everybody sees it.
pub fn audience_words(roles: &[Role]) -> Option<&'static str> {
    match (roles.contains(&Role::Viewer), roles.contains(&Role::Analyst)) {
        (true, true) => None,
        (true, false) => Some("Viewers, admins and owners"),
        (false, true) => Some("Analysts, admins and owners"),
        (false, false) => Some("Admins and owners"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_manage_the_shop_see_every_board() {
        assert_eq!(audience(&[]), [Role::Admin, Role::Owner]);
        assert_eq!(audience(&[Role::Owner, Role::Viewer, Role::Viewer]), [Role::Viewer, Role::Admin, Role::Owner]);
        assert_eq!(audience(&Role::ALL), Role::ALL);
        assert_eq!(audience_words(&audience(&[Role::Analyst])), Some("Analysts, admins and owners"));
        assert_eq!(audience_words(&Role::ALL), None);
    }
}

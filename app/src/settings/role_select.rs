use crate::ui::{Choice, ChoiceGroup};
use domain::{Permission, Role};

/// The roles a member may give to others.
pub(crate) fn roles_to_give(own: Role) -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(move |role| *role < Role::Owner || own.can(Permission::ManageOwners))
}

/// Those roles as options, each with what it may do.
pub(crate) fn role_groups(own: Role) -> Vec<ChoiceGroup> {
    let choices = roles_to_give(own).map(|role| Choice::new(role.as_str(), capital(role))).collect();
    vec![ChoiceGroup { label: String::new(), choices }]
}

/// A role's word with a capital.
pub(crate) fn capital(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Viewer",
        Role::Analyst => "Analyst",
        Role::Admin => "Admin",
        Role::Owner => "Owner",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_owners_make_owners() {
        assert!(!roles_to_give(Role::Admin).any(|role| role == Role::Owner));
        assert!(roles_to_give(Role::Owner).any(|role| role == Role::Owner));
    }
}

//! The places a member can go, once: rail, bottom bar, shortcuts, settings and the search read this table.

use crate::{Permission, Role};

/// Under which heading a place stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Figures.
    See,
    /// Where they come from.
    Data,
    /// How the shop is set up.
    Settings,
}

impl Group {
    /// The heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::See => "See",
            Self::Data => "Data",
            Self::Settings => "Settings",
        }
    }
}

/// A page a member can go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its address.
    pub path: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// Its picture.
    pub icon: &'static str,
    /// Typed after `g`.
    pub letter: &'static str,
    /// Under which heading it stands.
    pub group: Group,
    /// What one needs to be allowed for the page to be of use; `None` for everybody.
    pub needs: Option<Permission>,
}

impl Place {
    /// Whether the place is of use to a role.
    pub fn is_for(self, role: Role) -> bool {
        self.needs.is_none_or(|permission| role.can(permission))
    }
}

const fn place(group: Group, path: &'static str, label: &'static str, icon: &'static str, letter: &'static str, needs: Option<Permission>) -> Place {
    Place { path, label, icon, letter, group, needs }
}

/// Every place, in the order of the rail.
pub const PLACES: [Place; 11] = [
    place(Group::See, "/sales", "Sales", "chart-line", "s", Some(Permission::SeeFigures)),
    place(Group::See, "/boards", "Boards", "layers", "b", Some(Permission::SeeFigures)),
    place(Group::Data, "/data/add", "Add data", "upload", "a", Some(Permission::AddData)),
    place(Group::Data, "/data/uploads", "Uploads", "file-spreadsheet", "u", Some(Permission::SeeFigures)),
    place(Group::Settings, "/settings/shop", "Shop", "store", "h", None),
    place(Group::Settings, "/settings/members", "Members", "users", "m", Some(Permission::ManageMembers)),
    place(Group::Settings, "/settings/boards", "Boards", "layers", "o", Some(Permission::ManageBoards)),
    place(Group::Settings, "/settings/api-keys", "API keys", "key-round", "k", Some(Permission::ManageApiKeys)),
    place(Group::Settings, "/settings/security", "Security", "shield-check", "y", None),
    place(Group::Settings, "/settings/audit", "Audit log", "scroll-text", "l", Some(Permission::SeeAudit)),
    place(Group::Settings, "/settings/jobs", "Jobs", "list-checks", "j", Some(Permission::ManageJobs)),
];

/// The places of a group that are of use to a role.
pub fn places_for(role: Role, group: Group) -> impl Iterator<Item = Place> {
    PLACES.into_iter().filter(move |place| place.group == group && place.is_for(role))
}

/// Whether an address is this place or a page below it.
pub fn is_at(pathname: &str, path: &str) -> bool {
    pathname.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_is_not_offered_what_only_others_may_do() {
        let labels: Vec<_> = places_for(Role::Viewer, Group::Settings).map(|place| place.label).collect();
        assert_eq!(labels, ["Shop", "Security"]);
        assert_eq!(places_for(Role::Viewer, Group::Data).count(), 1);
        assert_eq!(places_for(Role::Owner, Group::Settings).count(), 7);
    }

    #[test]
    fn every_place_has_a_letter_of_its_own() {
        let mut letters: Vec<_> = PLACES.iter().map(|place| place.letter).collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), PLACES.len());
    }

    #[test]
    fn a_page_below_a_place_is_at_that_place() {
        assert!(is_at("/data/uploads/7/mapping", "/data/uploads") && !is_at("/data/uploadsx", "/data/uploads"));
    }
}

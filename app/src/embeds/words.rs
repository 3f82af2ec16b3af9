//! Words, icons and colours of boards.

use crate::ui::Tone;
use domain::Role;
use domain::embeds::{EmbedAccess, EmbedSummary};

/// The pictures a board may have, with what each is called aloud.
pub(super) const ICONS: [(&str, &str); 14] = [
    ("chart-column", "Columns"),
    ("chart-line", "Line"),
    ("table", "Table"),
    ("shopping-bag", "Shopping bag"),
    ("package", "Parcel"),
    ("store", "Store"),
    ("users", "People"),
    ("credit-card", "Card"),
    ("globe", "Globe"),
    ("map-pin", "Place"),
    ("calendar", "Calendar"),
    ("mail", "Letter"),
    ("layers", "Layers"),
    ("sparkles", "Sparkles"),
];

/// The picture of a name; columns for a name that is none.
pub(super) fn icon(name: &str) -> &'static str {
    ICONS.iter().find(|(icon, _)| *icon == name).map_or(ICONS[0].0, |(icon, _)| icon)
}

/// The colour of what viewers need. An address that everyone may open is worth a second look.
pub(super) fn access_tone(access: EmbedAccess) -> Tone {
    match access {
        EmbedAccess::Public => Tone::Warning,
        EmbedAccess::SignIn => Tone::Info,
        EmbedAccess::Signed => Tone::Good,
    }
}

/// Who sees a board, in a few words.
pub(super) fn audience(roles: &[Role], members: usize) -> String {
    let lowest = roles.iter().min();
    let is_whole = lowest.is_some_and(|lowest| Role::ALL.iter().filter(|role| *role >= lowest).all(|role| roles.contains(role)));
    let by_role = match lowest {
        None => String::new(),
        Some(Role::Viewer) if is_whole => return "Everybody in the shop".to_owned(),
        Some(Role::Analyst) if is_whole => "Analysts, admins and owners".to_owned(),
        Some(Role::Admin) if is_whole => "Admins and owners".to_owned(),
        Some(_) => roles.iter().map(|role| crate::settings::capital(*role)).collect::<Vec<_>>().join(", "),
    };
    let by_name = match members {
        0 => String::new(),
        1 => "1 member by name".to_owned(),
        more => format!("{more} members by name"),
    };
    match (by_role.is_empty(), by_name.is_empty()) {
        (true, true) => "Nobody yet".to_owned(),
        (false, false) => format!("{by_role}, and {by_name}"),
        _ => by_role + &by_name,
    }
}

/// Boards under their headings, both in the admin's order; those without a heading come first.
pub(super) fn grouped(boards: Vec<EmbedSummary>) -> Vec<(String, Vec<EmbedSummary>)> {
    let mut groups: Vec<(String, Vec<EmbedSummary>)> = vec![(String::new(), Vec::new())];
    for board in boards {
        match groups.iter_mut().find(|(name, _)| *name == board.group) {
            Some((_, group)) => group.push(board),
            None => groups.push((board.group.clone(), vec![board])),
        }
    }
    groups.retain(|(_, group)| !group.is_empty());
    groups
}

/// The host of an origin, which is what a person calls it.
pub(super) fn host(origin: &str) -> String {
    origin.split_once("://").map_or(origin, |(_, host)| host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_audience_is_said_in_a_few_words() {
        assert_eq!(audience(&Role::ALL, 0), "Everybody in the shop");
        assert_eq!(audience(&[Role::Analyst, Role::Admin, Role::Owner], 0), "Analysts, admins and owners");
        assert_eq!(audience(&[Role::Viewer, Role::Owner], 1), "Viewer, Owner, and 1 member by name");
        assert_eq!(audience(&[], 2), "2 members by name");
        assert_eq!(audience(&[], 0), "Nobody yet");
    }

    #[test]
    fn an_unknown_picture_is_columns() {
        assert_eq!(icon("store"), "store");
        assert_eq!(icon("../secret"), "chart-column");
    }
}

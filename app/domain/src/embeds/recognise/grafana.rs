//! Grafana: dashboards and panels, without Grafana's own menus.

use super::super::pasted::PasteProblem;
use super::super::tool::{EmbedAccess, EmbedTool};
use super::board::{Address, Board, copy_instead, is_word, spoken};
use super::query;

const TOOL: EmbedTool = EmbedTool::Grafana;

pub(super) fn recognise(address: &Address) -> Option<Result<Board, PasteProblem>> {
    let shape = address.shape();
    let is_grafana =
        address.host_is(&["grafana.net"]) || address.host.split('.').any(|label| label.contains("grafana")) || shape.first() == Some(&"grafana");
    let rest = shape.strip_prefix(&["grafana"]).unwrap_or(&shape);
    match rest {
        ["public-dashboards", token] if is_word(token, 32) => Some(Ok(open(address))),
        ["dashboard", "snapshot", key] if is_word(key, 16) => Some(Ok(open(address))),
        ["d", id, slug @ ..] if is_word(id, 1) && slug.len() < 2 && (is_grafana || has_parameters(address)) => {
            Some(Ok(dashboard(address, slug.first().copied())))
        }
        ["d-solo", id, slug @ ..] if is_word(id, 1) && slug.len() < 2 => Some(Ok(panel(address, slug.first().copied()))),
        ["goto", ..] if is_grafana => copy_instead(
            TOOL,
            "This is a short link of Grafana, which cannot be shown in a frame. Open it, and copy the long address from the browser's address bar, or use Share, Embed.",
        ),
        _ if address.host_is(&["grafana.net"]) => copy_instead(
            TOOL,
            "This is a page of Grafana but not a dashboard. Open the dashboard, and copy its address, or use Share, Public dashboard.",
        ),
        _ => None,
    }
}

/// What Grafana's own addresses carry; another site's /d/… does not.
fn has_parameters(address: &Address) -> bool {
    address
        .url
        .query_pairs()
        .any(|(name, _)| ["orgId", "from", "to", "kiosk", "viewPanel", "refresh"].contains(&name.as_ref()) || name.starts_with("var-"))
}

fn open(address: &Address) -> Board {
    let mut url = address.url.clone();
    url.set_fragment(None);
    Board { access: Some(EmbedAccess::Public), ..Board::new(TOOL, url) }
}

fn dashboard(address: &Address, slug: Option<&str>) -> Board {
    let mut url = address.url.clone();
    query::keep(&mut url, |name| !["editPanel", "editview", "inspect", "kiosk"].contains(&name));
    query::add(&mut url, "kiosk");
    url.set_fragment(None);
    Board::new(TOOL, url).changed(&address.url, "Grafana's own menus were turned off with “kiosk”.").title(slug.and_then(spoken))
}

fn panel(address: &Address, slug: Option<&str>) -> Board {
    let mut url = address.url.clone();
    url.set_fragment(None);
    Board::new(TOOL, url).title(slug.and_then(spoken))
}

//! Looker: boards for people who sign in, and (with a secret) signed ones.

use super::super::pasted::PasteProblem;
use super::super::tool::EmbedTool;
use super::board::{Address, Board, copy_instead};
use super::query;

/// Kinds of pages that have an embedded form.
const KINDS: [&str; 7] = ["dashboards", "dashboards-next", "dashboards-legacy", "looks", "explore", "query", "query-visualization"];
/// Parameters that belong to one visit or one embedding page.
const DROPPED: [&str; 5] = ["embed_domain", "sdk", "allow_login_screen", "toggle", "embed_navigation_token"];

pub(super) fn recognise(address: &Address) -> Option<Result<Board, PasteProblem>> {
    let is_looker = address.host_is(&["looker.com", "looker.app"]) || address.host.split('.').any(|label| label.contains("looker"));
    match address.shape().as_slice() {
        ["login", "embed", path] => Some(signed(address, path)),
        ["embed", "sso" | "public" | "preload", ..] if !is_looker => None,
        ["embed", "sso", kind, rest @ ..] | ["embed", kind, rest @ ..] if is_page(kind, rest) => Some(Ok(private(address, kind, rest))),
        [kind, rest @ ..] if is_looker && is_page(kind, rest) => Some(Ok(private(address, kind, rest))),
        ["x", ..] if is_looker => copy_instead(
            EmbedTool::Looker,
            "This is a short link of Looker, which cannot be shown in a frame. Open it, and copy the long address from the browser's address bar.",
        ),
        _ if is_looker => copy_instead(
            EmbedTool::Looker,
            "This is a page of Looker but not a dashboard, a Look or an Explore. Open one, and copy its address, or use Get embed URL in its menu.",
        ),
        _ => None,
    }
}

fn is_page(kind: &str, rest: &[&str]) -> bool {
    let parts = if matches!(kind, "explore" | "query") { 2 } else { 1 };
    KINDS.contains(&kind) && rest.len() == parts && rest.iter().all(|part| *part != "." && *part != "..")
}

fn private(address: &Address, kind: &str, rest: &[&str]) -> Board {
    let mut url = address.url.clone();
    url.set_path(&format!("/embed/{kind}/{}", rest.join("/")));
    query::keep(&mut url, |name| !DROPPED.contains(&name));
    url.set_fragment(None);
    let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    Board::new(EmbedTool::Looker, url)
        .changed(&address.url, "The address was changed to the one that Looker shows in frames.")
        .resource("path", &path, None)
}

/// A signed address holds the path inside its own, encoded. Its signature is of one view only, so it is left out.
fn signed(address: &Address, encoded: &str) -> Result<Board, PasteProblem> {
    let inside = url::form_urlencoded::parse(format!("p={}", encoded.replace('+', "%2B")).as_bytes()).next().map(|(_, path)| path.into_owned());
    let page = inside
        .filter(|path| path.starts_with("/embed/"))
        .and_then(|path| address.url.join(&path).ok())
        .filter(|url| url.origin() == address.url.origin())
        .map(Address::new);
    let board = page.as_ref().and_then(recognise).and_then(Result::ok).filter(|board| board.tool == EmbedTool::Looker);
    let path = board.and_then(|board| board.resource).map(|resource| resource.id);
    let Some(path) = path else {
        let sentence = "This signed address of Looker does not name a dashboard. Open the dashboard in Looker, and use Get embed URL in its menu.";
        return Err(PasteProblem::CopyInstead { tool: EmbedTool::LookerSigned, sentence: sentence.to_owned() });
    };
    let url = address.with_path(&format!("/login/embed/{}", url::form_urlencoded::byte_serialize(path.as_bytes()).collect::<String>()));
    let board =
        Board::new(EmbedTool::LookerSigned, url).changed(&address.url, "The signature was left out: Tradepost makes a fresh one for every view.");
    Ok(board.resource("path", &path, None))
}

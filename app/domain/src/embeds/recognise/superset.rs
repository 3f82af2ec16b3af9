//! Superset: only dashboards with an embedded id of their own.

use super::super::pasted::PasteProblem;
use super::super::tool::EmbedTool;
use super::board::{Address, Board, copy_instead, is_uuid};
use super::query;

pub(super) fn recognise(address: &Address) -> Option<Result<Board, PasteProblem>> {
    let shape = address.shape();
    match shape.as_slice() {
        [front @ .., "embedded", id] if front.len() < 3 && is_uuid(id) => Some(Ok(board(address, id))),
        // Shown without Superset's own bars; whoever looks is signed in there, or it is open to all.
        ["superset", "dashboard", ..] if is_standalone(address) => Some(Ok(Board::new(EmbedTool::Generic, address.url.clone()))),
        ["superset", "dashboard", ..] | ["dashboard", "list"] => copy_instead(
            EmbedTool::SupersetEmbedded,
            "Superset does not show this address in frames. Open the dashboard, choose Embed dashboard in its menu, and paste the code that stands there (or https://…/embedded/ followed by the id).",
        ),
        _ => None,
    }
}

fn is_standalone(address: &Address) -> bool {
    address.query("standalone").is_some_and(|value| !["0", "false", ""].contains(&value.as_str()))
}

fn board(address: &Address, id: &str) -> Board {
    let mut url = address.url.clone();
    let path = address.url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    query::keep(&mut url, |name| !["guest_token", "guestToken", "token"].contains(&name));
    url.set_fragment(None);
    Board::new(EmbedTool::SupersetEmbedded, url).changed(&address.url, "Only what Superset needs of the address was kept.").resource(
        "dashboard",
        id,
        None,
    )
}

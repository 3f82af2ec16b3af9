//! Looker Studio: reports that Google shows in frames once embedding is turned on.

use super::super::pasted::PasteProblem;
use super::super::tool::EmbedTool;
use super::board::{Address, Board, copy_instead, is_word};
use super::query;

const TOOL: EmbedTool = EmbedTool::LookerStudio;
const HOST: &str = "lookerstudio.google.com";

pub(super) fn recognise(address: &Address) -> Option<Result<Board, PasteProblem>> {
    let is_google = address.host_is(&[HOST, "datastudio.google.com"]);
    let shape = without_account(address.shape());
    if !(is_google || address.is_loopback && shape.starts_with(&["embed", "reporting"])) {
        return None;
    }
    let shape = without_account(shape.strip_prefix(&["embed"]).map_or(shape.clone(), <[&str]>::to_vec));
    match shape.as_slice() {
        ["reporting", report, "page", page, ..] if is_word(report, 10) && is_word(page, 1) => Some(Ok(board(address, report, Some(page)))),
        ["reporting", report, ..] if is_word(report, 10) => Some(Ok(board(address, report, None))),
        ["s", ..] => copy_instead(
            TOOL,
            "This is a short link of Looker Studio, which cannot be shown in a frame. Open it, and copy the long address from the browser's address bar, or use File, Embed report.",
        ),
        _ => copy_instead(
            TOOL,
            "This is a page of Looker Studio but not a report. Open the report, and copy its address from the browser's address bar, or use File, Embed report.",
        ),
    }
}

/// Without `u/0`, which says which of several Google accounts is looking.
fn without_account(shape: Vec<&str>) -> Vec<&str> {
    match shape.as_slice() {
        ["u", account, rest @ ..] if account.chars().all(|c| c.is_ascii_digit()) => rest.to_vec(),
        _ => shape,
    }
}

fn board(address: &Address, report: &str, page: Option<&str>) -> Board {
    let mut url = address.url.clone();
    if !address.is_loopback && url.set_host(Some(HOST)).is_ok() {
        // Google's names for it have one port only.
        url.set_port(None).unwrap_or_default();
    }
    let page = page.map_or_else(String::new, |page| format!("/page/{page}"));
    url.set_path(&format!("/embed/reporting/{report}{page}"));
    query::keep(&mut url, |name| name == "params" || name == "config");
    url.set_fragment(None);
    Board::new(TOOL, url)
        .changed(&address.url, "The report's address was changed to the one that Looker Studio shows in frames.")
        .resource("report", report, None)
}

//! Tableau: views on Tableau Public, Cloud and Server.

use super::super::pasted::PasteProblem;
use super::super::tool::EmbedTool;
use super::board::{Address, Board, copy_instead, is_word, spoken};
use super::query;

const PUBLIC_HOST: &str = "public.tableau.com";
/// Parameters that Tableau adds for one visit, or that we set.
const DROPPED: [&str; 13] = [
    ":iid",
    ":embed",
    ":showVizHome",
    ":origin",
    ":display_count",
    ":sourceOrigin",
    ":linktarget",
    ":isGuestRedirectFromVizportal",
    ":original_view",
    ":language",
    ":redirect",
    ":sid",
    ":host_url",
];

pub(super) fn recognise(address: &Address) -> Option<Result<Board, PasteProblem>> {
    if address.host == PUBLIC_HOST {
        return public(address);
    }
    let (site, rest) = place(address);
    let is_tableau = address.host_is(&["online.tableau.com"]) || address.host.split('.').any(|label| label.contains("tableau"));
    let is_certain = is_tableau || site.is_some() || address.query(":iid").is_some() || address.query(":embed").is_some();
    match rest.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["views" | "authoring", workbook, sheet, more @ ..] if is_certain && is_part(workbook) && is_part(sheet) => {
            Some(Ok(view(address, site.as_deref(), workbook, sheet, more)))
        }
        _ if address.host_is(&["online.tableau.com"]) || is_tableau && site.is_some() => not_a_view(),
        _ => None,
    }
}

fn not_a_view() -> Option<Result<Board, PasteProblem>> {
    copy_instead(EmbedTool::Tableau, "This is a page of Tableau but not a view. Open the view, choose Share, and copy its link.")
}

/// The site and what follows it. The browser's bar has both behind a `#`.
fn place(address: &Address) -> (Option<String>, Vec<String>) {
    let behind = address.url.fragment().and_then(|fragment| fragment.strip_prefix('/')).filter(|_| address.parts.is_empty());
    let parts: Vec<String> = match behind {
        Some(fragment) => {
            fragment.split(['?', '#']).next().unwrap_or_default().split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
        }
        None => address.parts.clone(),
    };
    match parts.as_slice() {
        [word, site, rest @ ..] if (word == "site" && behind.is_some() || word == "t" && behind.is_none()) && is_part(site) => {
            (Some(site.clone()), rest.to_vec())
        }
        _ => (None, parts),
    }
}

fn is_part(text: &str) -> bool {
    !text.is_empty() && !text.contains(['?', '#', '/']) && text != "." && text != ".."
}

fn view(address: &Address, site: Option<&str>, workbook: &str, sheet: &str, more: &[&str]) -> Board {
    let mut url = address.url.clone();
    // Behind the `#`, the parameters are there too.
    if let Some((_, query)) = address.url.fragment().and_then(|fragment| fragment.split_once('?')).filter(|_| address.parts.is_empty()) {
        url.set_query(Some(query));
    }
    let site_path = site.map_or_else(String::new, |site| format!("/t/{site}"));
    // A custom view has two more parts: an id and a name.
    let custom = match more {
        [id, name] if is_word(id, 8) && is_part(name) => format!("/{id}/{name}"),
        _ => String::new(),
    };
    url.set_path(&format!("{site_path}/views/{workbook}/{sheet}{custom}"));
    as_embedded(&mut url);
    let tool = if address.is_loopback && site.is_none() { EmbedTool::TableauPublic } else { EmbedTool::Tableau };
    // As the address spells them now: what stood behind the `#` may have been spelt otherwise.
    let parts: Vec<String> = url.path_segments().into_iter().flatten().skip(if site.is_some() { 2 } else { 0 }).map(str::to_owned).collect();
    let name = parts.iter().skip(1).take(2).map(String::as_str).collect::<Vec<_>>().join("/");
    Board::new(tool, url)
        .changed(&address.url, "The view's address was changed to the one that Tableau shows in frames.")
        .title(parts.get(2).and_then(|sheet| spoken(sheet)))
        .resource("view", &name, site)
}

fn as_embedded(url: &mut url::Url) {
    url.set_fragment(None);
    query::keep(url, |name| !DROPPED.contains(&name));
    query::add(url, ":showVizHome=no");
    query::add(url, ":embed=y");
}

fn public(address: &Address) -> Option<Result<Board, PasteProblem>> {
    let shape = address.shape();
    // The language of the page comes first: /en-us/…
    let shape = match shape.as_slice() {
        [language, rest @ ..] if language.len() == 5 && language.as_bytes().get(2) == Some(&b'-') => rest.to_vec(),
        _ => shape,
    };
    let behind = address.url.fragment().and_then(|fragment| fragment.strip_prefix("!/vizhome/"));
    let behind: Vec<&str> = behind.map(|rest| rest.split(['?', '#']).next().unwrap_or_default().split('/').collect()).unwrap_or_default();
    let path = match (shape.as_slice(), behind.as_slice()) {
        (["profile", ..], [workbook, sheet, ..]) if is_part(workbook) && is_part(sheet) => format!("/views/{workbook}/{sheet}"),
        (["views" | "vizhome", workbook, sheet, ..], _)
        | (["app", "profile", _, "viz", workbook, sheet, ..] | ["profile", _, "viz", workbook, sheet, ..], _) => {
            format!("/views/{workbook}/{sheet}")
        }
        (["shared", code], _) if is_word(code, 6) => format!("/shared/{code}"),
        _ => {
            return copy_instead(
                EmbedTool::TableauPublic,
                "This is a page of Tableau Public but not a view. Open the view, choose Share below it, and copy the link or the embed code.",
            );
        }
    };
    let mut url = address.url.clone();
    url.set_path(&path);
    as_embedded(&mut url);
    let title = path.strip_prefix("/views/").and_then(|path| path.split('/').nth(1)).and_then(spoken);
    let board = Board::new(EmbedTool::TableauPublic, url)
        .changed(&address.url, "The view's address was changed to the one that Tableau Public shows in frames.");
    Some(Ok(board.title(title)))
}

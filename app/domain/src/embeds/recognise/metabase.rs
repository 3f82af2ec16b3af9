//! Metabase: public links as they are, everything else signed.

use super::super::pasted::PasteProblem;
use super::super::tool::EmbedTool;
use super::board::{Address, Board, copy_instead, is_uuid, spoken};
use super::query;
use crate::embeds::base64_url;

/// Settings of the look, which stand behind the `#`.
const SETTINGS: [&str; 11] =
    ["theme", "bordered", "titled", "refresh", "hide_parameters", "font", "hide_download_button", "background", "downloads", "locale", "night"];

pub(super) fn recognise(address: &Address) -> Option<Result<Board, PasteProblem>> {
    let shape = address.shape();
    // Metabase may live below a path of its own, such as /bi.
    for front in 0..shape.len().min(3) {
        let prefix = shape[..front].iter().map(|part| format!("/{part}")).collect::<String>();
        match &shape[front..] {
            ["public", kind @ ("dashboard" | "question"), id] if is_uuid(stem(id)) => return Some(Ok(public(address, &prefix, kind, stem(id)))),
            ["embed", kind @ ("dashboard" | "question"), token, ..] => return Some(embedded(address, &prefix, kind, token)),
            [kind @ ("dashboard" | "question"), slug, ..] => {
                if let Some((id, name)) = numbered(slug) {
                    return Some(Ok(from_address_bar(address, &prefix, kind, id, name)));
                }
            }
            _ => {}
        }
    }
    let is_metabase = address.host.split('.').any(|label| label.contains("metabase"));
    is_metabase.then(|| {
        copy_instead(
            EmbedTool::MetabaseSigned,
            "This is a page of Metabase but not a dashboard or a saved question. Open the dashboard and copy its address, or use Sharing, Embed or Public link.",
        )
    })?
}

fn public(address: &Address, prefix: &str, kind: &str, id: &str) -> Board {
    let mut url = address.url.clone();
    url.set_path(&format!("{prefix}/public/{kind}/{id}"));
    query::keep(&mut url, |name| name != "tab");
    query::keep_settings(&mut url, |name| SETTINGS.contains(&name));
    Board::new(EmbedTool::MetabasePublic, url).changed(&address.url, "The link was changed to the one of the board itself.")
}

fn embedded(address: &Address, prefix: &str, kind: &str, token: &str) -> Result<Board, PasteProblem> {
    let id = if is_number(token) { Some(token.to_owned()) } else { resource_in_token(token, kind) };
    let Some(id) = id else {
        let sentence =
            "The token in this Metabase address cannot be read. Open the dashboard in Metabase and copy its address from the browser's address bar.";
        return Err(PasteProblem::CopyInstead { tool: EmbedTool::MetabaseSigned, sentence: sentence.to_owned() });
    };
    Ok(signed(address, prefix, kind, &id).changed(&address.url, "The token was left out: Tradepost makes a fresh one for every view."))
}

fn from_address_bar(address: &Address, prefix: &str, kind: &str, id: &str, name: &str) -> Board {
    let sentence = format!(
        "Metabase shows the address of the browser's bar to signed-in people only, so {kind} {id} is embedded signed. In Metabase, publish it under Sharing, Embed, Static embedding."
    );
    signed(address, prefix, kind, id).changed(&address.url, &sentence).title(spoken(name))
}

fn signed(address: &Address, prefix: &str, kind: &str, id: &str) -> Board {
    let mut url = address.url.clone();
    url.set_path(&format!("{prefix}/embed/{kind}/{id}"));
    query::keep(&mut url, |name| name != "tab");
    query::keep_settings(&mut url, |name| SETTINGS.contains(&name));
    Board::new(EmbedTool::MetabaseSigned, url).resource(kind, id, None)
}

/// `42` or `42-weekly-sales`.
fn numbered(slug: &str) -> Option<(&str, &str)> {
    let (id, name) = slug.split_once('-').unwrap_or((slug, ""));
    is_number(id).then_some((id, name))
}

fn is_number(text: &str) -> bool {
    text.len() <= 10 && !text.starts_with('0') && !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// Without `.csv` and the like, which are downloads.
fn stem(id: &str) -> &str {
    id.split_once('.').filter(|(_, kind)| ["csv", "xlsx", "json"].contains(kind)).map_or(id, |(stem, _)| stem)
}

/// Which dashboard or question a token is for. It is only read, never trusted: we sign our own.
pub(super) fn resource_in_token(token: &str, kind: &str) -> Option<String> {
    let payload = base64_url::decode(token.split('.').nth(1)?)?;
    let json: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    json["resource"][kind].as_u64().map(|id| id.to_string()).filter(|id| is_number(id))
}

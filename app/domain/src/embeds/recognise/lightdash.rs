//! Lightdash: dashboards of a project, signed.

use super::super::pasted::PasteProblem;
use super::super::tool::EmbedTool;
use super::board::{Address, Board, copy_instead, is_uuid};
use crate::embeds::base64_url;

const TOOL: EmbedTool = EmbedTool::Lightdash;

pub(super) fn recognise(address: &Address) -> Option<Result<Board, PasteProblem>> {
    match address.shape().as_slice() {
        ["embed", project, "dashboard" | "dashboards", dashboard] if is_uuid(project) && is_uuid(dashboard) => {
            Some(Ok(board(address, project, dashboard)))
        }
        ["embed", project] if is_uuid(project) => Some(from_token(address, project)),
        ["projects", project, "dashboards", dashboard, ..] if is_uuid(project) && is_uuid(dashboard) => Some(Ok(board(address, project, dashboard))),
        ["projects", project, ..] if is_uuid(project) || address.host_is(&["lightdash.cloud"]) => not_a_dashboard(),
        _ if address.host_is(&["lightdash.cloud"]) => not_a_dashboard(),
        _ => None,
    }
}

fn not_a_dashboard() -> Option<Result<Board, PasteProblem>> {
    copy_instead(TOOL, "Lightdash shows only dashboards in frames. Open the dashboard, and copy its address from the browser's address bar.")
}

/// The fragment is a token; it is read for the dashboard it names, and left out.
fn from_token(address: &Address, project: &str) -> Result<Board, PasteProblem> {
    let payload = address.url.fragment().and_then(|token| token.split('.').nth(1)).and_then(base64_url::decode);
    let json: Option<serde_json::Value> = payload.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let id = json.as_ref().and_then(|json| json["content"]["dashboardUuid"].as_str()).filter(|id| is_uuid(id));
    let sentence = "This Lightdash address does not say which dashboard. Open the dashboard, and copy its address from the browser's address bar.";
    id.map(|id| board(address, project, id)).ok_or_else(|| PasteProblem::CopyInstead { tool: TOOL, sentence: sentence.to_owned() })
}

fn board(address: &Address, project: &str, dashboard: &str) -> Board {
    let url = address.with_path(&format!("/embed/{project}/dashboard/{dashboard}"));
    Board::new(TOOL, url)
        .changed(&address.url, "The address was changed to the one that Lightdash shows in frames; Tradepost adds a fresh token for every view.")
        .resource("dashboard", dashboard, Some(project))
}

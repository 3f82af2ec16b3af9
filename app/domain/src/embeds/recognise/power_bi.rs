//! Power BI: published to the web, with sign-in, and (with a secret) for an app that owns its data.

use super::super::pasted::PasteProblem;
use super::super::tool::EmbedTool;
use super::board::{Address, Board, copy_instead, is_uuid, is_word};
use super::query;
use crate::embeds::base64_url;

const HOST: &str = "app.powerbi.com";
const HOSTS: [&str; 6] = [HOST, "app.fabric.microsoft.com", "app.powerbigov.us", "app.high.powerbigov.us", "app.mil.powerbigov.us", "app.powerbi.cn"];
/// What a secure embed keeps of its parameters.
const KEPT: [&str; 9] = ["reportId", "groupId", "appId", "ctid", "config", "pageName", "$filter", "filterPaneEnabled", "navContentPaneEnabled"];

pub(super) fn recognise(address: &Address) -> Option<Result<Board, PasteProblem>> {
    let is_microsoft = HOSTS.contains(&address.host.as_str());
    match address.shape().as_slice() {
        ["view"] if is_microsoft || address.is_loopback && address.query("r").is_some() => Some(public(address)),
        ["reportEmbed"] if is_microsoft || address.is_loopback => Some(secure(address)),
        _ if !is_microsoft => None,
        ["groups", group, "reports", report, rest @ ..] if is_uuid(report) => {
            Some(Ok(from_workspace(address, group, None, report, rest.first().copied())))
        }
        ["groups", "me", "apps", app, "reports", report, rest @ ..] if is_uuid(report) && is_uuid(app) => {
            Some(Ok(from_workspace(address, "me", Some(app), report, rest.first().copied())))
        }
        ["groups", _, "rdlreports", ..] | ["rdlEmbed"] => copy_instead(
            EmbedTool::PowerBiSecure,
            "Paginated reports of Power BI are not shown here. Open an ordinary report, and use File, Embed report, Website or portal.",
        ),
        ["groups", _, "dashboards", ..] | ["dashboardEmbed"] => copy_instead(
            EmbedTool::PowerBiSecure,
            "This is a dashboard of Power BI; only reports are shown here. Open the report behind it, and use File, Embed report, Website or portal.",
        ),
        ["links", ..] => copy_instead(
            EmbedTool::PowerBiSecure,
            "This is a share link of Power BI, which cannot be shown in a frame. Open it, then use File, Embed report, Website or portal, and copy that link.",
        ),
        _ => copy_instead(
            EmbedTool::PowerBiSecure,
            "This is a workspace or another page of Power BI, not a report. Open the report, then use File, Embed report, Website or portal, and copy that link.",
        ),
    }
}

fn public(address: &Address) -> Result<Board, PasteProblem> {
    let code = address.query("r").unwrap_or_default();
    if !names_a_report(&code) {
        let sentence = "This publish-to-web link of Power BI is not whole. Copy it again: File, Embed report, Publish to web.";
        return Err(PasteProblem::CopyInstead { tool: EmbedTool::PowerBiPublic, sentence: sentence.to_owned() });
    }
    let mut url = address.url.clone();
    query::keep(&mut url, |name| ["r", "pageName", "ctid"].contains(&name));
    url.set_fragment(None);
    Ok(Board::new(EmbedTool::PowerBiPublic, url).changed(&address.url, "Parameters that Power BI does not need were left out."))
}

/// The code is JSON in base64 with a key and a tenant.
fn names_a_report(code: &str) -> bool {
    let json = base64_url::decode(code).and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    json.is_some_and(|json| ["k", "t"].iter().all(|name| json[*name].as_str().is_some_and(is_uuid)))
}

fn secure(address: &Address) -> Result<Board, PasteProblem> {
    let Some(report) = address.query("reportId").filter(|id| is_uuid(id)) else {
        let sentence = "This address of Power BI does not say which report. Open the report, then use File, Embed report, Website or portal, and copy that link.";
        return Err(PasteProblem::CopyInstead { tool: EmbedTool::PowerBiSecure, sentence: sentence.to_owned() });
    };
    let mut url = address.url.clone();
    query::keep(&mut url, |name| KEPT.contains(&name) || name == "autoAuth");
    url.set_fragment(None);
    if address.query("autoAuth").as_deref() != Some("true") {
        query::keep(&mut url, |name| name != "autoAuth");
        query::add(&mut url, "autoAuth=true");
    }
    let group = address.query("groupId").filter(|id| is_uuid(id));
    let board = Board::new(EmbedTool::PowerBiSecure, url).changed(&address.url, "The address was changed so that Power BI asks viewers to sign in.");
    Ok(board.resource("report", &report, group.as_deref()))
}

fn from_workspace(address: &Address, group: &str, app: Option<&str>, report: &str, page: Option<&str>) -> Board {
    let mut url = address.with_path("/reportEmbed");
    if address.host == "app.fabric.microsoft.com" && url.set_host(Some(HOST)).is_ok() {
        url.set_port(None).unwrap_or_default();
    }
    query::add(&mut url, &format!("reportId={report}"));
    let group = Some(group).filter(|group| is_uuid(group));
    for (name, value) in [("groupId", group), ("appId", app), ("pageName", page.filter(|page| is_word(page, 1)))] {
        if let Some(value) = value {
            query::add(&mut url, &format!("{name}={value}"));
        }
    }
    if let Some(tenant) = address.query("ctid").filter(|id| is_uuid(id)) {
        query::add(&mut url, &format!("ctid={tenant}"));
    }
    query::add(&mut url, "autoAuth=true");
    Board::new(EmbedTool::PowerBiSecure, url)
        .changed(&address.url, "The report's address in its workspace was changed to the one that Power BI shows in frames.")
        .resource("report", report, group)
}

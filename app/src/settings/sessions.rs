use crate::settings::api::list_sessions;
use crate::settings::{EndSession, SignOutEverywhere};
use crate::ui::{Badge, Button, ButtonKind, Card, Instant, Loaded, Table, Tone, toast_results};
use domain::accounts::SessionSummary;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Where one is signed in, and the way out of each.
#[component]
pub(crate) fn Sessions() -> impl IntoView {
    let end = ServerAction::<EndSession>::new();
    let everywhere = ServerAction::<SignOutEverywhere>::new();
    toast_results(end, "Session ended");
    let sessions = Resource::new(move || end.version().get(), |_| list_sessions());
    let table = move |sessions: Vec<SessionSummary>| {
        let rows = sessions.into_iter().map(|session| view! { <SessionRow session end /> }).collect_view();
        view! { <Table caption="Your sessions" headings=vec!["Device", "Signed in", "Last used", ""]>{rows}</Table> }.into_any()
    };
    view! {
        <Card title="Where you are signed in">
            <ActionForm action=everywhere>
                <Button kind=ButtonKind::Danger icon="log-out" submit=true busy=everywhere.pending()>"Sign out everywhere, here too"</Button>
            </ActionForm>
            <Loaded resource=sessions render=table />
        </Card>
    }
}

#[component]
fn SessionRow(session: SessionSummary, end: ServerAction<EndSession>) -> impl IntoView {
    let SessionSummary { id, user_agent, created_at, last_used_at, is_current } = session;
    let device = device(&user_agent);
    let action = if is_current {
        view! { <Badge tone=Tone::Good>"This one"</Badge> }.into_any()
    } else {
        let label = format!("End the session of {device}");
        view! {
            <ActionForm action=end attr:class="row">
                <input type="hidden" name="id" value=id.to_string() />
                <Button kind=ButtonKind::Secondary submit=true attr:aria-label=label>"End"</Button>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <tr>
            <td title=user_agent>{device}</td>
            <td class="nowrap"><Instant at=created_at /></td>
            <td class="nowrap"><Instant at=last_used_at /></td>
            <td><div class="row">{action}</div></td>
        </tr>
    }
}

/// A browser and a system in words, from what a browser says of itself. The order matters: most of them also name others.
fn device(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
    let browser = find(&[("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) if user_agent.is_empty() => "Unknown device".to_owned(),
        (None, None) => user_agent.chars().take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn browsers_are_told_apart_by_their_own_words() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36 Edg/156.0";
        assert_eq!(device(edge), "Edge on Windows");
        assert_eq!(device("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1"), "Safari on iPhone");
        assert_eq!(device("curl/8.5"), "curl/8.5");
        assert_eq!(device(""), "Unknown device");
    }
}

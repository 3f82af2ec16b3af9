use crate::session::use_session;
use crate::settings::api::list_audit;
use crate::ui::{DeniedState, EmptyState, Instant, LinkButton, Loaded, PageHead, Table, sentence};
use domain::Permission;
use domain::accounts::AuditEntry;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// How many entries the server gives at once.
const PAGE: usize = 100;

/// Who did what that matters for the shop's safety. The place in the log stands in the address.
#[component]
pub fn AuditPage() -> impl IntoView {
    let session = use_session();
    view! {
        <PageHead title="Audit log" lead="Who signed in, invited, changed roles or keys, newest first".to_owned() />
        <Show when=move || session.can(Permission::SeeAudit) fallback=|| view! { <DeniedState permission=Permission::SeeAudit /> }>
            <Entries />
        </Show>
    }
}

#[component]
fn Entries() -> impl IntoView {
    let query = use_query_map();
    let before = Memo::new(move |_| query.with(|query| query.get("before").and_then(|before| before.parse::<i64>().ok())));
    let entries = Resource::new(move || before.get(), list_audit);
    let table = |entries: Vec<AuditEntry>| {
        let Some(oldest) = entries.last().map(|entry| entry.at) else {
            return view! { <EmptyState title="Nothing further back" text="The log begins with the shop." icon="scroll-text" /> }.into_any();
        };
        let has_more = entries.len() >= PAGE;
        let rows = entries.into_iter().map(|entry| view! { <EntryRow entry /> }).collect_view();
        view! {
            <Table caption="Audit log" headings=vec!["When", "Who", "What", "About", "From"]>{rows}</Table>
            {has_more.then(|| view! { <p class="after-table"><LinkButton href=format!("?before={oldest}")>"Older entries"</LinkButton></p> })}
        }
        .into_any()
    };
    view! { <Loaded resource=entries render=table lines=8 /> }
}

#[component]
fn EntryRow(entry: AuditEntry) -> impl IntoView {
    let AuditEntry { at, actor, action, subject, address } = entry;
    let actor = if actor.is_empty() { "Tradepost".to_owned() } else { actor };
    view! {
        <tr>
            <td class="nowrap"><Instant at /></td>
            <td>{actor}</td>
            <td class="nowrap" title=action.clone()>{in_words(&action)}</td>
            <td>{subject}</td>
            <td class="nowrap">{address}</td>
        </tr>
    }
}

/// An action as words; one that is new is read off its own name.
fn in_words(action: &str) -> String {
    let words = match action {
        "api_key.created" => "Made an API key",
        "api_key.revoked" => "Revoked an API key",
        "invitation.revoked" => "Withdrew an invitation",
        "member.invited" => "Invited",
        "member.joined" => "Joined",
        "member.removed" => "Removed a member",
        "member.role_changed" => "Changed a role",
        "password.changed" => "Changed the password",
        "password.reset" => "Reset the password",
        "password.reset_requested" => "Asked to reset the password",
        "session.ended" => "Ended a session",
        "session.sign_in_failed" => "Failed to sign in",
        "session.signed_in" => "Signed in",
        "session.signed_out" => "Signed out",
        "session.signed_out_everywhere" => "Signed out everywhere",
        "session.token_reused" => "Used an old token",
        "shop.changed" => "Changed the shop",
        "shop.created" => "Opened the shop",
        other => return sentence(&other.replace(['.', '_'], " ")).trim_end_matches('.').to_owned(),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn an_action_reads_as_words_even_when_it_is_new() {
        assert_eq!(in_words("session.signed_in"), "Signed in");
        assert_eq!(in_words("board.shared"), "Board shared");
    }
}

//! Who sees a board: roles of the shop, and whoever has one of its public links.

use super::address::view_of;
use super::audience_form::AudienceForm;
use super::dashboard_page::use_key;
use super::filters::in_words;
use super::links_api::{CreateLink, RevokeLink, list_links};
use crate::session::use_session;
use crate::settings::Confirm;
use crate::ui::{
    Badge, Button, ButtonKind, Card, Choice, ChoiceGroup, CopyField, DeniedState, EmptyState, FormErrors, FormProblem, Instant, LinkButton, Loaded,
    Notice, PageHead, SelectField, Table, TextField, Tone, checked, last_made, toast_results,
};
use domain::dashboards::{BoardKey, CreatedLink, LinkState, LinkSummary};
use domain::range::RangeChoice;
use domain::{AppError, Permission, format};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// For how many days a link may be made.
const LIVES: [(u32, &str); 6] = [(1, "1 day"), (7, "7 days"), (30, "30 days"), (90, "90 days"), (180, "180 days"), (366, "A year")];

/// Which members see a board, and who sees it without being one.
#[component]
pub fn SharingPage() -> impl IntoView {
    let session = use_session();
    let key = use_key();
    let query = query_string();
    let back = move || key.get().map_or_else(|| "/boards".to_owned(), |key| format!("/dashboards/{key}{}", prefixed(&query.get())));
    view! {
        <PageHead title="Share this board" lead="Whoever has a link sees the board as a viewer does, with the days and filters it was made with".to_owned()>
            <LinkButton href=Signal::derive(back) icon="arrow-left">"Back to the board"</LinkButton>
        </PageHead>
        <Show when=move || session.can(Permission::BuildBoards) fallback=|| view! { <DeniedState permission=Permission::BuildBoards /> }>
            <AudienceForm key />
            <Links key query />
        </Show>
    }
}

fn query_string() -> Memo<String> {
    let search = use_location().search;
    Memo::new(move |_| search.with(|search| view_of(search).to_query()))
}

fn prefixed(query: &str) -> String {
    if query.is_empty() { String::new() } else { format!("?{query}") }
}

#[component]
fn Links(key: Memo<Option<BoardKey>>, query: Memo<String>) -> impl IntoView {
    let (create, revoke) = (ServerAction::<CreateLink>::new(), ServerAction::<RevokeLink>::new());
    toast_results(revoke, "Link closed; it opens nothing any more");
    let load = |key: Option<BoardKey>| async move { list_links(key.ok_or_else(|| AppError::not_found("board"))?).await };
    let links = Resource::new(move || (key.get(), create.version().get(), revoke.version().get()), move |(key, ..)| load(key));
    let to_revoke = RwSignal::new(None::<LinkSummary>);
    let table = move |links: Vec<LinkSummary>| {
        if links.is_empty() {
            let text = "Make one for a screen in the shop, a partner without an account, or a page of your own site.";
            return view! { <EmptyState title="No links yet" text icon="link" /> }.into_any();
        }
        let rows = links.into_iter().map(|link| view! { <LinkRow link to_revoke /> }).collect_view();
        view! { <Table caption="Links" headings=vec!["Name", "Shows", "State", "Until", "#Opened", "Made", ""]>{rows}</Table> }.into_any()
    };
    view! {
        <Card title="Make a link">
            {move || key.get().map(|key| view! { <CreateForm key query create /> })}
        </Card>
        <Card title="Links">
            <Loaded resource=links render=table />
        </Card>
        <Confirm
            id="revoke-link"
            title="Close this link?"
            what=to_revoke
            says=|link: &LinkSummary| format!("“{}” opens nothing from now on, wherever it was sent or built in. It cannot be opened again; you can make a new one.", link.name)
            verb="Close"
            on_yes=Callback::new(move |link: LinkSummary| {
                revoke.dispatch(RevokeLink { key: link.board, id: link.id });
            })
        />
    }
}

#[component]
fn CreateForm(key: BoardKey, query: Memo<String>, create: ServerAction<CreateLink>) -> impl IntoView {
    let errors = FormErrors::of(create);
    let check = errors.check(|call: &CreateLink| checked(&call.input));
    let lives = vec![ChoiceGroup { label: String::new(), choices: LIVES.map(|(days, label)| Choice::new(days.to_string(), label)).to_vec() }];
    let made = last_made(create, "make-link");
    view! {
        <ActionForm action=create attr:id="make-link" attr:class="stack" attr:novalidate=true on:submit:capture=check>
            <FormProblem errors />
            <input type="hidden" name="key" value=key.to_string() />
            <input type="hidden" name="input[view]" value=move || query.get() />
            <p class="field-hint">
                {move || format!("It shows {}, and nobody can choose anything else with it. To share other days, choose them on the board first.", shown(&query.get()))}
            </p>
            <div class="form-inline">
                <TextField label="Where or for whom it is" name="input[name]" placeholder="Screen in the shop" required=true error=errors.field("name") />
                <SelectField label="Works for" name="input[days]" groups=lives selected="30".to_owned() />
                <Button kind=ButtonKind::Primary submit=true busy=create.pending()>"Make the link"</Button>
            </div>
        </ActionForm>
        {move || made.get().map(|made| view! { <Made made /> })}
    }
}

/// The new link, once.
#[component]
fn Made(made: CreatedLink) -> impl IntoView {
    let CreatedLink { link, url, embed_code, embed_origins } = made;
    // Code that no site may use would only lead to an empty frame.
    let on_sites = if embed_origins.is_empty() {
        let words = "No other site may show it yet. Ask whoever runs this installation to allow yours; then make a link here again.";
        view! { <p class="field-hint">{words}</p> }.into_any()
    } else {
        view! {
            <p>"For a page of your own site:"</p>
            <CopyField label="HTML for your own site" text=embed_code />
            <p class="field-hint">{format!("These sites may show it: {}.", embed_origins.join(", "))}</p>
        }
        .into_any()
    };
    view! {
        <Notice tone=Tone::Good live=true>
            <p>{format!("The link “{}”. Copy it now: it is shown only this once.", link.name)}</p>
            <CopyField label="Address of the link" text=url.clone() />
            <p>
                <a class="button button-quiet" href=url target="_blank" rel="noopener">"Open it"</a>
            </p>
            {on_sites}
        </Notice>
    }
}

#[component]
fn LinkRow(link: LinkSummary, to_revoke: RwSignal<Option<LinkSummary>>) -> impl IntoView {
    let LinkSummary { name, view, state, created_by, created_at, expires_at, last_used_at, uses, .. } = link.clone();
    let (tone, word, why) = match state {
        LinkState::Open => (Tone::Good, "Open", None),
        LinkState::Expired => (Tone::Neutral, "Expired", None),
        LinkState::Revoked => (Tone::Neutral, "Closed", None),
        LinkState::Orphaned => (Tone::Warning, "Stopped", Some("Whoever made it may no longer build boards, or see this one")),
    };
    let may_close = matches!(state, LinkState::Open | LinkState::Orphaned);
    let label = format!("Close {name}");
    view! {
        <tr>
            <td>{name}</td>
            <td>{shown(&view)}</td>
            <td>
                <Badge tone>{word}</Badge>
                {why.map(|why| view! { <small class="link-why">{why}</small> })}
            </td>
            <td class="nowrap"><Instant at=expires_at /></td>
            <td class="number">
                {format::number(uses)} {last_used_at.map(|at| view! { <small class="link-why">"last "<Instant at /></small> })}
            </td>
            <td><span class="nowrap"><Instant at=created_at /></span><small class="link-why">{created_by}</small></td>
            <td>
                {may_close.then(|| view! {
                    <Button kind=ButtonKind::Danger attr:aria-label=label on:click=move |_| to_revoke.set(Some(link.clone()))>"Close"</Button>
                })}
            </td>
        </tr>
    }
}

/// What a link shows, in words.
fn shown(query: &str) -> String {
    let view = view_of(query);
    let days = match view.range {
        None => "the days the board shows by itself".to_owned(),
        Some(RangeChoice::Preset(preset)) => preset.label().to_lowercase(),
        Some(RangeChoice::Custom(range)) => format::range(range),
    };
    [vec![days], in_words(&view.filters)].concat().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_link_shows_is_said_before_it_is_made() {
        assert_eq!(shown(""), "the days the board shows by itself");
        assert_eq!(shown("range=30d&country=GB&country=DE"), "last 30 days · Country: United Kingdom, Germany");
        assert_eq!(shown("range=2011-12-01..2011-12-09"), "1 – 9 Dec 2011");
    }
}

use crate::session::use_session;
use crate::settings::api::list_members;
use crate::settings::invitations::Invitations;
use crate::settings::role_select::{capital, role_groups, roles_to_give};
use crate::settings::{ChangeRole, Confirm, RemoveMember, StoreInput};
use crate::ui::{Badge, Button, ButtonKind, DeniedState, Instant, Loaded, PageHead, Select, Table, toast_results};
use domain::accounts::MemberSummary;
use domain::{Permission, Role};
use leptos::prelude::*;

/// Who may see the shop, and with which role.
#[component]
pub fn MembersPage() -> impl IntoView {
    let session = use_session();
    view! {
        <PageHead title="Members" lead="Who can see this shop, and what each of them may do".to_owned() />
        <Show
            when=move || session.can(Permission::ManageMembers)
            fallback=|| view! { <DeniedState permission=Permission::ManageMembers /> }
        >
            <Members />
            <Invitations />
        </Show>
    }
}

#[component]
fn Members() -> impl IntoView {
    let change = ServerAction::<ChangeRole>::new();
    let remove = ServerAction::<RemoveMember>::new();
    toast_results(change, "Role changed");
    toast_results(remove, "Member removed");
    let members = Resource::new(move || (change.version().get(), remove.version().get()), |_| list_members());
    let to_remove = RwSignal::new(None::<MemberSummary>);
    let table = move |members: Vec<MemberSummary>| {
        let rows = members.into_iter().map(|member| view! { <MemberRow member change to_remove /> }).collect_view();
        let headings = vec!["E-mail address", "Role", "Store", "Since", ""];
        view! {
            <Table caption="Members" headings>{rows}</Table>
            <p class="field-hint">
                "Boards of other tools can be locked to a member's store, so that each sees their own. Write it as the tool spells it; empty for none."
            </p>
        }
        .into_any()
    };
    view! {
        <Loaded resource=members render=table />
        <Confirm
            id="remove-member"
            title="Remove this member?"
            what=to_remove
            says=|member: &MemberSummary| {
                format!("{} loses access to this shop at once and is signed out of it. What they uploaded stays.", member.email)
            }
            verb="Remove"
            on_yes=Callback::new(move |member: MemberSummary| {
                remove.dispatch(RemoveMember { user_id: member.user_id });
            })
        />
    }
}

#[component]
fn MemberRow(member: MemberSummary, change: ServerAction<ChangeRole>, to_remove: RwSignal<Option<MemberSummary>>) -> impl IntoView {
    let session = use_session();
    let own_role = session.role();
    let is_self = session.me().user_id == Some(member.user_id);
    let MemberSummary { user_id, email, role, joined_at, store } = member.clone();
    let may_touch = role < Role::Owner || session.can(Permission::ManageOwners);
    let choose = move |event| {
        if let Some(role) = roles_to_give(own_role).find(|role| role.as_str() == event_target_value(&event)) {
            change.dispatch(ChangeRole { user_id, role });
        }
    };
    let role_cell = if may_touch && !is_self {
        let label = format!("Role of {email}");
        view! {
            <Select
                id=format!("role-{user_id}")
                name="role"
                groups=role_groups(own_role)
                selected=role.as_str().to_owned()
                attr:aria-label=label
                on:change=choose
            />
        }
        .into_any()
    } else {
        view! { <span>{capital(role)}</span> }.into_any()
    };
    view! {
        <tr>
            <td>
                <span class="row">{email.clone()} {is_self.then(|| view! { <Badge>"You"</Badge> })}</span>
            </td>
            <td>{role_cell}</td>
            <td><StoreInput user_id email=email.clone() store /></td>
            <td class="nowrap"><Instant at=joined_at /></td>
            <td>
                <div class="row">
                    {(may_touch && !is_self)
                        .then(|| {
                            view! {
                                <Button kind=ButtonKind::Danger attr:aria-label=format!("Remove {email}") on:click=move |_| to_remove.set(Some(member.clone()))>
                                    "Remove"
                                </Button>
                            }
                        })}
                </div>
            </td>
        </tr>
    }
}

//! Who may see a board: a choice of four, and single roles and members behind the last.

use super::draft::Draft;
use crate::settings::capital;
use crate::ui::{Checkbox, Choice, ChoiceGroup, Field, Select};
use domain::accounts::MemberSummary;
use domain::{AppError, Role};
use leptos::prelude::*;

const CHOICES: [(&str, &str); 4] = [
    ("viewer", "Everybody in the shop"),
    ("analyst", "Analysts, admins and owners"),
    ("admin", "Admins and owners"),
    ("chosen", "Only roles and members I choose"),
];

/// All roles from one upwards.
fn from(lowest: Role) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| *role >= lowest).collect()
}

/// The choice that stands for some roles.
fn choice_of(roles: &[Role], members: usize) -> &'static str {
    let lowest = roles.iter().min().copied().filter(|lowest| members == 0 && from(*lowest).len() == roles.len());
    match lowest {
        Some(Role::Viewer) => "viewer",
        Some(Role::Analyst) => "analyst",
        Some(Role::Admin) => "admin",
        _ => "chosen",
    }
}

/// The third field.
#[component]
pub(super) fn Audience(draft: Draft, members: Resource<Result<Vec<MemberSummary>, AppError>>) -> impl IntoView {
    let choice = RwSignal::new(draft.roles.with_untracked(|roles| choice_of(roles, draft.members.with_untracked(Vec::len))).to_owned());
    let choose = move |event| {
        let chosen = event_target_value(&event);
        if let Some(lowest) = Role::ALL.into_iter().find(|role| role.as_str() == chosen) {
            draft.roles.set(from(lowest));
            draft.members.set(Vec::new());
        }
        choice.set(chosen);
    };
    let choices = CHOICES.map(|(value, label)| Choice::new(value, label)).to_vec();
    view! {
        <Field id="board-audience" label="Who may see it">
            <Select id="board-audience" name="" groups=vec![ChoiceGroup { label: String::new(), choices }] selected=choice on:change=choose />
        </Field>
        <div class="stack" hidden=move || choice.with(|choice| choice != "chosen")>
            <fieldset class="choice-set">
                <legend>"Roles"</legend>
                {Role::ALL.map(|role| view! { <RoleBox draft role /> }).collect_view()}
            </fieldset>
            <fieldset class="choice-set">
                <legend>"Members, whatever their role"</legend>
                <Suspense fallback=|| view! { <span class="soft">"Looking up the members…"</span> }>
                    {move || members.get().map(|members| match members {
                        Ok(members) => members.into_iter().map(|member| view! { <MemberBox draft member /> }).collect_view().into_any(),
                        Err(error) => view! { <span class="soft">{crate::ui::sentence(&error.message)}</span> }.into_any(),
                    })}
                </Suspense>
            </fieldset>
        </div>
    }
}

#[component]
fn RoleBox(draft: Draft, role: Role) -> impl IntoView {
    let checked = Signal::derive(move || draft.roles.with(|roles| roles.contains(&role)));
    let on_change = Callback::new(move |is_on: bool| {
        draft.roles.update(|roles| {
            roles.retain(|other| *other != role);
            if is_on {
                roles.push(role);
            }
        });
    });
    view! { <Checkbox name=format!("role-{role}", role = role.as_str()) label=capital(role) checked on_change /> }
}

#[component]
fn MemberBox(draft: Draft, member: MemberSummary) -> impl IntoView {
    let MemberSummary { user_id, email, .. } = member;
    let checked = Signal::derive(move || draft.members.with(|members| members.contains(&user_id)));
    let on_change = Callback::new(move |is_on: bool| {
        draft.members.update(|members| {
            members.retain(|other| *other != user_id);
            if is_on {
                members.push(user_id);
            }
        });
    });
    view! { <Checkbox name=format!("member-{user_id}") label=email checked on_change /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_from_one_upwards_are_one_choice() {
        assert_eq!(choice_of(&Role::ALL, 0), "viewer");
        assert_eq!(choice_of(&[Role::Owner, Role::Admin], 0), "admin");
        assert_eq!(choice_of(&[Role::Viewer, Role::Owner], 0), "chosen");
        assert_eq!(choice_of(&Role::ALL, 1), "chosen");
        assert_eq!(choice_of(&[], 0), "chosen");
    }
}

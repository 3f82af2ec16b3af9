//! Which roles see a board of the shop's own.

use super::boards_api::{ShareDashboard, list_dashboards};
use crate::ui::{Button, ButtonKind, Card, Checkbox, Loaded, toast_results};
use domain::Role;
use domain::dashboards::{BoardKey, BoardSummary};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Two boxes: whoever may manage the shop sees every board.
#[component]
pub(super) fn AudienceForm(key: Memo<Option<BoardKey>>) -> impl IntoView {
    let share = ServerAction::<ShareDashboard>::new();
    toast_results(share, "Saved who sees this board");
    let boards = Resource::new(move || (share.version().get(), key.get()), |_| list_dashboards());
    let form = move |boards: Vec<BoardSummary>| {
        let board = boards.into_iter().find(|board| Some(board.key) == key.get_untracked());
        match board {
            Some(BoardSummary { key: BoardKey::Own(id), roles, .. }) => view! {
                <ActionForm action=share attr:id="audience" attr:class="stack">
                    <input type="hidden" name="key" value=id.to_string() />
                    <fieldset class="radio-group">
                        <legend>"Beside its author, admins and owners"</legend>
                        <Checkbox name="viewers" label="Viewers" checked=roles.contains(&Role::Viewer) />
                        <Checkbox name="analysts" label="Analysts" checked=roles.contains(&Role::Analyst) />
                    </fieldset>
                    <p class="field-hint">"To everybody else it is not there: neither in lists, nor in the search, nor by its address."</p>
                    <div>
                        <Button kind=ButtonKind::Secondary submit=true busy=share.pending()>"Save"</Button>
                    </div>
                </ActionForm>
            }
            .into_any(),
            Some(_) => view! { <p class="field-hint">"Everybody in the shop: this board comes with the product. Make a copy of it to choose."</p> }
                .into_any(),
            None => view! { <p class="field-hint">"This board is not there any more."</p> }.into_any(),
        }
    };
    view! {
        <Card title="Who in the shop sees it">
            <Loaded resource=boards render=form />
        </Card>
    }
}

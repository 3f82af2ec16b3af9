//! What can be done with a board of the shop's own: changing, putting away, removing, going back.

use super::boards_api::{ArchiveDashboard, DeleteDashboard};
use super::history::History;
use super::links_api::list_links;
use crate::settings::Confirm;
use crate::ui::{Button, ButtonKind, LinkButton, toast_results};
use domain::dashboards::{BoardKey, LinkState};
use domain::format;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// What a person is about to do to a board.
#[derive(Clone)]
struct Asked {
    title: String,
    removes: bool,
    /// Public links that work now; `None` where that could not be found out.
    links: Option<usize>,
}

impl Asked {
    fn says(&self) -> String {
        let Self { title, removes, links } = self;
        let stop = match *links {
            None => " Public links to it, if there are any, stop working.".to_owned(),
            Some(0) => String::new(),
            Some(links) => format!(" {}.", format::counted(links as i64, "public link to it stops working", "public links to it stop working")),
        };
        let what = if *removes {
            format!("“{title}” goes for everybody, with its earlier versions. The figures themselves stay.")
        } else {
            format!("“{title}” is put away until somebody takes it out again.")
        };
        format!("{what}{stop}")
    }
}

#[component]
pub(super) fn OwnActions(key: BoardKey, title: String, is_archived: bool) -> impl IntoView {
    let (delete, archive) = (ServerAction::<DeleteDashboard>::new(), ServerAction::<ArchiveDashboard>::new());
    toast_results(delete, "Board removed");
    toast_results(archive, if is_archived { "Board taken out again" } else { "Board put away" });
    let navigate = use_navigate();
    Effect::new(move |_| {
        let is_done = matches!(delete.value().get(), Some(Ok(()))) || matches!(archive.value().get(), Some(Ok(())));
        if is_done {
            navigate("/boards", NavigateOptions::default());
        }
    });
    let asked = RwSignal::new(None::<Asked>);
    let does = Callback::new(move |asked: Asked| {
        if asked.removes {
            delete.dispatch(DeleteDashboard { key });
        } else {
            archive.dispatch(ArchiveDashboard { key, is_archived: true });
        }
    });
    // How many links go with it is looked up when it is wanted.
    let ask = Action::new(move |(title, removes): &(String, bool)| {
        let (title, removes) = (title.clone(), *removes);
        async move {
            let links = list_links(key).await.ok().map(|links| links.iter().filter(|link| link.state == LinkState::Open).count());
            let question = Asked { title, removes, links };
            if removes || links != Some(0) {
                let _ = asked.try_set(Some(question));
            } else {
                does.try_run(question);
            }
        }
    });
    let removes = move || asked.with(|asked| asked.as_ref().is_some_and(|asked| asked.removes));
    let (to_remove, to_put_away) = ((title.clone(), true), (title, false));
    view! {
        <History key />
        {if is_archived {
            view! {
                <Button kind=ButtonKind::Quiet on:click=move |_| { archive.dispatch(ArchiveDashboard { key, is_archived: false }); }>"Take out again"</Button>
            }.into_any()
        } else {
            view! { <Button kind=ButtonKind::Quiet on:click=move |_| { ask.dispatch(to_put_away.clone()); }>"Put away"</Button> }.into_any()
        }}
        <Button kind=ButtonKind::Quiet icon="trash-2" on:click=move |_| { ask.dispatch(to_remove.clone()); }>"Remove"</Button>
        <LinkButton href=format!("/dashboards/{key}/edit") icon="pencil">"Change"</LinkButton>
        <Confirm
            id="board-goes"
            title=Signal::derive(move || if removes() { "Remove this board?" } else { "Put this board away?" }.to_owned())
            what=asked
            says=Asked::says
            verb=Signal::derive(move || if removes() { "Remove" } else { "Put away" }.to_owned())
            on_yes=does
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_with_a_board_is_said_before_it_goes() {
        let asked = |removes, links| Asked { title: "Monday".to_owned(), removes, links }.says();
        assert_eq!(asked(false, Some(1)), "“Monday” is put away until somebody takes it out again. 1 public link to it stops working.");
        assert!(asked(true, Some(3)).ends_with("The figures themselves stay. 3 public links to it stop working."));
        assert!(!asked(true, Some(0)).contains("link"));
        assert!(asked(true, None).ends_with("Public links to it, if there are any, stop working."));
    }
}

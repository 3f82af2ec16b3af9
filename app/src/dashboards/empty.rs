use crate::charts::Sparkline;
use crate::session::use_session;
use crate::ui::{ButtonKind, LinkButton, PageHead};
use domain::Permission;
use leptos::prelude::*;

/// Before the first upload: what will be here, and the one thing to do.
#[component]
pub(super) fn NoSalesYet(
    #[prop(into)] title: String,
    /// What can be done with the page itself.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let session = use_session();
    let only_looks = || view! { <p>"There is no data yet. An analyst, admin or owner of this shop can add some."</p> };
    view! {
        <PageHead title>{children.map(|children| children())}</PageHead>
        <section class="empty-board">
            <Preview />
            <div class="empty-call">
                <h2>"Your figures will stand here"</h2>
                <Show when=move || session.can(Permission::AddData) fallback=only_looks>
                    <p>"Bring the order export of your shop or the report of your till. It is read in seconds, and nothing leaves this machine."</p>
                    <LinkButton href="/data/add" kind=ButtonKind::Primary icon="file-up">"Add data"</LinkButton>
                </Show>
            </div>
        </section>
    }
}

/// A board of invented figures behind glass; decoration.
#[component]
fn Preview() -> impl IntoView {
    let course = [38.0, 42.0, 40.0, 47.0, 45.0, 52.0, 58.0, 55.0, 63.0, 70.0, 68.0, 81.0].map(Some).to_vec();
    let figures = ["Net sales", "Orders", "Average order value", "Customers"].map(|label| {
        view! {
            <div class="figure-card">
                <span class="figure-label">{label}</span>
                <span class="figure-value">"•• •••"</span>
                <Sparkline values=course.clone() />
            </div>
        }
    });
    view! {
        <div class="empty-preview" aria-hidden="true" inert>
            <div class="board-figures">{figures.collect_view()}</div>
            <div class="card empty-picture"><Sparkline values=course.clone() /></div>
        </div>
    }
}

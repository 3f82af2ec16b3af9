use crate::ui::Icon;
use leptos::prelude::*;

/// A button that opens a small panel of links and buttons. The browser's popover closes it on Esc and on a click outside,
/// works without a script, and says aloud whether it is open.
#[component]
pub fn Menu(
    /// Names the panel; unique on the page.
    #[prop(into)]
    id: String,
    /// What the button is called aloud.
    #[prop(into)]
    label: Signal<String>,
    /// What the button shows.
    trigger: ViewFn,
    /// Whether a small arrow after the trigger says that there is a menu.
    #[prop(optional)]
    with_arrow: bool,
    #[prop(default = "menu-trigger")] class: &'static str,
    children: Children,
) -> impl IntoView {
    let (anchor, position) = (format!("anchor-name: --{id}"), format!("position-anchor: --{id}"));
    view! {
        <div class="menu">
            <button type="button" class=class popovertarget=id.clone() aria-label=move || label.get() style=anchor>
                {trigger.run()}
                {with_arrow.then(|| view! { <Icon name="chevron-down" /> })}
            </button>
            <div class="menu-panel" id=id popover="auto" style=position>
                {children()}
            </div>
        </div>
    }
}

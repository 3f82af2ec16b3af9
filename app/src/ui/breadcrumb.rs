use crate::ui::Icon;
use leptos::prelude::*;

/// A page above the current one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub label: String,
    pub href: String,
}

impl Crumb {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// The way back up; the current page is its heading and not repeated here.
#[component]
pub fn Breadcrumb(crumbs: Vec<Crumb>) -> impl IntoView {
    let items = crumbs.into_iter().map(|crumb| {
        view! {
            <li>
                <a href=crumb.href>{crumb.label}</a>
                <Icon name="chevron-right" />
            </li>
        }
    });
    view! {
        <nav class="breadcrumb" aria-label="Breadcrumb">
            <ol>{items.collect_view()}</ol>
        </nav>
    }
}

//! Adding data: uploads and the meaning of their columns.

use leptos::prelude::*;

#[component]
pub fn AddDataPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Add data" /> }
}

#[component]
pub fn UploadsPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Uploads" /> }
}

#[component]
pub fn UploadPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Upload" /> }
}

#[component]
pub fn MappingPage() -> impl IntoView {
    view! { <crate::ui::PageHead title="Mapping" /> }
}

use crate::ui::Icon;
use leptos::{ev, prelude::*};

/// A place to drop files on, which is also a button that opens the browser's own chooser.
#[component]
pub fn FileDrop(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] hint: Signal<String>,
    /// As of `<input accept>`.
    #[prop(default = ".csv,.tsv,.txt,.gz,text/csv")]
    accept: &'static str,
    #[prop(optional)] multiple: bool,
    on_files: Callback<Vec<web_sys::File>>,
) -> impl IntoView {
    let is_over = RwSignal::new(false);
    let hand_over = move |list: Option<web_sys::FileList>| {
        let Some(list) = list else { return };
        let files: Vec<_> = (0..list.length()).filter_map(|index| list.item(index)).collect();
        if !files.is_empty() {
            on_files.run(files);
        }
    };
    let drop = move |event: ev::DragEvent| {
        event.prevent_default();
        is_over.set(false);
        hand_over(event.data_transfer().and_then(|transfer| transfer.files()));
    };
    let drag_over = move |event: ev::DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let choose = move |event: ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        hand_over(input.files());
        // The same file may be chosen again.
        input.set_value("");
    };
    view! {
        <label class="file-drop" class:file-drop-over=move || is_over.get() on:drop=drop on:dragover=drag_over on:dragleave=move |_| is_over.set(false)>
            <Icon name="file-up" />
            <strong>{move || label.get()}</strong>
            <span>{move || hint.get()}</span>
            <input class="visually-hidden" type="file" accept=accept multiple=multiple on:change=choose />
        </label>
    }
}

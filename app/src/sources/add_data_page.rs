use super::formats::Formats;
use super::queue::Queue;
use super::queue_list::QueueList;
use crate::session::use_session;
use crate::ui::{DeniedState, FileDrop, LinkButton, PageHead};
use domain::{Permission, format};
use leptos::prelude::*;

/// What the browser's chooser offers; whatever is dropped is looked at.
const ACCEPT: &str = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.xlsb,.ods,.json,.ndjson,.jsonl,.parquet,.gz,.zip,text/csv";

/// Bringing sales files in.
#[component]
pub fn AddDataPage() -> impl IntoView {
    let session = use_session();
    view! {
        <PageHead title="Add data" lead=Some("Bring the order export of your shop or the report of your till; your figures follow in seconds.".to_owned())>
            <LinkButton href="/data/uploads" icon="history">"Earlier uploads"</LinkButton>
        </PageHead>
        <Show when=move || session.can(Permission::AddData) fallback=|| view! { <DeniedState permission=Permission::AddData /> }>
            <Bring />
        </Show>
    }
}

#[component]
fn Bring() -> impl IntoView {
    let queue: Queue = expect_context();
    // What ended elsewhere is still there when a person comes back; what they have seen here is not.
    on_cleanup(move || queue.forget_ended());
    let hint = hint(use_session().upload_max_bytes());
    let on_files = Callback::new(move |files| queue.add(files));
    view! {
        <div class="add-data">
            <div class="add-data-main">
                <FileDrop label="Drop your files here, or choose them" hint accept=ACCEPT multiple=true on_files />
                <SourceName queue />
                <QueueList queue />
            </div>
            <Formats />
        </div>
    }
}

#[component]
fn SourceName(queue: Queue) -> impl IntoView {
    view! {
        <details class="source-name">
            <summary>"Which till or shop is this from?"</summary>
            <div class="field">
                <label for="source-name">"Name of the source"</label>
                <input
                    class="input"
                    id="source-name"
                    maxlength="80"
                    autocomplete="off"
                    placeholder="Market stall"
                    aria-describedby="source-name-hint"
                    prop:value=move || queue.source.get()
                    on:input:target=move |event| queue.source.set(event.target().value())
                />
                <p class="field-hint" id="source-name-hint">
                    "Only needed when two tills use the same order numbers: give each its name before you bring its files. Leave it empty otherwise."
                </p>
            </div>
        </details>
    }
}

fn hint(most: u64) -> String {
    let size = format::bytes(i64::try_from(most).unwrap_or(i64::MAX));
    format!("CSV, Excel, OpenDocument, JSON, also zipped; several at once, up to {size} each")
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn the_hint_says_how_large_a_file_this_server_takes() {
        assert_eq!(hint(50_000_000), "CSV, Excel, OpenDocument, JSON, also zipped; several at once, up to 50.0 MB each");
    }
}

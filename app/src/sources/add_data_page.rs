use super::formats::Formats;
use super::queue::Queue;
use super::queue_list::QueueList;
use crate::session::use_session;
use crate::ui::{DeniedState, FileDrop, LinkButton, PageHead, RadioGroup, RadioOption};
use domain::sources::UploadMode;
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
                <Choices queue />
                <QueueList queue />
            </div>
            <Formats />
        </div>
    }
}

/// What is rarely needed: the name of the till, and what happens to what is there.
#[component]
fn Choices(queue: Queue) -> impl IntoView {
    let modes = UploadMode::ALL.map(|mode| RadioOption::new(mode.as_str(), mode.label(), explained(mode))).to_vec();
    let selected = Signal::derive(move || queue.mode.get().as_str().to_owned());
    let on_change = Callback::new(move |value: String| queue.mode.set(UploadMode::parse(&value).unwrap_or_default()));
    view! {
        <details class="source-name">
            <summary>"Which till or shop is this from, and what if its orders are there already?"</summary>
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
            <RadioGroup legend="If orders of this source are there already" name="mode" options=modes selected on_change />
        </details>
    }
}

fn explained(mode: UploadMode) -> &'static str {
    match mode {
        UploadMode::Upsert => "New orders are added, changed ones replaced, equal ones left alone. Right for almost every file.",
        UploadMode::Append => "New orders are added; those that are there stay as they are, even if the file differs.",
        UploadMode::ReplacePeriod => "As the first; and orders of the file’s days that the file lacks are removed.",
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

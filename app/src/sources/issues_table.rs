use crate::ui::{Table, sentence};
use domain::format;
use domain::sources::UploadIssue;
use leptos::prelude::*;

/// Rows that cannot be read: where, what is wrong, and the row as it came.
#[component]
pub(super) fn IssuesTable(issues: Vec<UploadIssue>) -> impl IntoView {
    let rows = issues.into_iter().map(|UploadIssue { line, column, reason, raw }| {
        view! {
            <tr>
                <td class="number">{format::number(line)}</td>
                <td>{column}</td>
                <td>{sentence(&reason)}</td>
                <td><code class="raw-row">{raw}</code></td>
            </tr>
        }
    });
    view! { <Table caption="Rows that could not be read" headings=vec!["#Line", "Column", "What is wrong", "The row as it came"]>{rows.collect_view()}</Table> }
}

use super::api::get_raw_rows;
use super::upload_page::{no_upload, use_upload_id};
use crate::ui::{Breadcrumb, Button, Crumb, EmptyState, ErrorState, LinkButton, PageHead, Skeleton, sentence};
use domain::format;
use domain::ids::UploadId;
use domain::sources::{RawRow, RawRows};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Rows of an upload's file as they came: those that a finding is about, or any.
#[component]
pub fn RowsPage() -> impl IntoView {
    let id = use_upload_id();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| (query.get("lines"), query.get("from").and_then(|from| from.parse::<i64>().ok()))));
    let rows = Resource::new(
        move || (id.get(), asked.get()),
        |(id, (lines, from))| async move {
            match id {
                Some(id) => get_raw_rows(id, lines, from).await.map(|rows| (id, rows)),
                None => Err(no_upload()),
            }
        },
    );
    let retry = Callback::new(move |()| rows.refetch());
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || Suspend::new(async move {
                match rows.await {
                    Ok((id, rows)) => view! { <Rows id rows is_picked=asked.with_untracked(|(lines, _)| lines.is_some()) /> }.into_any(),
                    Err(error) => view! { <PageHead title="Rows of the file" /> <ErrorState error retry /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Rows(id: UploadId, rows: RawRows, is_picked: bool) -> impl IntoView {
    let RawRows { file_name, headers, rows, next_line } = rows;
    let address = format!("/data/uploads/{id}/rows");
    let lead = Some(said(&rows));
    let from = rows.first().map_or(1, |row| row.line);
    let crumbs = vec![Crumb::new("Uploads", "/data/uploads"), Crumb::new(file_name, format!("/data/uploads/{id}"))];
    let next = next_line.map(|line| format!("{address}?from={line}"));
    let around = is_picked.then(|| format!("{address}?from={}", (from - 5).max(1)));
    let table = if rows.is_empty() {
        view! { <EmptyState title="No such rows" text="No row of the file begins on these lines. Go to a line by its number." icon="table" /> }
            .into_any()
    } else {
        view! { <RowsTable headers rows /> }.into_any()
    };
    view! {
        <Breadcrumb crumbs />
        <PageHead title="Rows as they came" lead />
        <form class="rows-goto" method="get" action=address>
            <label for="from">"Go to line"</label>
            <input class="input" id="from" name="from" type="number" min="1" step="1" value=from />
            <Button submit=true>"Show"</Button>
            {around.map(|href| view! { <LinkButton href>"See the rows around"</LinkButton> })}
        </form>
        {table}
        {next.map(|href| view! { <p class="rows-next"><LinkButton href icon="chevron-down">"The next rows"</LinkButton></p> })}
    }
}

fn said(rows: &[RawRow]) -> String {
    let wrong = rows.iter().filter(|row| row.reason.is_some()).count();
    let shown = format::counted(rows.len() as i64, "row stands", "rows stand");
    match wrong {
        0 => format!("{shown} here exactly as in the file."),
        wrong => format!("{shown} here exactly as in the file; {} not read.", format::counted(wrong as i64, "was", "were")),
    }
}

#[component]
fn RowsTable(headers: Vec<String>, rows: Vec<RawRow>) -> impl IntoView {
    let with_reasons = rows.iter().any(|row| row.reason.is_some());
    let width = headers.len();
    let body = rows.into_iter().map(|row| view! { <Row headers=headers.clone() row with_reasons width /> }).collect_view();
    let heads = headers.iter().map(|header| view! { <th scope="col">{header.clone()}</th> }).collect_view();
    view! {
        <div class="table-scroll rows-table" role="region" aria-label="Rows of the file" tabindex="0">
            <table class="table">
                <caption class="visually-hidden">"Rows of the file"</caption>
                <thead>
                    <tr>
                        <th scope="col" class="number">"Line"</th>
                        {with_reasons.then(|| view! { <th scope="col">"Why it was not read"</th> })}
                        {heads}
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(headers: Vec<String>, row: RawRow, with_reasons: bool, width: usize) -> impl IntoView {
    let RawRow { line, cells, reason, column } = row;
    let wrong = column.and_then(|column| headers.iter().position(|header| *header == column));
    // A row may have more cells than the header; that is then what is wrong with it.
    let shown = cells.len().max(width);
    let cells = (0..shown).map(|index| {
        let text = cells.get(index).cloned().unwrap_or_default();
        view! { <td class:cell-wrong=(wrong == Some(index) || index >= width)>{text}</td> }
    });
    let cells = cells.collect_view();
    view! {
        <tr>
            <th scope="row" class="number">{format::number(line)}</th>
            {with_reasons.then(|| view! { <td class="rows-reason">{reason.map(|reason| sentence(&reason))}</td> })}
            {cells}
        </tr>
    }
}

//! What was found out about a file before anyone was asked: whose it is and why, how it is written, which lines are no rows.

use crate::ui::Icon;
use domain::format;
use domain::sources::{MappingPreview, Reason};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// What was found out, and the choice of a sheet.
#[component]
pub(super) fn MappingFacts(preview: MappingPreview) -> impl IntoView {
    let MappingPreview { upload, vendor, reasons, encoding, delimiter, sheets, sheet, set_aside, headers, .. } = preview;
    let address = format!("/data/uploads/{}/mapping", upload.id);
    let written = written(&encoding, &delimiter, sheet.is_some());
    let whose = vendor.map_or_else(|| "Not recognised as any program’s export".to_owned(), |vendor| format!("Looks like {vendor}"));
    let columns = format::counted(headers.len() as i64, "column", "columns");
    view! {
        <section class="card mapping-found" aria-labelledby="mapping-found-title">
            <h2 class="card-title" id="mapping-found-title">"What we found"</h2>
            <dl class="mapping-facts">
                <div><dt>"File"</dt><dd>{format!("{}, {}, {columns}", upload.file_name, format::bytes(upload.bytes))}</dd></div>
                <div><dt>"Whose"</dt><dd>{whose}</dd></div>
                <div><dt>"Written as"</dt><dd>{written}</dd></div>
            </dl>
            {(!reasons.is_empty()).then(|| view! { <Reasons reasons /> })}
            {(sheets.len() > 1).then(|| view! { <Sheets address sheets sheet=sheet.unwrap_or_default() /> })}
            {(!set_aside.is_empty()).then(|| view! { <SetAside lines=set_aside /> })}
        </section>
    }
}

fn written(encoding: &str, delimiter: &str, is_sheet: bool) -> String {
    match delimiter {
        _ if is_sheet => "A workbook".to_owned(),
        "" => format!("Text in {encoding}"),
        delimiter => format!("Text in {encoding}, its cells parted by a {delimiter}"),
    }
}

/// Why, the weightiest first; what speaks against it is marked as such.
#[component]
fn Reasons(reasons: Vec<Reason>) -> impl IntoView {
    let reasons = reasons.into_iter().map(|Reason { sentence, weight }| {
        let (icon, says) = if weight < 0 { ("minus", "Against it: ") } else { ("check", "") };
        view! {
            <li class:reason-against=weight < 0>
                <Icon name=icon />
                <span><span class="visually-hidden">{says}</span>{sentence}</span>
            </li>
        }
    });
    view! { <ul class="mapping-reasons">{reasons.collect_view()}</ul> }
}

#[component]
fn SetAside(lines: Vec<String>) -> impl IntoView {
    let count = lines.len() as i64;
    let are = format::agreeing(count, "is no row and is", "are no rows and are");
    let words = format!("{} {are} left out", format::counted(count, "line", "lines"));
    let lines = lines.into_iter().map(|line| view! { <li><code>{line}</code></li> }).collect_view();
    view! {
        <details class="mapping-aside">
            <summary>{words}</summary>
            <ul>{lines}</ul>
        </details>
    }
}

#[component]
fn Sheets(address: String, sheets: Vec<String>, sheet: String) -> impl IntoView {
    let navigate = use_navigate();
    let choose = move |chosen: String| {
        let query = leptos_router::location::Url::escape(&chosen);
        navigate(&format!("{address}?sheet={query}"), NavigateOptions::default());
    };
    let options = sheets.into_iter().map(|name| {
        let is_chosen = name == sheet;
        view! { <option value=name.clone() selected=is_chosen>{name.clone()}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="field mapping-sheet">
            <label for="sheet">"Which sheet?"</label>
            <select class="input select" id="sheet" on:change:target=move |event| choose(event.target().value())>
                {options}
            </select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn how_a_file_is_written_is_said_in_words() {
        assert_eq!(written("UTF-8", "comma", false), "Text in UTF-8, its cells parted by a comma");
        assert_eq!(written("UTF-8", "comma", true), "A workbook");
    }
}

//! What was found out about a file before anyone was asked: encoding, sheet, lines that are no rows, and why.

use domain::sources::MappingPreview;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// What was found out, and the choice of a sheet.
#[component]
pub(super) fn MappingFacts(preview: MappingPreview) -> impl IntoView {
    let MappingPreview { upload, vendor, reasons, encoding, delimiter, sheets, sheet, set_aside, .. } = preview;
    let address = format!("/data/uploads/{}/mapping", upload.id);
    let written = match delimiter.as_str() {
        _ if sheet.is_some() => "A workbook".to_owned(),
        "" => format!("Text in {encoding}"),
        delimiter => format!("Text in {encoding}, cells parted by a {delimiter}"),
    };
    let vendor = vendor.map(|vendor| view! { <li>{format!("Looks like a file of {vendor}")}</li> });
    let reasons = reasons.into_iter().map(|reason| view! { <li>{reason.sentence}</li> }).collect_view();
    let aside = (!set_aside.is_empty()).then(|| {
        let lines = set_aside.into_iter().map(|line| view! { <li><code>{line}</code></li> }).collect_view();
        view! {
            <details>
                <summary>"Lines that are no rows, and are left out"</summary>
                <ul>{lines}</ul>
            </details>
        }
    });
    view! {
        <div class="mapping-facts">
            <ul>
                <li>{written}</li>
                {vendor}
                {reasons}
            </ul>
            {(sheets.len() > 1).then(|| view! { <Sheets address sheets sheet=sheet.unwrap_or_default() /> })}
            {aside}
        </div>
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
        <div class="field mapping-kind">
            <label for="sheet">"Which sheet?"</label>
            <select class="input select" id="sheet" on:change:target=move |event| choose(event.target().value())>
                {options}
            </select>
        </div>
    }
}

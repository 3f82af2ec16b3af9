//! The columns of a file, one below the other: how each looks, and the question what it means.

use super::mapping_answers::Answers;
use domain::sources::{ColumnLook, ColumnMeaning};
use leptos::prelude::*;

/// A file with more columns shows those first that seem to be needed.
const MANY: usize = 16;

#[component]
pub(super) fn MappingColumns(columns: Vec<ColumnLook>, answers: Answers) -> impl IntoView {
    let is_long = columns.len() > MANY;
    // Told apart once: a row that moved away while its answer is given would be lost from sight.
    let is_used = |index: usize| answers.meanings.with_untracked(|meanings| meanings.get(index).is_some_and(Option::is_some));
    let (first, rest): (Vec<_>, Vec<_>) = columns.into_iter().enumerate().partition(|(index, _)| !is_long || is_used(*index));
    let rest_words = format!("{} more columns that are not needed so far", rest.len());
    let is_open = first.is_empty();
    view! {
        {(!first.is_empty()).then(|| view! { <ColumnsTable caption="What the columns mean" columns=first answers /> })}
        {(!rest.is_empty()).then(|| {
            view! {
                <details class="mapping-rest" open=is_open>
                    <summary>{rest_words}</summary>
                    <ColumnsTable caption="Columns that are not needed so far" columns=rest answers />
                </details>
            }
        })}
    }
}

#[component]
fn ColumnsTable(caption: &'static str, columns: Vec<(usize, ColumnLook)>, answers: Answers) -> impl IntoView {
    let rows = columns.into_iter().map(|(index, look)| view! { <ColumnRow index look answers /> }).collect_view();
    view! {
        <table class="table mapping-columns">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Column"</th>
                    <th scope="col">"What is in it"</th>
                    <th scope="col">"What it means"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn ColumnRow(index: usize, look: ColumnLook, answers: Answers) -> impl IntoView {
    let id = format!("column-{index}");
    let about = looks(&look);
    let header = if look.header.trim().is_empty() { "(no heading)".to_owned() } else { look.header };
    let samples = look.samples.into_iter().map(|sample| view! { <li><code>{sample}</code></li> }).collect_view();
    view! {
        <tr class:column-unused=move || answers.meaning(index).is_none()>
            <th scope="row"><label for=id.clone()>{header}</label></th>
            <td>
                <ul class="mapping-samples">{samples}</ul>
                <small class="mapping-look">{about}</small>
            </td>
            <td><Meaning id index answers /></td>
        </tr>
    }
}

#[component]
fn Meaning(id: String, index: usize, answers: Answers) -> impl IntoView {
    let meaning = move || answers.meaning(index);
    let chosen = move || meaning().map_or("", ColumnMeaning::as_str);
    let options = ColumnMeaning::ALL.iter().copied().map(move |option| {
        view! { <option value=option.as_str() selected=move || meaning() == Some(option)>{option.label()}</option> }
    });
    let on_change = move |value: String| answers.set(index, ColumnMeaning::ALL.iter().copied().find(|meaning| meaning.as_str() == value));
    view! {
        <select
            class="input select"
            class:column-used=move || meaning().is_some()
            id=id
            prop:value=chosen
            on:change:target=move |event| on_change(event.target().value())
        >
            <option value="" selected=move || meaning().is_none()>"Not needed"</option>
            {options.collect_view()}
        </select>
    }
}

/// `Whole numbers, in 12 of 20 rows`.
fn looks(look: &ColumnLook) -> String {
    match (look.filled, look.rows) {
        (0, _) => look.found.label().to_owned(),
        (filled, rows) if filled == rows => look.found.label().to_owned(),
        (filled, rows) => format!("{}, in {filled} of the first {rows} rows", look.found.label()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::sources::FoundType;

    #[test]
    fn a_columns_look_says_how_well_it_is_filled() {
        let look = |filled| ColumnLook { header: "A".to_owned(), found: FoundType::Dates, samples: Vec::new(), filled, rows: 20 };
        assert_eq!((looks(&look(20)).as_str(), looks(&look(12)).as_str()), ("Dates", "Dates, in 12 of the first 20 rows"));
    }
}

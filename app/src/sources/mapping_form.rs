//! Everything that is asked about a file, and the button that reads it so.

use super::api::{ColumnAnswers, map_upload};
use super::mapping_answers::Answers;
use super::mapping_columns::MappingColumns;
use super::mapping_facts::MappingFacts;
use super::mapping_questions::MappingQuestions;
use super::mapping_readings::MappingReadings;
use super::mapping_trial::Trial;
use crate::ui::{Button, ButtonKind, LinkButton, Notice, Tone, sentence};
use domain::AppError;
use domain::sources::{Mapping, MappingPreview};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

#[component]
pub(super) fn MappingForm(preview: MappingPreview) -> impl IntoView {
    let facts = view! { <MappingFacts preview=preview.clone() /> };
    let MappingPreview { upload, headers, rows, columns, guess, ambiguities, .. } = preview;
    let id = upload.id;
    let answers = Answers::of_guess(&headers, &guess);
    let mapping = {
        let headers = headers.clone();
        Memo::new(move |_| answers.mapping(&headers, &guess))
    };
    let questions = RwSignal::new(ambiguities);
    let error = RwSignal::new(None::<AppError>);
    let navigate = use_navigate();
    let submit = Action::new(move |mapping: &Mapping| {
        let (mapping, navigate) = (mapping.clone(), navigate.clone());
        async move {
            match map_upload(ColumnAnswers { id, mapping }).await {
                // Whoever has left meanwhile stays where they are.
                Ok(_) if error.try_get_untracked().is_none() => {}
                Ok(_) => navigate(&format!("/data/uploads/{id}"), leptos_router::NavigateOptions::default()),
                Err(problem) => drop(error.try_set(Some(problem))),
            }
        }
    });
    // A refusal is about what was sent, not about what is chosen since.
    Effect::new(move |_| {
        mapping.track();
        error.set(None);
    });
    let missing = Signal::derive(move || mapping.with(Mapping::missing));
    let verb = if upload.can_reprocess { "Read the file again like this" } else { "Read the file like this" };
    view! {
        {facts}
        <MappingQuestions questions answers />
        <section class="card" aria-labelledby="mapping-columns-title">
            <h2 class="card-title" id="mapping-columns-title">"What it means"</h2>
            <MappingReadings answers />
            <MappingColumns columns answers />
        </section>
        <Trial id mapping questions />
        <section class="card mapping-foot" aria-label="Read the file" aria-live="polite">
            {move || match error.get() {
                Some(error) => view! { <Notice tone=Tone::Bad>{sentence(&error.message)}</Notice> }.into_any(),
                None => view! { <Missing missing /> }.into_any(),
            }}
            <div class="upload-actions">
                <Button
                    kind=ButtonKind::Primary
                    icon="check"
                    busy=submit.pending()
                    disabled=Signal::derive(move || !missing.with(Vec::is_empty))
                    on:click=move |_| {
                        error.set(None);
                        submit.dispatch(mapping.get_untracked());
                    }
                >
                    {verb}
                </Button>
                <LinkButton kind=ButtonKind::Quiet href=format!("/data/uploads/{id}")>"Leave it as it is"</LinkButton>
            </div>
        </section>
        <FirstRows headers rows />
    }
}

#[component]
fn Missing(missing: Signal<Vec<&'static str>>) -> impl IntoView {
    view! {
        <Show
            when=move || !missing.with(Vec::is_empty)
            fallback=|| view! { <Notice tone=Tone::Good>"That is all we need. The rest is welcome but not needed."</Notice> }
        >
            <Notice tone=Tone::Warning>{move || format!("Still missing: {}. Choose the column that holds it.", missing.get().join("; "))}</Notice>
        </Show>
    }
}

/// The first rows as they stand, to look at beside the questions.
#[component]
fn FirstRows(headers: Vec<String>, rows: Vec<Vec<String>>) -> impl IntoView {
    let width = headers.len();
    let heads = headers.into_iter().map(|header| view! { <th scope="col">{header}</th> }).collect_view();
    let rows = rows.into_iter().map(|row| {
        let cells = (0..width).map(|column| view! { <td>{row.get(column).cloned().unwrap_or_default()}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <div class="mapping-rows">
            <h2 id="mapping-rows-title">"The first rows, as they stand in the file"</h2>
            <div class="table-scroll rows-table" role="region" aria-labelledby="mapping-rows-title" tabindex="0">
                <table class="table">
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
}

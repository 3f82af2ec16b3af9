//! What a file leaves open, each with its evidence and its answers one click away.

use super::mapping_answers::Answers;
use crate::ui::Icon;
use domain::sources::{Ambiguity, Choice};
use leptos::prelude::*;

#[component]
pub(super) fn MappingQuestions(questions: Vec<Ambiguity>, answers: Answers) -> impl IntoView {
    let title = if questions.len() == 1 { "One thing is open" } else { "Some things are open" };
    let questions = questions.into_iter().enumerate().map(|(index, question)| view! { <Question index question answers /> }).collect_view();
    view! {
        <section class="card mapping-open" aria-labelledby="mapping-open-title">
            <h2 class="card-title" id="mapping-open-title">{title}</h2>
            {questions}
        </section>
    }
}

#[component]
fn Question(index: usize, question: Ambiguity, answers: Answers) -> impl IntoView {
    let Ambiguity { column, question, evidence, choices } = question;
    let id = format!("question-{index}");
    let labelled_by = id.clone();
    let evidence = evidence.into_iter().map(|cell| view! { <li><code>{cell}</code></li> }).collect_view();
    let choices = choices.into_iter().map(|choice| view! { <Answer choice answers /> }).collect_view();
    view! {
        <div class="mapping-question">
            <p id=id><strong>{column}</strong>" " {question}</p>
            <ul class="mapping-samples" aria-label="Cells that show it">{evidence}</ul>
            <div class="mapping-choices" role="group" aria-labelledby=labelled_by>{choices}</div>
        </div>
    }
}

#[component]
fn Answer(choice: Choice, answers: Answers) -> impl IntoView {
    let Choice { label, value } = choice;
    let shown = value.clone();
    let is_chosen = Memo::new(move |_| answers.has_chosen(&shown));
    view! {
        <button
            type="button"
            class="button button-secondary mapping-choice"
            aria-pressed=move || if is_chosen.get() { "true" } else { "false" }
            on:click=move |_| answers.choose(&value)
        >
            <Show when=move || is_chosen.get()><Icon name="check" /></Show>
            <span>{label}</span>
        </button>
    }
}

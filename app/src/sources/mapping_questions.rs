//! What a file leaves open, each with its evidence and its answers one click away.

use super::mapping_answers::Answers;
use crate::ui::Icon;
use domain::sources::{Ambiguity, Choice};
use leptos::prelude::*;

/// The questions that were asked so far. One that is answered stays, so that its answer can be changed.
#[component]
pub(super) fn MappingQuestions(questions: RwSignal<Vec<Ambiguity>>, answers: Answers) -> impl IntoView {
    let title = move || if questions.with(Vec::len) == 1 { "One thing is open" } else { "Some things are open" };
    let numbered = move || questions.get().into_iter().enumerate();
    view! {
        <Show when=move || questions.with(|questions| !questions.is_empty())>
            <section class="card mapping-open" aria-labelledby="mapping-open-title">
                <h2 class="card-title" id="mapping-open-title">{title}</h2>
                <For each=numbered key=|(index, question)| (*index, question.column.clone(), question.question.clone()) let((index, question))>
                    <Question index question answers />
                </For>
            </section>
        </Show>
    }
}

/// What a mapping leaves open is asked beside what was asked before. The page may be gone by the time it is known.
pub(super) fn ask_also(questions: RwSignal<Vec<Ambiguity>>, found: Vec<Ambiguity>) {
    let Some(asked) = questions.try_get_untracked() else { return };
    let is_asked = |found: &Ambiguity| asked.iter().any(|asked| asked.column == found.column && asked.question == found.question);
    let new: Vec<Ambiguity> = found.into_iter().filter(|found| !is_asked(found)).collect();
    if !new.is_empty() {
        questions.try_update(|questions| questions.extend(new));
    }
}

#[component]
fn Question(index: usize, question: Ambiguity, answers: Answers) -> impl IntoView {
    let Ambiguity { column, question, evidence, choices } = question;
    let id = format!("question-{index}");
    let labelled_by = id.clone();
    let evidence = evidence.into_iter().map(|cell| view! { <li>{cell}</li> }).collect_view();
    let choices = choices.into_iter().map(|choice| view! { <Answer choice answers /> }).collect_view();
    view! {
        <div class="mapping-question">
            <p id=id><strong>{column}</strong>" " {question}</p>
            <ul class="mapping-evidence" aria-label="Cells that show it">{evidence}</ul>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_asked_once_and_stays() {
        Owner::new().with(|| {
            let of = |column: &str| Ambiguity { column: column.to_owned(), question: "Which?".to_owned(), evidence: Vec::new(), choices: Vec::new() };
            let questions = RwSignal::new(vec![of("A")]);
            ask_also(questions, vec![of("A"), of("B")]);
            ask_also(questions, Vec::new());
            let columns: Vec<String> = questions.get_untracked().into_iter().map(|question| question.column).collect();
            assert_eq!(columns, ["A", "B"]);
        });
    }
}

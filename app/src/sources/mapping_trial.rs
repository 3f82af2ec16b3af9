//! A file's first rows as they would be stored under the answers so far, before anything is.

use super::api::{ColumnAnswers, try_mapping};
use super::issues_table::IssuesTable;
use super::mapping_questions::ask_also;
use crate::ui::{Icon, Notice, Skeleton, Tone, sentence};
use domain::AppError;
use domain::format;
use domain::ids::UploadId;
use domain::sources::{Ambiguity, Mapping, MappingTrial, TrialRow};
use leptos::prelude::*;
use std::time::Duration;

/// A person who changes several answers one after the other is not asked for at each.
const PAUSE: Duration = Duration::from_millis(250);

/// An answer of the server, and what it answers.
type Tried = (Mapping, Result<MappingTrial, AppError>);

/// Tries what is answered, each time the answers change.
#[component]
pub(super) fn Trial(
    id: UploadId,
    #[prop(into)] mapping: Signal<Mapping>,
    /// What is open is asked there.
    questions: RwSignal<Vec<Ambiguity>>,
) -> impl IntoView {
    let tried = Action::new(move |mapping: &Mapping| {
        let mapping = mapping.clone();
        async move {
            let tried = try_mapping(ColumnAnswers { id, mapping: mapping.clone() }).await;
            if let Ok(trial) = &tried {
                ask_also(questions, trial.ambiguities.clone());
            }
            (mapping, tried)
        }
    });
    Effect::new(move |_| {
        let asked = mapping.get();
        let waiting = set_timeout_with_handle(
            move || {
                tried.dispatch(asked);
            },
            PAUSE,
        );
        on_cleanup(move || {
            if let Ok(waiting) = waiting {
                waiting.clear();
            }
        });
    });
    let is_old = Memo::new(move |_| tried.value().with(|tried| tried.as_ref().is_none_or(|(of, _)| mapping.with(|mapping| mapping != of))));
    view! {
        <section class="card mapping-trial" aria-labelledby="mapping-trial-title" aria-busy=move || is_old.get().then_some("true")>
            <h2 class="card-title" id="mapping-trial-title">"How it would be stored"</h2>
            <div class="mapping-tried" class:mapping-tried-old=is_old>
                {move || match tried.value().get() {
                    None => view! { <Skeleton lines=6 /> }.into_any(),
                    Some(tried) => view! { <Answer tried /> }.into_any(),
                }}
            </div>
        </section>
    }
}

#[component]
fn Answer(tried: Tried) -> impl IntoView {
    match tried.1 {
        Err(error) => view! { <Notice tone=Tone::Bad>{sentence(&error.message)}</Notice> }.into_any(),
        Ok(trial) if !trial.missing.is_empty() => {
            view! { <p class="card-lead">"As soon as nothing is missing, the first rows stand here as they would be stored."</p> }.into_any()
        }
        Ok(trial) => view! { <Rows trial /> }.into_any(),
    }
}

#[component]
fn Rows(trial: MappingTrial) -> impl IntoView {
    let (tone, lead) = (if trial.rows_bad > 0 { Tone::Warning } else { Tone::Good }, verdict(&trial));
    let MappingTrial { columns, rows, problems, rows_bad, remarks, .. } = trial;
    let remarks = remarks.into_iter().map(|remark| view! { <li><Icon name="info" /><span>{sentence(&remark)}</span></li> }).collect_view();
    let first = format::counted(problems.len() as i64, "row that could not be read", "rows that could not be read");
    let words = if problems.len() as i64 == rows_bad { format!("See the {first}") } else { format!("See the first {first}") };
    // Where nothing can be read, the reasons are all there is to see.
    let is_open = rows.is_empty();
    view! {
        <Notice tone>{lead}</Notice>
        <ul class="mapping-remarks">{remarks}</ul>
        {(!problems.is_empty()).then(|| view! {
            <details class="mapping-rest" open=is_open>
                <summary>{words}</summary>
                <IssuesTable issues=problems />
            </details>
        })}
        {(!rows.is_empty()).then(|| view! { <StoredRows columns rows /> })}
    }
}

#[component]
fn StoredRows(columns: Vec<String>, rows: Vec<TrialRow>) -> impl IntoView {
    let heads = columns.into_iter().map(|column| view! { <th scope="col">{column}</th> }).collect_view();
    let rows = rows.into_iter().map(|TrialRow { line, cells }| {
        let cells = cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view();
        view! {
            <tr>
                <th scope="row" class="number">{format::number(line)}</th>
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-scroll rows-table" role="region" aria-label="The first rows as they would be stored" tabindex="0">
            <table class="table">
                <caption class="visually-hidden">"The first rows as they would be stored"</caption>
                <thead>
                    <tr>
                        <th scope="col" class="number">"Line"</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// How many of the rows can be read, in a sentence.
fn verdict(trial: &MappingTrial) -> String {
    let rows = |count| format::counted(count, "row", "rows");
    let of_what = if trial.is_whole { "the file’s" } else { "the first" };
    match (trial.rows_read, trial.rows_good, trial.rows_bad) {
        (0, ..) => "No row was found to read.".to_owned(),
        (1, 0, _) => "The only row cannot be read like this.".to_owned(),
        (1, ..) => "The only row can be read.".to_owned(),
        (read, 0, _) => format!("None of {of_what} {} can be read like this.", rows(read)),
        (read, _, 0) => format!("All of {of_what} {} can be read.", rows(read)),
        (read, good, bad) => format!("{} of {of_what} {} can be read; {} cannot.", format::number(good), rows(read), format::number(bad)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_much_can_be_read_is_said_in_a_sentence() {
        let trial = |good, bad, is_whole| MappingTrial { rows_read: good + bad, rows_good: good, rows_bad: bad, is_whole, ..MappingTrial::default() };
        assert_eq!(verdict(&trial(79, 0, true)), "All of the file’s 79 rows can be read.");
        assert_eq!(verdict(&trial(49_998, 2, false)), "49,998 of the first 50,000 rows can be read; 2 cannot.");
        assert_eq!(verdict(&trial(0, 1, true)), "The only row cannot be read like this.");
        assert_eq!(verdict(&trial(0, 0, true)), "No row was found to read.");
    }
}

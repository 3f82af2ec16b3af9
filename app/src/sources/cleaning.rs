use super::quality_parts::rows_address;
use crate::ui::Icon;
use domain::format;
use domain::ids::UploadId;
use domain::sources::{CleaningSample, CleaningStep};
use leptos::prelude::*;

/// What was changed on the way from the file's cells to figures: each step with its count and some of what it changed.
#[component]
pub(super) fn Cleaning(id: UploadId, steps: Vec<CleaningStep>) -> impl IntoView {
    let changed = steps.iter().map(|step| step.changed).sum();
    let lead = format!(
        "{} in {}. Your file stays as it is; here is each step with what it did.",
        format::counted(changed, "change", "changes"),
        format::counted(steps.len() as i64, "step", "steps")
    );
    let steps = steps.into_iter().map(|step| view! { <Step id step /> }).collect_view();
    view! {
        <section class="card cleaning" aria-labelledby="cleaning-title">
            <h2 class="card-title" id="cleaning-title">"What was cleaned on the way"</h2>
            <p class="card-lead">{lead}</p>
            <ol class="cleaning-steps">{steps}</ol>
        </section>
    }
}

#[component]
fn Step(id: UploadId, step: CleaningStep) -> impl IntoView {
    let CleaningStep { label, changed, samples, .. } = step;
    let is_cut = changed > samples.len() as i64 && !samples.is_empty();
    let note = is_cut.then(|| format!("The first {} of {}.", samples.len(), format::number(changed)));
    let samples = samples.into_iter().map(|sample| view! { <Sample id sample /> }).collect_view();
    view! {
        <li>
            <details>
                <summary>
                    <Icon name="chevron-right" />
                    <span>{label}</span>
                    <span class="cleaning-count">{format::number(changed)}</span>
                </summary>
                <ul class="cleaning-samples">{samples}</ul>
                {note.map(|note| view! { <p class="cleaning-note">{note}</p> })}
            </details>
        </li>
    }
}

#[component]
fn Sample(id: UploadId, sample: CleaningSample) -> impl IntoView {
    let CleaningSample { line, column, before, after } = sample;
    let empty = |text: String| if text.trim().is_empty() { "(empty)".to_owned() } else { text };
    view! {
        <li>
            <a href=rows_address(id, &[line])>{format!("Line {}", format::number(line))}</a>
            <span class="cleaning-column">{column}</span>
            <span class="cleaning-change">
                <del>{empty(before)}</del>
                <span class="visually-hidden">" became "</span>
                <Icon name="arrow-right" />
                <ins>{empty(after)}</ins>
            </span>
        </li>
    }
}

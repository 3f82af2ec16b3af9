use super::quality_parts::rows_address;
use crate::ui::Icon;
use domain::format;
use domain::ids::UploadId;
use domain::sources::{CleaningSample, CleaningStep};
use leptos::prelude::*;

/// What was changed on the way from the file's cells to figures: each step with its count and some of what it changed.
#[component]
pub(super) fn Cleaning(id: UploadId, steps: Vec<CleaningStep>) -> impl IntoView {
    let count = format::counted(steps.len() as i64, "step", "steps");
    let lead = format!("{count} changed something on the way from the file to your figures. The file itself stays as you brought it.");
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
    let CleaningStep { label, sentence, unit, changed, samples, .. } = step;
    let is_cut = changed > samples.len() as i64 && !samples.is_empty();
    let note = is_cut.then(|| format!("The first {} of {}.", samples.len(), format::number(changed)));
    let samples = samples.into_iter().map(|sample| view! { <Sample id sample /> }).collect_view();
    view! {
        <li>
            <details>
                <summary>
                    <Icon name="chevron-right" />
                    <span>{label}</span>
                    <span class="cleaning-count">{unit.counted(changed)}</span>
                </summary>
                {(!sentence.is_empty()).then(|| view! { <p class="cleaning-sentence">{sentence}</p> })}
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
            {if line > 0 {
                view! { <a href=rows_address(id, &[line])>{format!("Line {}", format::number(line))}</a> }.into_any()
            } else {
                view! { <span class="cleaning-column">"Several rows"</span> }.into_any()
            }}
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

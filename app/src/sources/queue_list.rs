//! The brought files on the page, each with how far it is and what a person can do about it.

use super::api::cancel_upload;
use super::queue::{Item, Queue, Sending, Stage};
use super::reading::{Reading, ReadingProgress};
use super::upload_result::UploadResult;
use super::words::status_word;
use crate::ui::{Button, ButtonKind, Icon, Progress, sentence, use_toasts};
use domain::format;
use domain::sources::{UploadStatus, UploadSummary};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

#[component]
pub(super) fn QueueList(queue: Queue) -> impl IntoView {
    let summary = Memo::new(move |_| {
        let parts: Vec<Part> = queue.items.get().into_iter().map(|item| item.stage.with(part)).collect();
        let count = |status| queue.items.get().into_iter().filter(|item| received(*item).is_some_and(|upload| upload.status == status)).count();
        (parts.len() > 1).then(|| tally(&parts, count(UploadStatus::NeedsMapping), count(UploadStatus::Failed)))
    });
    view! {
        <p class="upload-tally" role="status">{move || summary.get()}</p>
        <ul class="upload-queue" aria-label="Your files">
            <For each=move || queue.items.get().into_iter().rev() key=|item| item.id children=move |item| view! { <QueueItem queue item /> } />
        </ul>
    }
}

#[component]
fn QueueItem(queue: Queue, item: Item) -> impl IntoView {
    // The part that is shown changes with the kind of stage only, so that a moving bar is not made anew at every step.
    let kind = Memo::new(move |_| item.stage.with(part));
    let on_discard = Callback::new(move |upload| item.stage.set(Stage::Received(Box::new(upload))));
    let body = move || match kind.get() {
        Part::Waiting => view! { <p class="upload-note">"Waits for the files before it."</p> }.into_any(),
        Part::Sending => view! { <SendingView queue item /> }.into_any(),
        Part::Queued | Part::Reading => view! { <ReadingView item /> }.into_any(),
        Part::Settled => received(item).map(|upload| view! { <UploadResult upload is_new=true on_discard /> }).into_any(),
        Part::Refused | Part::Lost | Part::Cancelled => view! { <StoppedView queue item /> }.into_any(),
    };
    let state = move || match kind.get() {
        Part::Waiting => "Waiting",
        Part::Sending => "On its way",
        Part::Refused => "Refused",
        Part::Lost => "Connection lost",
        Part::Cancelled => "Cancelled",
        Part::Queued | Part::Reading | Part::Settled => received(item).map_or("", |upload| status_word(&upload)),
    };
    let navigate = use_navigate();
    Effect::new(move |previous: Option<Part>| {
        let kind = kind.get();
        // One file that needs a person's help is all this page is about: the questions come to them, once.
        if kind == Part::Settled
            && previous.is_some_and(|previous| previous != kind)
            && queue.items.with_untracked(|items| items.len() == 1)
            && let Some(upload) = received(item).filter(|upload| upload.status == UploadStatus::NeedsMapping)
        {
            navigate(&format!("/data/uploads/{}/mapping", upload.id), NavigateOptions::default());
        }
        kind
    });
    view! {
        <li class="upload-item card">
            <div class="upload-head">
                <Icon name="file-spreadsheet" />
                <strong class="upload-name">{item.file_name()}</strong>
                <span class="upload-size">{format::bytes(item.bytes())}</span>
                <span class="upload-state" role="status">{state}</span>
            </div>
            {body}
        </li>
    }
}

/// Where several files stand, in a line: `3 files: 1 being read, 1 done, 1 waiting for your help`.
fn tally(parts: &[Part], helped: usize, failed: usize) -> String {
    let count = |some: &[Part]| parts.iter().filter(|part| some.contains(part)).count();
    let counts = [
        (count(&[Part::Waiting]), "waiting"),
        (count(&[Part::Sending]), "on the way"),
        (count(&[Part::Queued, Part::Reading]), "being read"),
        (count(&[Part::Settled]) - helped - failed, "done"),
        (helped, "waiting for your help"),
        (failed, "not readable"),
        (count(&[Part::Refused, Part::Lost, Part::Cancelled]), "not taken"),
    ];
    let said: Vec<String> = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
    format!("{} files: {}", parts.len(), said.join(", "))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Waiting,
    Sending,
    Queued,
    Reading,
    Settled,
    Refused,
    Lost,
    Cancelled,
}

fn part(stage: &Stage) -> Part {
    match stage {
        Stage::Waiting => Part::Waiting,
        Stage::Sending(_) => Part::Sending,
        Stage::Received(upload) if upload.status.is_settled() => Part::Settled,
        Stage::Received(upload) if upload.status == UploadStatus::Queued => Part::Queued,
        Stage::Received(_) => Part::Reading,
        Stage::Refused(_) => Part::Refused,
        Stage::Lost => Part::Lost,
        Stage::Cancelled => Part::Cancelled,
    }
}

fn received(item: Item) -> Option<UploadSummary> {
    item.stage.with(|stage| match stage {
        Stage::Received(upload) => Some((**upload).clone()),
        _ => None,
    })
}

#[component]
fn SendingView(queue: Queue, item: Item) -> impl IntoView {
    let sending = move || {
        item.stage.with(|stage| match stage {
            Stage::Sending(sending) => *sending,
            _ => Sending::default(),
        })
    };
    let label = Signal::derive(move || pace(sending()));
    let percent = Signal::derive(move || {
        let Sending { sent, total, .. } = sending();
        (total > 0.0).then(|| (sent / total * 100.0) as i32)
    });
    view! {
        <Progress label percent />
        <div class="upload-actions">
            <Button kind=ButtonKind::Quiet icon="x" on:click=move |_| queue.cancel(item)>"Cancel"</Button>
            <span class="upload-note">"Do not close Tradepost until it is through; its other pages you may open."</span>
        </div>
    }
}

/// `Sending: 12.0 MB of 45.6 MB, 8.1 MB a second`.
fn pace(sending: Sending) -> String {
    let Sending { sent, total, per_second } = sending;
    if sent >= total && total > 0.0 {
        return "All of it is sent; the server is putting it away".to_owned();
    }
    let amounts = format!("Sending: {} of {}", format::bytes(sent as i64), format::bytes(total as i64));
    if per_second < 1.0 { amounts } else { format!("{amounts}, {} a second", format::bytes(per_second as i64)) }
}

#[component]
fn ReadingView(item: Item) -> impl IntoView {
    let toasts = use_toasts();
    let reading = Signal::derive(move || {
        item.stage.with(|stage| match stage {
            Stage::Received(upload) => Reading::of(upload),
            _ => Reading::default(),
        })
    });
    let cancel = Action::new(move |(): &()| async move {
        let Some(id) = item.stage.with_untracked(|stage| match stage {
            Stage::Received(upload) => Some(upload.id),
            _ => None,
        }) else {
            return;
        };
        match cancel_upload(id).await {
            Ok(upload) => item.stage.set(Stage::Received(Box::new(upload))),
            Err(error) => toasts.failed(&error),
        }
    });
    view! {
        <ReadingProgress reading />
        <div class="upload-actions">
            <Button kind=ButtonKind::Quiet icon="x" busy=cancel.pending() on:click=move |_| { cancel.dispatch(()); }>"Cancel"</Button>
            <span class="upload-note">"You can leave this page; reading goes on, and Uploads shows how far it is."</span>
        </div>
    }
}

#[component]
fn StoppedView(queue: Queue, item: Item) -> impl IntoView {
    let words = item.stage.with_untracked(|stage| match stage {
        Stage::Refused(error) => sentence(&error.message),
        Stage::Lost => "The connection broke before the file was through. Nothing of it was kept, so you can simply send it again.".to_owned(),
        _ => "You called it off. Nothing of it was kept.".to_owned(),
    });
    let is_error = item.stage.with_untracked(|stage| !matches!(stage, Stage::Cancelled));
    view! {
        <p class="upload-words" class:upload-error=is_error>{words}</p>
        <div class="upload-actions">
            <Button icon="rotate-ccw" on:click=move |_| queue.retry(item)>"Send it again"</Button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_files_are_summed_up_in_a_line() {
        let parts = [Part::Settled, Part::Settled, Part::Settled, Part::Reading, Part::Refused];
        assert_eq!(tally(&parts, 1, 1), "5 files: 1 being read, 1 done, 1 waiting for your help, 1 not readable, 1 not taken");
    }

    #[test]
    fn the_pace_is_said_once_it_is_known() {
        let at = |sent, per_second| pace(Sending { sent, total: 45_600_000.0, per_second });
        assert_eq!(at(0.0, 0.0), "Sending: 0 bytes of 45.6 MB");
        assert_eq!(at(12_000_000.0, 8_100_000.0), "Sending: 12.0 MB of 45.6 MB, 8.1 MB a second");
        assert!(at(45_600_000.0, 1.0).starts_with("All of it is sent"));
    }
}

use crate::jobs::api::list_jobs;
use crate::jobs::{CancelJob, RetryJob};
use crate::session::use_session;
use crate::ui::{Badge, Button, ButtonKind, DeniedState, EmptyState, Instant, Loaded, PageHead, Table, Tone, sentence, toast_results, use_toasts};
use domain::jobs::{JobState, JobSummary};
use domain::{AppError, Permission};
use leptos::form::ActionForm;
use leptos::prelude::*;
use std::time::Duration;

/// How soon the page looks again while something is under way.
const WHILE_BUSY: Duration = Duration::from_secs(2);
/// How soon it looks again otherwise: something new may have begun.
const WHILE_IDLE: Duration = Duration::from_secs(10);

/// What the program does in the background, and what it could not do.
#[component]
pub fn JobsPage() -> impl IntoView {
    let session = use_session();
    view! {
        <PageHead title="Jobs" lead="What is done in the background: reading files, sending mail, counting days anew".to_owned() />
        <Show when=move || session.can(Permission::ManageJobs) fallback=|| view! { <DeniedState permission=Permission::ManageJobs /> }>
            <Jobs />
        </Show>
    }
}

#[component]
fn Jobs() -> impl IntoView {
    let retry = ServerAction::<RetryJob>::new();
    let cancel = ServerAction::<CancelJob>::new();
    toast_results(retry, "The job waits for its turn again");
    say_how_stopping_went(cancel);
    let jobs = Resource::new(move || (retry.version().get(), cancel.version().get()), |_| list_jobs());
    keep_looking(jobs);
    let table = move |jobs: Vec<JobSummary>| {
        if jobs.is_empty() {
            let text = "When you add a file or invite somebody, the work behind it is listed here.";
            return view! { <EmptyState title="Nothing to do" text icon="list-checks" /> }.into_any();
        }
        let rows = jobs.into_iter().map(|job| view! { <JobRow job retry cancel /> }).collect_view();
        view! { <Table caption="Jobs, newest first" headings=vec!["Job", "State", "#Tries", "Asked for", "Ended", ""]>{rows}</Table> }.into_any()
    };
    view! { <Loaded resource=jobs render=table lines=6 /> }
}

fn say_how_stopping_went(cancel: ServerAction<CancelJob>) {
    let toasts = use_toasts();
    Effect::new(move |_| match cancel.value().get() {
        Some(Ok(job)) => toasts.done(stopped(job.state)),
        Some(Err(error)) => toasts.failed(&error),
        None => {}
    });
}

/// A running job looks up between two steps, and stops then.
fn stopped(state: JobState) -> &'static str {
    if state == JobState::Running { "The job is asked to stop" } else { "The job is stopped" }
}

fn keep_looking(jobs: Resource<Result<Vec<JobSummary>, AppError>>) {
    Effect::new(move |_| {
        let Some(pause) = jobs.with(|jobs| jobs.as_ref().map(pause)) else { return };
        if let Ok(timer) = set_timeout_with_handle(move || jobs.refetch(), pause) {
            on_cleanup(move || timer.clear());
        }
    });
}

fn pause(jobs: &Result<Vec<JobSummary>, AppError>) -> Duration {
    let is_busy = jobs.as_ref().is_ok_and(|jobs| jobs.iter().any(is_under_way));
    if is_busy { WHILE_BUSY } else { WHILE_IDLE }
}

fn is_under_way(job: &JobSummary) -> bool {
    matches!(job.state, JobState::Queued | JobState::Running)
}

#[component]
fn JobRow(job: JobSummary, retry: ServerAction<RetryJob>, cancel: ServerAction<CancelJob>) -> impl IntoView {
    let JobSummary { id, kind, state, attempts, max_attempts, progress, last_error, created_at, finished_at, .. } = job;
    let name = name(&kind);
    let (tone, word) = match state {
        JobState::Queued => (Tone::Neutral, "Waiting".to_owned()),
        JobState::Running => (Tone::Info, format!("Running, {progress}\u{a0}%")),
        JobState::Done => (Tone::Good, "Done".to_owned()),
        JobState::Dead => (Tone::Bad, "Given up".to_owned()),
        JobState::Cancelled => (Tone::Neutral, "Stopped".to_owned()),
    };
    let id_input = move || view! { <input type="hidden" name="id" value=id.to_string() /> };
    let action = match state {
        JobState::Dead | JobState::Cancelled => view! {
            <ActionForm action=retry attr:class="row">{id_input()} <Button submit=true icon="rotate-ccw">"Try again"</Button></ActionForm>
        }
        .into_any(),
        JobState::Queued | JobState::Running => view! {
            <ActionForm action=cancel attr:class="row">{id_input()} <Button kind=ButtonKind::Danger submit=true>"Stop"</Button></ActionForm>
        }
        .into_any(),
        JobState::Done => ().into_any(),
    };
    view! {
        <tr>
            <td>
                {name}
                {last_error.map(|error| view! { <small class="job-error">{sentence(&error)}</small> })}
            </td>
            <td><Badge tone>{word}</Badge></td>
            <td class="number">{format!("{attempts} of {max_attempts}")}</td>
            <td class="nowrap"><Instant at=created_at /></td>
            <td class="nowrap">{finished_at.map(|at| view! { <Instant at /> })}</td>
            <td>{action}</td>
        </tr>
    }
}

/// What a kind of job does, in words.
fn name(kind: &str) -> String {
    match kind {
        "process_upload" => "Read an uploaded file".to_owned(),
        "send_mail" => "Send a mail".to_owned(),
        "recompute_days" => "Count days in the new time zone".to_owned(),
        "seed_demo" => "Fill the demo shop".to_owned(),
        "clean_up" => "Tidy up".to_owned(),
        other => sentence(&other.replace('_', " ")).trim_end_matches('.').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::JobId;

    fn job(state: JobState) -> JobSummary {
        JobSummary {
            id: JobId(uuid::Uuid::nil()),
            kind: "process_upload".to_owned(),
            state,
            attempts: 1,
            max_attempts: 8,
            progress: 0,
            last_error: None,
            created_at: 0,
            run_at: 0,
            finished_at: None,
        }
    }

    #[test]
    fn the_page_looks_again_soon_while_something_is_under_way_and_later_otherwise() {
        assert_eq!(pause(&Ok(vec![job(JobState::Done), job(JobState::Running)])), WHILE_BUSY);
        assert_eq!(pause(&Ok(vec![job(JobState::Done)])), WHILE_IDLE);
        assert_eq!(pause(&Err(AppError::internal())), WHILE_IDLE);
    }

    #[test]
    fn a_running_job_is_only_asked_to_stop() {
        assert_eq!(stopped(JobState::Running), "The job is asked to stop");
        assert_eq!(stopped(JobState::Cancelled), "The job is stopped");
    }
}

use crate::jobs::api::list_jobs;
use crate::jobs::{CancelJob, RetryJob};
use crate::session::use_session;
use crate::ui::{Badge, Button, ButtonKind, DeniedState, EmptyState, Instant, Loaded, PageHead, Table, Tone, sentence, toast_results};
use domain::Permission;
use domain::jobs::{JobState, JobSummary};
use leptos::form::ActionForm;
use leptos::prelude::*;
use std::time::Duration;

/// How often the page looks again while something is under way.
const EVERY: Duration = Duration::from_secs(2);

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
    toast_results(cancel, "The job is stopped");
    let jobs = Resource::new(move || (retry.version().get(), cancel.version().get()), |_| list_jobs());
    look_again_while_busy(jobs);
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

fn look_again_while_busy(jobs: Resource<Result<Vec<JobSummary>, domain::AppError>>) {
    Effect::new(move |_| {
        let is_busy = jobs.with(|jobs| matches!(jobs, Some(Ok(jobs)) if jobs.iter().any(is_under_way)));
        if is_busy {
            set_timeout(move || jobs.refetch(), EVERY);
        }
    });
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

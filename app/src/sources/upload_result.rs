//! What came of a settled upload.

use super::api::cancel_upload;
use super::undo::UndoDialog;
use super::words::{outcome, period, recognised};
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, Icon, LinkButton, use_toasts};
use domain::ids::UploadId;
use domain::sources::{FileKind, UploadMode, UploadStatus, UploadSummary};
use domain::{Permission, format};
use leptos::prelude::*;

/// The outcome in a sentence, the rows as a bar, the facts, and what to do next.
#[component]
pub(super) fn UploadResult(
    upload: UploadSummary,
    /// Whether a person has just been waiting for it.
    #[prop(optional)]
    is_new: bool,
    /// Told of the upload as it is once a person has discarded it.
    on_discard: Callback<UploadSummary>,
) -> impl IntoView {
    let is_good = upload.status == UploadStatus::Completed && upload.rows_accepted > 0;
    let (icon, tone) = match upload.status {
        UploadStatus::Completed if is_good => ("circle-check", "good"),
        UploadStatus::Completed | UploadStatus::Undone => ("info", "neutral"),
        UploadStatus::Failed => ("circle-x", "bad"),
        _ => ("columns-3", "warning"),
    };
    let is_counted = upload.status == UploadStatus::Completed;
    let remarks = upload.remarks.clone();
    view! {
        <div class=format!("upload-result upload-result-{tone}") class:upload-joy=is_new && is_good>
            <p class="upload-outcome"><Icon name=icon /> <span>{outcome(&upload)}</span></p>
            {is_counted.then(|| view! { <RowsBar upload=upload.clone() /> <Facts upload=upload.clone() /> })}
            {(!remarks.is_empty()).then(|| view! { <Remarks remarks /> })}
            <NextSteps upload is_new on_discard />
        </div>
    }
}

/// Accepted, already there, rejected: one bar, so that their shares are seen at a glance.
#[component]
fn RowsBar(upload: UploadSummary) -> impl IntoView {
    let total = upload.rows_total.max(1) as f64;
    let parts = [("accepted", upload.rows_accepted), ("duplicate", upload.rows_duplicate), ("rejected", upload.rows_rejected)];
    let parts = parts.into_iter().filter(|(_, rows)| *rows > 0).map(|(part, rows)| {
        view! { <i class=format!("rows-{part}") style=format!("flex-grow: {:.5}", rows as f64 / total)></i> }
    });
    view! { <div class="rows-bar" aria-hidden="true">{parts.collect_view()}</div> }
}

#[component]
fn Facts(upload: UploadSummary) -> impl IntoView {
    let number = |count: i64| Some(format::number(count));
    let some = |count: i64| (count > 0).then(|| format::number(count));
    let sales: Vec<_> = upload.net_sales.iter().map(|amount| format::money(*amount)).collect();
    let facts = [
        ("rows-total", "Rows in the file", number(upload.rows_total)),
        ("rows-accepted", "Added", number(upload.rows_accepted)),
        ("rows-duplicate", "There already", some(upload.rows_duplicate)),
        ("rows-rejected", "Not readable", some(upload.rows_rejected)),
        ("orders-new", "New orders", some(upload.orders_new)),
        ("orders-updated", "Changed orders", some(upload.orders_updated)),
        ("period", "Days", period(&upload)),
        ("net-sales", "Net sales", (!sales.is_empty()).then(|| sales.join(", "))),
        ("kind", "Read as", Some(recognised(&upload).unwrap_or_else(|| upload.kind.label().to_owned()))),
        ("mode", "What was there", Some(upload.mode.label().to_owned()).filter(|_| upload.mode != UploadMode::Upsert)),
    ];
    let facts = facts.into_iter().filter_map(|(name, label, value)| {
        value.map(|value| view! { <div class=format!("fact fact-{name}")><dt>{label}</dt><dd>{value}</dd></div> })
    });
    view! { <dl class="upload-facts">{facts.collect_view()}</dl> }
}

#[component]
fn Remarks(remarks: Vec<String>) -> impl IntoView {
    let remarks = remarks.into_iter().map(|remark| view! { <li>{crate::ui::sentence(&remark)}</li> });
    view! {
        <div class="upload-remarks">
            <h2>"What we noticed"</h2>
            <ul>{remarks.collect_view()}</ul>
        </div>
    }
}

/// Where what a file brought is seen.
fn seen_at(kind: FileKind) -> (&'static str, &'static str) {
    match kind {
        FileKind::Orders | FileKind::Refunds => ("/sales?range=all", "See your sales"),
        FileKind::Products => ("/dashboards/products?range=all", "See your products"),
        FileKind::Customers => ("/dashboards/customers?range=all", "See your customers"),
        FileKind::Inventory => ("/dashboards/inventory", "See your stock"),
        FileKind::SellOut | FileKind::Payouts | FileKind::AdSpend => ("/boards", "See your boards"),
    }
}

#[component]
fn NextSteps(upload: UploadSummary, is_new: bool, on_discard: Callback<UploadSummary>) -> impl IntoView {
    let UploadSummary { id, status, rows_rejected, .. } = upload.clone();
    let may_add = use_session().can(Permission::AddData);
    let rejected = format!("Download the {}", format::counted(rows_rejected, "unreadable row", "unreadable rows"));
    // A file of which rows were seen may have been misunderstood; of one without rows there is nothing to ask.
    let is_askable = status == UploadStatus::NeedsMapping || (status == UploadStatus::Failed && upload.rows_total > 0);
    // What no row could be read of is seen nowhere.
    let brought = upload.rows_accepted + upload.rows_duplicate > 0;
    let is_over = matches!(status, UploadStatus::Failed | UploadStatus::Undone);
    view! {
        <div class="upload-actions">
            {(status == UploadStatus::Completed && brought).then(|| {
                let (href, words) = seen_at(upload.kind);
                view! { <LinkButton href kind=ButtonKind::Primary icon="chart-line">{words}</LinkButton> }
            })}
            {(is_askable && may_add).then(|| {
                view! { <LinkButton href=format!("/data/uploads/{id}/mapping") kind=ButtonKind::Primary icon="columns-3">"Say what the columns mean"</LinkButton> }
            })}
            {(rows_rejected > 0 && may_add).then(|| {
                view! {
                    // Not a page of the application: the router must leave it to the browser.
                    <a class="button button-secondary" href=format!("/api/v1/uploads/{id}/issues.csv") download rel="external">
                        <Icon name="download" />
                        <span>{rejected}</span>
                    </a>
                }
            })}
            {(is_new && upload.rows_total > 0).then(|| {
                view! { <LinkButton href=format!("/data/uploads/{id}") icon="list-checks">"See how good the data is"</LinkButton> }
            })}
            // On the page where files are brought, the place to bring another is in sight.
            {(is_over && may_add && !is_new).then(|| view! { <LinkButton href="/data/add" icon="plus">"Add another file"</LinkButton> })}
            {(status == UploadStatus::NeedsMapping && may_add).then(|| view! { <Discard id on_discard /> })}
            {(upload.can_reprocess && may_add && !is_new).then(|| {
                view! { <LinkButton href=format!("/data/uploads/{id}/mapping") icon="columns-3">"Change what the columns mean"</LinkButton> }
            })}
            {(upload.can_undo && may_add && !is_new).then(|| view! { <Undo upload=upload.clone() on_discard /> })}
        </div>
    }
}

/// Takes back what a file brought, once a person has said so twice.
#[component]
fn Undo(upload: UploadSummary, on_discard: Callback<UploadSummary>) -> impl IntoView {
    let asked = RwSignal::new(None);
    view! {
        <Button kind=ButtonKind::Quiet icon="undo-2" on:click=move |_| asked.set(Some(upload.clone()))>"Undo this upload"</Button>
        <UndoDialog asked on_undone=on_discard />
    }
}

/// Takes back a file that waits for a person's help.
#[component]
fn Discard(id: UploadId, on_discard: Callback<UploadSummary>) -> impl IntoView {
    let toasts = use_toasts();
    let discard = Action::new(move |(): &()| async move {
        match cancel_upload(id).await {
            Ok(upload) => on_discard.run(upload),
            Err(error) => toasts.failed(&error),
        }
    });
    view! {
        <Button kind=ButtonKind::Quiet icon="x" busy=discard.pending() on:click=move |_| { discard.dispatch(()); }>
            "Discard this file"
        </Button>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::session::Session;
    use crate::sources::words::tests::upload;
    use domain::Role;
    use domain::accounts::{Me, MerchantSummary};
    use domain::ids::MerchantId;

    fn steps(role: Role, upload: UploadSummary) -> String {
        steps_of(role, upload, false)
    }

    fn steps_of(role: Role, upload: UploadSummary, is_new: bool) -> String {
        let merchant = MerchantSummary {
            id: MerchantId(1),
            name: "Hearth".to_owned(),
            currency: "GBP".parse().expect("a currency"),
            time_zone: "Europe/London".to_owned(),
            week_start: 1,
            fiscal_year_start: 1,
            is_demo: false,
        };
        let me = Me { user_id: None, email: String::new(), role, is_visitor: false, upload_max_bytes: 1, merchant, merchants: Vec::new() };
        Owner::new().with(|| {
            crate::ui::provide_toasts();
            provide_context(Session::new(me));
            view! { <NextSteps upload is_new on_discard=Callback::new(|_| ()) /> }.to_html()
        })
    }

    #[test]
    fn a_failed_upload_is_no_dead_end() {
        let html = steps(Role::Owner, upload(UploadStatus::Failed, 0, 3, 0));
        assert!(html.contains("Say what the columns mean") && html.contains("Add another file"), "{html}");
        let empty = steps(Role::Owner, upload(UploadStatus::Failed, 0, 0, 0));
        assert!(!empty.contains("Say what the columns mean") && empty.contains("Add another file"), "{empty}");
        let undone = steps(Role::Owner, upload(UploadStatus::Undone, 0, 0, 0));
        assert!(undone.contains("Add another file"), "{undone}");
    }

    #[test]
    fn what_was_just_brought_leads_to_its_report() {
        let read = upload(UploadStatus::Completed, 3, 0, 0);
        let new = steps_of(Role::Owner, read.clone(), true);
        assert!(new.contains("See how good the data is") && new.contains(&format!("/data/uploads/{}\"", read.id)), "{new}");
        assert!(!steps(Role::Owner, read).contains("See how good"), "there it stands below");
    }

    #[test]
    fn what_needs_a_persons_help_can_be_discarded_by_whoever_may_add_data() {
        let helped = upload(UploadStatus::NeedsMapping, 0, 0, 0);
        assert!(steps(Role::Owner, helped.clone()).contains("Discard this file"));
        let html = steps(Role::Viewer, helped);
        assert!(!html.contains("Discard this file") && !html.contains("Say what the columns mean"), "{html}");
    }
}

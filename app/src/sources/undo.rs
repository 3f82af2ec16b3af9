//! Taking an upload back, once a person has read what exactly goes.

use super::api::undo_upload;
use super::words::period;
use crate::settings::Confirm;
use crate::ui::use_toasts;
use domain::format;
use domain::sources::{FileKind, UploadSummary};
use leptos::prelude::*;

/// Asks about the upload that `asked` holds, and takes it back.
#[component]
pub(super) fn UndoDialog(
    asked: RwSignal<Option<UploadSummary>>,
    /// Told of the upload as it is then.
    on_undone: Callback<UploadSummary>,
) -> impl IntoView {
    let toasts = use_toasts();
    let undo = Action::new(move |upload: &UploadSummary| {
        let id = upload.id;
        async move {
            match undo_upload(id).await {
                Ok(upload) => on_undone.run(upload),
                Err(error) => toasts.failed(&error),
            }
        }
    });
    let on_yes = Callback::new(move |upload| {
        undo.dispatch(upload);
    });
    view! { <Confirm id="undo-upload" title="Undo this upload?" what=asked says verb="Undo this upload" on_yes /> }
}

/// What exactly goes, and what comes back.
fn says(upload: &UploadSummary) -> String {
    let mut text = format!("What “{}” brought goes: {}.", upload.file_name, brought(upload));
    if upload.orders_updated > 0 {
        let entries = match upload.kind {
            FileKind::Orders => format::counted(upload.orders_updated, "order that it changed becomes", "orders that it changed become"),
            _ => format::counted(upload.orders_updated, "entry that it changed becomes", "entries that it changed become"),
        };
        text.push_str(&format!(" {entries} as before."));
    }
    text.push_str(" What later files brought stays, and you can bring this file again.");
    text
}

fn brought(upload: &UploadSummary) -> String {
    let mut parts = match upload.kind {
        FileKind::Orders if upload.orders_new > 0 => vec![format::counted(upload.orders_new, "order", "orders")],
        FileKind::Orders if upload.orders_updated > 0 => {
            vec![format!("its version of {}", format::counted(upload.orders_updated, "order", "orders"))]
        }
        _ => vec![format::counted(upload.rows_accepted, "row", "rows")],
    };
    let sales: Vec<String> = upload.net_sales.iter().map(|amount| format::money(*amount)).collect();
    if !sales.is_empty() {
        parts.push(format!("{} in net sales", sales.join(" and ")));
    }
    parts.extend(period(upload));
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::words::tests::upload;
    use domain::sources::UploadStatus;

    #[test]
    fn the_question_says_exactly_what_goes_and_what_comes_back() {
        let upload = UploadSummary { orders_new: 12, orders_updated: 2, ..upload(UploadStatus::Completed, 128, 0, 0) };
        assert_eq!(
            says(&upload),
            "What “sales.csv” brought goes: 12 orders, £9,747,747.93 in net sales, 1 Dec 2010 – 9 Dec 2011. 2 orders that it changed become as \
             before. What later files brought stays, and you can bring this file again."
        );
        let products = UploadSummary { kind: FileKind::Products, net_sales: Vec::new(), first_day: None, orders_new: 0, orders_updated: 0, ..upload };
        assert!(says(&products).starts_with("What “sales.csv” brought goes: 128 rows. What later"), "{}", says(&products));
    }
}

//! An upload's state and outcome in words.

use crate::ui::Tone;
use domain::format;
use domain::sources::{UploadOrigin, UploadStatus, UploadSummary};

/// The state as a badge says it.
pub(super) fn status_word(upload: &UploadSummary) -> &'static str {
    match upload.status {
        UploadStatus::Queued if is_being_changed(upload) => "Being changed",
        UploadStatus::Queued => "Waiting",
        UploadStatus::Processing => "Being read",
        UploadStatus::NeedsMapping => "Needs your help",
        UploadStatus::Completed => "Done",
        UploadStatus::Failed => "Not read",
        UploadStatus::Undone if was_in_the_figures(upload) => "Undone",
        UploadStatus::Undone => "Cancelled",
    }
}

/// Whether it was read before it was taken back.
fn was_in_the_figures(upload: &UploadSummary) -> bool {
    upload.rows_accepted + upload.rows_duplicate > 0
}

/// Whether the figures include it while it waits: to be undone, or to be read again.
pub(super) fn is_being_changed(upload: &UploadSummary) -> bool {
    upload.status == UploadStatus::Queued && was_in_the_figures(upload)
}

/// The colour beside that word.
pub(super) fn status_tone(status: UploadStatus) -> Tone {
    match status {
        UploadStatus::Queued => Tone::Neutral,
        UploadStatus::Processing => Tone::Info,
        UploadStatus::NeedsMapping => Tone::Warning,
        UploadStatus::Completed => Tone::Good,
        UploadStatus::Failed => Tone::Bad,
        UploadStatus::Undone => Tone::Neutral,
    }
}

/// What it was recognised as: `Shopify orders`; nothing where only its columns told.
pub(super) fn recognised(upload: &UploadSummary) -> Option<String> {
    Some(format!("{} {}", upload.vendor_name.as_deref()?, upload.kind.label().to_lowercase()))
}

/// What came of a settled upload, in one sentence.
pub(super) fn outcome(upload: &UploadSummary) -> String {
    let rows = |count| format::counted(count, "row", "rows");
    match upload.status {
        UploadStatus::Queued => "It waits for its turn.".to_owned(),
        UploadStatus::Processing => "It is being read.".to_owned(),
        UploadStatus::NeedsMapping => {
            "We could not tell all that its columns say. Answer once, and files like this are read without asking.".to_owned()
        }
        UploadStatus::Failed => crate::ui::sentence(upload.error.as_deref().unwrap_or("the file could not be read; your figures are as before")),
        UploadStatus::Undone if was_in_the_figures(upload) => "It was undone. Your figures are as though it had never been brought.".to_owned(),
        UploadStatus::Undone => "It was cancelled. Your figures are as before.".to_owned(),
        UploadStatus::Completed if upload.rows_accepted == 0 && upload.rows_duplicate > 0 && upload.rows_rejected == 0 => {
            match upload.rows_duplicate {
                1 => "You brought this order before: its row was there already. Nothing changed.".to_owned(),
                count => format!("You brought these orders before: all {} were there already. Nothing changed.", rows(count)),
            }
        }
        UploadStatus::Completed if upload.rows_accepted == 0 => "No row of it could be read. Your figures are as before.".to_owned(),
        UploadStatus::Completed => {
            let sales: Vec<_> = upload.net_sales.iter().map(|amount| format::money(*amount)).collect();
            let sales = if sales.is_empty() { String::new() } else { format!(", {} in net sales", sales.join(" and ")) };
            format!("{} added{sales}.", rows(upload.rows_accepted))
        }
    }
}

/// The days of its orders.
pub(super) fn period(upload: &UploadSummary) -> Option<String> {
    Some(format::range(domain::range::DateRange::new(upload.first_day?, upload.last_day?).ok()?))
}

/// Who brought it; where nobody did, how it came.
pub(super) fn who_brought(upload: &UploadSummary) -> String {
    if upload.uploaded_by.is_empty() { upload.origin.label().to_owned() } else { upload.uploaded_by.clone() }
}

/// How much was brought and by whom: `31.5 kB brought by ada@example.com`.
pub(super) fn brought(upload: &UploadSummary) -> String {
    let bytes = format::bytes(upload.bytes);
    match upload.origin {
        _ if !upload.uploaded_by.is_empty() => format!("{bytes} brought by {}", upload.uploaded_by),
        UploadOrigin::Watched => format!("{bytes} from a watched folder"),
        UploadOrigin::Command => format!("{bytes} from the command line"),
        UploadOrigin::File | UploadOrigin::Api => bytes,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use domain::Money;
    use domain::ids::UploadId;

    pub(in crate::sources) fn upload(status: UploadStatus, accepted: i64, rejected: i64, duplicate: i64) -> UploadSummary {
        UploadSummary {
            id: UploadId(uuid::Uuid::nil()),
            status,
            file_name: "sales.csv".to_owned(),
            bytes: 1,
            vendor: None,
            vendor_name: None,
            progress: 100,
            rows_total: accepted + rejected + duplicate,
            rows_accepted: accepted,
            rows_rejected: rejected,
            rows_duplicate: duplicate,
            orders_new: 0,
            orders_updated: 0,
            first_day: "2010-12-01".parse().ok(),
            last_day: "2011-12-09".parse().ok(),
            net_sales: vec![Money::new(974_774_793, "GBP".parse().expect("a currency"))],
            remarks: Vec::new(),
            error: None,
            uploaded_by: String::new(),
            created_at: 0,
            finished_at: None,
            kind: domain::sources::FileKind::Orders,
            mode: domain::sources::UploadMode::Upsert,
            origin: domain::sources::UploadOrigin::File,
            can_undo: false,
            can_reprocess: false,
            cleaning: Vec::new(),
        }
    }

    #[test]
    fn it_is_said_who_brought_it_or_how_it_came() {
        let of = |uploaded_by: &str, origin| UploadSummary {
            uploaded_by: uploaded_by.to_owned(),
            origin,
            bytes: 31_500,
            ..upload(UploadStatus::Completed, 1, 0, 0)
        };
        assert_eq!(brought(&of("ada@example.com", UploadOrigin::File)), "31.5 kB brought by ada@example.com");
        assert_eq!(brought(&of("", UploadOrigin::Watched)), "31.5 kB from a watched folder");
        assert_eq!(who_brought(&of("", UploadOrigin::Command)), "Command line");
        assert_eq!(who_brought(&of("till", UploadOrigin::Api)), "till");
    }

    #[test]
    fn the_same_file_again_says_that_nothing_changed() {
        assert!(outcome(&upload(UploadStatus::Completed, 0, 0, 3)).contains("all 3 rows were there already. Nothing changed"));
    }

    #[test]
    fn a_read_file_says_what_it_brought() {
        let upload = upload(UploadStatus::Completed, 541_909, 0, 0);
        assert_eq!(outcome(&upload), "541,909 rows added, £9,747,747.93 in net sales.");
        assert_eq!(period(&upload).as_deref(), Some("1 Dec 2010 – 9 Dec 2011"));
    }

    #[test]
    fn what_was_recognised_is_said_as_people_know_it() {
        let shop = UploadSummary { vendor_name: Some("WooCommerce".to_owned()), ..upload(UploadStatus::Completed, 1, 0, 0) };
        assert_eq!(recognised(&shop).as_deref(), Some("WooCommerce orders"));
        assert_eq!(recognised(&upload(UploadStatus::Completed, 1, 0, 0)), None);
    }

    #[test]
    fn an_upload_that_was_in_the_figures_is_undone_and_another_cancelled() {
        let words = |accepted| status_word(&upload(UploadStatus::Undone, accepted, 0, 0));
        assert_eq!((words(3), words(0)), ("Undone", "Cancelled"));
    }

    #[test]
    fn an_upload_that_is_taken_back_does_not_wait_as_a_new_one_does() {
        let words = |accepted| status_word(&upload(UploadStatus::Queued, accepted, 0, 0));
        assert_eq!((words(3), words(0)), ("Being changed", "Waiting"));
    }
}

//! What our mails say of uploads.

use super::NewMail;
use domain::format::{counted, number};
use domain::ids::MerchantId;
use entity::upload::Model as Upload;

/// The most rejected rows that go with a mail.
pub(crate) const ROWS_ATTACHED: u64 = 5_000;

/// To who brought a file, once it is settled.
pub fn upload_settled(to: &str, shop: &str, upload: &Upload, public_url: &str) -> NewMail {
    let page = format!("{public_url}/data/uploads/{}", upload.id);
    let file = &upload.file_name;
    let (subject, said) = match (upload.status.as_str(), &upload.error) {
        ("failed", error) => {
            let why = error.as_deref().unwrap_or("the server's log says why");
            (format!("{file} could not be read"), format!("The file {file} could not be read into {shop}: {why}.\n\nThe figures are as they were."))
        }
        ("needs_mapping", _) => {
            let said =
                format!("The columns of {file} were not recognised. Say once what they mean; then it is read, and so are later files of this shape.");
            (format!("{file} waits for you"), said)
        }
        (_, Some(error)) => (format!("{file} stands as it stood"), format!("The file {file} in {shop}: {error}.")),
        _ => read(shop, upload),
    };
    let body = format!(
        "Hello,\n\n{said}\n\n{page}\n\n{}Which of these mails you get is yours to choose, under Settings, Security.\n",
        attached(upload, &page)
    );
    NewMail { merchant_id: Some(MerchantId(upload.merchant_id)), to: to.to_owned(), subject, body }
}

fn read(shop: &str, upload: &Upload) -> (String, String) {
    let (file, rejected) = (&upload.file_name, upload.rows_rejected);
    let mut said = format!(
        "The file {file} was read into {shop}: {} accepted, {} rejected, {} known already.",
        counted(upload.rows_accepted, "row", "rows"),
        number(rejected),
        number(upload.rows_duplicate)
    );
    let remarks: Vec<String> = serde_json::from_str(&upload.remarks).unwrap_or_default();
    for remark in remarks {
        said.push_str("\n\n");
        said.push_str(&remark);
    }
    let subject = match rejected {
        0 => format!("{file} was read: {}", counted(upload.rows_total, "row", "rows")),
        some => format!("{file}: {} could not be read", counted(some, "row", "rows")),
    };
    (subject, said)
}

/// What goes with the mail, in words.
fn attached(upload: &Upload, page: &str) -> String {
    let most = ROWS_ATTACHED as i64;
    match upload.rows_rejected {
        0 => String::new(),
        some if some <= most => "The rejected rows are attached, with the reason for each.\n\n".to_owned(),
        some => format!("The first {} of {} rejected rows are attached; the page has all of them: {page}\n\n", number(most), number(some)),
    }
}

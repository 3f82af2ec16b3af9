//! How long an upload's file is kept, said where one looks at the upload.

use crate::ui::Instant;
use domain::sources::KeptFile;
use leptos::prelude::*;

/// Until when the file itself is kept, or that it is not there any more.
#[component]
pub(super) fn Kept(kept: KeptFile) -> impl IntoView {
    let (beginning, end) = words(kept);
    view! {
        <p class="upload-note upload-kept">
            {beginning}
            {kept.until.map(|at| view! { <Instant at /> })}
            {end}
        </p>
    }
}

/// What is said before and after the instant.
fn words(kept: KeptFile) -> (&'static str, &'static str) {
    match kept {
        KeptFile { is_kept: false, .. } => {
            ("The file itself is not kept any more: its rows cannot be looked up and it cannot be read again. The figures stay.", "")
        }
        KeptFile { until: None, .. } => ("The file itself is kept: its rows can be looked up and it can be read again at any time.", ""),
        KeptFile { until: Some(_), .. } => {
            ("The file itself is kept until ", ". Until then its rows can be looked up and it can be read again; the figures stay.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_whether_rows_can_still_be_looked_up() {
        assert!(words(KeptFile { is_kept: false, until: None }).0.contains("not kept any more"));
        assert!(words(KeptFile { is_kept: true, until: None }).0.ends_with("at any time."));
        assert!(words(KeptFile { is_kept: true, until: Some(1) }).0.ends_with("until "));
    }
}

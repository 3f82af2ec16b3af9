//! Where the tests' own pages are.

use domain::embeds::{PasteProblem, Pasted, recognise_paste};

pub(crate) const OWN: &str = "https://tradepost.example";

/// As on a server in production: https only.
pub(crate) fn paste(text: &str) -> Result<Pasted, PasteProblem> {
    recognise_paste(text, OWN, false)
}

/// As on a developer's machine.
pub(crate) fn paste_at_home(text: &str) -> Result<Pasted, PasteProblem> {
    recognise_paste(text, "http://127.0.0.1:3987", true)
}

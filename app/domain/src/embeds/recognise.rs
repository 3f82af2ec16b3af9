//! From a pasted text to a board.

use super::pasted::{PasteProblem, Pasted};
use super::tool::EmbedTool;
use url::Url;

/// Recognises an address, a share link or a snippet. `own_origin` is where our own pages are, which are never framed;
/// `http:` is accepted for this computer only, and only when `allow_loopback_http` (development and tests).
pub fn recognise_paste(text: &str, _own_origin: &str, _allow_loopback_http: bool) -> Result<Pasted, PasteProblem> {
    let url = Url::parse(text.trim()).map_err(|_| PasteProblem::NotAnAddress)?;
    let origin = url.origin().ascii_serialization();
    Ok(Pasted::of(EmbedTool::Generic, url.into(), origin, Vec::new()))
}

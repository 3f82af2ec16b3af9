//! The steps of recognising, in order.

use super::super::pasted::{PasteProblem, Pasted};
use super::super::tool::EmbedTool;
use super::address::{Rules, safe_url};
use super::board::{Address, Board};
use super::snippet::take_out;
use super::{grafana, lightdash, looker, looker_studio, metabase, power_bi, superset, tableau};

/// Longer texts are neither an address nor a snippet.
const MAX_TEXT: usize = 20_000;
/// Longer addresses are cut off by tools and proxies.
const MAX_URL: usize = 8_000;

/// Whether an address is a tool's, and if so the board or why not.
type Recogniser = fn(&Address) -> Option<Result<Board, PasteProblem>>;

/// Each tool is asked in turn; the more certain a shape is, the earlier.
const TOOLS: [Recogniser; 8] = [
    looker_studio::recognise,
    power_bi::recognise,
    superset::recognise,
    lightdash::recognise,
    metabase::recognise,
    grafana::recognise,
    tableau::recognise,
    looker::recognise,
];

/// Recognises an address, a share link or a snippet.
///
/// `own_origin` is where our own pages are, which are never framed. `http:` is accepted for this computer only, and
/// only with `allow_loopback_http` (development and tests).
pub fn recognise_paste(text: &str, own_origin: &str, allow_loopback_http: bool) -> Result<Pasted, PasteProblem> {
    if text.len() > MAX_TEXT {
        return Err(PasteProblem::TooLong);
    }
    let rules = Rules { own_origin, allow_loopback_http };
    let taken = take_out(text)?;
    let mut changes = taken.changes;
    let url = safe_url(&taken.address, &rules, &mut changes)?;
    let board = board_at(&Address::new(url))?;
    // Whatever the tools made of it is checked as strictly as what was pasted.
    let url = safe_url(board.url.as_str(), &rules, &mut Vec::new())?;
    if url.as_str().len() > MAX_URL {
        return Err(PasteProblem::TooLong);
    }
    changes.extend(board.changes);
    let origin = url.origin().ascii_serialization();
    let mut pasted = Pasted::of(board.tool, url.into(), origin, changes);
    pasted.resource = board.resource;
    pasted.access = board.access.unwrap_or(pasted.access);
    pasted.title_guess = taken.title.or(board.title);
    Ok(pasted)
}

fn board_at(address: &Address) -> Result<Board, PasteProblem> {
    let found = TOOLS.into_iter().find_map(|recognise| recognise(address));
    found.unwrap_or_else(|| Ok(Board::new(EmbedTool::Generic, address.url.clone())))
}

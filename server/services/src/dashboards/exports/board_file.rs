//! A whole board as a PDF.

use domain::dashboards::{BoardKey, BoardView, DashboardView, DataSpan};
use domain::question::Filter;
use domain::{Permission, format};
use engine::paper::{Sheet, pdf};

use super::card_file::{TableFile, plain};
use super::card_table::spoken;
use crate::analytics::in_turn;
use crate::dashboards::boards::view_board_on_paper;
use crate::{Actor, Result, Services};

/// What stands where cards would be, as the pages say it (`app/src/dashboards`).
const NO_DATA: &str = "There is no data yet. An analyst, admin or owner of this shop can add some.";
const NO_CARDS: &str = "This board has no cards yet. They appear here as soon as somebody pins one.";
const NOTHING_YET: &str = "Nothing to show yet. Your data do not tell of this so far. The cards appear by themselves as soon as they do: stock levels for the inventory, for example.";
const PUT_AWAY: &str = "This board was put away.";
/// What a person is told whose board is not drawn in time.
const TOO_LONG: &str = "this board is too long to be put on paper in time; choose fewer cards or days";

/// A board as it is shown for the days and filters of a view, on A4 pages.
pub async fn board_file(services: &Services, actor: &Actor, key: BoardKey, view: DashboardView) -> Result<TableFile> {
    actor.require(Permission::SeeFigures)?;
    let filters = view.filters.clone();
    let board = view_board_on_paper(services, actor, key, view).await?;
    let name = name(&board);
    let sheet = sheet(board, &filters, services.clock.now_ms());
    let bytes = in_turn(services, actor.merchant_id, TOO_LONG, move |stop| pdf(&sheet, stop)).await?.map_err(anyhow::Error::from)?;
    Ok(TableFile { name, media_type: "application/pdf", bytes })
}

fn name(board: &BoardView) -> String {
    let days = board.data.as_ref().map_or_else(String::new, |_| format!("-{}-to-{}", board.range.from, board.range.to));
    format!("{}{days}.pdf", plain(&board.title))
}

fn sheet(board: BoardView, filters: &[Filter], made_at: i64) -> Sheet {
    let compared = board.compared_range.map(|range| format!("compared with {}", format::range(range)));
    let filters = filters.iter().map(|filter| {
        let (what, values) = spoken(filter);
        format!("{what} {values}")
    });
    let put_away = board.is_archived.then(|| PUT_AWAY.to_owned());
    let reach = board.data.as_ref().and_then(|data| reach(data, &board));
    let instead = instead(&board).to_owned();
    Sheet {
        shop: board.merchant.name,
        title: board.title,
        description: board.description,
        days: board.data.as_ref().map_or_else(String::new, |_| format::range(board.range)),
        chosen: reach.into_iter().chain(compared).chain(filters).collect(),
        notices: put_away.into_iter().chain(board.notices).collect(),
        made_at,
        // Before there are data, no card has anything to say.
        cards: if board.data.is_some() { board.views } else { Vec::new() },
        instead,
    }
}

/// How far the data reach, where that is not to the last of the days.
fn reach(data: &DataSpan, board: &BoardView) -> Option<String> {
    (data.days.to < board.range.to).then(|| format!("data to {}", format::day(data.days.to)))
}

/// Why there is no card. A board of one thing says itself that none was chosen.
fn instead(board: &BoardView) -> &'static str {
    match board.key {
        _ if board.data.is_none() => NO_DATA,
        BoardKey::Own(_) => NO_CARDS,
        BoardKey::Standard(standard) if standard.looks_at().is_some() => "",
        BoardKey::Standard(_) => NOTHING_YET,
    }
}

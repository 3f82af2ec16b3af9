//! A whole board as a PDF.

use domain::dashboards::{BoardKey, BoardView, DashboardView};
use domain::question::Filter;
use domain::{Permission, format};
use engine::paper::{Sheet, pdf};

use super::card_file::{TableFile, plain};
use super::card_table::spoken;
use crate::analytics::in_turn;
use crate::dashboards::boards::view_board_on_paper;
use crate::{Actor, Result, Services};

/// What a person is told who prints a board before there are any data.
const NO_DATA: &str = "there are no data yet; the figures appear as soon as some are added";

/// A board as it is shown for the days and filters of a view, on A4 pages.
pub async fn board_file(services: &Services, actor: &Actor, key: BoardKey, view: DashboardView) -> Result<TableFile> {
    actor.require(Permission::SeeFigures)?;
    let filters = view.filters.clone();
    let board = view_board_on_paper(services, actor, key, view).await?;
    let name = format!("{}-{}-to-{}.pdf", plain(&board.title), board.range.from, board.range.to);
    let sheet = sheet(board, &filters, services.clock.now_ms());
    let bytes = in_turn(services, actor.merchant_id, move || pdf(&sheet)).await?.map_err(anyhow::Error::from)?;
    Ok(TableFile { name, media_type: "application/pdf", bytes })
}

fn sheet(board: BoardView, filters: &[Filter], made_at: i64) -> Sheet {
    let compared = board.compared_range.map(|range| format!("compared with {}", format::range(range)));
    let filters = filters.iter().map(|filter| {
        let (what, values) = spoken(filter);
        format!("{what} {values}")
    });
    let no_data = board.data.is_none().then(|| NO_DATA.to_owned());
    Sheet {
        shop: board.merchant.name,
        title: board.title,
        description: board.description,
        days: format::range(board.range),
        chosen: compared.into_iter().chain(filters).collect(),
        notices: board.notices.into_iter().chain(no_data).collect(),
        made_at,
        cards: board.views,
    }
}

//! A board with the answers to all its questions, in one request.

use domain::dashboards::{BoardCard, BoardKey, BoardView, CardContent, CardView, DashboardView, DataSpan};
use domain::range::{DateRange, Grain};
use domain::{AppError, Permission};

use super::stored;
use crate::analytics::{Overview, cached, overview};
use crate::dashboards::cards as shown;
use crate::dashboards::chosen::Chosen;
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// What a board is before it is answered.
struct Named {
    title: String,
    description: String,
    version: i64,
    is_archived: bool,
    cards: Vec<BoardCard>,
}

/// A board for the days and filters of a view. All its answers are of one moment, and are kept until the data change.
pub async fn view_board(services: &Services, actor: &Actor, key: BoardKey, view: DashboardView) -> Result<BoardView> {
    actor.require(Permission::SeeFigures)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let named = named(&tx, actor, key).await?;
    let is_favourite = stored::favourites(&tx, actor).await?.contains(&key.to_string());
    let overview = overview(services, actor, &tx).await?;
    let Named { title, description, version, is_archived, cards } = named;
    let blank = BoardView {
        merchant: overview.merchant.clone(),
        key,
        title,
        description,
        version,
        is_archived,
        is_favourite,
        data: None,
        range: DateRange { from: overview.today.plus_days(-29), to: overview.today },
        compared_range: None,
        grain: Grain::Day,
        cards,
        views: Vec::new(),
        notices: Vec::new(),
    };
    let Some(days) = overview.days() else { return Ok(blank) };
    let chosen = Chosen::of(&view, days, &overview);
    Ok(BoardView {
        data: Some(DataSpan { days, changed_at: overview.changed_at.unwrap_or_default(), today: overview.today }),
        range: chosen.range,
        compared_range: chosen.compared.map(|(_, range)| range),
        grain: chosen.grain,
        views: answered(services, actor, (&tx, &overview), &blank.cards, (&view, days)).await?,
        ..blank
    })
}

/// One card as it would be shown, before it is saved.
pub async fn preview_card(services: &Services, actor: &Actor, card: BoardCard, view: DashboardView) -> Result<CardView> {
    actor.require(Permission::SeeFigures)?;
    card.is_sound()?;
    let tx = services.db.read(actor.merchant_id).await?;
    let overview = overview(services, actor, &tx).await?;
    let days = overview.days().unwrap_or(DateRange { from: overview.today, to: overview.today });
    Ok(shown::view((services, &tx, &overview), actor, (0, &card), (&view, days)).await)
}

async fn named(tx: &Tx, actor: &Actor, key: BoardKey) -> Result<Named> {
    Ok(match key {
        BoardKey::Standard(standard) => Named {
            title: standard.title().to_owned(),
            description: standard.description().to_owned(),
            version: 0,
            is_archived: false,
            cards: standard.cards(),
        },
        BoardKey::Own(id) => {
            let stored::Stored { row, cards } = stored::find(tx, actor.merchant_id, id).await?;
            Named { title: row.title, description: row.description, version: row.version, is_archived: row.is_archived, cards }
        }
    })
}

/// Each card is kept by itself: a board that changes in one asks only that one anew.
async fn answered(
    services: &Services,
    actor: &Actor,
    (tx, overview): (&Tx, &Overview),
    cards: &[BoardCard],
    (view, days): (&DashboardView, DateRange),
) -> Result<Vec<CardView>> {
    let mut views = Vec::with_capacity(cards.len());
    for (index, card) in cards.iter().enumerate() {
        let key = ("card", overview.today, actor.role, index, card, view.to_pairs());
        let mut failed = None;
        let work = async {
            let view = shown::view((services, tx, overview), actor, (index, card), (view, days)).await;
            if matches!(view.content, CardContent::Failed(_)) {
                failed = Some(view);
                return Err(AppError::internal().into());
            }
            Ok(view)
        };
        let kept = cached(services, &overview.merchant, overview.version, &key, work).await;
        // What failed once may be answered the next time: it is shown, but not kept.
        views.push(match (kept, failed) {
            (Ok(view), _) | (Err(_), Some(view)) => view,
            (Err(error), None) => return Err(error),
        });
    }
    Ok(views)
}

//! A board with the answers to all its questions, in one request.

use domain::Permission;
use domain::dashboards::{Annotation, BoardCard, BoardKey, BoardView, CardView, DashboardView, DataSpan};
use domain::range::{DateRange, Grain};

use super::answer_card::answer_cards;
use super::named::{Named, named};
use super::one_thing::of_one_thing;
use super::stored;
use super::telling::telling;
use crate::analytics::{Reading, overview};
use crate::dashboards::annotations::{SAID, mark_cards, seen};
use crate::dashboards::cards as shown;
use crate::dashboards::chosen::Chosen;
use crate::{Actor, Result, Services};

/// A board for the days and filters of a view. All its answers are of one moment, and are kept until the data change.
pub async fn view_board(services: &Services, actor: &Actor, key: BoardKey, view: DashboardView) -> Result<BoardView> {
    view_board_as(services, (actor, actor), key, view).await
}

/// The same to be handed on, on paper: of the notes all that people wrote for everybody, and neither what one of them keeps for
/// themselves nor the names of files that arrived.
pub(in crate::dashboards) async fn view_board_on_paper(services: &Services, actor: &Actor, key: BoardKey, view: DashboardView) -> Result<BoardView> {
    let of_all = |note: &Annotation| note.is_shared && note.id.is_some();
    answered(services, (actor, actor), (key, view), (of_all, usize::MAX)).await
}

/// A board that the first may open, with the figures that the second may see.
pub(in crate::dashboards) async fn view_board_as(
    services: &Services,
    actors: (&Actor, &Actor),
    key: BoardKey,
    view: DashboardView,
) -> Result<BoardView> {
    answered(services, actors, (key, view), (|_| true, SAID)).await
}

/// With those notes that are wanted, and at most so many of each period.
async fn answered(
    services: &Services,
    (opener, actor): (&Actor, &Actor),
    (key, view): (BoardKey, DashboardView),
    (wanted, said): (impl Fn(&Annotation) -> bool, usize),
) -> Result<BoardView> {
    actor.require(Permission::SeeFigures)?;
    let tx = Reading::page(services, actor.merchant_id).await?;
    let named = of_one_thing(actor, key, named(&tx, opener, key).await?, &view)?;
    let is_favourite = stored::favourites(&tx, actor).await?.contains(&key.to_string());
    let overview = overview(services, actor, &tx).await?;
    let Named { title, description, version, is_archived, audience, cards, notices } = named;
    let blank = BoardView {
        merchant: overview.merchant.clone(),
        key,
        title,
        description,
        version,
        is_archived,
        is_favourite,
        roles: audience.roles,
        data: None,
        range: DateRange { from: overview.today.plus_days(-29), to: overview.today },
        compared_range: None,
        grain: Grain::Day,
        cards,
        views: Vec::new(),
        notices,
    };
    let Some(days) = overview.days() else {
        let views = blank.cards.iter().enumerate().map(shown::unasked).collect();
        return Ok(BoardView { views, ..blank });
    };
    let view = key.completed(view);
    let chosen = Chosen::of(&view, days, &overview);
    // Read first: a board that runs out of time shows the cards that were answered, and its transaction answers nothing more.
    let mut notes = seen(&tx, actor, chosen.range).await?;
    notes.retain(wanted);
    let views = answer_cards(services, actor, (&tx, &overview), &blank.cards, (&view, days)).await?;
    let (cards, mut views) = telling(actor, key, blank.cards.clone(), views);
    mark_cards(&mut views, &notes, chosen.grain, said);
    Ok(BoardView {
        data: Some(DataSpan { days, changed_at: overview.changed_at.unwrap_or_default(), today: overview.today }),
        range: chosen.range,
        compared_range: chosen.compared.map(|(_, range)| range),
        grain: chosen.grain,
        cards,
        views,
        ..blank
    })
}

/// One card as it would be shown, before it is saved.
pub async fn preview_card(services: &Services, actor: &Actor, card: BoardCard, view: DashboardView) -> Result<CardView> {
    actor.require(Permission::SeeFigures)?;
    card.is_sound()?;
    let tx = Reading::question(services, actor.merchant_id).await?;
    let overview = overview(services, actor, &tx).await?;
    let days = overview.days().unwrap_or(DateRange { from: overview.today, to: overview.today });
    Ok(shown::view((services, &tx, &overview), actor, (0, &card), (&view, days)).await)
}

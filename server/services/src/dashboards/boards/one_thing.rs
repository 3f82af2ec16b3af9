//! Boards of one product, country or customer: which one, stands in the view.

use domain::dashboards::{BoardKey, DashboardView, StandardBoard};
use domain::question::{Cell, Question};
use domain::semantic::Dimension;
use domain::{AppError, Role};

use super::named::Named;
use crate::analytics::check_roles;
use crate::dashboards::cards::name;
use crate::{Actor, Result};

/// A board under the name of what it shows. Where the view names nothing, or several things, it says how to choose.
pub(super) fn of_one_thing(actor: &Actor, key: BoardKey, named: Named, view: &DashboardView) -> Result<Named> {
    let BoardKey::Standard(board) = key else { return Ok(named) };
    if names_customers(board) {
        check_roles(actor, &Question { dimensions: vec![Dimension::Customer], ..Question::default() })?;
        return Ok(Named { description: format!("RFM segment: {}", board.description()), ..named });
    }
    let Some(dimension) = board.looks_at() else { return Ok(named) };
    check_roles(actor, &Question { filters: view.filters.clone(), dimensions: vec![dimension], ..Question::default() })?;
    let label = dimension.label().to_lowercase();
    Ok(match board.subject(view) {
        Some(value) => {
            Named { title: name(dimension, &Cell::Text(value.to_owned())), description: format!("X-ray: one {label} beside all others"), ..named }
        }
        None => Named {
            cards: Vec::new(),
            notices: vec![format!("This board shows one {label}. Choose it with the search (Ctrl K), or by a click in a chart or table.")],
            ..named
        },
    })
}

/// Whether it lists customers that nobody chose.
fn names_customers(board: StandardBoard) -> bool {
    matches!(board, StandardBoard::Segment(_))
}

/// Whether a link may show a board of one thing: whoever has it can choose nothing, and sees what a viewer sees.
pub(in crate::dashboards) fn check_link(key: BoardKey, view: &DashboardView) -> Result<()> {
    let BoardKey::Standard(board) = key else { return Ok(()) };
    if names_customers(board) {
        let words = "this board shows customers by name, which is not for everybody; share another board";
        return Err(AppError::invalid("view", words).into());
    }
    let Some(dimension) = board.looks_at() else { return Ok(()) };
    let label = dimension.label().to_lowercase();
    if dimension.entry().lowest_role > Role::Viewer {
        let words = format!("this board shows one {label} by name, which is not for everybody; share another board");
        return Err(AppError::invalid("view", words).into());
    }
    match board.subject(view) {
        Some(_) => Ok(()),
        None => Err(AppError::invalid("view", format!("choose the {label} that this board shows before you share it")).into()),
    }
}

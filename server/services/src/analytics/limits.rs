//! What a question may cost, and who may ask for what.

use domain::question::Question;
use domain::{AppError, ErrorKind};

use crate::{Actor, Result};

/// What is said of a question that takes too long. No question of a shop does unless something is wrong with it.
pub(super) fn took_too_long() -> AppError {
    again_later("the question takes too long to answer; ask for fewer days, fewer splits, or filter")
}

/// What does not go now, and may a little later.
pub(super) fn again_later(message: &str) -> AppError {
    AppError { retry_after: Some(10), ..AppError::new(ErrorKind::Unavailable, message) }
}

/// Purchase prices and customers by name are not for every role.
pub(crate) fn check_roles(actor: &Actor, question: &Question) -> Result<()> {
    let measures = question.all_measures().map(|measure| (measure.label(), measure.entry().lowest_role));
    let dimensions = question.all_dimensions().map(|dimension| (dimension.label(), dimension.entry().lowest_role));
    match measures.chain(dimensions).find(|(_, role)| actor.role < *role) {
        Some((label, role)) => {
            let message = format!("{label} is for the role {role} and those above it; someone who manages members can change your role");
            Err(AppError::new(ErrorKind::Forbidden, message).into())
        }
        None => Ok(()),
    }
}

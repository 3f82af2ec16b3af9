//! What a question may cost, and who may ask for what.

use domain::question::Question;
use domain::{AppError, ErrorKind};

use crate::{Actor, Result};

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

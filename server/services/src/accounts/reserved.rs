//! Addresses that belong to the program, so that nobody waits in them for the demo shop.

use domain::AppError;

use crate::Result;

/// The demo shop's owner; no mail reaches it.
pub(crate) const DEMO_OWNER: &str = "demo@tradepost.example";
/// All visitors of the demo shop are this one person, whom no password signs in.
pub(super) const VISITOR: &str = "visitor@demo.localhost";

/// Refuses an address that a person cannot have. It is compared as tables keep it.
pub(super) fn refuse(email: &str) -> Result<()> {
    if [DEMO_OWNER, VISITOR].contains(&email) {
        return Err(AppError::invalid("email", "this address belongs to the demo shop; choose one of your own").into());
    }
    Ok(())
}

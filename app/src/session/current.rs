//! What the server's middleware put into the request: the first line of every server function asks here.

use domain::AppError;
use leptos::prelude::use_context;
use services::accounts::Client;
use services::{Actor, Services};

/// The use cases' context.
pub fn services() -> Services {
    use_context().expect("the server provides Services for every page and server function")
}

/// Who is asking, or an error that says to sign in.
pub fn actor() -> Result<Actor, AppError> {
    use_context::<Option<Actor>>().flatten().ok_or_else(AppError::unauthorized).inspect_err(super::respond::set_status)
}

/// From where it is asked.
pub fn client() -> Client {
    use_context().expect("the server provides Client for every page and server function")
}

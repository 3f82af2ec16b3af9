//! People, shops, sessions, roles, invitations and keys.

mod api_keys;
mod demo_shop;
mod invitations;
mod logs;
mod members;
mod passwords;
mod sessions;
mod shops;
mod signing_in;
mod tokens;

use domain::ErrorKind;
use services::Result;

/// What kind of refusal it was.
#[track_caller]
fn refusal<T>(result: Result<T>) -> ErrorKind {
    match result {
        Ok(_) => panic!("it was allowed"),
        Err(error) => error.kind(),
    }
}

//! What signing in takes and gives, besides the domain's inputs.

use domain::accounts::TokenPair;
use domain::ids::{MerchantId, SessionId};

/// From where a request comes.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// The network address.
    pub address: String,
    /// The browser's or program's own name of itself.
    pub user_agent: String,
}

/// A begun or refreshed session.
#[derive(Clone)]
pub struct SignedIn {
    /// What the person or program holds from now on.
    pub tokens: TokenPair,
    /// The session.
    pub session_id: SessionId,
    /// The shop it acts in.
    pub merchant_id: MerchantId,
    /// Seconds until the refresh token ends.
    pub refresh_expires_in: u64,
}

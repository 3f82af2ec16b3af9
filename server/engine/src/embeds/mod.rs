//! Signing for other tools' boards: pure, with the clock and the randomness handed in.

mod claims;
mod hmac;
mod json_web_token;
mod lightdash;
mod looker;
mod metabase;
mod mint;
mod power_bi;
mod superset;
mod tableau;

pub use claims::{Claims, MintProblem, Minted, Secret, Viewer, fill_locked};
pub use mint::{MAX_LIFE_S, mint};
pub use power_bi::{PowerBiRequest, power_bi_frame_url, power_bi_request};

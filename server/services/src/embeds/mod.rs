//! Other tools' boards: set up by admins, seen by the members they are shared with, signed for at the moment they are looked at.

mod allowed_hosts;
mod board;
mod check_embed;
mod create_embed;
mod delete_embed;
mod entra;
mod frame_policy;
mod list_embeds;
mod power_bi;
mod recognise;
mod reorder_embeds;
mod rules;
mod sealing;
mod secrets;
mod set_secret;
mod signing;
mod update_embed;
mod view_embed;

pub use allowed_hosts::{allowed_hosts, set_allowed_hosts};
pub use check_embed::check_embed;
pub use create_embed::create_embed;
pub use delete_embed::delete_embed;
pub use frame_policy::{FramePolicy, frame_policy};
pub use list_embeds::{get_embed, list_embeds, visible_embeds};
pub use recognise::recognise;
pub use reorder_embeds::reorder_embeds;
pub use set_secret::set_secret;
pub use update_embed::update_embed;
pub use view_embed::{view_embed, view_embed_by};

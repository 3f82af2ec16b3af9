//! One door to all tools' tokens.

use super::claims::{Claims, MintProblem, Minted, Secret};
use super::{lightdash, looker, metabase, superset, tableau};
use domain::embeds::EmbedTool;

/// No token lives longer: Tableau refuses more than ten minutes, and nobody needs more.
pub const MAX_LIFE_S: i64 = 600;

/// Mints the token or signature that lets one viewer see one board for a while.
pub fn mint(tool: EmbedTool, secret: &Secret, claims: &Claims<'_>) -> Result<Minted, MintProblem> {
    let claims = &Claims { ttl_s: claims.ttl_s.clamp(1, MAX_LIFE_S), ..claims.clone() };
    match tool {
        EmbedTool::MetabaseSigned => metabase::mint(secret, claims),
        EmbedTool::Tableau => tableau::mint(secret, claims),
        EmbedTool::SupersetEmbedded => superset::mint(secret, claims),
        EmbedTool::LookerSigned => looker::mint(secret, claims),
        EmbedTool::Lightdash => lightdash::mint(secret, claims),
        other => Err(MintProblem::NotSigned(other)),
    }
}

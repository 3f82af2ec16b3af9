//! From a board, a viewer and a secret to what a frame shows, at the moment it is looked at.

use domain::AppError;
use domain::embeds::{EmbedTool, with_dates};
use domain::range::{DateRange, RangeChoice, RangePreset};
use engine::embeds::{Claims, MintProblem, Minted, Secret, Viewer, fill_locked, mint};
use entity::{embed_secret, membership, merchant};

use super::board::Board;
use super::{power_bi, secrets};
use crate::analytics::overview;
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// The member who looks, as the server knows them. A program with a key has no address and no store.
pub(super) async fn viewer(tx: &Tx, actor: &Actor) -> Result<Viewer> {
    let shop = merchant::by_id(actor.merchant_id).one(&**tx).await?.ok_or_else(|| AppError::not_found("shop"))?;
    let member = match actor.user_id {
        Some(user) => membership::by_id(actor.merchant_id, user).one(&**tx).await?,
        None => None,
    };
    Ok(Viewer {
        id: actor.user_id.map(|user| user.to_string()).unwrap_or_default(),
        email: if actor.user_id.is_some() { actor.name.clone() } else { String::new() },
        role: actor.role.as_str().to_owned(),
        store: member.and_then(|member| member.store),
        merchant_id: actor.merchant_id.0,
        merchant_name: shop.name,
    })
}

/// The board's address with the page's days in it, where it takes them.
pub(super) async fn dated_url(tx: &Tx, services: &Services, actor: &Actor, board: &Board, range: Option<&str>) -> Result<String> {
    let Some(dates) = &board.dates else { return Ok(board.row.url.clone()) };
    let choice = range.map(str::parse::<RangeChoice>).transpose()?.unwrap_or(RangeChoice::Preset(RangePreset::Last30Days));
    let overview = overview(services, actor, tx).await?;
    let data = overview.days().unwrap_or(DateRange { from: overview.today.plus_days(-29), to: overview.today });
    let days = match choice {
        RangeChoice::Custom(range) => range,
        RangeChoice::Preset(preset) => preset.resolve(overview.today, data, overview.merchant.calendar()),
    };
    Ok(with_dates(board.tool, &board.row.url, dates, days.from, days.to))
}

/// Why nothing was signed.
pub(super) enum SigningProblem {
    /// What is asked for cannot be signed.
    Mint(MintProblem),
    /// Something else.
    Other(crate::ServiceError),
}

impl From<crate::ServiceError> for SigningProblem {
    fn from(error: crate::ServiceError) -> Self {
        Self::Other(error)
    }
}

impl From<MintProblem> for SigningProblem {
    fn from(problem: MintProblem) -> Self {
        Self::Mint(problem)
    }
}

impl From<SigningProblem> for crate::ServiceError {
    fn from(problem: SigningProblem) -> Self {
        match problem {
            SigningProblem::Mint(problem) => AppError::conflict(problem.to_string()).into(),
            SigningProblem::Other(error) => error,
        }
    }
}

/// Signs for one viewer and the one resource that is stored with the board. Nothing that a browser sent goes into what is signed,
/// except days of the range.
pub(super) async fn sign(
    services: &Services,
    board: &Board,
    viewer: &Viewer,
    url: &str,
    row: &embed_secret::Model,
) -> Result<Minted, SigningProblem> {
    let mut resource = board.resource.clone().ok_or(MintProblem::WrongResource("anything that can be signed for"))?;
    if resource.kind == "path" && url != board.row.url {
        // What Looker signs is the path itself, with the days in it.
        resource.id = url.strip_prefix(&board.row.origin).unwrap_or(&resource.id).to_owned();
    }
    let locked = fill_locked(&board.locked, viewer)?;
    let mut nonce = [0_u8; 16];
    services.random.fill(&mut nonce);
    let claims = Claims {
        url,
        resource: &resource,
        locked: &locked,
        viewer,
        host_origin: &services.config.public_url,
        now_s: services.clock.now_ms() / 1000,
        ttl_s: i64::from(services.config.board_token_seconds),
        nonce,
    };
    let merchant = domain::ids::MerchantId(board.row.merchant_id);
    if board.tool == EmbedTool::PowerBiApp {
        return power_bi::token(services, merchant, row, &claims).await;
    }
    let secret: Secret = secrets::opened_to_sign(services, merchant, row)?;
    Ok(mint(board.tool, &secret, &claims)?)
}

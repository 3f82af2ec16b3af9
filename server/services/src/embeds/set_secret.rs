//! Giving a board its secret, or another one.

use domain::Permission;
use domain::embeds::{EmbedSummary, SecretInput};
use domain::ids::EmbedId;
use entity::embed::{self, Column};
use garde::Validate;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

use super::board::{find_board, summary_of};
use super::{frame_policy, rules, secrets};
use crate::accounts::{Event, record};
use crate::{Actor, Result, Services};

/// How long the old secret stands by, unless something else is said: longer than any token lives.
const OVERLAP_MINUTES: u32 = 15;
/// A day is enough to switch a tool over.
const OVERLAP_MOST: u32 = 24 * 60;

/// Stores a secret; it signs from now on, and the one before it stands by. A board whose viewers signed in themselves is signed for from now on.
pub async fn set_secret(services: &Services, actor: &Actor, id: EmbedId, input: SecretInput) -> Result<EmbedSummary> {
    actor.require(Permission::ManageBoards)?;
    input.validate()?;
    let minutes = input.overlap_minutes.unwrap_or(OVERLAP_MINUTES).min(OVERLAP_MOST);
    let tx = services.db.write(actor.merchant_id).await?;
    let board = find_board(&tx, actor.merchant_id, id).await?;
    let tool = board.tool.signed_form();
    let fields = rules::checked_secret(tool, &input.fields)?;
    if tool != board.tool {
        let this = embed::update(actor.merchant_id).filter(Column::Id.eq(id.0));
        this.col_expr(Column::Tool, Expr::value(tool.as_str())).exec(&*tx).await?;
    }
    secrets::store(&tx, services, actor.merchant_id, id, &fields, i64::from(minutes) * 60_000).await?;
    let subject = format!("{}: the one before it stands by for {minutes} minutes", board.row.title);
    record(&tx, services, Event::by(actor, "embed.secret_set", subject)).await?;
    let summary = summary_of(&tx, actor.merchant_id, id).await?;
    tx.commit().await?;
    frame_policy::changed(services, actor.merchant_id).await;
    Ok(summary)
}

//! Adding a board: a pasted text and a title are enough.

use std::collections::BTreeMap;

use domain::embeds::{EmbedInput, EmbedSummary, Pasted};
use domain::ids::EmbedId;
use domain::{AppError, Permission};
use entity::embed;
use garde::Validate;
use sea_orm::{EntityTrait, IntoActiveModel, PaginatorTrait};

use super::board::summary_of;
use super::{allowed_hosts, frame_policy, recognise, rules, secrets, update_embed};
use crate::accounts::{Event, record};
use crate::{Actor, Result, Services};

/// More than anyone finds their way in.
const MOST: u64 = 200;

/// Adds a board at the end of the list. A tool that is signed for needs its secret before the board can be switched on.
pub async fn create_embed(services: &Services, actor: &Actor, input: EmbedInput) -> Result<EmbedSummary> {
    actor.require(Permission::ManageBoards)?;
    input.validate()?;
    let (pasted, secret) = with_secret(recognise::pasted(services, &input.paste)?, input.secret.as_ref())?;
    if pasted.needs_secret && secret.is_none() && input.enabled {
        let words = format!("{} boards are signed; enter the secret, or leave the board switched off until you have it", pasted.tool.label());
        return Err(AppError::invalid("secret", words).into());
    }
    rules::check_locked(pasted.tool, secret.is_some(), &input.locked)?;
    rules::check_shape(input.dates.as_ref(), input.height)?;
    let now = services.clock.now_ms();
    let id = EmbedId(services.random.uuid_v7(now));
    let tx = services.db.write(actor.merchant_id).await?;
    allowed_hosts::require_allowed(&tx, actor.merchant_id, &pasted.origin).await?;
    rules::check_sharing(&tx, actor.merchant_id, &input.roles, &input.members).await?;
    let count = embed::find(actor.merchant_id).count(&*tx).await?;
    if count >= MOST {
        return Err(AppError::conflict(format!("there are {MOST} boards already; remove one that nobody needs")).into());
    }
    if input.is_start {
        update_embed::end_other_starts(&tx, actor.merchant_id, id).await?;
    }
    let position = update_embed::last_position(&tx, actor.merchant_id).await? + 1;
    embed::Entity::insert(row(actor, id, &pasted, &input, position, now)?.into_active_model()).exec_without_returning(&*tx).await?;
    if let Some(fields) = &secret {
        secrets::store(&tx, services, actor.merchant_id, id, fields, 0).await?;
    }
    let subject = format!("{}: {} from {}", input.title.trim(), pasted.tool.label(), pasted.origin);
    record(&tx, services, Event::by(actor, "embed.created", subject)).await?;
    let summary = summary_of(&tx, actor.merchant_id, id).await?;
    tx.commit().await?;
    frame_policy::changed(services, actor.merchant_id).await;
    Ok(summary)
}

/// With a secret, the board is embedded the way that uses it.
fn with_secret(pasted: Pasted, given: Option<&BTreeMap<String, String>>) -> Result<(Pasted, Option<BTreeMap<String, String>>)> {
    let is_given = |fields: &&BTreeMap<String, String>| fields.values().any(|text| !text.trim().is_empty());
    let Some(given) = given.filter(is_given) else { return Ok((pasted, None)) };
    let pasted = pasted.signed();
    let fields = rules::checked_secret(pasted.tool, given)?;
    Ok((pasted, Some(fields)))
}

fn row(actor: &Actor, id: EmbedId, pasted: &Pasted, input: &EmbedInput, position: i32, now: i64) -> Result<embed::Model> {
    Ok(embed::Model {
        merchant_id: actor.merchant_id.0,
        id: id.0,
        title: input.title.trim().to_owned(),
        description: input.description.trim().to_owned(),
        heading: input.group.trim().to_owned(),
        icon: input.icon.trim().to_owned(),
        tool: pasted.tool.as_str().to_owned(),
        url: pasted.url.clone(),
        origin: pasted.origin.clone(),
        resource: pasted.resource.as_ref().map(serde_json::to_string).transpose()?,
        roles: serde_json::to_string(&input.roles)?,
        members: serde_json::to_string(&input.members)?,
        locked: serde_json::to_string(&input.locked)?,
        dates: input.dates.as_ref().map(serde_json::to_string).transpose()?,
        height: serde_json::to_string(&input.height)?,
        enabled: input.enabled,
        is_start: input.is_start,
        position,
        last_checked_at: None,
        last_check: "[]".to_owned(),
        created_at: now,
        updated_at: now,
    })
}

//! The hosts that a shop's boards may come from. None named means any; once some are, all others are refused.

use std::collections::BTreeSet;

use domain::ids::MerchantId;
use domain::{AppError, Permission};
use entity::embed_host;
use sea_orm::{EntityTrait, IntoActiveModel, QueryOrder};

use super::frame_policy;
use crate::accounts::{Event, record};
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// More than any shop's tools live on.
const MOST: usize = 100;

/// The hosts, in order; empty for any.
pub async fn allowed_hosts(services: &Services, actor: &Actor) -> Result<Vec<String>> {
    actor.require(Permission::ManageBoards)?;
    let tx = services.db.read(actor.merchant_id).await?;
    hosts(&tx, actor.merchant_id).await
}

/// Names the hosts anew. Boards from others stay in the list, and are not shown until their host is allowed again.
pub async fn set_allowed_hosts(services: &Services, actor: &Actor, hosts: Vec<String>) -> Result<Vec<String>> {
    actor.require(Permission::ManageBoards)?;
    if hosts.len() > MOST {
        return Err(AppError::invalid("hosts", format!("name at most {MOST} hosts; *.example.com stands for all of its subdomains")).into());
    }
    let filled = hosts.iter().map(|host| host.trim()).filter(|host| !host.is_empty());
    let hosts: Vec<String> = filled.map(normalised).collect::<Result<BTreeSet<String>, AppError>>()?.into_iter().collect();
    let tx = services.db.write(actor.merchant_id).await?;
    embed_host::delete(actor.merchant_id).exec(&*tx).await?;
    let rows = hosts.iter().map(|host| embed_host::Model { merchant_id: actor.merchant_id.0, host: host.clone() }.into_active_model());
    if !hosts.is_empty() {
        embed_host::Entity::insert_many(rows).exec_without_returning(&*tx).await?;
    }
    let subject = if hosts.is_empty() { "any host".to_owned() } else { hosts.join(", ") };
    record(&tx, services, Event::by(actor, "embed.hosts_changed", subject)).await?;
    tx.commit().await?;
    frame_policy::changed(services, actor.merchant_id).await;
    Ok(hosts)
}

/// The hosts as the table holds them.
pub(super) async fn hosts(tx: &Tx, merchant: MerchantId) -> Result<Vec<String>> {
    let rows = embed_host::find(merchant).order_by_asc(embed_host::Column::Host).all(&**tx).await?;
    Ok(rows.into_iter().map(|row| row.host).collect())
}

/// Refuses a board from a host that is not allowed.
pub(super) async fn require_allowed(tx: &Tx, merchant: MerchantId, origin: &str) -> Result<()> {
    let hosts = hosts(tx, merchant).await?;
    if is_allowed(&hosts, origin) {
        return Ok(());
    }
    let host = authority(origin);
    let sentence =
        format!("boards from {host} are not allowed here; this shop allows {}. An admin changes that under Settings, Boards", hosts.join(", "));
    Err(AppError::invalid("paste", sentence).into())
}

/// Whether an origin's host is among the allowed.
pub(super) fn is_allowed(hosts: &[String], origin: &str) -> bool {
    hosts.is_empty() || hosts.iter().any(|entry| covers(entry, authority(origin)))
}

/// `bi.example.com` covers all its ports, `bi.example.com:8443` that one, `*.example.com` all subdomains.
fn covers(entry: &str, authority: &str) -> bool {
    let host = authority.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit())).map_or(authority, |(host, _)| host);
    match entry.strip_prefix("*.") {
        Some(parent) => host.strip_suffix(parent).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
        None => entry == host || entry == authority,
    }
}

fn authority(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, authority)| authority)
}

/// A host as it is compared. Whole addresses are cut down to theirs.
fn normalised(text: &str) -> Result<String, AppError> {
    let lowered = text.to_ascii_lowercase();
    let host = authority(&lowered).split(['/', '?', '#']).next().unwrap_or_default().trim_end_matches('.');
    let (name, port) = host.rsplit_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let bare = name.strip_prefix("*.").unwrap_or(name);
    let label = |label: &str| !label.is_empty() && label.len() <= 63 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    // A star before a single label would stand for a whole top-level domain.
    let is_narrow = bare.len() == name.len() || bare.contains('.');
    let is_host = name.len() <= 253 && is_narrow && bare.split('.').all(label) && port.is_none_or(|port| port.parse::<u16>().is_ok());
    if is_host {
        return Ok(host.to_owned());
    }
    Err(AppError::invalid("hosts", format!("“{text}” is not a host; write for example bi.example.com, or *.example.com for all of its subdomains")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_list_allows_all_and_a_list_nothing_else() {
        assert!(is_allowed(&[], "https://anything.example"));
        let hosts = ["bi.example.com".to_owned(), "*.looker.com".to_owned(), "127.0.0.1:4400".to_owned()];
        for allowed in ["https://bi.example.com", "https://bi.example.com:8443", "https://shop.looker.com", "http://127.0.0.1:4400"] {
            assert!(is_allowed(&hosts, allowed), "{allowed}");
        }
        for refused in ["https://example.com", "https://xbi.example.com", "https://looker.com", "https://evillooker.com", "http://127.0.0.1:4401"] {
            assert!(!is_allowed(&hosts, refused), "{refused}");
        }
    }

    #[test]
    fn hosts_are_cut_out_of_addresses_and_what_is_none_is_refused() {
        for (text, host) in [("https://BI.example.com/x?y", "bi.example.com"), ("*.Looker.com", "*.looker.com"), ("localhost:3000", "localhost:3000")]
        {
            assert_eq!(normalised(text).unwrap(), host);
        }
        for text in ["*", "*.com", "bi example", "a..b", "x:99999", "ü.example", "https://"] {
            assert!(normalised(text).is_err(), "{text}");
        }
    }
}

//! What advertising cost: a day of a campaign's group of advertisements is one row, and the last file tells.

use super::alone::settle;
use super::other_facts::{Ground, Outcome};
use crate::db::{BulkInsert, Constant};
use crate::error::Result;
use crate::sources::records::{AdFact, month_of};
use entity::ad_spend::Model;
use sea_orm::Value;

/// Stores days of advertising; no key stands twice among them.
pub(super) async fn store(ground: &mut Ground<'_>, facts: &[AdFact]) -> Result<Vec<Outcome>> {
    let target = ground.target;
    let spend = |fact: &AdFact| Model {
        merchant_id: target.merchant.0,
        source_id: target.source_id,
        day: fact.day,
        campaign: fact.campaign.clone(),
        ad_group: fact.ad_group.clone(),
        currency: fact.currency.clone(),
        upload_id: target.upload_id,
        month: month_of(fact.day),
        spend_minor: fact.spend_minor,
        impressions: fact.impressions,
        clicks: fact.clicks,
        conversions_milli: fact.conversions_milli,
    };
    let (outcomes, written) = settle(ground, facts.iter().map(spend).collect()).await?;
    let constants = [("merchant_id", Constant::Number(target.merchant.0)), ("source_id", Constant::Number(i64::from(target.source_id)))];
    let columns = ["day", "campaign", "ad_group", "currency", "upload_id", "month", "spend_minor", "impressions", "clicks", "conversions_milli"];
    let key = ["merchant_id", "source_id", "day", "campaign", "ad_group", "currency"];
    let mut bulk = BulkInsert::new(ground.tx, ground.db, "ad_spend", &constants, &columns).replacing(&key, &columns);
    for spend in written {
        let row: [Value; 10] = [
            spend.day.into(),
            spend.campaign.into(),
            spend.ad_group.into(),
            spend.currency.into(),
            spend.upload_id.into(),
            spend.month.into(),
            spend.spend_minor.into(),
            spend.impressions.into(),
            spend.clicks.into(),
            spend.conversions_milli.into(),
        ];
        bulk.row(row).await?;
    }
    bulk.finish().await?;
    Ok(outcomes)
}

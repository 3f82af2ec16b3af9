//! What advertising cost: a day of a campaign's group of advertisements is one row, and the last file tells.

use super::other_facts::{Ground, Outcome};
use crate::db::{BulkInsert, Constant};
use crate::error::Result;
use crate::sources::records::{AdFact, month_of};
use domain::ids::MerchantId;
use entity::ad_spend::{Column, Model};
use sea_orm::{ColumnTrait, QueryFilter, Value};
use std::collections::HashMap;

type Key = (i32, String, String, String);

/// Stores days of advertising; no key stands twice among them.
pub(super) async fn store(ground: &mut Ground<'_>, facts: &[AdFact]) -> Result<Vec<Outcome>> {
    let known = known(ground, facts).await?;
    let target = ground.target;
    let constants = [("merchant_id", Constant::Number(target.merchant.0)), ("source_id", Constant::Number(i64::from(target.source_id)))];
    let columns = ["day", "campaign", "ad_group", "currency", "upload_id", "month", "spend_minor", "impressions", "clicks", "conversions_milli"];
    let key = ["merchant_id", "source_id", "day", "campaign", "ad_group", "currency"];
    let mut bulk = BulkInsert::new(ground.tx, ground.db, "ad_spend", &constants, &columns).replacing(&key, &columns);
    let mut outcomes = Vec::with_capacity(facts.len());
    for fact in facts {
        let key: Key = (fact.day, fact.campaign.clone(), fact.ad_group.clone(), fact.currency.clone());
        let outcome = match known.get(&key) {
            Some(row) if is_same(row, fact) => Outcome::Same,
            Some(_) => Outcome::Updated,
            None => Outcome::New,
        };
        outcomes.push(outcome);
        if outcome == Outcome::Same {
            continue;
        }
        let row: [Value; 10] = [
            fact.day.into(),
            fact.campaign.clone().into(),
            fact.ad_group.clone().into(),
            fact.currency.clone().into(),
            target.upload_id.into(),
            month_of(fact.day).into(),
            fact.spend_minor.into(),
            fact.impressions.into(),
            fact.clicks.into(),
            fact.conversions_milli.into(),
        ];
        bulk.row(row).await?;
    }
    bulk.finish().await?;
    Ok(outcomes)
}

fn is_same(row: &Model, fact: &AdFact) -> bool {
    (row.spend_minor, row.impressions, row.clicks, row.conversions_milli) == (fact.spend_minor, fact.impressions, fact.clicks, fact.conversions_milli)
}

async fn known(ground: &Ground<'_>, facts: &[AdFact]) -> Result<HashMap<Key, Model>> {
    let days = || facts.iter().map(|fact| fact.day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Ok(HashMap::new()) };
    let rows = entity::ad_spend::find(MerchantId(ground.merchant.id))
        .filter(Column::SourceId.eq(ground.target.source_id))
        .filter(Column::Day.between(first, last));
    let rows = rows.all(&**ground.tx).await?;
    Ok(rows.into_iter().map(|row| ((row.day, row.campaign.clone(), row.ad_group.clone(), row.currency.clone()), row)).collect())
}

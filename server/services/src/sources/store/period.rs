//! A period that a file replaces: what its source had in those days and the file does not name goes, and is remembered.

use super::facts::Store;
use super::orders::remove;
use super::spread::Bulk;
use crate::error::Result;
use crate::sources::history::{keep_removed, keep_removed_facts};
use domain::format::{self, agreeing, counted};
use domain::sources::UploadMode;
use entity::order::Column;
use entity::{ad_spend, money_movement, replaced_order};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, QueryTrait};
use std::collections::BTreeMap;

impl Store<'_> {
    /// Once all of the file is stored: removes the rest of its period, if it replaces one. Answers why that must not be, where a few rows far
    /// from the others would take years with them; then nothing of the file is to be kept.
    pub(crate) async fn replace_period(&mut self) -> Result<Option<String>> {
        let Some((first, last)) = self.totals.days.filter(|_| self.target.mode == UploadMode::ReplacePeriod) else { return Ok(None) };
        if self.unread.is_any() {
            // The history knows by the upload's count of rejected rows.
            self.totals.is_unreplaced = true;
            return Ok(None);
        }
        let Some(bulk) = self.spread.bulk() else {
            self.totals.removed += self.remove_days((first.0, last.0)).await?;
            return Ok(None);
        };
        let far = self.remove_days((first.0, bulk.first.0 - 1)).await? + self.remove_days((bulk.last.0 + 1, last.0)).await?;
        let within = self.remove_days((bulk.first.0, bulk.last.0)).await?;
        self.totals.removed += far + within;
        Ok((far > 0).then(|| too_wide(bulk, (first, last), far + within)))
    }

    async fn remove_days(&self, days: (i32, i32)) -> Result<i64> {
        if days.0 > days.1 {
            return Ok(0);
        }
        let orders = self.remove_orders(days).await?;
        let movements = keep_removed_facts::<money_movement::Model>(self.tx, &self.db, self.claimant, days).await?;
        Ok(orders + movements + keep_removed_facts::<ad_spend::Model>(self.tx, &self.db, self.claimant, days).await?)
    }

    async fn remove_orders(&self, (first, last): (i32, i32)) -> Result<i64> {
        use replaced_order::Column as Met;
        let target = self.target;
        let named = replaced_order::find(target.merchant).filter(Met::SourceId.eq(target.source_id)).filter(Met::UploadId.eq(target.upload_id));
        let named = named.select_only().column(Met::ExternalId).into_query();
        let rest = entity::order::find(target.merchant)
            .filter(Column::SourceId.eq(target.source_id))
            .filter(Column::Day.between(first, last))
            .filter(Column::UploadId.ne(target.upload_id))
            .filter(Column::ExternalId.not_in_subquery(named));
        let rest = rest.select_only().columns([Column::Day, Column::Id]).into_tuple::<(i32, i64)>().all(&**self.tx).await?;
        let count = i64::try_from(rest.len()).unwrap_or(i64::MAX);
        let mut by_day: BTreeMap<i32, Vec<i64>> = BTreeMap::new();
        for (day, id) in rest {
            by_day.entry(day).or_default().push(id);
        }
        keep_removed(self.tx, &self.db, self.claimant, &by_day).await?;
        remove(self.tx, target.merchant, &by_day).await?;
        Ok(count)
    }
}

fn too_wide(bulk: Bulk, (first, last): (domain::Day, domain::Day), count: i64) -> String {
    let (day, line) = bulk.alone;
    let row = if line == 0 { "a row".to_owned() } else { format!("the row on line {line}") };
    let (entries, are) = (counted(count, "entry", "entries"), agreeing(count, "is", "are"));
    format!(
        "{row} is of {}, while almost all others are of {} to {}: to replace the days from {} to {} would remove {entries} of this source that {are} not in the file. Mend that date, or bring the file to add and update",
        format::day(day),
        format::day(bulk.first),
        format::day(bulk.last),
        format::day(first),
        format::day(last),
    )
}

//! A period that a file replaces: what its source had in those days and the file does not name goes, and is remembered.

use super::facts::Store;
use super::orders::remove;
use crate::error::Result;
use crate::sources::history::{keep_removed, keep_removed_facts};
use domain::sources::UploadMode;
use entity::order::Column;
use entity::{ad_spend, money_movement, replaced_order};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, QueryTrait};
use std::collections::BTreeMap;

impl Store<'_> {
    /// Once all of the file is stored: removes the rest of its period, if it replaces one.
    pub(crate) async fn replace_period(&mut self) -> Result<()> {
        let Some((first, last)) = self.totals.days.filter(|_| self.target.mode == UploadMode::ReplacePeriod) else { return Ok(()) };
        let days = (first.0, last.0);
        self.totals.removed += self.remove_orders(days).await?;
        self.totals.removed += keep_removed_facts::<money_movement::Model>(self.tx, &self.db, self.claimant, days).await?;
        self.totals.removed += keep_removed_facts::<ad_spend::Model>(self.tx, &self.db, self.claimant, days).await?;
        Ok(())
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
        let places = rest.select_only().columns([Column::Day, Column::Id]).into_tuple::<(i32, i64)>().all(&**self.tx).await?;
        let count = i64::try_from(places.len()).unwrap_or(i64::MAX);
        let mut by_day: BTreeMap<i32, Vec<i64>> = BTreeMap::new();
        for (day, id) in places {
            by_day.entry(day).or_default().push(id);
        }
        keep_removed(self.tx, &self.db, self.claimant, &by_day).await?;
        remove(self.tx, target.merchant, &by_day).await?;
        Ok(count)
    }
}

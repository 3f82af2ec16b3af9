//! The tables whose rows stand alone: what a row is known by, when two rows tell the same, and how they are found.

use super::facts::FactRow;
use super::told::Told;
use crate::db::Tx;
use crate::error::Result;
use chrono_tz::Tz;
use domain::ids::MerchantId;
use engine::ingestion::{LocalTime, local_time};
use entity::{ad_spend, inventory_level, money_movement};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashSet;
use uuid::Uuid;

/// What all three tables have in common.
macro_rules! told {
    ($row:ty, $day:expr, $same:expr) => {
        impl Told for $row {
            fn upload(&self) -> Uuid {
                self.upload_id
            }
            fn set_upload(&mut self, upload: Uuid) {
                self.upload_id = upload;
            }
            fn day(&self) -> Option<i32> {
                let day: fn(&Self) -> Option<i32> = $day;
                day(self)
            }
            fn is_same(&self, other: &Self) -> bool {
                let same: fn(&Self, &Self) -> bool = $same;
                same(self, other)
            }
        }
    };
}

told!(inventory_level::Model, |_| None, |one, other| one.quantity_milli == other.quantity_milli);
told!(money_movement::Model, |row| Some(row.day), |one, other| one.content_hash == other.content_hash);
told!(ad_spend::Model, |row| Some(row.day), |one, other| {
    let told = |row: &ad_spend::Model| (row.spend_minor, row.impressions, row.clicks, row.conversions_milli);
    told(one) == told(other)
});

/// Those of some rows whose keys are asked for.
fn of_keys<T: FactRow>(rows: Vec<T>, keys: &[String]) -> Vec<T> {
    let keys: HashSet<&str> = keys.iter().map(String::as_str).collect();
    rows.into_iter().filter(|row| keys.contains(row.key().as_str())).collect()
}

/// The first part of a key that is made of several.
fn first_part<T: serde::de::DeserializeOwned>(key: &str) -> Option<T> {
    let parts: Vec<serde_json::Value> = serde_json::from_str(key).ok()?;
    serde_json::from_value(parts.into_iter().next()?).ok()
}

impl FactRow for inventory_level::Model {
    const KIND: i16 = 3;

    fn key(&self) -> String {
        serde_json::json!([self.product_id, self.location]).to_string()
    }

    fn on_clock(self, _: Tz) -> Self {
        self
    }

    async fn of_keys(tx: &Tx, merchant: MerchantId, source: i32, keys: &[String]) -> Result<Vec<Self>> {
        use inventory_level::Column;
        let products = keys.iter().filter_map(|key| first_part::<i64>(key));
        let rows = inventory_level::find(merchant).filter(Column::SourceId.eq(source)).filter(Column::ProductId.is_in(products));
        Ok(of_keys(rows.all(&**tx).await?, keys))
    }

    async fn of_upload(tx: &Tx, merchant: MerchantId, upload: Uuid, most: u64) -> Result<Vec<Self>> {
        Ok(inventory_level::find(merchant).filter(inventory_level::Column::UploadId.eq(upload)).limit(most).all(&**tx).await?)
    }

    async fn count_of_upload(tx: &Tx, merchant: MerchantId, upload: Uuid) -> Result<u64> {
        Ok(inventory_level::find(merchant).filter(inventory_level::Column::UploadId.eq(upload)).count(&**tx).await?)
    }

    async fn of_days(_: &Tx, _: MerchantId, _: i32, _: (i32, i32), _: Option<&Self>, _: u64) -> Result<Vec<Self>> {
        Ok(Vec::new())
    }

    async fn remove(&self, tx: &Tx) -> Result<()> {
        use inventory_level::Column;
        let row = inventory_level::delete(MerchantId(self.merchant_id)).filter(Column::ProductId.eq(self.product_id));
        row.filter(Column::SourceId.eq(self.source_id)).filter(Column::Location.eq(self.location.as_str())).exec(&**tx).await?;
        Ok(())
    }

    async fn insert(self, tx: &Tx) -> Result<()> {
        inventory_level::Entity::insert(self.into_active_model().reset_all()).exec_without_returning(&**tx).await?;
        Ok(())
    }
}

impl FactRow for money_movement::Model {
    const KIND: i16 = 4;

    fn key(&self) -> String {
        self.key.clone()
    }

    fn on_clock(self, zone: Tz) -> Self {
        let LocalTime { day, month, .. } = local_time(self.occurred_at, zone);
        Self { day: day.0, month, ..self }
    }

    async fn of_keys(tx: &Tx, merchant: MerchantId, source: i32, keys: &[String]) -> Result<Vec<Self>> {
        use money_movement::Column;
        let rows = money_movement::find(merchant).filter(Column::SourceId.eq(source)).filter(Column::Key.is_in(keys));
        Ok(rows.all(&**tx).await?)
    }

    async fn of_upload(tx: &Tx, merchant: MerchantId, upload: Uuid, most: u64) -> Result<Vec<Self>> {
        Ok(money_movement::find(merchant).filter(money_movement::Column::UploadId.eq(upload)).limit(most).all(&**tx).await?)
    }

    async fn count_of_upload(tx: &Tx, merchant: MerchantId, upload: Uuid) -> Result<u64> {
        Ok(money_movement::find(merchant).filter(money_movement::Column::UploadId.eq(upload)).count(&**tx).await?)
    }

    async fn of_days(tx: &Tx, merchant: MerchantId, source: i32, (first, last): (i32, i32), behind: Option<&Self>, most: u64) -> Result<Vec<Self>> {
        use money_movement::Column;
        let mut rows = money_movement::find(merchant).filter(Column::SourceId.eq(source)).filter(Column::Day.between(first, last));
        if let Some(behind) = behind {
            rows = rows.filter(Column::Key.gt(behind.key.as_str()));
        }
        Ok(rows.order_by_asc(Column::Key).limit(most).all(&**tx).await?)
    }

    async fn remove(&self, tx: &Tx) -> Result<()> {
        use money_movement::Column;
        let row = money_movement::delete(MerchantId(self.merchant_id)).filter(Column::SourceId.eq(self.source_id));
        row.filter(Column::Key.eq(self.key.as_str())).exec(&**tx).await?;
        Ok(())
    }

    async fn insert(self, tx: &Tx) -> Result<()> {
        money_movement::Entity::insert(self.into_active_model().reset_all()).exec_without_returning(&**tx).await?;
        Ok(())
    }
}

impl FactRow for ad_spend::Model {
    const KIND: i16 = 5;

    fn key(&self) -> String {
        serde_json::json!([self.day, self.campaign, self.ad_group, self.currency]).to_string()
    }

    fn on_clock(self, _: Tz) -> Self {
        self
    }

    async fn of_keys(tx: &Tx, merchant: MerchantId, source: i32, keys: &[String]) -> Result<Vec<Self>> {
        use ad_spend::Column;
        let days: HashSet<i32> = keys.iter().filter_map(|key| first_part::<i32>(key)).collect();
        let rows = ad_spend::find(merchant).filter(Column::SourceId.eq(source)).filter(Column::Day.is_in(days));
        Ok(of_keys(rows.all(&**tx).await?, keys))
    }

    async fn of_upload(tx: &Tx, merchant: MerchantId, upload: Uuid, most: u64) -> Result<Vec<Self>> {
        Ok(ad_spend::find(merchant).filter(ad_spend::Column::UploadId.eq(upload)).limit(most).all(&**tx).await?)
    }

    async fn count_of_upload(tx: &Tx, merchant: MerchantId, upload: Uuid) -> Result<u64> {
        Ok(ad_spend::find(merchant).filter(ad_spend::Column::UploadId.eq(upload)).count(&**tx).await?)
    }

    async fn of_days(tx: &Tx, merchant: MerchantId, source: i32, (first, last): (i32, i32), behind: Option<&Self>, most: u64) -> Result<Vec<Self>> {
        use ad_spend::Column;
        let mut rows = ad_spend::find(merchant).filter(Column::SourceId.eq(source)).filter(Column::Day.between(first, last));
        let key = [Column::Day, Column::Campaign, Column::AdGroup, Column::Currency];
        if let Some(row) = behind {
            let last = [Expr::value(row.day), Expr::value(&*row.campaign), Expr::value(&*row.ad_group), Expr::value(&*row.currency)];
            rows = rows.filter(Expr::tuple(key.map(Expr::col)).gt(Expr::tuple(last)));
        }
        let rows = key.into_iter().fold(rows, |rows, column| rows.order_by_asc(column));
        Ok(rows.limit(most).all(&**tx).await?)
    }

    async fn remove(&self, tx: &Tx) -> Result<()> {
        use ad_spend::Column;
        let row = ad_spend::delete(MerchantId(self.merchant_id)).filter(Column::SourceId.eq(self.source_id)).filter(Column::Day.eq(self.day));
        let row = row.filter(Column::Campaign.eq(self.campaign.as_str())).filter(Column::AdGroup.eq(self.ad_group.as_str()));
        row.filter(Column::Currency.eq(self.currency.as_str())).exec(&**tx).await?;
        Ok(())
    }

    async fn insert(self, tx: &Tx) -> Result<()> {
        ad_spend::Entity::insert(self.into_active_model().reset_all()).exec_without_returning(&**tx).await?;
        Ok(())
    }
}

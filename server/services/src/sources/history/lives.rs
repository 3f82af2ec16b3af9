//! The uploads whose facts the figures include: in which order they were stored, in which mode, and which periods they replaced.

use crate::db::Tx;
use crate::error::Result;
use domain::ids::MerchantId;
use domain::sources::UploadMode;
use entity::upload::Column;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;
use std::ops::RangeInclusive;
use uuid::Uuid;

/// A period of a source that an upload replaced.
#[derive(Clone, Debug)]
pub(super) struct Period {
    pub(super) upload: Uuid,
    pub(super) sequence: i64,
    pub(super) source: i32,
    pub(super) days: RangeInclusive<i32>,
}

/// What must be known of the other uploads when one of them is taken back.
#[derive(Debug, Default)]
pub(super) struct Lives {
    of: HashMap<Uuid, (i64, UploadMode)>,
    periods: Vec<Period>,
}

impl Lives {
    pub(super) async fn load(tx: &Tx, merchant: MerchantId) -> Result<Self> {
        let columns = [Column::Id, Column::Sequence, Column::Mode, Column::SourceId, Column::FirstDay, Column::LastDay, Column::RowsRejected];
        let rows = entity::upload::find(merchant).filter(Column::Sequence.is_not_null()).select_only().columns(columns);
        let rows = rows.into_tuple::<(Uuid, i64, String, Option<i32>, Option<i32>, Option<i32>, i64)>().all(&**tx).await?;
        let mut lives = Self::default();
        for (upload, sequence, mode, source, first, last, rejected) in rows {
            let mode = UploadMode::parse(&mode).unwrap_or_default();
            let period = match (mode, source, first, last) {
                // A file with rejected rows removes nothing: what it seems to lack may stand there.
                (UploadMode::ReplacePeriod, Some(source), Some(first), Some(last)) if rejected == 0 => {
                    Some(Period { upload, sequence, source, days: first..=last })
                }
                _ => None,
            };
            lives.insert(upload, sequence, mode, period);
        }
        Ok(lives)
    }

    pub(super) fn insert(&mut self, upload: Uuid, sequence: i64, mode: UploadMode, period: Option<Period>) {
        self.of.insert(upload, (sequence, mode));
        self.periods.extend(period);
    }

    /// The how-manieth it was stored; 0 for one of before there was a history.
    pub(super) fn sequence(&self, upload: Uuid) -> i64 {
        self.of.get(&upload).map_or(0, |(sequence, _)| *sequence)
    }

    /// Whether it is remembered what it told.
    pub(super) fn knows(&self, upload: Uuid) -> bool {
        self.of.contains_key(&upload)
    }

    pub(super) fn mode(&self, upload: Uuid) -> UploadMode {
        self.of.get(&upload).map_or_else(UploadMode::default, |(_, mode)| *mode)
    }

    pub(super) fn periods(&self, source: i32) -> impl Iterator<Item = &Period> {
        self.periods.iter().filter(move |period| period.source == source)
    }
}

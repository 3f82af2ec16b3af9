//! Writing what counts of orders and refunds, after facts came or went.

use super::concerned::Concerned;
use super::counted::{Count, OwnNames, count_of, counted, told};
use super::groups::{KEYS_AT_ONCE, Key, lessened_keys_after, load, own_names, refund_keys_after};
use crate::db::Tx;
use crate::error::Result;
use crate::sources::history::Layer;
use domain::ids::MerchantId;
use entity::{order, order_line};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What came of it.
#[derive(Debug, Default)]
pub(in crate::sources) struct CountedOnce {
    /// Months of orders and refunds of which another part counts now.
    pub(in crate::sources) months: BTreeSet<i32>,
    /// Refunds of the upload, or of its orders, that both tell.
    pub(in crate::sources) told_twice: i64,
    /// Refunds of the upload, or of its orders, that could be of several orders.
    pub(in crate::sources) unclear: i64,
}

/// Has what an order's export and single refunds tell count once, as the facts now stand; to be done last in the transaction that changed them.
pub(in crate::sources) async fn count_once(tx: &Tx, merchant: MerchantId, concerned: &Concerned, upload: Uuid) -> Result<CountedOnce> {
    let mut counting = Counting { tx, merchant, names: OwnNames::new(), upload, once: CountedOnce::default() };
    match concerned {
        Concerned::Some(keys) if keys.is_empty() => return Ok(counting.once),
        Concerned::Some(keys) => {
            counting.names = own_names(tx, merchant).await?;
            let keys: Vec<&Key> = keys.iter().collect();
            for some in keys.chunks(KEYS_AT_ONCE) {
                counting.count(&some.iter().copied().cloned().collect(), true).await?;
            }
        }
        Concerned::All => counting.count_all().await?,
    }
    Ok(counting.once)
}

struct Counting<'t> {
    tx: &'t Tx,
    merchant: MerchantId,
    names: OwnNames,
    upload: Uuid,
    once: CountedOnce,
}

impl Counting<'_> {
    async fn count_all(&mut self) -> Result<()> {
        self.names = own_names(self.tx, self.merchant).await?;
        let mut last = String::new();
        while let Some((keys, end)) = refund_keys_after(self.tx, self.merchant, &last).await? {
            self.count(&keys, true).await?;
            last = end;
        }
        // Orders whose refunds are all gone count whole again.
        let mut last = i64::MIN;
        while let Some((keys, end)) = lessened_keys_after(self.tx, self.merchant, last).await? {
            self.count(&keys, false).await?;
            last = end;
        }
        Ok(())
    }

    async fn count(&mut self, keys: &BTreeSet<Key>, is_told: bool) -> Result<()> {
        for members in load(self.tx, self.merchant, &self.names, keys, &BTreeSet::new()).await?.into_values() {
            let counted = counted(&members, &self.names);
            if is_told {
                self.once.told_twice += count_of(&counted.told_twice, &members, self.upload);
                self.once.unclear += count_of(&counted.unclear, &members, self.upload);
            }
            for (member, counts) in members.iter().zip(&counted.counts) {
                self.write(member, counts).await?;
            }
        }
        Ok(())
    }

    /// Writes what counts of an order or refund, where that is another part than now.
    async fn write(&mut self, Layer { order, lines }: &Layer, counts: &[Count]) -> Result<()> {
        let is_changed =
            |(line, count): &(&order_line::Model, &Count)| (line.amount_minor, line.quantity_milli) != (count.amount_minor, count.quantity_milli);
        let changed: Vec<_> = lines.iter().zip(counts).filter(is_changed).collect();
        if changed.is_empty() {
            return Ok(());
        }
        for (line, count) in changed {
            use order_line::Column;
            let told = told(line);
            let told_minor = Some(told.amount_minor).filter(|told| *told != count.amount_minor);
            let told_quantity = Some(told.quantity_milli).filter(|told| *told != count.quantity_milli);
            let update = order_line::update(self.merchant).filter(Column::Day.eq(line.day)).filter(Column::OrderId.eq(line.order_id));
            let update = update.filter(Column::Line.eq(line.line)).col_expr(Column::AmountMinor, Expr::value(count.amount_minor));
            let update = update.col_expr(Column::QuantityMilli, Expr::value(count.quantity_milli));
            let update = update.col_expr(Column::ToldMinor, Expr::value(told_minor)).col_expr(Column::ToldQuantityMilli, Expr::value(told_quantity));
            update.exec(&**self.tx).await?;
        }
        use order::Column;
        let sum = |counts: &[Count], of: fn(&Count) -> i64| counts.iter().map(of).fold(0, i64::saturating_add);
        let as_told: Vec<Count> = lines.iter().map(told).collect();
        let net_minor = sum(counts, |count| count.amount_minor);
        let twice = net_minor.saturating_sub(sum(&as_told, |count| count.amount_minor));
        let update = order::update(self.merchant).filter(Column::Id.eq(order.id)).col_expr(Column::NetMinor, Expr::value(net_minor));
        let update = update.col_expr(Column::TotalMinor, Expr::value(order.stated_total_minor.unwrap_or(net_minor)));
        let update = update.col_expr(Column::UnitsMilli, Expr::value(sum(counts, |count| count.quantity_milli)));
        let told_twice = Some(twice).filter(|_| as_told != counts);
        update.col_expr(Column::ToldTwiceMinor, Expr::value(told_twice)).exec(&**self.tx).await?;
        self.once.months.insert(order.month);
        Ok(())
    }
}

//! What taking an upload back would do, worked out by the same steps, without doing it.

use super::claims::{self, CUSTOMER, PRODUCT};
use super::facts::foresee_facts;
use super::layers::Layer;
use super::lives::Lives;
use super::settled::{Settled, Tally};
use super::take_back::{KEYS_AT_ONCE, Undoing, by_source};
use crate::db::Tx;
use crate::error::Result;
use crate::sources::book::plain_number;
use crate::sources::refunds::{self, Overlay, Shift};
use chrono_tz::Tz;
use domain::ids::MerchantId;
use domain::sources::{NetSalesChange, OrderChange, UndoPart, UndoThing};
use domain::{Currency, Money};
use entity::order::{self, Column};
use entity::{ad_spend, inventory_level, money_movement, replaced_order};
use sea_orm::{ColumnTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// So many orders are shown.
const SHOWN: usize = 10;

/// What would happen.
pub(in crate::sources) struct Foreseen {
    pub(in crate::sources) parts: Vec<UndoPart>,
    pub(in crate::sources) net_sales: Vec<NetSalesChange>,
    pub(in crate::sources) changes: Vec<OrderChange>,
}

/// By how much net sales change, and which orders do.
#[derive(Default)]
struct Sums {
    /// Minor units by currency.
    change: BTreeMap<String, i64>,
    /// With their sources.
    shown: Vec<(i32, OrderChange)>,
    /// Of the upload's own orders, those that others named too.
    own: Vec<(i32, String)>,
    /// On which what counts of refunds depends.
    overlay: Overlay,
}

/// What taking an upload back would do. Reads only.
pub(in crate::sources) async fn foresee(tx: &Tx, shop: &entity::merchant::Model, upload: Uuid) -> Result<Foreseen> {
    let merchant = MerchantId(shop.id);
    let lives = Lives::load(tx, merchant).await?;
    // Days move no sum: where the zone is unknown, any will do.
    let undoing = Undoing { tx, merchant, zone: shop.time_zone.parse().unwrap_or(Tz::UTC), lives, upload };
    let mut sums = Sums::default();
    let may_be_held = undoing.has_what_nobody_claims().await?;
    let parts = [
        undoing.foresee_orders(&mut sums).await?,
        claims::foresee(&undoing, PRODUCT, UndoThing::Products, may_be_held).await?,
        claims::foresee(&undoing, CUSTOMER, UndoThing::Customers, may_be_held).await?,
        foresee_facts::<inventory_level::Model>(&undoing, UndoThing::StockLevels).await?,
        foresee_facts::<money_movement::Model>(&undoing, UndoThing::Payments).await?,
        foresee_facts::<ad_spend::Model>(&undoing, UndoThing::AdvertisingDays).await?,
    ];
    let parts = parts.into_iter().filter(UndoPart::is_concerned).collect();
    let net_sales = undoing.net_sales(&sums.change).await?;
    Ok(Foreseen { parts, net_sales, changes: undoing.with_some_alone(sums).await? })
}

impl Undoing<'_> {
    async fn foresee_orders(&self, sums: &mut Sums) -> Result<UndoPart> {
        use replaced_order::Column as Met;
        let met = replaced_order::find(self.merchant).filter(self.concerned(Met::UploadId, Met::PreviousUploadId));
        let met: Vec<(i32, String)> = met.select_only().columns([Met::SourceId, Met::ExternalId]).into_tuple().all(&**self.tx).await?;
        let mut tally = Tally::of(UndoThing::Orders);
        for (source, numbers) in by_source(met) {
            for numbers in numbers.chunks(usize::try_from(KEYS_AT_ONCE).unwrap_or(usize::MAX)) {
                let refunded = refunds::refunded_among(self.tx, self.merchant, numbers.iter().map(|number| plain_number(number))).await?;
                for settled in self.settled_orders(source, numbers).await? {
                    sums.overlay.take(source, &settled.key, settled.before.as_ref(), settled.after.as_ref(), &refunded);
                    tally.add(&settled, self.upload);
                    sums.add(source, settled, self.upload);
                }
            }
        }
        for (currency, minor) in self.own_sums().await? {
            *sums.change.entry(currency).or_default() -= minor;
        }
        let shifts = refunds::foresee(self.tx, self.merchant, self.upload, &sums.overlay).await?;
        shifts.into_iter().for_each(|shift| sums.shift(shift));
        let own = order::find(self.merchant).filter(Column::UploadId.eq(self.upload)).count(&**self.tx).await?;
        Ok(tally.and_alone(own))
    }

    /// Whether orders or stock of before there was a history are there: their uploads name products without a claim.
    async fn has_what_nobody_claims(&self) -> Result<bool> {
        let orders = order::find(self.merchant).select_only().column(Column::UploadId).distinct();
        let stock = inventory_level::find(self.merchant).select_only().column(inventory_level::Column::UploadId).distinct();
        let mut uploads = orders.into_tuple::<Uuid>().all(&**self.tx).await?;
        uploads.extend(stock.into_tuple::<Uuid>().all(&**self.tx).await?);
        Ok(uploads.into_iter().any(|upload| !self.lives.knows(upload)))
    }

    /// Net sales of the orders that stand as the upload told them, as it told them.
    async fn own_sums(&self) -> Result<Vec<(String, i64)>> {
        let own = order::find(self.merchant).filter(Column::UploadId.eq(self.upload));
        let twice = own.clone().filter(Column::ToldTwiceMinor.is_not_null());
        let mut sums: BTreeMap<String, i64> = sums_of(self.tx, own, Column::NetMinor).await?.into_iter().collect();
        for (currency, minor) in sums_of(self.tx, twice, Column::ToldTwiceMinor).await? {
            *sums.entry(currency).or_default() -= minor;
        }
        Ok(sums.into_iter().collect())
    }

    /// Net sales as they are and will be, of the currencies in which they change.
    async fn net_sales(&self, change: &BTreeMap<String, i64>) -> Result<Vec<NetSalesChange>> {
        let now: BTreeMap<String, i64> = sums_of(self.tx, order::find(self.merchant), Column::NetMinor).await?.into_iter().collect();
        let changes = change.iter().filter(|(_, minor)| **minor != 0).filter_map(|(code, minor)| {
            let (currency, now) = (code.parse::<Currency>().ok()?, now.get(code).copied().unwrap_or(0));
            Some(NetSalesChange { now: Money::new(now, currency), then: Money::new(now + minor, currency) })
        });
        Ok(changes.collect())
    }

    /// Changed orders, and where these are few, some of those that only the upload told.
    async fn with_some_alone(&self, sums: Sums) -> Result<Vec<OrderChange>> {
        let Sums { shown, own, .. } = sums;
        let mut shown: Vec<OrderChange> = shown.into_iter().map(|(_, change)| change).collect();
        let Some(left @ 1..) = SHOWN.checked_sub(shown.len()) else { return Ok(shown) };
        // Those that others named too may stand before them.
        let most = u64::try_from(left + own.len()).unwrap_or(u64::MAX);
        let alone = order::find(self.merchant).filter(Column::UploadId.eq(self.upload)).order_by_asc(Column::Id).limit(most);
        let columns = [Column::SourceId, Column::ExternalId].into_iter().chain([Column::NetMinor, Column::Currency]);
        let alone: Vec<(i32, String, i64, String)> = alone.select_only().columns(columns).into_tuple().all(&**self.tx).await?;
        let alone = alone.into_iter().filter(|(source, number, ..)| !own.iter().any(|(of, other)| (of, other) == (source, number)));
        shown.extend(alone.take(left).map(|(_, number, minor, currency)| OrderChange { number, now: money(minor, &currency), then: None }));
        Ok(shown)
    }
}

impl Sums {
    fn add(&mut self, source: i32, Settled { key, before, after, .. }: Settled<Layer>, upload: Uuid) {
        let is_same = before.as_ref().map(|one| &one.order.content_hash) == after.as_ref().map(|other| &other.order.content_hash);
        let (before, after) = (before.map(|layer| layer.order), after.map(|layer| layer.order));
        if let Some(after) = &after {
            *self.change.entry(after.currency.clone()).or_default() += after.net_minor;
        }
        match &before {
            // Among the upload's own, which are subtracted together.
            Some(before) if before.upload_id == upload => self.own.push((source, key.clone())),
            Some(before) => *self.change.entry(before.currency.clone()).or_default() -= before.net_minor,
            None => {}
        }
        if !is_same && self.shown.len() < SHOWN {
            let worth = |order: &order::Model| money(order.net_minor, &order.currency);
            self.shown.push((source, OrderChange { number: key, now: before.as_ref().and_then(worth), then: after.as_ref().and_then(worth) }));
        }
    }
}

impl Sums {
    /// What counts of an order or refund then, because others come or go that tell the same.
    fn shift(&mut self, Shift { source, number, currency, now, then, beyond, is_alone }: Shift) {
        *self.change.entry(currency.clone()).or_default() += beyond;
        let worth = |minor: Option<i64>| minor.and_then(|minor| money(minor, &currency));
        if let Some((_, change)) = self.shown.iter_mut().find(|(of, change)| (*of, &change.number) == (source, &number)) {
            (change.now, change.then) = (worth(now).or(change.now), worth(then).or(change.then));
        } else if !is_alone && now != then && self.shown.len() < SHOWN {
            self.shown.push((source, OrderChange { number, now: worth(now), then: worth(then) }));
        }
    }
}

fn money(minor: i64, currency: &str) -> Option<Money> {
    Some(Money::new(minor, currency.parse().ok()?))
}

async fn sums_of(tx: &Tx, orders: sea_orm::Select<order::Entity>, of: Column) -> Result<Vec<(String, i64)>> {
    let sums = orders.select_only().column(Column::Currency).column_as(of.sum().cast_as("BIGINT"), "sum").group_by(Column::Currency);
    Ok(sums.into_tuple().all(&**tx).await?)
}

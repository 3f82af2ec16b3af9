//! Writing the facts of one upload, book by book.

use super::super::OrderBook;
use super::super::history::{Claimant, claim, keep_left_out, keep_partly, keep_unchanged, next_sequence};
use super::super::refunds::{Concerned, count_once};
use super::decide::Decided;
use super::spread::Spread;
use super::{NewSource, Notes, Totals, Unread, customers, former, left, lines, orders, products};
use crate::context::Services;
use crate::db::{Db, Tx};
use crate::error::Result;
use domain::AppError;
use domain::ids::MerchantId;
use domain::sources::{Channel, UploadMode};
use entity::merchant::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ExprTrait, QuerySelect};
use std::collections::HashSet;
use uuid::Uuid;

/// How many keys one lookup names: few, because a connection keeps lookups of other lengths prepared with their memory.
pub(super) const KEYS_AT_ONCE: usize = 1_000;

/// Writes the facts of one upload (or one demo source) inside the caller's transaction.
pub(crate) struct Store<'t> {
    pub(super) tx: &'t Tx,
    pub(super) db: Db,
    /// The shop with its id counters, locked until the transaction ends.
    pub(super) merchant: entity::merchant::Model,
    pub(super) target: Target,
    pub(super) totals: Totals,
    pub(super) notes: Notes,
    /// Orders of which rows were rejected.
    pub(super) unread: Unread,
    /// Where the file's days lie, should it replace them.
    pub(super) spread: Spread,
    /// Under which the history remembers what is stored.
    pub(super) claimant: Claimant,
    /// Which refunds may be told by two files since.
    pub(super) refunds: Concerned,
    /// Something changed beside the rows that are counted: what a former reading brought went, or products and customers were written.
    pub(super) has_changes: bool,
}

/// What all rows of an upload share.
#[derive(Clone, Copy)]
pub(super) struct Target {
    pub(super) merchant: MerchantId,
    pub(super) upload_id: Uuid,
    pub(super) source_id: i32,
    pub(super) channel: Channel,
    /// A new source has no orders that could be there already.
    pub(super) is_new: bool,
    /// What happens to what is there.
    pub(super) mode: UploadMode,
}

impl<'t> Store<'t> {
    /// Locks the shop's counters and finds or makes the source.
    pub(crate) async fn open(tx: &'t Tx, services: &Services, merchant: MerchantId, upload_id: Uuid, source: &NewSource) -> Result<Self> {
        let row = entity::merchant::by_id(merchant).lock_exclusive().one(&**tx).await?;
        let mut row = row.ok_or_else(|| AppError::not_found("shop"))?;
        let (source_id, is_new) = source.find_or_make(tx, &mut row, services.clock.now_ms()).await?;
        let target = Target { merchant, upload_id, source_id, channel: source.channel, is_new, mode: UploadMode::default() };
        let sequence = next_sequence(tx, merchant, upload_id).await?;
        let claimant = Claimant { merchant, source_id, upload_id, sequence, part: 0 };
        let (totals, notes, unread, spread) = (Totals::default(), Notes::default(), Unread::default(), Spread::default());
        let (refunds, has_changes) = (Concerned::default(), false);
        Ok(Self { tx, db: services.db.clone(), merchant: row, target, totals, notes, unread, spread, claimant, refunds, has_changes })
    }

    /// The same for a file that does something else than to add and update.
    #[must_use]
    pub(crate) fn in_mode(mut self, mode: UploadMode) -> Self {
        self.target.mode = mode;
        if mode == UploadMode::ReplacePeriod {
            self.refunds = Concerned::All;
        }
        self
    }

    /// The same for a file of which rows were rejected.
    #[must_use]
    pub(crate) fn without(mut self, unread: Unread) -> Self {
        self.unread = unread;
        self
    }

    /// The same for a file whose former reading was taken back in this transaction.
    #[must_use]
    pub(crate) fn in_place_of_former(mut self, is_read_again: bool) -> Self {
        self.has_changes = is_read_again;
        if is_read_again {
            self.refunds = Concerned::All;
        }
        self
    }

    /// The zone whose days the shop's days are, as of this transaction.
    pub(crate) fn time_zone(&self) -> &str {
        &self.merchant.time_zone
    }

    /// The source that the orders belong to.
    pub(crate) fn source_id(&self) -> i32 {
        self.target.source_id
    }

    /// The least id that an order will have which is stored as a new one.
    pub(crate) fn next_order_id(&self) -> i64 {
        self.merchant.next_order_id
    }

    /// Stores a book's orders. All lines of an order must be in one book.
    pub(crate) async fn add(&mut self, mut book: OrderBook) -> Result<()> {
        self.notes.take(&book);
        book.number_sides();
        if !self.target.is_new {
            former::keep_numbers(self.tx, self.target, &mut book).await?;
        }
        claim(self.tx, &self.db, self.claimant, &book.products, &book.customers).await?;
        self.claimant.part += 1;
        let known = if self.target.is_new { Default::default() } else { orders::known(self.tx, self.target, &book).await? };
        let (target, next_order_id) = (self.target, self.merchant.next_order_id);
        self.refunds.see(self.tx, target.merchant, &book, &known).await?;
        // A file that only adds replaces nothing anyway.
        let held = if target.mode == UploadMode::Append { HashSet::new() } else { self.unread.held(&book) };
        book.orders.iter().for_each(|order| self.spread.see(order.day, order.row_line));
        let decide = move || Decided::new(book, &known, &held, target, next_order_id);
        let mut decided = tokio::task::spawn_blocking(decide).await.map_err(anyhow::Error::from)?;
        self.totals.count(&decided);
        let by = self.claimant;
        keep_unchanged(self.tx, &self.db, by, target.mode, std::mem::take(&mut decided.unchanged)).await?;
        keep_partly(self.tx, &self.db, by, std::mem::take(&mut decided.partly)).await?;
        if decided.kept.is_empty() && decided.left.is_empty() {
            return Ok(());
        }
        self.merchant.next_order_id = decided.next_order_id;
        let (products, has_products) = products::resolve(self.tx, &self.db, &mut self.merchant, &decided, &mut self.notes).await?;
        let (customers, has_customers) = customers::resolve(self.tx, &self.db, &mut self.merchant, target.source_id, &decided).await?;
        // Also an order that stays as it was names products anew.
        self.has_changes |= has_products || has_customers;
        keep_left_out(self.tx, &self.db, by, left::layers(target, &decided, &products, &customers)).await?;
        orders::remove_changed(self.tx, &self.db, target, by, &decided).await?;
        orders::insert(self.tx, &self.db, target, &decided, &customers).await?;
        lines::insert(self.tx, &self.db, target, &decided, &products, &customers).await
    }

    /// Has refunds that two files tell count once, advances the shop's counters and, when figures changed, its data version.
    pub(crate) async fn close(mut self, now: i64) -> Result<Totals> {
        let once = count_once(self.tx, self.target.merchant, &self.refunds, self.target.upload_id).await?;
        self.has_changes |= !once.months.is_empty();
        (self.totals.refunds_told_twice, self.totals.refunds_unclear) = (once.told_twice, once.unclear);
        self.totals.months.extend(once.months);
        let mut update = entity::merchant::update(self.target.merchant)
            .col_expr(Column::NextSourceId, Expr::value(self.merchant.next_source_id))
            .col_expr(Column::NextProductId, Expr::value(self.merchant.next_product_id))
            .col_expr(Column::NextCustomerId, Expr::value(self.merchant.next_customer_id))
            .col_expr(Column::NextOrderId, Expr::value(self.merchant.next_order_id));
        if self.has_changes || self.totals.accepted + self.totals.removed > 0 {
            update =
                update.col_expr(Column::DataVersion, Expr::col(Column::DataVersion).add(1)).col_expr(Column::DataChangedAt, Expr::value(Some(now)));
        }
        update.exec(&**self.tx).await?;
        Ok(Totals { cleaning: self.notes.into_log(), ..self.totals })
    }
}

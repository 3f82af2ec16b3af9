//! Facts of files that are no sales files: what is new is written, what differs is replaced, what is the same is counted.

use super::facts::{Store, Target};
use super::{advertising, movements, people, stock, wares};
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::sources::history::Claimant;
use crate::sources::records::Fact;
use domain::Day;
use domain::sources::UploadMode;
use std::collections::HashMap;
use uuid::Uuid;

/// What came of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    New,
    Updated,
    Same,
    /// It is there and differs, and the file only adds.
    Left,
}

/// Where facts go.
pub(super) struct Ground<'s> {
    pub(super) tx: &'s Tx,
    pub(super) db: &'s Db,
    pub(super) merchant: &'s mut entity::merchant::Model,
    pub(super) target: Target,
    /// When the file was brought, in milliseconds: names in it are as of then.
    pub(super) as_of: i64,
    /// Under which the history remembers what is stored.
    pub(super) claimant: &'s mut Claimant,
}

impl Ground<'_> {
    /// What comes of something that is there, brought by whom.
    pub(super) fn outcome_of(&self, is_same: bool, brought_by: Option<Uuid>) -> Outcome {
        match (is_same, self.target.mode) {
            (true, _) => Outcome::Same,
            (false, UploadMode::Append) if brought_by != Some(self.target.upload_id) => Outcome::Left,
            _ => Outcome::Updated,
        }
    }
}

/// What is remembered from one load of facts to the next.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// How often a movement's key stood in the file so far.
    pub(super) movements: HashMap<u128, u32>,
    /// What came of the product that was stored last: rows that only complete it share its fate.
    product: Option<Outcome>,
}

impl Store<'_> {
    /// Stores some facts of a file, in the file's order.
    pub(crate) async fn add_facts(&mut self, facts: Vec<Fact>, as_of: i64, seen: &mut Seen) -> Result<()> {
        let mut sorted = Sorted::default();
        for fact in facts {
            match fact {
                Fact::Product(product) => {
                    sorted.products.push(product);
                    sorted.product_rows.push(1);
                }
                Fact::Customer(customer) => sorted.customers.push(customer),
                Fact::Stock(stock) => sorted.stock.push(stock),
                Fact::Movement(movement) => sorted.movements.push(movement),
                Fact::Ad(ad) => sorted.ads.push(ad),
                Fact::Nothing => match sorted.product_rows.last_mut() {
                    Some(rows) => *rows += 1,
                    None => sorted.rows_before += 1,
                },
            }
        }
        self.count_days(&sorted);
        let target = self.target;
        let mut ground = Ground { tx: self.tx, db: &self.db, merchant: &mut self.merchant, target, as_of, claimant: &mut self.claimant };
        let mut outcomes: Vec<(Outcome, i64)> = Vec::new();
        let products = wares::store(&mut ground, &sorted.products).await?;
        let of_last = seen.product.unwrap_or(Outcome::Same);
        seen.product = products.last().copied().or(seen.product);
        outcomes.extend(products.into_iter().zip(sorted.product_rows));
        outcomes.extend(people::store(&mut ground, &sorted.customers).await?.into_iter().map(|outcome| (outcome, 1)));
        outcomes.extend(stock::store(&mut ground, &sorted.stock).await?.into_iter().map(|outcome| (outcome, 1)));
        outcomes.extend(movements::store(&mut ground, &sorted.movements, seen).await?.into_iter().map(|outcome| (outcome, 1)));
        let ads = advertising::store(&mut ground, &sorted.ads).await?;
        outcomes.extend(ads.into_iter().zip(&sorted.ads).map(|(outcome, ad)| (outcome, ad.rows)));
        self.totals.count_rows(of_last, sorted.rows_before);
        for (outcome, rows) in outcomes {
            self.totals.count_fact(outcome, rows);
        }
        Ok(())
    }

    fn count_days(&mut self, sorted: &Sorted) {
        let days = sorted.movements.iter().map(|movement| movement.day).chain(sorted.ads.iter().map(|ad| ad.day)).map(Day);
        for day in days {
            let (first, last) = self.totals.days.unwrap_or((day, day));
            self.totals.days = Some((first.min(day), last.max(day)));
        }
    }
}

#[derive(Default)]
struct Sorted {
    products: Vec<crate::sources::records::ProductFact>,
    /// How many rows each product is made of.
    product_rows: Vec<i64>,
    /// Rows that complete the product before these facts.
    rows_before: i64,
    customers: Vec<crate::sources::records::CustomerFact>,
    stock: Vec<crate::sources::records::StockFact>,
    movements: Vec<crate::sources::records::MovementFact>,
    ads: Vec<crate::sources::records::AdFact>,
}

//! Facts of files that are no sales files: what is new is written, what differs is replaced, what is the same is counted.

use super::facts::{Store, Target};
use super::{advertising, movements, people, stock, wares};
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::sources::history::Claimant;
use crate::sources::records::{Fact, MovementFact};
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

impl Outcome {
    /// Something is otherwise than before.
    pub(super) fn is_change(self) -> bool {
        matches!(self, Self::New | Self::Updated)
    }
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
                Fact::Movement(movement) => sorted.add_movement(movement, 1),
                Fact::RefundBeside(refund) => sorted.add_movement(refund, 0),
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
        let movements = movements::store(&mut ground, &sorted.movements, seen).await?;
        let has_refunds = movements.iter().zip(&sorted.movement_rows).any(|(outcome, rows)| *rows == 0 && outcome.is_change());
        outcomes.extend(of_rows(movements, sorted.movement_rows));
        let ads = advertising::store(&mut ground, &sorted.ads).await?;
        outcomes.extend(ads.into_iter().zip(&sorted.ads).map(|(outcome, ad)| (outcome, ad.rows)));
        self.has_changes |= has_refunds;
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
            self.spread.see(day, 0);
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
    movements: Vec<MovementFact>,
    /// How many rows each movement is made of: none where another's row tells it.
    movement_rows: Vec<i64>,
    ads: Vec<crate::sources::records::AdFact>,
}

impl Sorted {
    fn add_movement(&mut self, movement: MovementFact, rows: i64) {
        self.movements.push(movement);
        self.movement_rows.push(rows);
    }
}

/// What came of movements, with their rows: a row of which only the refund is new is new.
fn of_rows(outcomes: Vec<Outcome>, rows: Vec<i64>) -> Vec<(Outcome, i64)> {
    let mut counted: Vec<(Outcome, i64)> = Vec::with_capacity(outcomes.len());
    for (outcome, rows) in outcomes.into_iter().zip(rows) {
        let payment = counted.last_mut().filter(|(payment, _)| rows == 0 && outcome.is_change() && !payment.is_change());
        let rows = payment.map_or(rows, |(_, rows)| std::mem::take(rows));
        counted.push((outcome, rows));
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_new_when_only_its_refund_is() {
        use Outcome::{New, Same};
        assert_eq!(of_rows(vec![Same, New, Same], vec![1, 0, 1]), [(Same, 0), (New, 1), (Same, 1)]);
        assert_eq!(of_rows(vec![New, New, Same, Same], vec![1, 0, 1, 0]), [(New, 1), (New, 0), (Same, 1), (Same, 0)]);
    }
}

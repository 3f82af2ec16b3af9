//! How many pieces lie where: the last file tells.

use super::alone::settle;
use super::facts::KEYS_AT_ONCE;
use super::other_facts::{Ground, Outcome};
use super::wares;
use crate::db::{BulkInsert, Constant};
use crate::error::Result;
use crate::sources::history::FactRow;
use crate::sources::records::{ProductFact, StockFact, StockTold};
use domain::ids::MerchantId;
use entity::inventory_level::Model;
use sea_orm::Value;
use std::collections::BTreeSet;

/// Stores stock, with products that are not known yet.
pub(super) async fn store(ground: &mut Ground<'_>, facts: &[StockFact]) -> Result<Vec<Outcome>> {
    let products: Vec<ProductFact> = facts.iter().map(|fact| fact.product.clone()).collect();
    let placed = wares::place(ground, &products).await?;
    let told: Vec<(i64, &StockTold)> = placed.iter().zip(facts).map(|((id, _), fact)| (*id, &fact.stock)).collect();
    place(ground, &told).await
}

/// The same for products that are placed already: what came of each row's levels.
pub(super) async fn place(ground: &Ground<'_>, told: &[(i64, &StockTold)]) -> Result<Vec<Outcome>> {
    let levels = told.iter().flat_map(|(product, stock)| stock.levels.iter().map(|level| (*product, level)));
    let mut levels: Vec<Model> = levels.map(|(product, told)| level(ground, product, &told.location, told.quantity_milli)).collect();
    levels.extend(told_elsewhere(ground, told).await?);
    let (outcomes, written) = settle(ground, levels).await?;
    write(ground, written).await?;
    let mut outcomes = outcomes.into_iter();
    Ok(told.iter().map(|(_, stock)| of_row(&outcomes.by_ref().take(stock.levels.len()).collect::<Vec<_>>())).collect())
}

fn level(ground: &Ground<'_>, product_id: i64, location: &str, quantity_milli: i64) -> Model {
    let target = ground.target;
    let (merchant_id, source_id, upload_id) = (target.merchant.0, target.source_id, target.upload_id);
    Model { merchant_id, product_id, source_id, location: location.to_owned(), upload_id, quantity_milli }
}

/// Where the source told pieces of these products without a place before it told them place by place, they are among those: none is left there.
async fn told_elsewhere(ground: &Ground<'_>, told: &[(i64, &StockTold)]) -> Result<Vec<Model>> {
    let by_column = told.iter().filter(|(_, stock)| stock.is_by_column && !stock.is_nothing());
    let keys: BTreeSet<String> = by_column.map(|(product, _)| level(ground, *product, "", 0).key()).collect();
    let keys: Vec<String> = keys.into_iter().collect();
    let mut none_left = Vec::new();
    for some in keys.chunks(KEYS_AT_ONCE) {
        let known = Model::of_keys(ground.tx, MerchantId(ground.merchant.id), ground.target.source_id, some).await?;
        let of_others = known.into_iter().filter(|known| known.upload_id != ground.target.upload_id);
        none_left.extend(of_others.map(|known| level(ground, known.product_id, "", 0)));
    }
    Ok(none_left)
}

async fn write(ground: &Ground<'_>, levels: Vec<Model>) -> Result<()> {
    let target = ground.target;
    let constants = [("merchant_id", Constant::Number(target.merchant.0)), ("source_id", Constant::Number(i64::from(target.source_id)))];
    let columns = ["product_id", "location", "upload_id", "quantity_milli"];
    let key = ["merchant_id", "product_id", "source_id", "location"];
    let mut bulk = BulkInsert::new(ground.tx, ground.db, "inventory_levels", &constants, &columns).replacing(&key, &columns);
    for level in levels {
        let row: [Value; 4] = [level.product_id.into(), level.location.into(), level.upload_id.into(), level.quantity_milli.into()];
        bulk.row(row).await?;
    }
    bulk.finish().await
}

/// What came of a row, given what came of each of its levels: it is new when all of them are, and changed when any is.
fn of_row(levels: &[Outcome]) -> Outcome {
    match levels {
        [] => Outcome::Same,
        [first, others @ ..] if others.iter().all(|other| other == first) => *first,
        mixed if mixed.iter().any(|outcome| outcome.is_change()) => Outcome::Updated,
        _ => Outcome::Left,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_several_levels_has_one_outcome() {
        use Outcome::{Left, New, Same, Updated};
        let cases: [(&[Outcome], Outcome); 6] =
            [(&[], Same), (&[New, New], New), (&[New, Same], Updated), (&[Same, Same], Same), (&[Same, Left], Left), (&[Left, Updated], Updated)];
        for (levels, outcome) in cases {
            assert_eq!(of_row(levels), outcome, "{levels:?}");
        }
    }
}

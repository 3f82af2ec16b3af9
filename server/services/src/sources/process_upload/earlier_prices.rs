//! What the products of a file cost in earlier uploads: looked up once its rows are stored, for few products, in few lines.

use crate::db::Tx;
use crate::error::Result;
use crate::sources::book::Product;
use crate::sources::store::product_ids;
use domain::Day;
use domain::ids::MerchantId;
use engine::ingestion::{EarlierPrices, PriceKey, QualityWatch, piece_price};
use entity::order_line::Column;
use entity::{order, order_line, upload};
use sea_orm::sea_query::{Expr, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationDef};
use std::collections::HashMap;

/// So many products of a file are looked up: those with the fewest rows, of which the file itself tells least.
const MOST_PRODUCTS: usize = 1_000;
/// Among so many of the newest lines they are looked for: no index leads from a product to its lines, and none is worth what each import would
/// pay for it.
const MOST_LINES: u64 = 100_000;

/// A product, its currency and a price, with the lines that have it: the price stated, else amount and quantity.
type PricedLines = (i64, String, Option<i64>, Option<i64>, Option<i64>, i64);

/// What the products of an upload cost in lines of earlier ones: not in its own, and not in what it replaced, which are gone. None where nothing is
/// there from before. Its new orders have ids from `first_new_order` on.
pub(super) async fn earlier_prices(tx: &Tx, own: &upload::Model, watch: &QualityWatch, first_new_order: i64) -> Result<Option<EarlierPrices>> {
    let (merchant, products) = (MerchantId(own.merchant_id), watch.priced_products(MOST_PRODUCTS));
    let older = order_line::find(merchant).filter(Column::OrderId.lt(first_new_order));
    let newest = older.clone().order_by_desc(Column::Day).select_only().column(Column::Day);
    if products.is_empty() || first_new_order <= 1 || newest.clone().into_tuple::<i32>().one(&**tx).await?.is_none() {
        return Ok(None);
    }
    // Days that are looked at wholly lie after the day of the first line that is one too many.
    let too_many = newest.offset(MOST_LINES).into_tuple::<i32>().one(&**tx).await?;
    let named: Vec<Product> = products.iter().map(|product| Product::of_row(product.sku, product.title)).collect();
    let mut keys: HashMap<(i64, &str), Vec<PriceKey>> = HashMap::new();
    for (product, id) in products.iter().zip(product_ids(tx, merchant, &named).await?) {
        if let Some(id) = id {
            keys.entry((id, product.currency.code())).or_default().push(product.key);
        }
    }
    let mut ids: Vec<i64> = keys.keys().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    let lines = older
        .join(JoinType::InnerJoin, their_orders())
        .filter(order::Column::UploadId.not_in_subquery(not_earlier(own)))
        .filter(Column::Day.gt(too_many.unwrap_or(i32::MIN)))
        .filter(Column::ProductId.is_in(ids))
        .filter(Column::IsAggregate.eq(false));
    let mut prices = EarlierPrices::new(products.len(), too_many.map(|day| Day(day).plus_days(1)));
    for (id, currency, unit_price, amount, quantity, lines) in priced(lines).all(&**tx).await? {
        let Some(price) = piece_price(unit_price, amount.unwrap_or_default(), quantity.unwrap_or_default()) else { continue };
        for key in keys.get(&(id, currency.as_str())).into_iter().flatten() {
            prices.see(*key, price, lines);
        }
    }
    Ok(Some(prices))
}

fn their_orders() -> RelationDef {
    let orders = order_line::Entity::belongs_to(order::Entity);
    orders.from((Column::MerchantId, Column::OrderId)).to((order::Column::MerchantId, order::Column::Id)).into()
}

/// The upload itself, and those that came after it, where it is read again.
fn not_earlier(own: &upload::Model) -> SelectStatement {
    let uploads = upload::find(MerchantId(own.merchant_id)).select_only().column(upload::Column::Id);
    let later = upload::Column::CreatedAt.gt(own.created_at);
    uploads.filter(Condition::any().add(upload::Column::Id.eq(own.id)).add(later)).into_query()
}

/// Lines of the same price are counted by the database; amounts and quantities are told only where there is no price.
fn priced(lines: sea_orm::Select<order_line::Entity>) -> sea_orm::Selector<sea_orm::SelectGetableTuple<PricedLines>> {
    let unpriced = |column: Column| -> SimpleExpr { Expr::case(Column::UnitPriceMinor.is_null(), Expr::col((order_line::Entity, column))).into() };
    let (amount, quantity) = (unpriced(Column::AmountMinor), unpriced(Column::QuantityMilli));
    let lines = lines.filter(Condition::any().add(Column::UnitPriceMinor.is_null()).add(Column::UnitPriceMinor.gt(0)));
    let same = [Column::ProductId, Column::Currency, Column::UnitPriceMinor];
    let lines = same.into_iter().fold(lines.select_only().columns(same), |lines, column| lines.group_by(column));
    let lines = lines.group_by(amount.clone()).group_by(quantity.clone());
    lines.expr_as(amount, "amount").expr_as(quantity, "quantity").expr_as(Column::OrderId.count(), "lines").into_tuple::<PricedLines>()
}

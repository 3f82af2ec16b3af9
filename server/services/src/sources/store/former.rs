//! Sell-out and refunds that an earlier version kept under one number for all of a store's period, or all refunds of an order: what is told of them
//! again stays under that number, so that it does not count twice.

use super::facts::{KEYS_AT_ONCE, Target};
use crate::db::Tx;
use crate::error::Result;
use crate::sources::OrderBook;
use crate::sources::book::{NO_PRODUCT, Order, former_number};
use entity::order::Column;
use entity::{order_line, product};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What is there under a number of before.
struct Former {
    day: i32,
    currency: String,
    /// Keys and names of its products; empty for lines without one.
    products: HashSet<String>,
    amounts: Vec<i64>,
}

/// Puts what is there under a number of before, and is told again, under that number.
pub(super) async fn keep_numbers(tx: &Tx, target: Target, book: &mut OrderBook) -> Result<()> {
    let mut concerned: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (index, order) in (0_u32..).zip(&book.orders) {
        if let Some(former) = former_number(&order.external_id, order.day, order.is_aggregate()) {
            concerned.entry(former.to_owned()).or_default().push(index);
        }
    }
    let numbers: Vec<&str> = concerned.keys().map(String::as_str).collect();
    let mut formers = HashMap::new();
    for some in numbers.chunks(KEYS_AT_ONCE) {
        formers.extend(load(tx, target, some).await?);
    }
    if formers.is_empty() {
        return Ok(());
    }
    let products = products(book);
    let mut joined = HashMap::new();
    for (number, orders) in concerned {
        let Some(former) = formers.get_mut(&number) else { continue };
        for index in orders.into_iter().filter(|index| former.takes(&book.orders[*index as usize], &products[*index as usize])) {
            joined.insert(index, number.as_str().into());
        }
    }
    book.join(&joined);
    Ok(())
}

impl Former {
    /// Whether it holds what an order tells: the same product, or a refund of the same amount.
    fn takes(&mut self, order: &Order, products: &[String]) -> bool {
        if self.currency != order.currency.code() {
            return false;
        }
        if order.is_aggregate() {
            return products.iter().any(|product| self.products.contains(product));
        }
        let is_of_day = self.amounts.len() > 1 || self.day == order.day.0;
        let found = self.amounts.iter().position(|amount| *amount == order.net_minor).filter(|_| is_of_day);
        found.map(|place| self.amounts.swap_remove(place)).is_some()
    }
}

/// Keys and names of the products of each order of a book.
fn products(book: &OrderBook) -> Vec<Vec<String>> {
    let mut products = vec![Vec::new(); book.orders.len()];
    for line in &book.lines {
        let names = &mut products[line.order as usize];
        match book.products.get(line.product as usize).filter(|_| line.product != NO_PRODUCT) {
            Some(product) => names.extend([product.key.to_lowercase(), product.title.to_lowercase()]),
            None => names.push(String::new()),
        }
    }
    products
}

async fn load(tx: &Tx, target: Target, numbers: &[&str]) -> Result<HashMap<String, Former>> {
    let rows =
        entity::order::find(target.merchant).filter(Column::SourceId.eq(target.source_id)).filter(Column::ExternalId.is_in(numbers.iter().copied()));
    let columns = [Column::ExternalId, Column::Id, Column::Day, Column::Currency];
    let rows = rows.select_only().columns(columns).into_tuple::<(String, i64, i32, String)>().all(&**tx).await?;
    let mut by_day: BTreeMap<i32, HashMap<i64, String>> = BTreeMap::new();
    let mut formers = HashMap::new();
    for (number, id, day, currency) in rows {
        by_day.entry(day).or_default().insert(id, number.clone());
        formers.insert(number, Former { day, currency, products: HashSet::new(), amounts: Vec::new() });
    }
    for (day, orders) in by_day {
        let lines = order_line::find(target.merchant).filter(order_line::Column::Day.eq(day));
        let lines = lines.filter(order_line::Column::OrderId.is_in(orders.keys().copied())).all(&**tx).await?;
        let ids: HashSet<i64> = lines.iter().filter_map(|line| line.product_id).collect();
        let ids: Vec<i64> = ids.into_iter().collect();
        let mut names: HashMap<i64, [String; 2]> = HashMap::new();
        for some in ids.chunks(KEYS_AT_ONCE) {
            let rows = product::find(target.merchant).filter(product::Column::Id.is_in(some.iter().copied())).all(&**tx).await?;
            names.extend(rows.into_iter().map(|row| (row.id, [row.key.to_lowercase(), row.title.to_lowercase()])));
        }
        for line in lines {
            let Some(former) = orders.get(&line.order_id).and_then(|number| formers.get_mut(number)) else { continue };
            former.amounts.push(line.told_minor.unwrap_or(line.amount_minor));
            match line.product_id.and_then(|id| names.get(&id)) {
                Some(names) => former.products.extend(names.iter().cloned()),
                None => former.products.extend([String::new()]),
            }
        }
    }
    Ok(formers)
}

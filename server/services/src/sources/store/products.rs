//! Products of a book: found by key or made; the newest name wins.

use super::catalogue;
use super::decide::Decided;
use super::matching::{Found, Known};
use super::notes::Notes;
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::sources::book::Product;
use domain::ids::MerchantId;
use engine::ingestion::{CleaningKind, is_product};
use entity::product::Model;
use std::collections::BTreeMap;

/// The id of each product of the book that a kept order names, 0 for the others; and whether any was made or renamed.
pub(super) async fn resolve(
    tx: &Tx,
    db: &Db,
    merchant: &mut entity::merchant::Model,
    decided: &Decided,
    notes: &mut Notes,
) -> Result<(Vec<i64>, bool)> {
    let products = &decided.book.products;
    let used: Vec<usize> = decided.used_products().iter().enumerate().filter_map(|(index, is_used)| is_used.then_some(index)).collect();
    let owner = MerchantId(merchant.id);
    let known = Known::of(tx, owner, &used.iter().map(|&index| &products[index]).collect::<Vec<_>>()).await?;
    // By id: several products of a book (one by its code, one by its name) may be one that is there, and each adds to it.
    let (mut ids, mut written) = (vec![0; products.len()], BTreeMap::new());
    for index in used {
        let product = &products[index];
        let changed = match known.find(product) {
            Found::Same(row) => {
                ids[index] = row.id;
                let row = written.get(&row.id).unwrap_or(row);
                note(notes, row, product);
                renamed(row, product)
            }
            Found::WithoutCode(row) => {
                ids[index] = row.id;
                let row = written.get(&row.id).unwrap_or(row);
                notes.product(CleaningKind::MatchedByName, product.row_line, &product.key, product.sku.as_deref().unwrap_or_default(), &row.title);
                let row = Model { key: product.key.clone(), sku: product.sku.clone(), ..row.clone() };
                Some(renamed(&row, product).unwrap_or(row))
            }
            Found::Nowhere => {
                ids[index] = merchant.next_product_id;
                merchant.next_product_id += 1;
                Some(made(merchant.id, ids[index], product))
            }
        };
        written.extend(changed.map(|row| (row.id, row)));
    }
    let has_written = !written.is_empty();
    catalogue::write(tx, db, owner, written.into_values().collect()).await?;
    Ok((ids, has_written))
}

/// What differs between a product and the one that is there.
fn note(notes: &mut Notes, row: &Model, product: &Product) {
    match (&row.sku, &product.sku) {
        (Some(kept), Some(sku)) => notes.spelling(product.row_line, sku, kept),
        (Some(sku), None) => notes.product(CleaningKind::MatchedByName, product.row_line, &product.key, &product.title, sku),
        _ => {}
    }
    if row.title != product.title && product.title_as_of != i64::MIN {
        let is_newer = (product.title_as_of, product.title.as_str()) > (row.title_as_of, row.title.as_str());
        let (before, after) = if is_newer { (&row.title, &product.title) } else { (&product.title, &row.title) };
        notes.product(CleaningKind::NamesChosen, product.row_line, &product.key, before, after);
    }
}

/// The product under a newer name, when the book has one.
fn renamed(row: &Model, product: &Product) -> Option<Model> {
    let mut stored = Product::named(row.key.clone(), row.sku.clone(), row.title.clone(), row.title_as_of);
    stored.rename(&product.title, product.title_as_of);
    // Of several spellings of a code the least stands.
    let sku = row.sku.clone().zip(product.sku.clone()).map(|(one, other)| one.min(other)).or_else(|| row.sku.clone());
    let is_newer = stored.title_as_of != row.title_as_of || stored.title != row.title || sku != row.sku;
    let is_product = is_product(row.sku.as_deref(), &stored.title);
    is_newer.then(|| Model { sku, title: stored.title, title_as_of: stored.title_as_of, is_product, ..row.clone() })
}

fn made(merchant_id: i64, id: i64, product: &Product) -> Model {
    let Product { key, sku, title, title_as_of, .. } = product.clone();
    let is_product = is_product(sku.as_deref(), &title);
    Model { key, sku, title, title_as_of, is_product, ..catalogue::blank(merchant_id, id) }
}

//! Products of a product file: known by code, else by handle and variant, else by the name under which orders know them.

use super::catalogue;
use super::other_facts::{Ground, Outcome};
use super::stock;
use crate::error::Result;
use crate::sources::book::sku_key;
use crate::sources::history::{FileClaim, PRODUCT, claim_facts};
use crate::sources::records::{ProductFact, StockTold};
use domain::ids::MerchantId;
use engine::ingestion::is_product;
use entity::product::Model;
use std::collections::{BTreeMap, HashMap};

/// Stores products, and their stock where the file tells it beside them.
pub(super) async fn store(ground: &mut Ground<'_>, facts: &[ProductFact]) -> Result<Vec<Outcome>> {
    let placed = place(ground, facts).await?;
    let mut outcomes: Vec<Outcome> = placed.iter().map(|(_, outcome)| *outcome).collect();
    let stock: Vec<(i64, &StockTold)> = placed.iter().zip(facts).map(|((id, _), fact)| (*id, &fact.stock)).collect();
    for (outcome, of_stock) in outcomes.iter_mut().zip(stock::place(ground, &stock).await?) {
        if *outcome == Outcome::Same && of_stock.is_change() {
            *outcome = Outcome::Updated;
        }
    }
    Ok(outcomes)
}

/// The id of each product, made or found, and what came of it.
pub(super) async fn place(ground: &mut Ground<'_>, facts: &[ProductFact]) -> Result<Vec<(i64, Outcome)>> {
    let owner = MerchantId(ground.merchant.id);
    let keys: Vec<Keys> = facts.iter().map(Keys::of).collect();
    let mut rows = catalogue::known(ground.tx, owner, keys.iter().flat_map(Keys::all)).await?;
    let (mut placed, mut claims, mut written) = (Vec::with_capacity(facts.len()), Vec::with_capacity(facts.len()), BTreeMap::new());
    for (fact, keys) in facts.iter().zip(&keys) {
        let (row, outcome) = match keys.find(&rows, fact) {
            Some(known) => {
                let row = keys.with_code(merged(known, fact, ground.as_of));
                let outcome = ground.outcome_of(row == *known, known.upload_id);
                if outcome == Outcome::Left { (known.clone(), outcome) } else { (row, outcome) }
            }
            None => {
                let id = ground.merchant.next_product_id;
                ground.merchant.next_product_id += 1;
                let blank = Model { key: keys.own(&rows), ..catalogue::blank(owner.0, id) };
                (merged(&blank, fact, ground.as_of), Outcome::New)
            }
        };
        placed.push((row.id, outcome));
        claims.push(FileClaim { key: row.key.clone(), fact: serde_json::to_string(fact)? });
        if matches!(outcome, Outcome::New | Outcome::Updated) {
            let row = Model { upload_id: Some(ground.target.upload_id), ..row };
            if let Some(name) = keys.title.as_ref().filter(|name| **name != row.key && rows.get(*name).is_some_and(|other| other.id == row.id)) {
                rows.remove(name);
            }
            rows.insert(row.key.clone(), row.clone());
            written.insert(row.id, row);
        }
    }
    catalogue::write(ground.tx, ground.db, owner, written.into_values().collect()).await?;
    claim_facts(ground.tx, ground.db, ground.claimant, PRODUCT, ground.as_of, claims).await?;
    Ok(placed)
}

/// What a product may be known by.
struct Keys {
    sku: Option<String>,
    old_sku: Option<String>,
    handle: Option<String>,
    title: Option<String>,
}

impl Keys {
    fn of(fact: &ProductFact) -> Self {
        let variant = fact.variant.as_deref().unwrap_or_default().to_lowercase();
        let handle = fact.handle.as_deref().map(|handle| format!("handle:{}:{variant}", handle.to_lowercase()));
        let title = fact.full_name().map(|name| format!("title:{}", name.to_lowercase()));
        let old_sku = catalogue::old_key(fact.sku.as_deref());
        Self { sku: fact.sku.as_deref().map(sku_key), old_sku, handle: handle.filter(|_| fact.sku.is_none()), title }
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        [&self.sku, &self.old_sku, &self.handle, &self.title].into_iter().flatten().map(String::as_str)
    }

    /// The row that is there: one of the same name is another product's when it has another handle.
    fn find<'r>(&self, rows: &'r HashMap<String, Model>, fact: &ProductFact) -> Option<&'r Model> {
        let by = |key: &Option<String>| rows.get(key.as_deref()?);
        let has_no_other_code = |row: &&Model| fact.sku.is_none() || row.sku.is_none();
        let is_of = |row: &&Model| row.handle.is_none() || fact.handle.is_none() || (&row.handle, &row.variant) == (&fact.handle, &fact.variant);
        let by_name = || by(&self.title).filter(is_of).filter(has_no_other_code);
        by(&self.sku).or_else(|| by(&self.old_sku)).or_else(|| by(&self.handle)).or_else(by_name)
    }

    /// A product that was known by its name only is known by its code from now on.
    fn with_code(&self, row: Model) -> Model {
        match &self.sku {
            Some(sku) if row.key.starts_with("title:") => Model { key: sku.clone(), ..row },
            _ => row,
        }
    }

    /// The key of a new row: the name, so that orders without codes meet it, unless another product has that name.
    fn own(&self, rows: &HashMap<String, Model>) -> String {
        let free = self.title.as_ref().filter(|title| !rows.contains_key(*title));
        self.sku.as_ref().or(free).or(self.handle.as_ref()).or(self.title.as_ref()).cloned().unwrap_or_default()
    }
}

/// What is known, with what the file tells: what it does not tell stays.
pub(crate) fn merged(known: &Model, fact: &ProductFact, as_of: i64) -> Model {
    let newer = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    let mut row = Model {
        sku: known.sku.clone().or_else(|| fact.sku.clone()),
        category: newer(&fact.category, &known.category),
        brand: newer(&fact.brand, &known.brand),
        barcode: newer(&fact.barcode, &known.barcode),
        price_minor: fact.price_minor.or(known.price_minor),
        compare_at_minor: fact.compare_at_minor.or(known.compare_at_minor),
        cost_minor: fact.cost_minor.or(known.cost_minor),
        currency: newer(&fact.currency, &known.currency),
        handle: newer(&fact.handle, &known.handle),
        variant: newer(&fact.variant, &known.variant),
        status: newer(&fact.status, &known.status),
        ..known.clone()
    };
    match fact.full_name() {
        Some(title) if title != known.title && as_of >= known.title_as_of => (row.title, row.title_as_of) = (title, as_of),
        None if row.title.is_empty() => row.title = row.sku.clone().or_else(|| row.handle.clone()).unwrap_or_default(),
        _ => {}
    }
    row.is_product = is_product(row.sku.as_deref(), &row.title);
    row
}

//! What uploads say of products and customers: orders name them, files of their own tell more. What the shop knows is all of it together.

use super::take_back::Undoing;
use super::{fold_claims, wares};
use crate::db::{BulkInsert, Constant, Db, Tx};
use crate::error::Result;
use crate::sources::book::{Customer, Product};
use domain::ids::MerchantId;
use domain::sources::{UndoPart, UndoThing};
use entity::fact_claim::{self, Column, Model};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Value};
use std::collections::HashMap;
use uuid::Uuid;

pub(in crate::sources) const PRODUCT: i16 = 1;
pub(in crate::sources) const CUSTOMER: i16 = 2;
const COLUMNS: [&str; 10] = ["kind", "key", "upload_id", "part", "sequence", "name", "as_of", "external_id", "country", "fact"];
const KEYS_AT_ONCE: u64 = 500;

/// An upload that is being stored.
#[derive(Clone, Copy, Debug)]
pub(in crate::sources) struct Claimant {
    pub(in crate::sources) merchant: MerchantId,
    pub(in crate::sources) source_id: i32,
    pub(in crate::sources) upload_id: Uuid,
    pub(in crate::sources) sequence: i64,
    /// The how-manieth part of the file.
    pub(in crate::sources) part: i32,
}

/// What a row of a products or customers file tells of whom.
pub(in crate::sources) struct FileClaim {
    pub(in crate::sources) key: String,
    /// JSON of the row's fact.
    pub(in crate::sources) fact: String,
}

/// Keeps what rows of a file of products or customers tell; as of when the file was brought. Each row is a part of its own.
pub(in crate::sources) async fn claim_facts(tx: &Tx, db: &Db, by: &mut Claimant, kind: i16, as_of: i64, claims: Vec<FileClaim>) -> Result<()> {
    let constants = [("merchant_id", Constant::Number(by.merchant.0))];
    let mut bulk = BulkInsert::new(tx, db, "fact_claims", &constants, &COLUMNS);
    let none = || Value::from(None::<String>);
    for FileClaim { key, fact } in claims {
        let row: [Value; 10] = [
            kind.into(),
            key.into(),
            by.upload_id.into(),
            by.part.into(),
            by.sequence.into(),
            none(),
            as_of.into(),
            none(),
            none(),
            Some(fact).into(),
        ];
        bulk.row(row).await?;
        by.part += 1;
    }
    bulk.finish().await
}

/// Keeps what a part of a file says.
pub(in crate::sources) async fn claim(tx: &Tx, db: &Db, by: Claimant, products: &[Product], customers: &[Customer]) -> Result<()> {
    let constants = [("merchant_id", Constant::Number(by.merchant.0))];
    let mut bulk = BulkInsert::new(tx, db, "fact_claims", &constants, &COLUMNS);
    let none = || Value::from(None::<String>);
    let head = |kind: i16, key: String| -> [Value; 5] { [kind.into(), key.into(), by.upload_id.into(), by.part.into(), by.sequence.into()] };
    for product in products {
        let [kind, key, upload, part, sequence] = head(PRODUCT, product.key.clone());
        bulk.row([
            kind,
            key,
            upload,
            part,
            sequence,
            Some(product.title.clone()).into(),
            product.title_as_of.into(),
            product.sku.clone().into(),
            none(),
            none(),
        ])
        .await?;
    }
    for customer in customers {
        let [kind, key, upload, part, sequence] = head(CUSTOMER, customer.key(by.source_id));
        let country = customer.country.map(|code| code.iter().map(|&letter| char::from(letter)).collect::<String>());
        let (name, number) = (customer.name.clone().into(), customer.external_id.clone().into());
        bulk.row([kind, key, upload, part, sequence, name, 0_i64.into(), number, country.into(), none()]).await?;
    }
    bulk.finish().await
}

/// Takes back what an upload says; products and customers whom nobody names any more go.
pub(super) async fn take_back(undoing: &Undoing<'_>, kind: i16) -> Result<()> {
    let Undoing { tx, merchant, upload, .. } = *undoing;
    loop {
        let keys = keys_after(tx, merchant, upload, kind, "").await?;
        if keys.is_empty() {
            return Ok(());
        }
        let named = fact_claim::delete(merchant).filter(Column::Kind.eq(kind)).filter(Column::Key.is_in(&keys));
        named.filter(Column::UploadId.eq(upload)).exec(&**tx).await?;
        let left = left_of(tx, merchant, upload, kind, &keys).await?;
        if kind == PRODUCT {
            wares::settle(undoing, &keys, &left).await?;
        } else {
            customers(undoing, &keys, &left).await?;
        }
    }
}

/// What taking an upload back would do to products or customers.
pub(super) async fn foresee(undoing: &Undoing<'_>, kind: i16, thing: UndoThing, may_be_held: bool) -> Result<UndoPart> {
    let Undoing { tx, merchant, upload, .. } = *undoing;
    let (mut part, mut last) = (UndoPart::none(thing), String::new());
    loop {
        let keys = keys_after(tx, merchant, upload, kind, &last).await?;
        let Some(end) = keys.last() else { return Ok(part) };
        last.clone_from(end);
        let left = left_of(tx, merchant, upload, kind, &keys).await?;
        let (changed, gone, kept) = if kind == PRODUCT {
            wares::foreseen(undoing, &keys, &left, may_be_held).await?
        } else {
            let Changes { changed, gone, kept } = settled_customers(undoing, &keys, &left).await?;
            (changed.len(), gone.len(), kept)
        };
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        part.restored += number(changed);
        part.removed += number(gone);
        part.kept += number(kept);
    }
}

/// The next keys of which an upload says something.
async fn keys_after(tx: &Tx, merchant: MerchantId, upload: Uuid, kind: i16, last: &str) -> Result<Vec<String>> {
    let of_upload = fact_claim::find(merchant).filter(Column::UploadId.eq(upload)).filter(Column::Kind.eq(kind)).filter(Column::Key.gt(last));
    let keys = of_upload.order_by_asc(Column::Key).select_only().column(Column::Key).distinct().limit(KEYS_AT_ONCE);
    Ok(keys.into_tuple().all(&**tx).await?)
}

/// What others than the upload say of some keys, in the order in which they said it.
async fn left_of(tx: &Tx, merchant: MerchantId, upload: Uuid, kind: i16, keys: &[String]) -> Result<HashMap<String, Vec<Model>>> {
    let left = fact_claim::find(merchant).filter(Column::Kind.eq(kind)).filter(Column::Key.is_in(keys)).filter(Column::UploadId.ne(upload));
    let left = left.order_by_asc(Column::Sequence).order_by_asc(Column::Part).all(&**tx).await?;
    let mut of_key: HashMap<String, Vec<Model>> = HashMap::new();
    for claim in left {
        of_key.entry(claim.key.clone()).or_default().push(claim);
    }
    Ok(of_key)
}

/// Rows as they become, the ids of those that go, and how many stay as they are.
pub(super) struct Changes<M> {
    pub(super) changed: Vec<M>,
    pub(super) gone: Vec<i64>,
    pub(super) kept: usize,
}

type Customers = Changes<entity::customer::Model>;

async fn settled_customers(undoing: &Undoing<'_>, keys: &[String], claims: &HashMap<String, Vec<Model>>) -> Result<Customers> {
    let Undoing { tx, merchant, upload: gone, ref lives, .. } = *undoing;
    let rows = entity::customer::find(merchant).filter(entity::customer::Column::Key.is_in(keys)).all(&**tx).await?;
    let none = Vec::new();
    let mut changes = Changes { changed: Vec::new(), gone: Vec::new(), kept: 0 };
    for row in rows {
        let left = claims.get(&row.key).unwrap_or(&none);
        if fold_claims::is_of_before_history(row.upload_id, gone, left) {
            changes.kept += 1;
            continue;
        }
        match fold_claims::customer(&row, left, lives)? {
            Some(after) if after != row => changes.changed.push(after),
            Some(_) => changes.kept += 1,
            None => changes.gone.push(row.id),
        }
    }
    Ok(changes)
}

async fn customers(undoing: &Undoing<'_>, keys: &[String], claims: &HashMap<String, Vec<Model>>) -> Result<()> {
    let Undoing { tx, merchant, .. } = *undoing;
    let Changes { changed, gone, .. } = settled_customers(undoing, keys, claims).await?;
    for after in changed {
        fold_claims::write_customer(tx, merchant, after).await?;
    }
    entity::customer::delete(merchant).filter(entity::customer::Column::Id.is_in(gone)).exec(&**tx).await?;
    Ok(())
}

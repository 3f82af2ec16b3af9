//! What uploads say of products and customers: the newest name of a product wins, a customer is as first told.

use super::wares;
use crate::db::{BulkInsert, Constant, Db, Tx};
use crate::error::Result;
use crate::sources::book::{Customer, Product};
use domain::ids::MerchantId;
use entity::fact_claim::{self, Column, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Value};
use std::collections::HashMap;
use uuid::Uuid;

pub(super) const PRODUCT: i16 = 1;
pub(super) const CUSTOMER: i16 = 2;
const COLUMNS: [&str; 9] = ["kind", "key", "upload_id", "part", "sequence", "name", "as_of", "external_id", "country"];
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
        ])
        .await?;
    }
    for customer in customers {
        let [kind, key, upload, part, sequence] = head(CUSTOMER, customer.key(by.source_id));
        let country = customer.country.map(|code| code.iter().map(|&letter| char::from(letter)).collect::<String>());
        let (name, number) = (customer.name.clone().into(), customer.external_id.clone().into());
        bulk.row([kind, key, upload, part, sequence, name, 0_i64.into(), number, country.into()]).await?;
    }
    bulk.finish().await
}

/// Takes back what an upload says; products and customers whom nobody names any more go.
pub(super) async fn take_back(tx: &Tx, merchant: MerchantId, upload: Uuid, kind: i16) -> Result<()> {
    loop {
        let of_upload = fact_claim::find(merchant).filter(Column::UploadId.eq(upload)).filter(Column::Kind.eq(kind)).order_by_asc(Column::Key);
        let keys = of_upload.select_only().column(Column::Key).distinct().limit(KEYS_AT_ONCE).into_tuple::<String>().all(&**tx).await?;
        if keys.is_empty() {
            return Ok(());
        }
        let named = fact_claim::delete(merchant).filter(Column::Kind.eq(kind)).filter(Column::Key.is_in(&keys));
        named.filter(Column::UploadId.eq(upload)).exec(&**tx).await?;
        let left = fact_claim::find(merchant).filter(Column::Kind.eq(kind)).filter(Column::Key.is_in(&keys));
        let left = left.order_by_asc(Column::Sequence).order_by_asc(Column::Part).all(&**tx).await?;
        let mut of_key: HashMap<String, Vec<Model>> = HashMap::new();
        for claim in left {
            of_key.entry(claim.key.clone()).or_default().push(claim);
        }
        if kind == PRODUCT { wares::settle(tx, merchant, &keys, of_key).await? } else { customers(tx, merchant, &keys, &of_key).await? }
    }
}

async fn customers(tx: &Tx, merchant: MerchantId, keys: &[String], claims: &HashMap<String, Vec<Model>>) -> Result<()> {
    use entity::customer::Column as Of;
    let rows = entity::customer::find(merchant).filter(Of::Key.is_in(keys)).filter(Of::UploadId.is_null()).all(&**tx).await?;
    let mut gone = Vec::new();
    for row in &rows {
        match claims.get(&row.key).and_then(|claims| claims.first()) {
            Some(claim) if (&claim.name, &claim.external_id, &claim.country) != (&row.name, &row.external_id, &row.country) => {
                let update = entity::customer::update(merchant).filter(Of::Id.eq(row.id)).col_expr(Of::Name, Expr::value(claim.name.clone()));
                let update = update.col_expr(Of::ExternalId, Expr::value(claim.external_id.clone()));
                update.col_expr(Of::Country, Expr::value(claim.country.clone())).exec(&**tx).await?;
            }
            Some(_) => {}
            None => gone.push(row.id),
        }
    }
    entity::customer::delete(merchant).filter(Of::Id.is_in(gone)).exec(&**tx).await?;
    Ok(())
}

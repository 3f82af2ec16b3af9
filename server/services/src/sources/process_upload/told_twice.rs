//! Orders that another list of the same vendor tells too: they count twice, and only a person can say which list is the better one.

use super::read::SalesFile;
use crate::db::Tx;
use crate::error::Result;
use domain::format::{agreeing, counted};
use domain::ids::MerchantId;
use domain::sources::FileKind;
use entity::{order, source};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};

/// The remark, where there are such orders: a vendor's list of orders and its list of sold items are two sources.
pub(super) async fn told_twice(tx: &Tx, file: &SalesFile, source_id: i32) -> Result<Option<String>> {
    let merchant = MerchantId(file.upload.merchant_id);
    let Some(vendor) = file.source.vendor.as_deref().filter(|_| file.kind == FileKind::Orders) else { return Ok(None) };
    let of_vendor = source::find(merchant).filter(source::Column::Vendor.eq(vendor)).filter(source::Column::Id.ne(source_id)).all(&**tx).await?;
    // Two tills that a person told apart by their names may well use the same numbers.
    let own_name = |key: &str| key.split_once('/').map(|(_, name)| name.to_owned());
    for twin in of_vendor.into_iter().filter(|twin| own_name(&twin.key) == own_name(&file.source.key)) {
        let numbers = order::find(merchant).filter(order::Column::SourceId.eq(twin.id)).select_only().column(order::Column::ExternalId);
        let own = order::find(merchant).filter(order::Column::SourceId.eq(source_id)).filter(order::Column::UploadId.eq(file.upload.id));
        let count = own.filter(order::Column::ExternalId.in_subquery(numbers.into_query())).count(&**tx).await?;
        if count > 0 {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let (orders, twice) = (counted(count, "order of this file is", "orders of this file are"), agreeing(count, "counts", "count"));
            return Ok(Some(format!(
                "{orders} also in “{}”, another list of the same sales, and {twice} twice now; undo the upload of the list that tells less.",
                twin.name
            )));
        }
    }
    Ok(None)
}

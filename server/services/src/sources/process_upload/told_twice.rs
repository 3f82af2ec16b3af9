//! What two files tell: orders in two lists of a vendor, refunds that name no order and orders that state refunds. It counts twice, and only a
//! person can say which file is the better one.

use super::read::SalesFile;
use crate::db::Tx;
use crate::error::Result;
use domain::format::{agreeing, counted};
use domain::ids::MerchantId;
use domain::sources::{FileKind, UploadStatus};
use entity::{order, source, upload};
use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

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

/// The remark, where refunds that name no order came in a file of their own and orders state refunds too: no file tells which of them are the same.
pub(super) async fn refunded_twice(tx: &Tx, file: &SalesFile, source_id: i32) -> Result<Option<String>> {
    let merchant = MerchantId(file.upload.merchant_id);
    let is_stating = Condition::any().add(order::Column::RefundedMinor.gt(0)).add(order::Column::GivenBackMinor.gt(0));
    let stating = order::find(merchant).filter(is_stating);
    let (stating, uploads, sources) = match file.kind {
        FileKind::Refunds => (stating, vec![file.upload.id], vec![source_id]),
        FileKind::Orders => {
            let refunds = upload::find(merchant).filter(upload::Column::Kind.eq(FileKind::Refunds.as_str()));
            let refunds = refunds.filter(upload::Column::Status.eq(UploadStatus::Completed.as_str())).filter(upload::Column::SourceId.is_not_null());
            let refunds: Vec<(Uuid, i32)> =
                refunds.select_only().columns([upload::Column::Id, upload::Column::SourceId]).into_tuple().all(&**tx).await?;
            let stating = stating.filter(order::Column::SourceId.eq(source_id)).filter(order::Column::UploadId.eq(file.upload.id));
            let (uploads, sources) = refunds.into_iter().unzip();
            (stating, uploads, sources)
        }
        _ => return Ok(None),
    };
    if uploads.is_empty() {
        return Ok(None);
    }
    // Sources of refunds have nothing else, so that no order is looked at.
    let nameless = order::find(merchant).filter(order::Column::SourceId.is_in(sources)).filter(order::Column::UploadId.is_in(uploads));
    let nameless = nameless.filter(order::Column::RefundOf.is_null());
    let is_told_twice = nameless.limit(1).count(&**tx).await? > 0;
    let count = if is_told_twice { i64::try_from(stating.count(&**tx).await?).unwrap_or(i64::MAX) } else { 0 };
    Ok((count > 0).then(|| {
        let orders = counted(count, "order states", "orders state");
        format!(
            "{orders} refunds, and a file of refunds that name no order was read as well; if it tells the same refunds, they count twice: undo the upload of that file."
        )
    }))
}

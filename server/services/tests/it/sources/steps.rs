//! Steps that tests of files share.

use crate::support::{TestServices, skipped};
use domain::ids::{MerchantId, UploadId};
use domain::sources::{ColumnMeaning as M, FileKind, Mapping, UploadStatus, UploadSummary};
use sea_orm::QueryOrder;
use services::jobs::Worker;
use services::sources::{get_upload, map_upload};
use services::{Actor, Services, sources};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A file of the folder with real data, or a word that the test is skipped.
#[expect(clippy::disallowed_methods, reason = "tests are told by the environment where the real files are")]
pub(crate) fn real_file(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("TRADEPOST_TEST_DATA").map_or(beside, PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    skipped(&format!("{name} is not in TRADEPOST_TEST_DATA (by default ../shared/data)"));
    None
}

/// Brings a file and waits until it is settled; its counts always add up.
pub(crate) async fn bring(services: &Services, actor: &Actor, name: &str, content: &[u8]) -> UploadSummary {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("the file is written");
    bring_file(services, actor, &path).await
}

pub(crate) async fn bring_file(services: &Services, actor: &Actor, path: &Path) -> UploadSummary {
    let upload = sources::import_file(services, actor, path).await.expect("the file is taken");
    assert_eq!(upload.rows_accepted + upload.rows_rejected + upload.rows_duplicate, upload.rows_total, "{upload:?}");
    assert_eq!(upload.status == UploadStatus::Failed, upload.error.is_some(), "{upload:?}");
    upload
}

pub(crate) fn mapping(kind: FileKind, columns: &[(M, &str)]) -> Mapping {
    Mapping { columns: columns.iter().map(|(meaning, header)| (*meaning, (*header).to_owned())).collect(), kind, ..Mapping::default() }
}

/// Brings a file; the first of its shape is mapped by hand.
pub(crate) async fn bring_as(services: &TestServices, owner: &Actor, file: &[u8], mapping: &Mapping) -> UploadSummary {
    let upload = bring(services, owner, "file.csv", file).await;
    if upload.status != UploadStatus::NeedsMapping {
        return upload;
    }
    map_by_hand(services, owner, upload.id, mapping).await
}

/// Answers what an upload asks, and waits until it is settled.
pub(crate) async fn map_by_hand(services: &TestServices, owner: &Actor, id: UploadId, mapping: &Mapping) -> UploadSummary {
    map_upload(services, owner, id, mapping.clone()).await.expect("the mapping is taken");
    let worker = Worker::start((**services).clone());
    let read = loop {
        let upload = get_upload(services, owner, id).await.expect("the upload is there");
        if upload.status.is_settled() {
            break upload;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    worker.stop(Duration::from_secs(5)).await;
    assert_eq!(read.rows_accepted + read.rows_rejected + read.rows_duplicate, read.rows_total, "{read:?}");
    read
}

pub(crate) async fn orders(services: &Services, merchant: MerchantId) -> Vec<entity::order::Model> {
    let tx = services.db.read(merchant).await.expect("a transaction");
    entity::order::find(merchant).order_by_asc(entity::order::Column::ExternalId).all(&*tx).await.expect("orders read")
}

pub(crate) async fn lines(services: &Services, merchant: MerchantId) -> Vec<entity::order_line::Model> {
    use entity::order_line::Column;
    let tx = services.db.read(merchant).await.expect("a transaction");
    let lines = entity::order_line::find(merchant).order_by_asc(Column::OrderId).order_by_asc(Column::Line);
    lines.all(&*tx).await.expect("lines read")
}

pub(crate) async fn data_version(services: &TestServices, merchant: MerchantId) -> i64 {
    let tx = services.db.read(merchant).await.expect("a transaction");
    entity::merchant::by_id(merchant).one(&*tx).await.expect("a shop reads").expect("the shop is there").data_version
}

/// A file's text from its rows.
pub(crate) fn csv(rows: &[&str]) -> Vec<u8> {
    let mut text = rows.join("\n");
    text.push('\n');
    text.into_bytes()
}

pub(crate) const HEADER: &str = "Order ID,Order Date,SKU,Product,Quantity,Price,Currency";

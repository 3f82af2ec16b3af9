//! The history of uploads, page by page.

use super::{HEADER, csv};
use crate::support::TestServices;
use domain::ErrorKind;
use domain::ids::UploadId;
use domain::sources::{UploadOrigin, UploadsAsked};
use services::accounts::{authenticate, create_api_key};
use services::sources::{ImportOptions, OrderBatch, TakenBy, UploadWriter, import_file_with, import_orders, list_some_uploads};
use services::{Actor, Services};

async fn bring(services: &Services, actor: &Actor, name: &str) -> UploadId {
    let mut writer = UploadWriter::create(services, actor, name, None).await.expect("begun");
    writer.write(name.as_bytes()).await.expect("taken");
    writer.finish().await.expect("kept").id
}

async fn ids(services: &Services, actor: &Actor, asked: UploadsAsked) -> Vec<UploadId> {
    list_some_uploads(services, actor, asked).await.expect("a page").iter().map(|upload| upload.id).collect()
}

#[tokio::test]
async fn every_upload_is_on_one_page_also_where_many_came_at_the_same_moment() {
    let services = TestServices::start().await;
    let (owner, stranger) = (services.owner("ada@example.com").await, services.owner("eve@example.com").await);
    let oldest = bring(&services, &owner, "oldest.csv").await;
    services.clock.advance_ms(1);
    let mut same = Vec::new();
    for name in ["1.csv", "2.csv", "3.csv", "4.csv"] {
        same.push(bring(&services, &owner, name).await);
    }
    services.clock.advance_ms(1);
    let newest = bring(&services, &owner, "newest.csv").await;
    let page = |before| UploadsAsked { before, limit: Some(2), ..UploadsAsked::default() };
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let some = ids(&services, &owner, page(before)).await;
        let Some(last) = some.last() else { break };
        (before, seen) = (Some(*last), [seen, some].concat());
    }
    assert_eq!(seen, ids(&services, &owner, UploadsAsked::default()).await, "six of them, in one order");
    assert_eq!((seen.len(), seen[0], seen[5]), (6, newest, oldest));
    assert!(same.iter().all(|id| seen[1..5].contains(id)));

    let theirs = bring(&services, &stranger, "theirs.csv").await;
    for (asked, field) in [
        (page(Some(theirs)), "before"),
        (UploadsAsked { limit: Some(0), ..UploadsAsked::default() }, "limit"),
        (UploadsAsked { limit: Some(201), ..UploadsAsked::default() }, "limit"),
    ] {
        let refusal = list_some_uploads(&services, &owner, asked).await.expect_err("refused").into_app();
        assert!(refusal.kind == ErrorKind::Validation && refusal.field(field).is_some(), "{refusal:?}");
    }
}

#[tokio::test]
async fn uploads_are_told_apart_by_how_they_came() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let new = domain::accounts::NewApiKey { name: "till".to_owned(), role: domain::Role::Analyst };
    let made = create_api_key(&services, &owner, new).await.expect("made");
    let key = authenticate(&services, &made.secret, "203.0.113.7").await.expect("it opens");
    let file = bring(&services, &owner, "file.csv").await;
    let by_key = bring(&services, &key, "key.csv").await;
    let order = serde_json::json!({"id": "J-1", "ordered_at": "2026-01-08T10:00:00Z", "currency": "GBP", "lines": [{"sku": "M", "title": "Mug", "quantity": 1, "unit_price": "7.00"}]});
    let batch = OrderBatch { orders: vec![order], ..OrderBatch::default() };
    let json = import_orders(&services, &owner, batch, None).await.expect("stored").upload.id;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sales.csv");
    std::fs::write(&path, csv(&[HEADER, "1,2026-01-05,A,Tea,2,2.50,GBP"])).expect("written");
    let mut taken = Vec::new();
    for taken_by in [TakenBy::Watch, TakenBy::Command] {
        let options = ImportOptions { taken_by, ..ImportOptions::default() };
        taken.push(import_file_with(&services, &Actor::program(owner.merchant_id), &path, options).await.expect("taken"));
    }
    assert_eq!(taken[0].origin, UploadOrigin::Watched);
    let mut of = Vec::new();
    for origin in UploadOrigin::ALL {
        let mut some = ids(&services, &owner, UploadsAsked { origin: Some(origin), ..UploadsAsked::default() }).await;
        some.sort_unstable();
        of.push(some);
    }
    let mut by_api = vec![by_key, json];
    by_api.sort_unstable();
    assert_eq!(of, [vec![file], by_api, vec![taken[0].id], vec![taken[1].id]]);
    // Behind the newest of a kind comes the next of that kind.
    let newest = ids(&services, &owner, UploadsAsked { origin: Some(UploadOrigin::Api), limit: Some(1), ..UploadsAsked::default() }).await[0];
    let next = ids(&services, &owner, UploadsAsked { before: Some(newest), origin: Some(UploadOrigin::Api), limit: None }).await;
    assert!(next.len() == 1 && next[0] != newest && of[1].contains(&next[0]), "{next:?}");
}

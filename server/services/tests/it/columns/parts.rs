//! After a change, only the months it touched are written anew; where that is not known, all are.

use super::history::{settled, until_there_is_a_copy};
use super::{both, with_copies};
use crate::sources::{HEADER, bring};
use crate::support::TestServices;
use domain::accounts::MerchantPatch;
use domain::question::Question;
use domain::sources::UploadStatus;
use services::jobs::{Worker, WorkerOptions};
use services::{Actor, accounts, sources};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// The copy's files of orders and lines by table and month.
fn files(services: &TestServices, owner: &Actor) -> BTreeMap<(String, i32), String> {
    let manifest = services.columns.manifest(owner.merchant_id).expect("it reads").expect("there is a copy");
    manifest.files.into_iter().filter_map(|file| Some(((file.table, file.month?), file.name))).collect()
}

/// The months whose files are others than before, or are there no more.
fn changed(before: &BTreeMap<(String, i32), String>, now: &BTreeMap<(String, i32), String>) -> BTreeSet<i32> {
    let keys: BTreeSet<_> = before.keys().chain(now.keys()).collect();
    keys.into_iter().filter(|key| before.get(*key) != now.get(*key)).map(|(_, month)| *month).collect()
}

async fn agrees(services: &TestServices, owner: &Actor) {
    let json = r#"{"measures": ["net_sales", "orders", "units"], "dimensions": ["sku"], "time": {"grain": "month"}}"#;
    let question: Question = serde_json::from_str(json).expect("it reads");
    let (sql, columns) = both(services, owner, &question).await;
    assert_eq!(columns, sql);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_touched_months_are_written_anew() {
    let services = with_copies().await;
    let owner = services.owner("ada@example.com").await;
    let worker = Worker::start_with((*services).clone(), WorkerOptions { tasks: 1, lease: Duration::from_secs(5), cron: false });
    let year: Vec<String> = (1..=12).map(|month| format!("A{month},2024-{month:02}-10,S{month},Thing,1,5.00,GBP")).collect();
    bring(&services, &owner, "year.csv", format!("{HEADER}\n{}\n", year.join("\n")).as_bytes()).await;
    until_there_is_a_copy(&services, &owner).await;
    let first = files(&services, &owner);
    assert_eq!(first.len(), 24);

    let june = bring(&services, &owner, "june.csv", format!("{HEADER}\nB1,2024-06-12,S9,Other,2,7.00,GBP\n").as_bytes()).await;
    until_there_is_a_copy(&services, &owner).await;
    let second = files(&services, &owner);
    assert_eq!(changed(&first, &second), BTreeSet::from([202_406]));
    agrees(&services, &owner).await;

    // The order of March turns out to be of May.
    bring(&services, &owner, "year.csv", format!("{HEADER}\nA3,2024-05-10,S3,Thing,1,5.00,GBP\n").as_bytes()).await;
    until_there_is_a_copy(&services, &owner).await;
    let third = files(&services, &owner);
    assert_eq!(changed(&second, &third), BTreeSet::from([202_403, 202_405]));
    agrees(&services, &owner).await;

    let patch = MerchantPatch {
        name: "Shop".to_owned(),
        currency: "GBP".to_owned(),
        time_zone: "Europe/London".to_owned(),
        week_start: 7,
        fiscal_year_start: None,
    };
    accounts::update_merchant(&services, &owner, patch).await.expect("an owner may");
    until_there_is_a_copy(&services, &owner).await;
    assert_eq!(files(&services, &owner), third, "the first day of the week is in no file");

    sources::undo_upload(&services, &owner, june.id).await.expect("it may be undone");
    settled(&services, &owner, june.id, UploadStatus::Undone).await;
    until_there_is_a_copy(&services, &owner).await;
    agrees(&services, &owner).await;
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_lost_a_file_is_written_anew() {
    let services = with_copies().await;
    let owner = services.owner("ada@example.com").await;
    let rows: Vec<String> = (1..=3).map(|month| format!("A{month},2024-{month:02}-10,S{month},Thing,1,5.00,GBP")).collect();
    bring(&services, &owner, "a.csv", format!("{HEADER}\n{}\n", rows.join("\n")).as_bytes()).await;
    super::reindex(&services, &owner).await;
    let folder = services.config.data_dir.join("columns").join(owner.merchant_id.0.to_string());
    let lost = files(&services, &owner)[&("orders".to_owned(), 202_402)].clone();
    std::fs::remove_file(folder.join(lost)).expect("it was there");
    let question: Question = serde_json::from_str(r#"{"measures": ["orders"]}"#).expect("it reads");
    let answer = services::analytics::answer(&services, &owner, question).await.expect("the database answers in its place");
    assert_eq!(answer.rows, [[domain::question::Cell::Int(3)]]);
    super::reindex(&services, &owner).await;
    agrees(&services, &owner).await;
}

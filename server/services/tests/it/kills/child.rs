//! The process that is killed: it uploads the file unless that is done, then works until the upload is settled.

use domain::ids::MerchantId;
use services::config::ServicesConfig;
use services::jobs::{Worker, WorkerOptions};
use services::sources::{UploadWriter, list_uploads};
use services::{Actor, Services};
use std::path::PathBuf;
use std::time::Duration;

pub(super) const FOLDER: &str = "TRADEPOST_KILLED_FOLDER";
pub(super) const DATABASE: &str = "TRADEPOST_KILLED_DATABASE";
/// The name under which the test binary runs itself.
pub(super) const NAME: &str = "kills::child::the_process_that_is_killed";

/// Short, so that a restart soon takes over what the killed process held.
const OPTIONS: WorkerOptions = WorkerOptions { tasks: 1, lease: Duration::from_millis(200), cron: false };

/// A file of some thousand rows, with how many rows it has and how many of them are bad.
pub(super) fn sales_file() -> (String, (i64, i64)) {
    let (mut text, mut rows, mut rejected) = ("Order ID,Order Date,SKU,Product,Quantity,Price,Email\n".to_owned(), 0, 0);
    for pass in 0..2 {
        for order in 0..1_500_u32 {
            for line in 0..=(order % 3) {
                rows += 1;
                let (day, sku) = (order % 28 + 1, (order * 7 + line) % 211);
                let price = if rows % 97 == 0 { "free".to_owned() } else { format!("{}.{:02}", sku % 40 + 1, sku % 100) };
                rejected += i64::from(price == "free");
                let quantity = if order % 11 == 0 { -1 } else { i64::from(line) + 1 + pass };
                text.push_str(&format!(
                    "{order},2026-01-{day:02} 10:{:02}:00,S{sku},Thing {sku},{quantity},{price},c{}@example.com\n",
                    order % 60,
                    order % 300
                ));
            }
        }
    }
    (text, (rows, rejected))
}

#[expect(clippy::disallowed_methods, reason = "the parent tells its child by the environment what to work on")]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_process_that_is_killed() {
    let (Some(folder), Some(database_url)) = (told(FOLDER), told(DATABASE)) else { return };
    let config = ServicesConfig { database_url, ..ServicesConfig::embedded(PathBuf::from(folder)) };
    let services = Services::start(config).await.expect("started");
    let owner = Actor::program(MerchantId(1));
    if list_uploads(&services, &owner).await.expect("a list").is_empty() {
        let mut writer = UploadWriter::create(&services, &owner, "sales.csv", None).await.expect("begun");
        for block in sales_file().0.as_bytes().chunks(16 << 10) {
            writer.write(block).await.expect("taken");
        }
        writer.finish().await.expect("kept");
    }
    let worker = Worker::start_with(services.clone(), OPTIONS);
    while !list_uploads(&services, &owner).await.expect("a list").iter().all(|upload| upload.status.is_settled()) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    worker.stop(Duration::from_secs(5)).await;
}

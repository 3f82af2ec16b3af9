//! `kill -9` while a copy is written: the copy before stays whole, and nothing is left behind in the end.

use super::{both, reindex};
use crate::analytics::facts::{generate, store};
use crate::support::TestServices;
use domain::ids::MerchantId;
use domain::question::Question;
use services::clock::ManualClock;
use services::config::{ColumnsUse, ServicesConfig};
use services::random::SystemRandom;
use services::{Services, analytics};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::process::Command;

const FOLDER: &str = "TRADEPOST_KILLED_COPY_FOLDER";
const DATABASE: &str = "TRADEPOST_KILLED_COPY_DATABASE";
const NAME: &str = "columns::killed::the_process_that_writes_copies";
const KILLS: usize = 12;

#[expect(clippy::disallowed_methods, reason = "the parent tells its child by the environment what to work on")]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Writes the copy again and again until it is killed.
#[tokio::test(flavor = "multi_thread")]
async fn the_process_that_writes_copies() {
    let (Some(folder), Some(database_url)) = (told(FOLDER), told(DATABASE)) else { return };
    let config = ServicesConfig { database_url, columns: ColumnsUse::Always, ..ServicesConfig::embedded(PathBuf::from(folder)) };
    // The parent's clock: replaced files are kept for a while by it.
    let clock = Arc::new(ManualClock::at(1_768_478_400_000));
    let services = Services::start_with(config, clock, Arc::new(SystemRandom)).await.expect("started");
    loop {
        analytics::reindex(&services, Some(MerchantId(1)), |_| {}).await.expect("the copy is written");
    }
}

fn files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("the shop's folder");
    entries.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some_and(|ending| ending == "parquet"))).count()
}

/// Whether some files of an attempt are there, and not all: it was killed in the midst of writing.
fn has_torn_attempt(folder: &Path, whole: usize) -> bool {
    let mut attempts: HashMap<String, usize> = HashMap::new();
    for entry in std::fs::read_dir(folder).expect("the shop's folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if let Some((_, attempt)) = name.strip_suffix(".parquet").and_then(|name| name.rsplit_once('-')) {
            *attempts.entry(attempt.to_owned()).or_default() += 1;
        }
    }
    attempts.into_values().any(|files| files < whole)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_is_killed_in_the_making_leaves_the_one_before() {
    let services: TestServices = super::with_copies().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner, &generate(5, 900, &["GBP"])).await;
    let whole = reindex(&services, &owner).await;
    let question: Question =
        serde_json::from_str(r#"{"measures": ["net_sales", "orders", "customers"], "dimensions": ["product"], "time": {"grain": "quarter"}}"#)
            .expect("it reads");
    let (expected, _) = both(&services, &owner, &question).await;
    let folder = services.config.data_dir.join("columns").join(owner.merchant_id.0.to_string());
    let mut torn = 0;
    for kill in 0..KILLS {
        let before = files(&folder);
        let mut child = Command::new(std::env::current_exe().expect("a test binary has a path"))
            .args([NAME, "--exact"])
            .env(FOLDER, &services.config.data_dir)
            .env(DATABASE, &services.config.database_url)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the child starts");
        // Each kill falls after another number of files.
        let enough = before + 1 + kill * whole.files / (KILLS + 1);
        while files(&folder) < enough {
            assert!(child.try_wait().expect("the child can be asked").is_none(), "it writes until it is killed");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        child.kill().await.expect("killed");
        torn += usize::from(has_torn_attempt(&folder, whole.files));
        let (sql, columns) = both(&services, &owner, &question).await;
        assert_eq!(sql, expected);
        assert_eq!(columns, expected, "kill {kill}");
    }
    assert!(torn > 0, "of {KILLS} kills some fell into writing");
    // Beyond the time that a query in another process may take, only what the manifest names is left.
    reindex(&services, &owner).await;
    services.clock.advance_ms(11 * 60 * 1000);
    assert_eq!(reindex(&services, &owner).await.lines, whole.lines);
    services.clock.advance_ms(11 * 60 * 1000);
    assert_eq!(reindex(&services, &owner).await.files, whole.files);
    assert!(files(&folder) <= 2 * whole.files, "{} files", files(&folder));
}

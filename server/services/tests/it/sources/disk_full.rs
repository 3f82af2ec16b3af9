//! No space left: said in words, nothing lost, and once there is space again everything goes on.

use super::containers::{archive, sheet, workbook};
use super::{HEADER, csv, orders};
use crate::support::{TestServices, setting, skipped};
use domain::ErrorKind;
use domain::ids::UploadId;
use domain::jobs::JobState;
use domain::sources::{UploadStatus, UploadSummary};
use services::Actor;
use services::config::ServicesConfig;
use services::jobs::{Worker, WorkerOptions, list_jobs};
use services::sources::{UploadWriter, get_upload, list_uploads, mapping_preview};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A file system in memory of some megabytes.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// Mounted, or a word that the test is skipped: only root may mount.
    fn mount(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        skipped("a small file system cannot be mounted here");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Leaves so many kilobytes.
    fn fill_but(&self, kilobytes: usize) -> PathBuf {
        let path = self.path().join("filler");
        let mut file = std::fs::File::create(&path).expect("created");
        let mut written = 0;
        while file.write_all(&[b'x'; 1 << 10]).is_ok() {
            written += 1;
        }
        file.set_len((written - kilobytes as u64) << 10).expect("cut");
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a service that is still being dropped may hold a file open.
        let unmounted = Command::new("umount").arg("--lazy").arg(self.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()), "{} stays mounted", self.path().display());
    }
}

async fn send(services: &TestServices, owner: &Actor, name: &str, content: &[u8]) -> services::Result<UploadSummary> {
    let mut writer = UploadWriter::create(services, owner, name, None).await?;
    for block in content.chunks(64 << 10) {
        writer.write(block).await?;
    }
    writer.finish().await
}

fn sales(rows: usize) -> Vec<u8> {
    let row = |order: usize| format!("{order},2026-01-{:02},S{},Thing {order} with a name,1,2.50,GBP\n", order % 28 + 1, order % 999);
    let mut file = csv(&[HEADER]);
    file.extend((0..rows).flat_map(|order| row(order).into_bytes()));
    file
}

#[tokio::test]
async fn a_file_that_does_not_fit_is_refused_in_words_leaves_nothing_and_fits_once_there_is_space() {
    let Some(disk) = SmallDisk::mount(4) else { return };
    let services = TestServices::start_configured(|config| config.data_dir = disk.path().to_owned()).await;
    let owner = services.owner("ada@example.com").await;
    let filler = disk.fill_but(512);
    let file = sales(20_000);
    assert!(file.len() > 1 << 20);
    let refusal = send(&services, &owner, "may.csv", &file).await.expect_err("no space").into_app();
    assert!(refusal.kind == ErrorKind::Unavailable && refusal.message.contains("disk is full"), "{refusal:?}");
    assert_eq!(list_uploads(&services, &owner).await.expect("a list"), []);
    assert_eq!(std::fs::read_dir(disk.path().join("uploads")).expect("the folder reads").count(), 0, "nothing of it was left");
    std::fs::remove_file(filler).expect("freed");
    let upload = send(&services, &owner, "may.csv", &file).await.expect("it fits now");
    assert_eq!((upload.status, upload.bytes), (UploadStatus::Queued, file.len() as i64));
}

/// Works until the job has been tried so often, and answers what it said then.
async fn tried(services: &TestServices, owner: &Actor, attempts: i32) -> String {
    let worker = Worker::start_with((**services).clone(), WorkerOptions { tasks: 1, lease: Duration::from_secs(30), cron: false });
    let job = loop {
        let job = list_jobs(services, owner).await.expect("a list").remove(0);
        assert!(matches!(job.state, JobState::Queued | JobState::Running), "{job:?}");
        if job.attempts == attempts && job.state == JobState::Queued {
            break job;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    worker.stop(Duration::from_secs(5)).await;
    job.last_error.expect("a reason")
}

fn work_files(disk: &SmallDisk) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(disk.path().join("work")) else { return Vec::new() };
    entries.map(|entry| entry.expect("the folder reads").file_name().to_string_lossy().into_owned()).collect()
}

/// Works until an upload is settled.
async fn settled(services: &TestServices, owner: &Actor, id: UploadId) -> UploadSummary {
    let worker = Worker::start((**services).clone());
    let read = loop {
        let upload = get_upload(services, owner, id).await.expect("there");
        if upload.status.is_settled() {
            break upload;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    worker.stop(Duration::from_secs(5)).await;
    read
}

/// Processing fails for want of space, loses nothing, and goes on by itself.
async fn recovers(services: &TestServices, disk: &SmallDisk, name: &str, file: &[u8], (rows, accepted): (i64, i64), left: usize) {
    let owner = services.owner("ada@example.com").await;
    let upload = send(services, &owner, name, file).await.expect("taken");
    let filler = disk.fill_but(left);
    let said = tried(services, &owner, 1).await;
    assert!(said.contains("disk is full") && said.contains("nothing that was there is lost"), "{said}");
    let waiting = get_upload(services, &owner, upload.id).await.expect("there");
    assert!(!waiting.status.is_settled(), "{waiting:?}");
    assert_eq!(orders(services, owner.merchant_id).await, []);
    std::fs::remove_file(filler).expect("freed");
    services.clock.advance_ms(60_000);
    let read = settled(services, &owner, upload.id).await;
    assert_eq!((read.status, read.rows_total, read.rows_accepted), (UploadStatus::Completed, rows, accepted), "{read:?}");
    assert_eq!(read.rows_accepted + read.rows_rejected + read.rows_duplicate, rows, "{read:?}");
    // The text of a workbook or archive stays for those who look at its rows.
    let is_attempt = |name: &String| !name.ends_with(".table") && !name.ends_with(".notes");
    assert_eq!(work_files(disk).into_iter().filter(is_attempt).collect::<Vec<_>>(), Vec::<String>::new(), "no attempt left anything behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn storing_on_a_full_disk_stops_and_goes_on_by_itself_once_there_is_space() {
    if setting("TEST_DATABASE_URL").is_some() {
        return skipped("PostgreSQL keeps its data elsewhere");
    }
    let Some(disk) = SmallDisk::mount(64) else { return };
    let services = TestServices::start_configured(|config| *config = ServicesConfig::embedded(disk.path())).await;
    recovers(&services, &disk, "may.csv", &sales(20_000), (20_000, 20_000), 600).await;
    let owner = Actor::program(domain::ids::MerchantId(1));
    let stored = orders(&services, owner.merchant_id).await;
    assert_eq!((stored.len(), stored.iter().map(|order| order.net_minor).sum::<i64>()), (20_000, 20_000 * 250));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_spooled_beside_the_database_stops_and_goes_on_too() {
    let Some(disk) = SmallDisk::mount(16) else { return };
    let services = TestServices::start_configured(|config| config.data_dir = disk.path().to_owned()).await;
    let mut file = sales(100);
    file.extend((0..20_000).flat_map(|n| format!("{n},never,S1,Rejected rows go to the disk until they are stored,1,2.50,GBP\n").into_bytes()));
    recovers(&services, &disk, "may.csv", &file, (20_100, 100), 400).await;
}

/// A workbook of so many orders, as large once it is text as `sales` are.
fn sales_workbook(rows: usize) -> Vec<u8> {
    let text = sales(rows);
    let rows: Vec<Vec<&str>> = std::str::from_utf8(&text).expect("text").lines().map(|line| line.split(',').collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    workbook(&[("May", sheet(&rows))])
}

#[tokio::test(flavor = "multi_thread")]
async fn archives_packed_files_and_workbooks_wait_for_space_as_plain_files_do() {
    let json = || format!("[{}]", vec![r#"{"id": 1, "name": "a thing with a name"}"#; 40_000].join(","));
    let orders_of = |rows: usize| (rows as i64, rows as i64);
    let files = [("may.zip", archive(&[("may.csv", &sales(20_000))])), ("two.zip", two_members()), ("may.xlsx", sales_workbook(8_000))];
    for ((name, file), rows) in files.into_iter().zip([20_000, 20_000, 8_000]) {
        let Some(disk) = SmallDisk::mount(16) else { return };
        let services = TestServices::start_configured(|config| config.data_dir = disk.path().to_owned()).await;
        recovers(&services, &disk, name, &file, orders_of(rows), 100).await;
    }
    // What cannot be kept while it is looked at is said as clearly.
    let Some(disk) = SmallDisk::mount(16) else { return };
    let services = TestServices::start_configured(|config| config.data_dir = disk.path().to_owned()).await;
    let owner = services.owner("ada@example.com").await;
    let upload = send(&services, &owner, "may.json", json().as_bytes()).await.expect("taken");
    let filler = disk.fill_but(100);
    let refusal = mapping_preview(&services, &owner, upload.id, None).await.expect_err("no space").into_app();
    assert!(refusal.kind == ErrorKind::Unavailable && refusal.message.contains("disk is full"), "{refusal:?}");
    assert_eq!(work_files(&disk), Vec::<String>::new());
    std::fs::remove_file(filler).expect("freed");
    assert!(mapping_preview(&services, &owner, upload.id, None).await.is_ok());
}

fn two_members() -> Vec<u8> {
    let text = String::from_utf8(sales(20_000)).expect("text");
    let (header, rows) = text.split_once('\n').expect("a header");
    let half = rows[..rows.len() / 2].rfind('\n').expect("lines") + 1;
    archive(&[("a.csv", format!("{header}\n{}", &rows[..half]).as_bytes()), ("b.csv", format!("{header}\n{}", &rows[half..]).as_bytes())])
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_is_away_is_waited_for() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let upload = send(&services, &owner, "may.zip", &archive(&[("may.csv", &sales(10))])).await.expect("taken");
    let uploads = services.config.data_dir.join("uploads");
    std::fs::rename(&uploads, services.config.data_dir.join("elsewhere")).expect("moved");
    let said = tried(&services, &owner, 1).await;
    assert!(said.contains("cannot be reached"), "{said}");
    std::fs::rename(services.config.data_dir.join("elsewhere"), &uploads).expect("moved back");
    services.clock.advance_ms(60_000);
    assert_eq!(settled(&services, &owner, upload.id).await.rows_accepted, 10);
}

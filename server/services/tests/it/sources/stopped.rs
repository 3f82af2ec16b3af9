//! Uploads stopped while a workbook is turned into text, and gone on with after a crash.

use super::{HEADER, csv, orders};
use crate::support::TestServices;
use domain::sources::{UploadStatus, UploadSummary};
use services::jobs::{Worker, WorkerOptions};
use services::sources::{UploadWriter, cancel_upload, get_upload, mapping_preview};
use services::{Actor, Services};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const QUICK: WorkerOptions = WorkerOptions { tasks: 1, lease: Duration::from_millis(90), cron: false };

/// A reader of workbooks that takes its time and says when it has begun, and as whom.
fn slow_reader(folder: &Path) -> (PathBuf, PathBuf) {
    let (program, begun) = (folder.join("reader.sh"), folder.join("begun"));
    std::fs::write(&program, format!("#!/bin/sh\necho $$ > {}\nexec /bin/sleep 600\n", begun.display())).expect("written");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("it can be run");
    (program, begun)
}

async fn send(services: &Services, owner: &Actor, name: &str, content: &[u8]) -> UploadSummary {
    let mut writer = UploadWriter::create(services, owner, name, None).await.expect("begun");
    writer.write(content).await.expect("taken");
    writer.finish().await.expect("kept")
}

async fn settled(services: &Services, owner: &Actor, upload: &UploadSummary) -> UploadSummary {
    loop {
        let upload = get_upload(services, owner, upload.id).await.expect("there");
        if upload.status.is_settled() {
            return upload;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn is_running(process: &str) -> bool {
    Path::new("/proc").join(process.trim()).join("stat").exists()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_that_is_being_turned_into_text_is_stopped_with_its_reader() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (program, begun) = slow_reader(folder.path());
    let services = TestServices::start_configured(|config| config.reader_program = Some(program)).await;
    let owner = services.owner("ada@example.com").await;
    let upload = send(&services, &owner, "may.xlsx", b"PK\x03\x04 and more of a workbook").await;
    let worker = Worker::start_with(services.clone(), QUICK);
    let process = loop {
        match std::fs::read_to_string(&begun) {
            Ok(process) if process.ends_with('\n') => break process,
            _ => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    };
    assert!(is_running(&process));
    let asked = Instant::now();
    cancel_upload(&services, &owner, upload.id).await.expect("asked to stop");
    let stopped = settled(&services, &owner, &upload).await;
    worker.stop(Duration::from_secs(5)).await;
    assert_eq!((stopped.status, stopped.error), (UploadStatus::Undone, None), "after {:?}", asked.elapsed());
    assert!(!is_running(&process), "the reader's process ended too");
    let left = std::fs::read_dir(services.config.data_dir.join("work")).expect("the folder reads").count();
    assert_eq!(left, 0, "nothing of the text was left");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_worker_is_gone_is_taken_over_from_the_beginning() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (program, begun) = slow_reader(folder.path());
    let services = TestServices::start_configured(|config| config.reader_program = Some(program)).await;
    let owner = services.owner("ada@example.com").await;
    let file = csv(&[HEADER, "1,2026-01-05,A,Tea,2,2.50,GBP"]);
    let zip = {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("may.csv", zip::write::SimpleFileOptions::default()).expect("a member begins");
        std::io::Write::write_all(&mut zip, &file).expect("a member is written");
        zip.finish().expect("the archive ends").into_inner()
    };
    let upload = send(&services, &owner, "may.zip", &zip).await;
    // A worker that hangs in the middle of it and is never heard of again, as after a crash: its runtime ends, its lease runs out.
    let (lost, clock) = ((*services).clone(), services.clock.clone());
    let hung = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let _worker = Worker::start_with(lost, WorkerOptions { lease: Duration::from_secs(30), ..QUICK });
            while !begun.exists() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        runtime.shutdown_background();
    });
    hung.join().expect("it hung");
    let mended = services::config::ServicesConfig { reader_program: None, ..services.config.clone() };
    let other = Services::start_with(mended, clock.clone(), std::sync::Arc::new(services::random::SystemRandom)).await.expect("started");
    let worker = Worker::start(other.clone());
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!get_upload(&other, &owner, upload.id).await.expect("there").status.is_settled(), "the lease still stands");
    clock.advance_ms(31_000);
    other.wake_workers();
    let read = settled(&other, &owner, &upload).await;
    worker.stop(Duration::from_secs(5)).await;
    assert_eq!((read.status, read.rows_accepted), (UploadStatus::Completed, 1), "{read:?}");
    assert_eq!(orders(&other, owner.merchant_id).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn workbooks_that_are_looked_at_keep_no_connection_meanwhile() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (program, begun, go) = (folder.path().join("reader.sh"), folder.path().join("begun"), folder.path().join("go"));
    let script = format!("#!/bin/sh\necho begun >> {}\nwhile [ ! -e {} ]; do sleep 0.05; done\nexit 1\n", begun.display(), go.display());
    std::fs::write(&program, script).expect("written");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("it can be run");
    let services = TestServices::start_configured(|config| config.reader_program = Some(program)).await;
    let owner = services.owner("ada@example.com").await;
    let upload = send(&services, &owner, "may.xlsx", b"PK\x03\x04 and more of a workbook").await;
    let preview = |_| {
        let (services, owner): (Services, Actor) = ((*services).clone(), owner.clone());
        tokio::spawn(async move { mapping_preview(&services, &owner, upload.id, None).await.map(drop) })
    };
    let previews: Vec<_> = (0..8).map(preview).collect();
    for _ in 0..500 {
        if std::fs::read_to_string(&begun).is_ok_and(|text| text.lines().count() == 8) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let mut connections = Vec::new();
    for _ in 0..8 {
        connections.push(tokio::time::timeout(Duration::from_secs(5), services.db.read(owner.merchant_id)).await);
    }
    std::fs::write(&go, "").expect("written");
    for preview in previews {
        assert!(preview.await.expect("it ends").is_err(), "that was no workbook");
    }
    assert!(connections.into_iter().all(|connection| matches!(connection, Ok(Ok(_)))), "all eight of SQLite's connections are free");
}

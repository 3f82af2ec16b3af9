//! `tradepost import --watch`: a folder whose files are imported once each.

use crate::support::SALES;
use services::config::ServicesConfig;
use services::sources::list_uploads;
use services::{Actor, Services};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A watching process, killed when dropped.
struct Watching(Child);

impl Watching {
    fn start(folder: &Path, inbox: &Path, quiet: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tradepost"));
        command.args(["import", "--source", "Till 1", "--quiet", quiet, "--watch"]).arg(inbox).current_dir(folder).env_clear();
        command.env("TRADEPOST_DEMO", "off").env("TRADEPOST_UPLOAD_MAX_BYTES", "64KiB");
        Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts"))
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // SIGKILL, as a power cut would.
        self.0.kill().expect("it is alive");
        self.0.wait().expect("it ends");
    }
}

/// A shop in a folder, as the program finds it there.
async fn shop(folder: &Path) -> (Services, Actor) {
    let services = Services::start(ServicesConfig::embedded(folder.join("data"))).await.expect("started");
    let founding = services::accounts::Founding {
        name: "Shop".to_owned(),
        currency: "GBP".parse().expect("a currency"),
        time_zone: "Europe/London".to_owned(),
        is_demo: false,
        email: "ada@example.com".to_owned(),
        password: "four words in a row".to_owned(),
    };
    let (shop, _) = services::accounts::found_shop(&services, founding).await.expect("opened");
    (services, Actor::program(shop))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).map(|entries| entries.filter_map(Result::ok).collect::<Vec<_>>()).unwrap_or_default();
    let mut names: Vec<String> = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    names
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(60), "not in time: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn files_are_taken_once_when_they_are_whole_and_put_where_they_belong() {
    let folder = tempfile::tempdir().expect("a folder");
    let (services, owner) = shop(folder.path()).await;
    let inbox: PathBuf = folder.path().join("inbox");
    std::fs::create_dir(&inbox).expect("made");
    let watching = Watching::start(folder.path(), &inbox, "4");
    until("the folders", || inbox.join("failed").exists()).await;

    // A file that is still being written: a line every now and then, for longer than it is left alone.
    let (mut growing, mut lines) = (std::fs::File::create(inbox.join("may.csv")).expect("created"), SALES.lines());
    for line in lines.by_ref() {
        writeln!(growing, "{line}").expect("written");
        growing.flush().expect("flushed");
        assert_eq!(list_uploads(&services, &owner).await.expect("a list"), [], "it is not whole yet");
        tokio::time::sleep(Duration::from_millis(900)).await;
    }
    drop(growing);
    let works = [".hidden.csv", "april.csv.part", "june.csv.crdownload", "~$sales.xlsx"];
    for name in works {
        std::fs::write(inbox.join(name), SALES).expect("written");
    }
    std::fs::write(inbox.join("large.csv"), SALES.repeat(300)).expect("written");
    std::fs::write(inbox.join("letter.pdf"), b"%PDF-1.7 no sales").expect("written");
    std::fs::write(inbox.join("some.csv"), format!("{SALES}1009,not a day,A-1,Blue mug,1,7.50,Germany,c2\n")).expect("written");
    until("the large file", || !inbox.join("large.csv").exists()).await;
    until("all three files", || !inbox.join("may.csv").exists() && !inbox.join("letter.pdf").exists() && !inbox.join("some.csv").exists()).await;
    assert_eq!(names(&inbox.join("done")), ["may.csv", "some.csv", "some.csv.issues.csv"]);
    assert_eq!(names(&inbox.join("failed")), ["large.csv", "large.csv.error.txt", "letter.pdf", "letter.pdf.error.txt"]);
    assert!(works.iter().all(|name| inbox.join(name).exists()), "these are somebody's work");
    let why = std::fs::read_to_string(inbox.join("failed/large.csv.error.txt")).expect("a reason");
    assert!(why.contains("larger than 65.5 kB, the most this server takes"), "{why}");
    let why = std::fs::read_to_string(inbox.join("failed/letter.pdf.error.txt")).expect("a reason");
    assert!(why.contains("PDF"), "{why}");
    let issues = std::fs::read_to_string(inbox.join("done/some.csv.issues.csv")).expect("the rows");
    assert!(issues.contains("not a day"), "{issues}");

    // A second file of a name that is there already keeps the first one.
    std::fs::write(inbox.join("may.csv"), SALES).expect("written");
    until("the second of that name", || names(&inbox.join("done")).len() == 4).await;
    drop(watching);
    let uploads = list_uploads(&services, &owner).await.expect("a list");
    let told: Vec<_> = uploads.iter().rev().map(|upload| (upload.file_name.as_str(), upload.rows_accepted, upload.rows_duplicate)).collect();
    assert!(told.contains(&("letter.pdf", 0, 0)) && told.len() == 4, "{told:?}");
    assert_eq!(told.iter().map(|(_, accepted, _)| accepted).sum::<i64>(), 5, "{told:?}");
}

#[tokio::test]
async fn whenever_the_watcher_is_killed_each_file_is_one_upload() {
    let folder = tempfile::tempdir().expect("a folder");
    let (services, owner) = shop(folder.path()).await;
    let inbox: PathBuf = folder.path().join("inbox");
    std::fs::create_dir(&inbox).expect("made");
    for file in 0..6 {
        let rows: String = (0..400).map(|row| format!("{file}-{row},2024-03-01 10:15,A-{row},Mug {row},1,7.50,Germany,c{row}\n")).collect();
        let header = SALES.lines().next().expect("a header");
        std::fs::write(inbox.join(format!("{file}.csv")), format!("{header}\n{rows}")).expect("written");
    }
    for kill in 0..4_u64 {
        let watching = Watching::start(folder.path(), &inbox, "1");
        tokio::time::sleep(Duration::from_millis(2_400 + kill * 350)).await;
        drop(watching);
    }
    let (one, other) = (Watching::start(folder.path(), &inbox, "1"), Watching::start(folder.path(), &inbox, "1"));
    until("all files", || names(&inbox.join("done")).len() == 6).await;
    drop((one, other));
    let uploads = list_uploads(&services, &owner).await.expect("a list");
    let mut told: Vec<_> = uploads.iter().map(|upload| (upload.file_name.clone(), upload.rows_accepted, upload.rows_duplicate)).collect();
    told.sort();
    let expected: Vec<_> = (0..6).map(|file| (format!("{file}.csv"), 400, 0)).collect();
    assert_eq!(told, expected);
    assert_eq!(names(&inbox.join("failed")), Vec::<String>::new());
}

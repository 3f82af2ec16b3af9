//! The program as it is started: its commands, its log and its end.

use crate::support::SALES;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn tradepost(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tradepost"));
    command.args(arguments).current_dir(folder).env_clear().env("TRADEPOST_DEMO", "off").envs(settings.iter().copied());
    command
}

fn run(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    tradepost(folder, arguments, settings).output().expect("it starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_wrong_setting_is_refused_with_its_name_and_the_mend() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in ["serve", "check-config", "worker"] {
        let output = run(folder.path(), &[command], &[("TRADEPOST_WORKERS", "many"), ("TRADEPOST_ADDRESS", "here")]);
        let words = text(&output.stderr);
        assert!(!output.status.success(), "{command}");
        assert!(words.contains("TRADEPOST_WORKERS=many is not a number") && words.contains("TRADEPOST_ADDRESS=here is not an address"), "{words}");
    }
    assert!(!folder.path().join("data").exists(), "nothing was begun");
}

#[test]
fn the_configuration_in_force_is_printed_from_both_places_without_secrets() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = "TRADEPOST_WORKERS=5\nTRADEPOST_LOG=warn\nREDIS_URL=redis://:canary@127.0.0.1\nTRADEPOST_MAIL_FROM=\"Shop <shop@example.com>\"\n";
    std::fs::write(folder.path().join(".env"), file).expect("a file");
    let output = run(folder.path(), &["check-config"], &[("TRADEPOST_WORKERS", "7")]);
    let words = text(&output.stdout);
    let value = |name: &str| words.lines().find_map(|line| Some(line.strip_prefix(name)?.trim())).unwrap_or_default();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!((value("TRADEPOST_WORKERS"), value("TRADEPOST_LOG")), ("7", "warn"));
    assert_eq!(value("TRADEPOST_MAIL_FROM"), "Shop <shop@example.com>");
    assert!(!words.contains("canary"), "{words}");
}

/// A serving process, killed if a test forgets it.
struct Serving {
    process: Child,
    log: PathBuf,
    /// Where it listens, once it is ready.
    address: String,
}

impl Serving {
    fn start(folder: &Path) -> Self {
        let log = folder.join("log");
        let file = std::fs::File::create(&log).expect("a file");
        let mut command = tradepost(folder, &["serve"], &[("TRADEPOST_ADDRESS", "127.0.0.1:0")]);
        let process = command.stdout(Stdio::piped()).stderr(file).spawn().expect("it starts");
        Self { process, log, address: String::new() }
    }

    async fn ready(&mut self) {
        let started = Instant::now();
        loop {
            assert!(started.elapsed() < Duration::from_secs(120), "it is not ready in time");
            self.address = self.told_address().unwrap_or_default();
            let url = format!("http://{}/readyz", self.address);
            if !self.address.is_empty() && reqwest::get(&url).await.is_ok_and(|response| response.status() == 200) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Where its log says that it listens.
    fn told_address(&self) -> Option<String> {
        let log = std::fs::read_to_string(&self.log).expect("the log");
        let told = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).find(|line| line["message"] == "listening")?;
        Some(told["address"].as_str()?.to_owned())
    }

    /// SIGTERM, and the end that follows.
    fn terminate(mut self) -> (bool, String) {
        let signalled = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().expect("kill runs");
        assert!(signalled.success());
        let mut words = String::new();
        if let Some(mut output) = self.process.stdout.take() {
            std::io::Read::read_to_string(&mut output, &mut words).expect("its words");
        }
        (self.process.wait().expect("it ends").success(), words)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It has ended already where the test went well.
        let _ = self.process.kill();
    }
}

#[tokio::test]
async fn it_serves_logs_without_secrets_and_ends_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut serving = Serving::start(folder.path());
    serving.ready().await;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let url = |path: &str| format!("http://{}{path}", serving.address);
    let canaries = [
        http.get(url("/reset-password?token=canary-token")),
        http.get(url("/no/canary-path/here")),
        http.get(url("/api/v1/me")).bearer_auth("canary-bearer"),
        http.get(url("/sales")).header("cookie", "tradepost_access=canary-cookie; tradepost_refresh=canary-refresh"),
        http.post(url("/api/v1/auth/sign-in")).json(&serde_json::json!({"email": "canary@example.com", "password": "canary-password"})),
        http.post(url("/api/v1/auth/forgot-password")).json(&serde_json::json!({"email": "canary@example.com"})),
        http.get(url("/healthz")).header("user-agent", "canary-agent"),
    ];
    let count = canaries.len();
    for request in canaries {
        request.send().await.expect("an answer");
    }
    let (ended_well, words) = serving.terminate();
    assert!(ended_well && words.contains("Tradepost is at http://127.0.0.1:"), "{words}");
    let log = std::fs::read_to_string(folder.path().join("log")).expect("the log");
    assert!(!log.contains("canary"), "{log}");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect();
    let answered: Vec<&Value> = lines.iter().filter(|line| line["message"] == "request answered" && line["http.route"] != "/readyz").collect();
    assert_eq!(answered.len(), count, "{log}");
    assert!(
        answered.iter().all(|line| line["span"]["request_id"].is_string() && line["http.status"].is_u64() && line["elapsed_ms"].is_number()),
        "{log}"
    );
}

#[tokio::test]
async fn files_are_read_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("sales.csv"), SALES).expect("a file");
    assert!(run(folder.path(), &["migrate"], &[]).status.success());
    let nobody = run(folder.path(), &["import", "sales.csv"], &[]);
    assert!(!nobody.status.success() && text(&nobody.stderr).contains("sign up"), "{}", text(&nobody.stderr));
    let mut serving = Serving::start(folder.path());
    serving.ready().await;
    let owner = serde_json::json!({"merchant_name": "Shop", "email": "ada@example.com", "password": "four words in a row", "currency": "GBP", "time_zone": "UTC"});
    let response =
        reqwest::Client::new().post(format!("http://{}/api/v1/auth/sign-up", serving.address)).json(&owner).send().await.expect("an answer");
    assert_eq!(response.status(), 201);
    serving.terminate();
    for (arguments, words) in [
        (vec!["import", "sales.csv"], "5 rows: 5 accepted, 0 rejected, 0 duplicate"),
        (vec!["import", "--merchant", "ada@example.com", "sales.csv"], "5 rows: 0 accepted, 0 rejected, 5 duplicate"),
        (vec!["import", "--merchant", "1", "sales.csv"], "5 duplicate"),
    ] {
        let output = run(folder.path(), &arguments, &[]);
        assert!(output.status.success() && text(&output.stdout).contains(words), "{} {}", text(&output.stdout), text(&output.stderr));
    }
    let missing = run(folder.path(), &["import", "missing.csv"], &[]);
    assert!(!missing.status.success() && text(&missing.stderr).contains("missing.csv"), "{}", text(&missing.stderr));
}

#[test]
fn the_demo_shop_is_made_once_and_says_how_to_get_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = || {
        let output = run(folder.path(), &["seed-demo"], &[]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let first = words();
    assert!(first.contains("Sign in with") && first.contains("password"), "{first}");
    assert_eq!(first, words());
}

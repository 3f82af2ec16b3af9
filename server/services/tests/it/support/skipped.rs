//! What tests say: that they cannot run here, or what they measured.

/// Says that this test is skipped, also to the suite that counts: a test that returns early would count as passed.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#[expect(clippy::disallowed_methods, reason = "the suite names the file by the environment")]
pub(crate) fn skipped(reason: &str) {
    let thread = std::thread::current();
    let line = format!("services::{}: {reason}\n", thread.name().unwrap_or_default());
    eprint!("skipped: {line}");
    if let Some(list) = std::env::var_os("TRADEPOST_SKIPPED") {
        let mut list = std::fs::OpenOptions::new().append(true).create(true).open(list).expect("the list of skipped tests opens");
        std::io::Write::write_all(&mut list, line.as_bytes()).expect("the list of skipped tests takes a line");
    }
}

/// Says what a test found, for those who run it to know.
#[expect(clippy::print_stderr, reason = "figures of a run are for people to read")]
pub(crate) fn say(words: &str) {
    eprintln!("{words}");
}

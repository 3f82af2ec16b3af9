//! Conversion in a process of its own: what a hostile file does to it, it does to nothing else.

use super::convert::{Conversion, TableNotes, convert};
use super::unconverted::Unconverted;
use std::io::Read;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

/// A workbook that takes longer is none that a person made.
const PATIENCE: Duration = Duration::from_secs(300);
/// A reader that has said all it has to say ends at once.
const PATIENCE_AFTER_ANSWER: Duration = Duration::from_secs(2);
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// The names of all sheets of a workbook are shorter.
const MOST_ANSWER_BYTES: u64 = 4 << 20;
const GAVE_UP: &str =
    "the file could not be read: it is damaged, or takes more memory or time than any sales file; open it, save it as CSV, and upload that";

fn gave_up() -> Unconverted {
    Unconverted::Content(GAVE_UP.to_owned())
}

/// Runs `tradepost read-container`, or converts here where the program is not known (tests, other people's binaries).
/// Asked to stop, it ends that process; then the sentence is of no use to anybody.
pub(super) fn run(program: Option<&Path>, conversion: &Conversion, is_stopped: impl Fn() -> bool) -> Result<TableNotes, Unconverted> {
    let Some(program) = program else {
        return std::panic::catch_unwind(AssertUnwindSafe(|| convert(conversion))).unwrap_or_else(|_| Err(gave_up()));
    };
    let mut command = Command::new(program);
    command.arg("read-container").arg(&conversion.input).arg(&conversion.output).arg("--most-bytes").arg(conversion.most_bytes.to_string());
    if let Some(sheet) = &conversion.sheet {
        command.arg(format!("--sheet={sheet}"));
    }
    // Nothing of the server's environment, which holds its secrets. What it complains of goes nowhere and so fills no pipe.
    command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| Unconverted::Away(format!("the file's reader could not be started: {error}")))?;
    let answer = child.stdout.take().map(listen);
    let Some((status, said)) = wait(&mut child, answer.as_ref(), &is_stopped) else {
        if let Err(error) = child.kill().and_then(|()| child.wait().map(drop)) {
            tracing::warn!(error = %error, "a reader of a file could not be ended");
        }
        return Err(gave_up());
    };
    if !status.success() {
        tracing::warn!(status = %status, "a reader of a file ended early");
        return Err(gave_up());
    }
    serde_json::from_slice::<Result<TableNotes, Unconverted>>(&said).unwrap_or_else(|_| Err(gave_up()))
}

/// Takes what a process says while it runs, so that it never waits for room in its pipe; no more of it than it may say.
fn listen(stdout: ChildStdout) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut said = Vec::new();
        if let Err(error) = stdout.take(MOST_ANSWER_BYTES + 1).read_to_end(&mut said) {
            tracing::debug!(error = %error, "what a reader of a file said broke off");
        }
        // Nobody listens any more where the process was given up.
        drop(sender.send(said));
    });
    receiver
}

/// Waits until the process has ended and all it said is there. `None` when it must be ended: it takes too long, says too much, stays
/// although it has closed its output, or is not wanted any more.
fn wait(child: &mut Child, answer: Option<&Receiver<Vec<u8>>>, is_stopped: &impl Fn() -> bool) -> Option<(ExitStatus, Vec<u8>)> {
    let (mut until, mut said, mut ended) = (Instant::now() + PATIENCE, None, None);
    loop {
        if said.is_none() {
            said = match answer.map(Receiver::try_recv) {
                Some(Ok(said)) if said.len() as u64 > MOST_ANSWER_BYTES => return None,
                Some(Ok(said)) => Some(said),
                Some(Err(TryRecvError::Empty)) => None,
                None | Some(Err(TryRecvError::Disconnected)) => Some(Vec::new()),
            };
        }
        if ended.is_none() {
            ended = child.try_wait().ok()?;
        }
        match (ended, said.take()) {
            (Some(status), Some(said)) => return Some((status, said)),
            // One of the two is there: the other follows at once, or never.
            (None, None) => {}
            (_, one) => {
                said = one;
                until = until.min(Instant::now() + PATIENCE_AFTER_ANSWER);
            }
        }
        if Instant::now() >= until || is_stopped() {
            return None;
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::io::Write as _;

    /// What comes of a reader that is a script.
    fn outcome(script: &str) -> Result<TableNotes, Unconverted> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let program = folder.path().join("reader.sh");
        // Another process writes it: what other tests start at this moment may hold a file that is open here, which then cannot be run.
        let script = format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n");
        let mut writer =
            Command::new("/bin/sh").args(["-c", "cat > \"$0\" && chmod 755 \"$0\""]).arg(&program).stdin(Stdio::piped()).spawn().expect("a shell");
        writer.stdin.take().expect("its input").write_all(script.as_bytes()).expect("written");
        assert!(writer.wait().expect("it ends").success());
        let conversion = Conversion { input: program.clone(), output: folder.path().join("table"), sheet: None, most_bytes: 1 };
        run(Some(&program), &conversion, || false)
    }

    /// What a reader says that has found nothing to remark on.
    fn answer() -> String {
        serde_json::to_string(&Ok::<_, Unconverted>(TableNotes::default())).expect("it writes")
    }

    #[test]
    fn an_answer_longer_than_a_pipe_holds_is_heard() {
        let notes = TableNotes { sheets: vec!["x".repeat(31); 10_000], ..TableNotes::default() };
        let json = serde_json::to_string(&Ok::<_, Unconverted>(notes.clone())).expect("it writes");
        assert!(json.len() > 300_000);
        assert_eq!(outcome(&format!("head -c 1000000 /dev/zero >&2\ncat <<'END'\n{json}\nEND")), Ok(notes));
    }

    #[test]
    fn a_reader_that_never_stops_talking_is_ended() {
        let begun = Instant::now();
        assert_eq!(outcome("trap '' PIPE; while :; do head -c 65536 /dev/zero; done"), Err(gave_up()));
        assert!(begun.elapsed() < PATIENCE, "it was not waited for");
    }

    #[test]
    fn an_answer_beyond_what_a_reader_may_say_is_none() {
        let answer = answer();
        assert_eq!(outcome(&format!("echo '{answer}'")), Ok(TableNotes::default()));
        // Blanks behind it would not keep it from being read.
        let blanks = format!("head -c {} /dev/zero | tr '\\0' ' '", MOST_ANSWER_BYTES + 1);
        assert_eq!(outcome(&format!("trap '' PIPE; echo '{answer}'; {blanks}; exit 0")), Err(gave_up()));
    }

    #[test]
    fn a_reader_that_closes_its_output_and_stays_is_ended() {
        let begun = Instant::now();
        assert_eq!(outcome("exec >&-; exec sleep 600"), Err(gave_up()));
        // What it started holds its output open; its answer would be a good one, but comes too late.
        assert_eq!(outcome(&format!("(sleep 8; echo '{}') & exit 0", answer())), Err(gave_up()));
        assert!(begun.elapsed() < PATIENCE, "it was not waited for");
    }

    #[test]
    fn what_happened_around_a_file_is_told_apart_from_what_is_in_it() {
        for said in [Unconverted::DiskFull, Unconverted::Away("no such file".to_owned()), Unconverted::Content("it is empty".to_owned())] {
            let json = serde_json::to_string(&Err::<TableNotes, _>(said.clone())).expect("it writes");
            assert_eq!(outcome(&format!("echo '{json}'")), Err(said));
        }
        assert_eq!(outcome("echo nonsense"), Err(gave_up()));
        assert_eq!(outcome("exit 3"), Err(gave_up()));
    }
}

//! Streams without end: read in a process of its own, whose memory is looked at afterwards.

use domain::sources::{ColumnMeaning, Mapping};
use engine::ingestion::{LineReader, ReadContext, Sample, Splitter, inspect, inspect_sample};
use std::io::Read;
use std::sync::mpsc::sync_channel;

const MEGABYTE: usize = 1 << 20;
const BLOCK: usize = 64 * 1024;
/// What reading may add to a process's memory.
const MOST_KILOBYTES: u64 = 80 * 1024;
/// Says to the process started by this test that it is the one that reads.
const CHILD: &str = "TRADEPOST_READS_STREAMS";
const HEADER: &str = "Order,Date,Product,Quantity,Price,Country\n1,2026-01-05,Tea,2,2.50,UK\n";

/// A beginning, then a piece again and again, then an end.
fn stream(piece: &str, bytes: usize) -> impl Read + Send + use<> {
    let block = piece.repeat(1 + BLOCK / piece.len()).into_bytes();
    let left = bytes / block.len();
    HEADER.as_bytes().chain(Repeated { block, left, place: 0 }).chain(b"\n9,2026-01-06,Pot,1,4.00,UK\n".as_slice())
}

struct Repeated {
    block: Vec<u8>,
    left: usize,
    place: usize,
}

impl Read for Repeated {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Ok(0);
        }
        let count = buffer.len().min(self.block.len() - self.place);
        buffer[..count].copy_from_slice(&self.block[self.place..self.place + count]);
        self.place = (self.place + count) % self.block.len();
        self.left -= usize::from(self.place == 0);
        Ok(count)
    }
}

/// The most memory that this process has had.
fn most_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux says it");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("Linux says it");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

fn read_all() {
    let inspection = inspect(HEADER.as_bytes()).expect("a table");
    use ColumnMeaning::{OrderNumber, OrderedAt, Quantity, UnitPrice};
    let columns = [(OrderNumber, "Order"), (OrderedAt, "Date"), (Quantity, "Quantity"), (UnitPrice, "Price")];
    let mapping = Mapping { columns: columns.map(|(meaning, header)| (meaning, header.to_owned())).into(), ..Mapping::default() };
    let context = ReadContext { currency: "EUR".parse().expect("a currency"), time_zone: chrono_tz::Europe::Berlin };
    let many_cells = format!("{}\n", ",".repeat(2_000_000));
    let streams = [
        ("rows of many cells", many_cells.as_str(), 30),
        ("a cell", "x", 110),
        ("columns", ",", 5),
        ("an open quote", "\"x", 20),
        ("quotes", "\"", 10),
        ("lines", "\n", 10),
        ("zeros", "\0", 20),
        ("rows", "5,2026-01-05,Tea,1,1,UK\n", 10),
    ];
    for (what, piece, megabytes) in streams {
        let before = most_kilobytes();
        let sample = Sample::of_stream(stream(piece, megabytes * MEGABYTE)).expect("memory reads");
        let _ = inspect_sample(&sample);
        drop(sample);
        let mut splitter = Splitter::new(stream(piece, megabytes * MEGABYTE), &inspection);
        let (batches, split) = sync_channel(4);
        std::thread::spawn(move || while splitter.next_batch().is_some_and(|batch| batches.send(batch).is_ok()) {});
        let reader = LineReader::of_batches(move || split.recv().ok(), &inspection, &mapping, context);
        let mut reader = reader.expect("the columns are there");
        let (mut rows, mut issues) = (0_u64, 0_u64);
        while let Some(row) = reader.next_line() {
            if row.is_ok() { rows += 1 } else { issues += 1 }
        }
        assert!(rows >= 1 && rows + issues >= 2, "{what}: {rows} rows, {issues} issues");
        let more = most_kilobytes().saturating_sub(before);
        assert!(more < MOST_KILOBYTES, "{what} took {more} KB");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the process that reads is told so by its environment")]
fn endless_cells_rows_and_names_are_read_in_bounded_memory() {
    if std::env::var_os(CHILD).is_some() {
        return read_all();
    }
    let program = std::env::current_exe().expect("this program has a path");
    let name = "fuzzing::bounded::endless_cells_rows_and_names_are_read_in_bounded_memory";
    let output = std::process::Command::new(program).args([name, "--exact", "--test-threads=1"]).env(CHILD, "1").output().expect("it starts");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("1 passed"), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
}

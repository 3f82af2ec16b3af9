//! Grouping a file's lines by their orders, and watching their quality, on the other core while the rows that follow are read.

use super::Stop;
use crate::jobs::JobError;
use crate::sources::spool::{decode_next, encode};
use crate::sources::{OrderBook, Refused, SalesLine};
use engine::ingestion::QualityWatch;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

/// Lines are handed over in loads of so many bytes.
const LOAD: usize = 64 << 10;
/// So many loads may wait: what reads faster than it is grouped waits, too.
const WAITING: usize = 4;

/// A book that is filled by a thread of its own, which also watches what the lines tell of the file's quality.
pub(super) struct Grouping {
    load: Vec<u8>,
    loads: SyncSender<Vec<u8>>,
    bytes: Arc<AtomicUsize>,
    thread: JoinHandle<Result<(OrderBook, QualityWatch), Refused>>,
}

impl Grouping {
    /// Starts with an empty book.
    pub(super) fn start(quality: QualityWatch) -> std::io::Result<Self> {
        let (loads, received) = sync_channel(WAITING);
        let bytes = Arc::new(AtomicUsize::new(0));
        let told = bytes.clone();
        let thread = thread::Builder::new().name("grouping".to_owned()).spawn(move || fill(&received, &told, quality))?;
        Ok(Self { load: Vec::with_capacity(LOAD + 4_096), loads, bytes, thread })
    }

    /// Hands a line over. The book of a thread that stopped says why at the end.
    pub(super) fn add(&mut self, line: &SalesLine<'_>) {
        encode(&mut self.load, line);
        if self.load.len() >= LOAD {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        let load = std::mem::replace(&mut self.load, Vec::with_capacity(LOAD + 4_096));
        // Who does not listen any more has refused a line.
        let _ = self.loads.send(load);
    }

    /// About how much memory the book takes by now.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Whether a line was refused: [`Self::finish`] says why.
    pub(super) fn has_stopped(&self) -> bool {
        self.thread.is_finished()
    }

    /// The book with all lines, and what they told.
    pub(super) fn finish(mut self) -> Result<(OrderBook, QualityWatch), Stop> {
        self.hand_over();
        let Self { loads, thread, .. } = self;
        drop(loads);
        let filled = thread.join().map_err(|_| JobError::retry(anyhow::anyhow!("grouping the file's lines broke off")))?;
        Ok(filled?)
    }
}

fn fill(loads: &Receiver<Vec<u8>>, bytes: &AtomicUsize, mut quality: QualityWatch) -> Result<(OrderBook, QualityWatch), Refused> {
    let mut book = OrderBook::default();
    for load in loads {
        let mut rest = load.as_slice();
        while !rest.is_empty() {
            let (line, others) = decode_next(rest).expect("what `encode` wrote reads back");
            quality.line(&line.parsed());
            book.add(&line)?;
            rest = others;
        }
        bytes.store(book.bytes(), Ordering::Relaxed);
    }
    Ok((book, quality))
}

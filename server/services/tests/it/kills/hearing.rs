//! What a process is about, heard from what it logs and written down at once for the process that will kill it.

use super::child::{DOING, noted};
use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Whether what is read and stored now was read before.
pub(super) static IS_READ_AGAIN: AtomicBool = AtomicBool::new(false);

/// Hears which step a job comes to.
pub(super) struct Hearing {
    pub(super) folder: PathBuf,
}

impl Subscriber for Hearing {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && metadata.target().starts_with("services::sources")
    }

    fn event(&self, event: &Event<'_>) {
        let mut message = Message(String::new());
        event.record(&mut message);
        let doing = match message.0.as_str() {
            "a file is being read" | "a file is being stored" if IS_READ_AGAIN.load(Ordering::SeqCst) => "reprocess",
            "a file is being read" => "parse",
            "a file is being stored" => "store",
            "an upload is being taken back" => "undo",
            _ => return,
        };
        noted(&self.folder.join(DOING), doing);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

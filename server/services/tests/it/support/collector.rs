//! Hears what is logged, for tests of what must not be.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// All of ours, and of others what a program logs by default.
#[derive(Clone, Default)]
pub(crate) struct Collector(Arc<Mutex<String>>);

impl Collector {
    pub(crate) fn text(&self) -> String {
        self.0.lock().expect("no test panicked").clone()
    }

    fn hear(&self, record: impl FnOnce(&mut Line)) {
        let mut line = Line(String::new());
        record(&mut line);
        let mut text = self.0.lock().expect("no test panicked");
        text.push_str(&line.0);
        text.push('\n');
    }
}

impl Subscriber for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("services") || *metadata.level() <= Level::INFO
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        self.hear(|line| attributes.record(line));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.hear(|line| values.record(line));
    }

    fn event(&self, event: &Event<'_>) {
        self.hear(|line| event.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name()).expect("a text takes all");
    }
}

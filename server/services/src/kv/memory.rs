//! The key-value store within this process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::broadcast;

use crate::clock::Clock;

/// Messages a slow listener may be behind before it loses some.
const BACKLOG: usize = 256;
/// When so many keys are held, those that ran out are swept before another is added.
const SWEEP_AT: usize = 10_000;

/// Keys with an end, and channels.
pub struct Memory {
    clock: Arc<dyn Clock>,
    entries: Mutex<HashMap<String, Entry>>,
    channels: Mutex<HashMap<String, broadcast::Sender<String>>>,
}

struct Entry {
    value: String,
    ends_at: i64,
}

impl Memory {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, entries: Mutex::default(), channels: Mutex::default() }
    }

    pub(super) fn get(&self, key: &str) -> Option<String> {
        let now = self.clock.now_ms();
        lock(&self.entries).get(key).filter(|entry| entry.ends_at > now).map(|entry| entry.value.clone())
    }

    pub(super) fn set(&self, key: &str, value: &str, ttl: Duration) {
        let (now, mut entries) = (self.clock.now_ms(), lock(&self.entries));
        sweep(&mut entries, now);
        entries.insert(key.to_owned(), Entry { value: value.to_owned(), ends_at: end_of(now, ttl) });
    }

    pub(super) fn delete(&self, key: &str) {
        lock(&self.entries).remove(key);
    }

    pub(super) fn add(&self, key: &str, by: i64, ttl: Duration) -> i64 {
        let (now, mut entries) = (self.clock.now_ms(), lock(&self.entries));
        sweep(&mut entries, now);
        let entry = entries.entry(key.to_owned()).or_insert_with(|| Entry { value: String::new(), ends_at: now });
        if entry.ends_at <= now {
            *entry = Entry { value: String::new(), ends_at: end_of(now, ttl) };
        }
        let sum = entry.value.parse::<i64>().unwrap_or(0).saturating_add(by);
        entry.value = sum.to_string();
        sum
    }

    pub(super) fn publish(&self, channel: &str, text: &str) {
        if let Some(sender) = lock(&self.channels).get(channel) {
            // An error only says that nobody listens.
            let _nobody = sender.send(text.to_owned());
        }
    }

    pub(super) fn subscribe(&self, channel: &str) -> broadcast::Receiver<String> {
        lock(&self.channels).entry(channel.to_owned()).or_insert_with(|| broadcast::channel(BACKLOG).0).subscribe()
    }
}

fn end_of(now: i64, ttl: Duration) -> i64 {
    now.saturating_add(i64::try_from(ttl.as_millis()).unwrap_or(i64::MAX))
}

fn sweep(entries: &mut HashMap<String, Entry>, now: i64) {
    if entries.len() >= SWEEP_AT {
        entries.retain(|_, entry| entry.ends_at > now);
    }
}

/// A panic elsewhere leaves a map that is still whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    #[test]
    fn values_and_counters_end_after_their_time() {
        let clock = Arc::new(ManualClock::at(0));
        let memory = Memory::new(clock.clone());
        let minute = Duration::from_secs(60);
        memory.set("a", "1", minute);
        assert_eq!((memory.add("n", 1, minute), memory.add("n", 1, minute)), (1, 2));
        clock.advance_ms(59_999);
        assert_eq!(memory.get("a").as_deref(), Some("1"));
        assert_eq!(memory.add("n", -1, minute), 1);
        clock.advance_ms(1);
        assert_eq!(memory.get("a"), None);
        assert_eq!(memory.add("n", 1, minute), 1);
    }
}

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
/// Values of so many bytes are kept answers, which can be worked out anew; counters and revocations are smaller and stay.
const LARGE: usize = 256;
/// Bytes that all kept answers may take together.
const LARGE_TOTAL: usize = 64 << 20;

/// Keys with an end, and channels.
pub struct Memory {
    clock: Arc<dyn Clock>,
    entries: Mutex<Entries>,
    channels: Mutex<HashMap<String, broadcast::Sender<String>>>,
}

struct Entry {
    value: String,
    ends_at: i64,
}

#[derive(Default)]
struct Entries {
    by_key: HashMap<String, Entry>,
    /// Bytes of the large values among them.
    large: usize,
    /// How many keys were left by the last sweep.
    swept: usize,
}

impl Entries {
    fn insert(&mut self, key: &str, entry: Entry) {
        self.remove(key);
        self.large += large(&entry);
        self.by_key.insert(key.to_owned(), entry);
    }

    fn remove(&mut self, key: &str) {
        if let Some(old) = self.by_key.remove(key) {
            self.large -= large(&old);
        }
    }

    /// Forgets what ran out when there is much, and kept answers when they take too much room.
    fn sweep(&mut self, now: i64) {
        if self.by_key.len() >= SWEEP_AT.max(2 * self.swept) {
            self.by_key.retain(|_, entry| entry.ends_at > now);
            self.swept = self.by_key.len();
            self.large = self.by_key.values().map(large).sum();
        }
        if self.large > LARGE_TOTAL {
            // Half of them, so that this is rare; which half does not matter.
            let mut room = LARGE_TOTAL / 2;
            self.by_key.retain(|_, entry| match large(entry) {
                0 => true,
                bytes if entry.ends_at > now && bytes <= room => {
                    room -= bytes;
                    true
                }
                _ => false,
            });
            self.large = LARGE_TOTAL / 2 - room;
        }
    }
}

/// What a value counts towards [`LARGE_TOTAL`].
fn large(entry: &Entry) -> usize {
    if entry.value.len() >= LARGE { entry.value.len() } else { 0 }
}

impl Memory {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, entries: Mutex::default(), channels: Mutex::default() }
    }

    pub(super) fn get(&self, key: &str) -> Option<String> {
        let now = self.clock.now_ms();
        lock(&self.entries).by_key.get(key).filter(|entry| entry.ends_at > now).map(|entry| entry.value.clone())
    }

    pub(super) fn set(&self, key: &str, value: &str, ttl: Duration) {
        let (now, mut entries) = (self.clock.now_ms(), lock(&self.entries));
        entries.sweep(now);
        entries.insert(key, Entry { value: value.to_owned(), ends_at: end_of(now, ttl) });
    }

    pub(super) fn delete(&self, key: &str) {
        lock(&self.entries).remove(key);
    }

    pub(super) fn add(&self, key: &str, by: i64, ttl: Duration) -> i64 {
        let (now, mut entries) = (self.clock.now_ms(), lock(&self.entries));
        entries.sweep(now);
        let entry = entries.by_key.entry(key.to_owned()).or_insert_with(|| Entry { value: String::new(), ends_at: now });
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

/// A panic elsewhere leaves a map that is still whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    #[test]
    fn kept_answers_never_take_more_than_their_room_and_counters_stay() {
        let memory = Memory::new(Arc::new(ManualClock::at(0)));
        let (day, answer) = (Duration::from_secs(86_400), "x".repeat(1 << 20));
        memory.add("tries", 1, day);
        for index in 0..200 {
            memory.set(&format!("answer:{index}"), &answer, day);
            let entries = lock(&memory.entries);
            assert_eq!(entries.large, entries.by_key.values().map(large).sum::<usize>());
            assert!(entries.large <= LARGE_TOTAL + answer.len());
        }
        assert!(memory.get("answer:199").is_some());
        memory.delete("answer:199");
        assert_eq!(memory.add("tries", 1, day), 2);
    }

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

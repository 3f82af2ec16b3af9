//! Readers of files that run at once: few, whoever asks for them.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Each may take as much memory as its limit says.
const AT_ONCE: usize = 2;
const LOOK_EVERY: Duration = Duration::from_millis(50);

static READERS: Turns = Turns { running: Mutex::new(0), freed: Condvar::new() };

struct Turns {
    running: Mutex<usize>,
    freed: Condvar,
}

/// A reader's turn, until it is dropped.
pub(super) struct Turn(&'static Turns);

impl Drop for Turn {
    fn drop(&mut self) {
        *self.0.running.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.freed.notify_one();
    }
}

/// Waits for a turn; `None` when it is not wanted any more, or none came in time.
pub(super) fn wait(patience: Duration, is_stopped: impl Fn() -> bool) -> Option<Turn> {
    READERS.wait(patience, is_stopped)
}

impl Turns {
    fn wait(&'static self, patience: Duration, is_stopped: impl Fn() -> bool) -> Option<Turn> {
        let begun = Instant::now();
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        while *running >= AT_ONCE {
            if is_stopped() || begun.elapsed() >= patience {
                return None;
            }
            running = self.freed.wait_timeout(running, LOOK_EVERY).unwrap_or_else(PoisonError::into_inner).0;
        }
        *running += 1;
        Some(Turn(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn no_more_than_two_run_at_once_and_all_have_their_turn() {
        static TURNS: Turns = Turns { running: Mutex::new(0), freed: Condvar::new() };
        let (now, most, done) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    let _turn = TURNS.wait(Duration::from_secs(60), || false).expect("it comes");
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(20));
                    now.fetch_sub(1, Ordering::SeqCst);
                    done.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!((most.into_inner(), done.into_inner()), (2, 6));
    }

    #[test]
    fn who_is_stopped_or_has_waited_long_enough_goes_without() {
        static TURNS: Turns = Turns { running: Mutex::new(AT_ONCE), freed: Condvar::new() };
        assert!(TURNS.wait(Duration::from_millis(10), || false).is_none());
        assert!(TURNS.wait(Duration::from_secs(60), || true).is_none());
    }
}

//! Randomness as a parameter.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRng;
use rand::rngs::SysRng;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

/// Orders the ids that one process makes within one millisecond.
static SEQUENCE: AtomicU32 = AtomicU32::new(0);

/// Gives bytes that nobody can guess.
pub trait Random: Send + Sync {
    /// Fills the whole slice.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's randomness.
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        SysRng.try_fill_bytes(bytes).expect("the operating system gives random bytes");
    }
}

impl dyn Random + '_ {
    /// 32 random bytes as base64url: 43 characters.
    pub fn token(&self) -> String {
        let mut bytes = [0_u8; 32];
        self.fill(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// An id whose order follows time and, within a millisecond, this process's order of making (RFC 9562, section 6.2).
    pub fn uuid_v7(&self, now_ms: i64) -> Uuid {
        let mut bytes = [0_u8; 10];
        self.fill(&mut bytes);
        let [_, high, middle, low] = SEQUENCE.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        // The version takes the upper half of the first byte, the variant the upper quarter of the third.
        (bytes[0], bytes[1]) = (high >> 4, (high << 4) | (middle >> 4));
        (bytes[2], bytes[3]) = (middle & 0x0f, low);
        uuid::Builder::from_unix_timestamp_millis(now_ms.unsigned_abs(), &bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_ids_never_repeat_and_ids_follow_time() {
        let random: &dyn Random = &SystemRandom;
        assert_ne!(random.token(), random.token());
        assert_eq!(random.token().len(), 43);
        assert!(random.uuid_v7(1_700_000_000_000) < random.uuid_v7(1_700_000_000_001));
        let ids: Vec<Uuid> = (0..10_000).map(|_| random.uuid_v7(1_700_000_000_000)).collect();
        assert!(ids.is_sorted_by(|a, b| a < b));
        assert_eq!((ids[0].get_version_num(), ids[0].get_variant()), (7, uuid::Variant::RFC4122));
    }
}

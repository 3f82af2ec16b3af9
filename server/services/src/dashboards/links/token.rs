//! The secret part of a link's address: signed, so that a made-up one is refused before anything is looked up.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::keys::{Keys, is_keyed_hash, keyed_hash};
use crate::random::Random;

/// 32 random bytes and an HMAC-SHA256 of them, each of 32 bytes.
const RANDOM: usize = 32;
const WHOLE: usize = 64;
/// The length of a token in base64url.
const CHARS: usize = 86;

fn key(keys: &Keys) -> [u8; 32] {
    keys.derive("board links")
}

/// A new token, which nobody can guess and only this installation can make.
pub(super) fn new_token(keys: &Keys, random: &dyn Random) -> String {
    let mut bytes = [0_u8; WHOLE];
    random.fill(&mut bytes[..RANDOM]);
    let signature = keyed_hash(&key(keys), &[&bytes[..RANDOM]]);
    bytes[RANDOM..].copy_from_slice(&signature);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Whether this installation made a token.
pub(super) fn is_ours(keys: &Keys, token: &str) -> bool {
    let bytes = if token.len() == CHARS { URL_SAFE_NO_PAD.decode(token).ok() } else { None };
    bytes.is_some_and(|bytes| bytes.len() == WHOLE && is_keyed_hash(&key(keys), &[&bytes[..RANDOM]], &bytes[RANDOM..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn only_a_whole_token_of_this_installation_is_ours() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::load_or_create(&folder.path().join("a.key"), &SystemRandom).unwrap();
        let others = Keys::load_or_create(&folder.path().join("b.key"), &SystemRandom).unwrap();
        let token = new_token(&keys, &SystemRandom);
        assert!(token.len() == CHARS && is_ours(&keys, &token) && !is_ours(&others, &token));
        for at in 0..token.len() - 1 {
            let other = if token.as_bytes()[at] == b'A' { "B" } else { "A" };
            let mut changed = token.clone();
            changed.replace_range(at..=at, other);
            assert!(!is_ours(&keys, &changed), "changed at {at}");
        }
        for bad in ["", "x", &token[..85], &format!("{token}A"), &"=".repeat(CHARS), &"é".repeat(43)] {
            assert!(!is_ours(&keys, bad), "{bad}");
        }
    }
}

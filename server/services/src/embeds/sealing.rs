//! AES-256-GCM for what must not be readable in a stolen database. The key comes from the key file, which is not in it.

use anyhow::anyhow;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::keys::Keys;
use crate::random::Random;

/// One purpose, one key; a later way of sealing has another name.
const PURPOSE: &str = "embed-secrets/1";

/// A sealed text as its row holds it.
pub(super) struct Sealed {
    /// Which key file sealed it.
    pub(super) key_id: String,
    pub(super) nonce: Vec<u8>,
    pub(super) bytes: Vec<u8>,
}

/// Why a sealed text stays closed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// Another key file sealed it.
    OtherKey,
    /// It was changed, or does not belong to this row.
    Altered,
}

/// Seals a text to a place: opened for any other place, it stays closed.
pub(super) fn seal(keys: &Keys, random: &dyn Random, place: &str, text: &str) -> anyhow::Result<Sealed> {
    let mut nonce = [0_u8; NONCE_LEN];
    random.fill(&mut nonce);
    let mut bytes = text.as_bytes().to_vec();
    let sealed = key(keys)?.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place), &mut bytes);
    sealed.map_err(|_| anyhow!("a secret could not be sealed"))?;
    Ok(Sealed { key_id: key_id(keys), nonce: nonce.to_vec(), bytes })
}

/// Opens what was sealed to a place.
pub(super) fn open(keys: &Keys, place: &str, sealed: &Sealed) -> anyhow::Result<Result<String, Closed>> {
    if sealed.key_id != key_id(keys) {
        return Ok(Err(Closed::OtherKey));
    }
    let Ok(nonce) = Nonce::try_assume_unique_for_key(&sealed.nonce) else { return Ok(Err(Closed::Altered)) };
    let mut bytes = sealed.bytes.clone();
    let text = key(keys)?.open_in_place(nonce, Aad::from(place), &mut bytes).ok().map(|text| text.to_vec());
    Ok(text.and_then(|text| String::from_utf8(text).ok()).ok_or(Closed::Altered))
}

fn key(keys: &Keys) -> anyhow::Result<LessSafeKey> {
    let key = UnboundKey::new(&AES_256_GCM, &keys.derive(PURPOSE)).map_err(|_| anyhow!("the sealing key has a wrong length"))?;
    Ok(LessSafeKey::new(key))
}

/// A name for the key that says nothing about it.
fn key_id(keys: &Keys) -> String {
    keys.derive("embed-secrets/1/key-id")[..6].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    fn keys() -> Keys {
        let folder = tempfile::tempdir().unwrap();
        Keys::load_or_create(&folder.path().join("secret.key"), &SystemRandom).unwrap()
    }

    #[test]
    fn a_sealed_text_opens_at_its_place_with_its_key_only() {
        let (mine, other) = (keys(), keys());
        let sealed = seal(&mine, &SystemRandom, "a|1", "hunter2").unwrap();
        assert_eq!(open(&mine, "a|1", &sealed).unwrap(), Ok("hunter2".to_owned()));
        assert_eq!(open(&mine, "a|2", &sealed).unwrap(), Err(Closed::Altered));
        assert_eq!(open(&other, "a|1", &sealed).unwrap(), Err(Closed::OtherKey));
        // A thief who writes the right id beside it gets no further.
        let renamed = Sealed { key_id: key_id(&other), nonce: sealed.nonce.clone(), bytes: sealed.bytes.clone() };
        assert_eq!(open(&other, "a|1", &renamed).unwrap(), Err(Closed::Altered));
    }

    #[test]
    fn a_changed_byte_keeps_it_closed_and_no_two_sealings_are_alike() {
        let keys = keys();
        let mut sealed = seal(&keys, &SystemRandom, "a", "hunter2").unwrap();
        assert_ne!(sealed.bytes, seal(&keys, &SystemRandom, "a", "hunter2").unwrap().bytes);
        assert!(!sealed.bytes.windows(7).any(|window| window == b"hunter2"));
        sealed.bytes[0] ^= 1;
        assert_eq!(open(&keys, "a", &sealed).unwrap(), Err(Closed::Altered));
    }
}

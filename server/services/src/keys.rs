//! All keys are derived from one random file that the first start makes. There is no default secret.

use anyhow::{Context, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::Path;

use crate::random::Random;

const KEY_BYTES: usize = 32;

/// The keys of this installation.
#[derive(Clone)]
pub struct Keys {
    root: [u8; KEY_BYTES],
}

impl Keys {
    /// Reads the key file, or makes it, readable by its owner only.
    pub fn load_or_create(path: &Path, random: &dyn Random) -> anyhow::Result<Self> {
        if !path.exists() {
            create(path, random).with_context(|| format!("the key file {} cannot be made", path.display()))?;
        }
        refuse_readable_by_others(path)?;
        let text = fs::read_to_string(path).with_context(|| format!("the key file {} cannot be read", path.display()))?;
        Self::parse(&text).with_context(|| {
            format!(
                "the key file {} is damaged; restore it from a backup, or remove it so that a new one is made (everyone has to sign in again)",
                path.display()
            )
        })
    }

    fn parse(text: &str) -> anyhow::Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).context("it is not base64")?;
        let Ok(root) = <[u8; KEY_BYTES]>::try_from(bytes.as_slice()) else { bail!("it holds {} bytes instead of {KEY_BYTES}", bytes.len()) };
        let different: std::collections::HashSet<u8> = root.iter().copied().collect();
        ensure!(different.len() >= KEY_BYTES / 4, "its bytes are too alike to be random");
        Ok(Self { root })
    }

    /// A key for one purpose; keys of different purposes say nothing about each other.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        keyed_hash(&self.root, &[b"tradepost/", purpose.as_bytes()])
    }

    /// A stable stand-in for personal data in logs; without the key file nobody can check a guess against it.
    pub fn pseudonym(&self, text: &str) -> String {
        let hash = keyed_hash(&self.derive("pseudonyms"), &[text.as_bytes()]);
        format!("h:{}", URL_SAFE_NO_PAD.encode(&hash[..9]))
    }
}

/// HMAC-SHA256 over the parts.
pub fn keyed_hash(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Whether a keyed hash is the one of these parts; takes as long for a wrong one as for the right one.
pub fn is_keyed_hash(key: &[u8], parts: &[&[u8]], hash: &[u8]) -> bool {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.verify_slice(hash).is_ok()
}

/// SHA-256, as which random tokens are stored.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Written beside and linked into place, so that of two first starts at once exactly one wins.
fn create(path: &Path, random: &dyn Random) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension(format!("new-{}", random.uuid_v7(0).simple()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(random.token().as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&beside, path);
    fs::remove_file(&beside)?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn refuse_readable_by_others(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode();
    ensure!(mode & 0o077 == 0, "others may read the key file {}; run: chmod 600 {}", path.display(), path.display());
    Ok(())
}

#[cfg(not(unix))]
fn refuse_readable_by_others(_: &Path) -> anyhow::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn the_first_start_makes_a_key_file_and_the_second_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/secret.key");
        let first = Keys::load_or_create(&path, &SystemRandom).unwrap();
        let second = Keys::load_or_create(&path, &SystemRandom).unwrap();
        assert_eq!(first.derive("x"), second.derive("x"));
        assert_ne!(first.derive("x"), first.derive("y"));
        let other = Keys::load_or_create(&folder.path().join("other.key"), &SystemRandom).unwrap();
        assert_ne!(first.derive("x"), other.derive("x"));
    }

    #[test]
    fn short_monotonous_and_shared_key_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        Keys::load_or_create(&path, &SystemRandom).unwrap();
        for bad in ["", "c2hvcnQ", &"A".repeat(43), "not base64 at all!"] {
            fs::write(&path, bad).unwrap();
            assert!(Keys::load_or_create(&path, &SystemRandom).is_err(), "{bad}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            let refusal = Keys::load_or_create(&path, &SystemRandom).err().map(|error| error.to_string());
            assert!(refusal.is_some_and(|text| text.contains("chmod 600")));
        }
    }
}

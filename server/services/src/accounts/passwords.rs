//! Hashing passwords with argon2id, off the async threads and only a few at once.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::{Result, Services};

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A hash that no password matches: for accounts that nobody signs in to.
pub(super) const UNUSABLE: &str = "!";

/// The PHC string to be stored.
pub(super) async fn hash(services: &Services, password: &str) -> Result<String> {
    let mut salt = [0_u8; 16];
    services.random.fill(&mut salt);
    let password = password.to_owned();
    blocking(services, move || hash_with(&password, &salt)).await?
}

/// Whether a password is the stored one. Takes as long where there is no stored one, so that time does not tell.
pub(super) async fn matches(services: &Services, password: &str, stored: Option<&str>) -> Result<bool> {
    let (password, stored) = (password.to_owned(), stored.map(str::to_owned));
    blocking(services, move || match stored.as_deref().and_then(|text| PasswordHash::new(text).ok()) {
        Some(stored) => Ok(algorithm()?.verify_password(password.as_bytes(), &stored).is_ok()),
        None => hash_with(&password, &[0; 16]).map(|_| false),
    })
    .await?
}

async fn blocking<T: Send + 'static>(services: &Services, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = services.hashing.acquire().await.map_err(anyhow::Error::from)?;
    Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?)
}

fn hash_with(password: &str, salt: &[u8]) -> Result<String> {
    let hash: PasswordHash = algorithm()?.hash_password_with_salt(password.as_bytes(), salt).map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(hash.to_string())
}

fn algorithm() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_argon2id_with_the_recommended_cost() {
        let hash = hash_with("four words in a row", &[7; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let parsed = PasswordHash::new(&hash).unwrap();
        assert!(algorithm().unwrap().verify_password(b"four words in a row", &parsed).is_ok());
        assert!(algorithm().unwrap().verify_password(b"four words in a raw", &parsed).is_err());
        assert!(PasswordHash::new(UNUSABLE).is_err());
    }
}

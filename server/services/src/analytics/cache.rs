//! Answers are kept until the data change, and for programs that would give the same: the version of the data and the sources of the program are
//! part of every key.

use std::time::Duration;

use domain::accounts::MerchantSummary;
use domain::ids::MerchantId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::{Result, Services};

/// What this program's answers are made of (see `build.rs`). Servers of other sources, which may answer otherwise or in another shape, often share
/// a Redis with this one while one is put in the other's place.
const SOURCES: &str = env!("SOURCES_HASH");

const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Larger values are worked out anew rather than kept.
const LARGEST: usize = 512 * 1024;

/// The kept value of a question about one version of a shop's data, or a new one.
pub(crate) async fn cached<T: Serialize + DeserializeOwned>(
    services: &Services,
    merchant: &MerchantSummary,
    version: i64,
    question: &impl Serialize,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    let key = key(SOURCES, merchant.id, version, question)?;
    if let Some(kept) = services.kv.get(&key).await
        && let Ok(value) = serde_json::from_str(&kept)
    {
        return Ok(value);
    }
    let value = work.await?;
    let text = serde_json::to_string(&value)?;
    if text.len() <= LARGEST {
        services.kv.set(&key, &text, KEPT).await;
    }
    Ok(value)
}

/// Whether the value of a question about one version of a shop's data is kept.
pub(super) async fn is_cached(services: &Services, merchant: &MerchantSummary, version: i64, question: &impl Serialize) -> Result<bool> {
    Ok(services.kv.get(&key(SOURCES, merchant.id, version, question)?).await.is_some())
}

fn key(sources: &str, merchant: MerchantId, version: i64, question: &impl Serialize) -> Result<String> {
    let hash = Sha256::digest(serde_json::to_vec(question)?);
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("answer:{sources}:{merchant}:{version}:{hash}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_of_other_sources_find_no_answer_of_this_one() {
        let key = |sources: &str| key(sources, MerchantId(7), 3, &"overview").expect("a key");
        assert_eq!(key(SOURCES), key(SOURCES));
        assert_ne!(key(SOURCES), key("0123456789abcdef"));
        assert!(SOURCES.len() == 16 && SOURCES.bytes().all(|byte| byte.is_ascii_hexdigit()), "{SOURCES}");
    }
}

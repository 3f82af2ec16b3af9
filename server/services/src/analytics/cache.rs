//! Answers are kept until the data change: the version of the data is part of every key.

use std::time::Duration;

use domain::accounts::MerchantSummary;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::{Result, Services};

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
    let key = key(merchant, version, question)?;
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
    Ok(services.kv.get(&key(merchant, version, question)?).await.is_some())
}

fn key(merchant: &MerchantSummary, version: i64, question: &impl Serialize) -> Result<String> {
    let hash = Sha256::digest(serde_json::to_vec(question)?);
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("answer:{}:{version}:{hash}", merchant.id))
}

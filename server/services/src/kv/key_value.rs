//! One store with two faces: memory and Redis.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;

use super::{memory, redis};
use crate::clock::Clock;

/// Both behave alike. A dead Redis never fails a request: memory stands in until it is back.
#[derive(Clone)]
pub enum KeyValue {
    /// Within this process.
    Memory(Arc<memory::Memory>),
    /// Shared by all processes of one installation.
    Redis(Arc<redis::Redis>),
}

impl KeyValue {
    /// Redis where a URL is given, memory otherwise. Names in Redis begin with `prefix`, so that installations can share one.
    pub async fn connect(url: Option<&str>, prefix: String, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let memory = Arc::new(memory::Memory::new(clock));
        Ok(match url {
            None => Self::Memory(memory),
            Some(url) => Self::Redis(Arc::new(redis::Redis::connect(url, prefix, memory).await?)),
        })
    }

    /// Whether other processes see it too.
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Redis(_))
    }

    /// Whether it answers.
    pub fn is_alive(&self) -> bool {
        match self {
            Self::Memory(_) => true,
            Self::Redis(redis) => redis.is_alive(),
        }
    }

    /// The value of a key that is there and has not run out.
    pub async fn get(&self, key: &str) -> Option<String> {
        match self {
            Self::Memory(memory) => memory.get(key),
            Self::Redis(redis) => redis.get(key).await,
        }
    }

    /// Keeps a value for some time.
    pub async fn set(&self, key: &str, value: &str, ttl: Duration) {
        match self {
            Self::Memory(memory) => memory.set(key, value, ttl),
            Self::Redis(redis) => redis.set(key, value, ttl).await,
        }
    }

    /// Forgets a key.
    pub async fn delete(&self, key: &str) {
        match self {
            Self::Memory(memory) => memory.delete(key),
            Self::Redis(redis) => redis.delete(key).await,
        }
    }

    /// Counts one more and tells the sum; the counter ends `ttl` after its first count.
    pub async fn increment(&self, key: &str, ttl: Duration) -> i64 {
        match self {
            Self::Memory(memory) => memory.add(key, 1, ttl),
            Self::Redis(redis) => redis.add(key, 1, ttl).await,
        }
    }

    /// Takes one count back.
    pub async fn decrement(&self, key: &str, ttl: Duration) -> i64 {
        match self {
            Self::Memory(memory) => memory.add(key, -1, ttl),
            Self::Redis(redis) => redis.add(key, -1, ttl).await,
        }
    }

    /// Tells all that listen to a channel.
    pub async fn publish(&self, channel: &str, text: &str) {
        match self {
            Self::Memory(memory) => memory.publish(channel, text),
            Self::Redis(redis) => redis.publish(channel, text).await,
        }
    }

    /// Listens to a channel.
    pub async fn subscribe(&self, channel: &str) -> broadcast::Receiver<String> {
        match self {
            Self::Memory(memory) => memory.subscribe(channel),
            Self::Redis(redis) => redis.subscribe(channel).await,
        }
    }
}

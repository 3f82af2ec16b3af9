//! The key-value store shared through Redis. While Redis does not answer, memory stands in.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context;
use fred::clients::SubscriberClient;
use fred::prelude::*;
use fred::types::ExpireOptions;
use tokio::sync::broadcast;

use super::memory::Memory;

/// Longer than this, Redis counts as dead for the moment.
const PATIENCE: Duration = Duration::from_millis(500);

/// A connection that heals itself, and what stands in for it.
pub struct Redis {
    client: Client,
    subscriber: SubscriberClient,
    prefix: String,
    memory: Arc<Memory>,
    complained: AtomicBool,
}

impl Redis {
    pub(super) async fn connect(url: &str, prefix: String, memory: Arc<Memory>) -> anyhow::Result<Self> {
        // The library would take any scheme for a Redis.
        anyhow::ensure!(["redis", "valkey"].iter().any(|scheme| url.starts_with(scheme)), "REDIS_URL must begin with redis:// or rediss://");
        let mut config = Config::from_url(url).context("REDIS_URL is not a Redis address such as redis://127.0.0.1:6379")?;
        config.fail_fast = false;
        let mut builder = Builder::from_config(config);
        builder.set_policy(ReconnectPolicy::new_exponential(0, 100, 5_000, 2));
        builder.with_connection_config(|connection| connection.connection_timeout = Duration::from_secs(2));
        builder.with_performance_config(|performance| performance.default_command_timeout = PATIENCE);
        let client = builder.build()?;
        let subscriber = builder.build_subscriber_client()?;
        let redis = Self { client, subscriber, prefix, memory, complained: AtomicBool::new(false) };
        redis.begin().await;
        Ok(redis)
    }

    /// Connecting goes on in the background; a start does not wait long for it.
    async fn begin(&self) {
        drop(self.client.connect());
        drop(self.subscriber.connect());
        drop(self.subscriber.manage_subscriptions());
        let both = async { (self.client.wait_for_connect().await, self.subscriber.wait_for_connect().await) };
        if tokio::time::timeout(Duration::from_secs(2), both).await.is_err() {
            self.complain("it did not answer within two seconds");
        }
        let (mut messages, memory, prefix) = (self.subscriber.message_rx(), self.memory.clone(), self.prefix.clone());
        drop(tokio::spawn(async move {
            use broadcast::error::RecvError;
            loop {
                match messages.recv().await {
                    Ok(message) => {
                        let text: String = message.value.convert().unwrap_or_default();
                        memory.publish(message.channel.strip_prefix(prefix.as_str()).unwrap_or_default(), &text);
                    }
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => break,
                }
            }
        }));
    }

    pub(super) fn is_alive(&self) -> bool {
        self.client.is_connected()
    }

    pub(super) async fn get(&self, key: &str) -> Option<String> {
        match self.ask(self.client.get::<Option<String>, _>(self.name(key))).await {
            Some(value) => value,
            None => self.memory.get(key),
        }
    }

    pub(super) async fn set(&self, key: &str, value: &str, ttl: Duration) {
        let ends = Expiration::PX(i64::try_from(ttl.as_millis()).unwrap_or(i64::MAX).max(1));
        if self.ask(self.client.set::<(), _, _>(self.name(key), value, Some(ends), None, false)).await.is_none() {
            self.memory.set(key, value, ttl);
        }
    }

    pub(super) async fn delete(&self, key: &str) {
        self.memory.delete(key);
        self.ask(self.client.del::<i64, _>(self.name(key))).await;
    }

    /// The end is set whenever the key has none, so that a crash between the two commands leaves no eternal counter.
    pub(super) async fn add(&self, key: &str, by: i64, ttl: Duration) -> i64 {
        let Some(sum) = self.ask(self.client.incr_by::<i64, _>(self.name(key), by)).await else { return self.memory.add(key, by, ttl) };
        let seconds = i64::try_from(ttl.as_secs()).unwrap_or(i64::MAX).max(1);
        self.ask(self.client.expire::<i64, _>(self.name(key), seconds, Some(ExpireOptions::NX))).await;
        sum
    }

    /// Redis sends it back to this process too; without Redis it stays within.
    pub(super) async fn publish(&self, channel: &str, text: &str) {
        if self.ask(self.client.publish::<i64, _, _>(self.name(channel), text)).await.is_none() {
            self.memory.publish(channel, text);
        }
    }

    pub(super) async fn subscribe(&self, channel: &str) -> broadcast::Receiver<String> {
        let receiver = self.memory.subscribe(channel);
        // Remembered by the client and made again whenever it connects.
        if let Err(error) = self.subscriber.subscribe(self.name(channel)).await {
            self.complain(&error.to_string());
        }
        receiver
    }

    /// `None` when Redis does not answer: the caller lets memory stand in.
    async fn ask<T>(&self, command: impl Future<Output = Result<T, Error>>) -> Option<T> {
        if !self.client.is_connected() {
            self.complain("it is not connected");
            return None;
        }
        match command.await {
            Ok(answer) => {
                if self.complained.swap(false, Ordering::Relaxed) {
                    tracing::info!("Redis answers again");
                }
                Some(answer)
            }
            Err(error) => {
                self.complain(&error.to_string());
                None
            }
        }
    }

    fn name(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    /// Once for each time it goes away.
    fn complain(&self, cause: &str) {
        if !self.complained.swap(true, Ordering::Relaxed) {
            tracing::warn!(error.cause = cause, "Redis does not answer; this process goes on with its own memory");
        }
    }
}

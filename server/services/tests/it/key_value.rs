//! The key-value store, in memory or in Redis.

use std::sync::Arc;
use std::time::Duration;

use services::clock::SystemClock;
use services::kv::KeyValue;

use crate::support::TestServices;

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn values_counters_and_messages_go_round() {
    let services = TestServices::start().await;
    let kv = &services.kv;
    assert!(kv.is_alive());
    assert_eq!(kv.get("a").await, None);
    kv.set("a", "ä ö", MINUTE).await;
    assert_eq!(kv.get("a").await.as_deref(), Some("ä ö"));
    kv.delete("a").await;
    assert_eq!(kv.get("a").await, None);
    assert_eq!((kv.increment("n", MINUTE).await, kv.increment("n", MINUTE).await, kv.decrement("n", MINUTE).await), (1, 2, 1));
    let mut messages = kv.subscribe("news").await;
    kv.publish("news", "hello").await;
    let message = tokio::time::timeout(Duration::from_secs(5), messages.recv()).await.expect("a message comes").unwrap();
    assert_eq!(message, "hello");
}

#[tokio::test]
async fn without_an_answering_redis_memory_stands_in() {
    let nowhere = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("redis://{}", listener.local_addr().unwrap())
    };
    let kv = KeyValue::connect(Some(&nowhere), "test:".to_owned(), Arc::new(SystemClock)).await.unwrap();
    assert!(kv.is_shared() && !kv.is_alive());
    kv.set("a", "1", MINUTE).await;
    assert_eq!(kv.get("a").await.as_deref(), Some("1"));
    assert_eq!((kv.increment("n", MINUTE).await, kv.increment("n", MINUTE).await), (1, 2));
    let mut messages = tokio::time::timeout(Duration::from_secs(3), kv.subscribe("news")).await.expect("listening does not wait for Redis");
    kv.publish("news", "hello").await;
    assert_eq!(messages.recv().await.unwrap(), "hello");
}

#[tokio::test]
async fn what_redis_url_cannot_mean_is_refused_at_start() {
    assert!(KeyValue::connect(Some("http://x"), String::new(), Arc::new(SystemClock)).await.is_err());
}

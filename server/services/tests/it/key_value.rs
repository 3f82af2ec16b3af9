//! The key-value store, in memory or in Redis.

use std::sync::Arc;
use std::time::Duration;

use services::clock::SystemClock;
use services::kv::KeyValue;

use crate::support::{RedisServer, TestServices};

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
async fn redis_that_dies_and_returns_is_missed_by_nobody() {
    let Some(mut server) = RedisServer::start() else { return };
    let url = format!("redis://127.0.0.1:{}", server.port);
    let kv = KeyValue::connect(Some(&url), "test:".to_owned(), Arc::new(SystemClock)).await.unwrap();
    let mut messages = kv.subscribe("news").await;
    kv.set("a", "1", MINUTE).await;
    assert!(kv.is_alive());
    server.kill();
    let began = std::time::Instant::now();
    kv.set("b", "2", MINUTE).await;
    assert_eq!(kv.get("b").await.as_deref(), Some("2"));
    assert_eq!(kv.increment("n", MINUTE).await, 1);
    kv.publish("news", "from memory").await;
    assert_eq!(messages.recv().await.unwrap(), "from memory");
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    server.restart();
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        kv.publish("news", "from redis").await;
        if kv.is_alive() && messages.try_recv().is_ok() {
            break;
        }
    }
    assert!(kv.is_alive());
    kv.set("c", "3", MINUTE).await;
    assert_eq!(kv.get("c").await.as_deref(), Some("3"));
}

#[tokio::test]
async fn what_redis_url_cannot_mean_is_refused_at_start() {
    assert!(KeyValue::connect(Some("http://x"), String::new(), Arc::new(SystemClock)).await.is_err());
}

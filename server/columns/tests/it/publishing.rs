//! A copy is the new one or the one before, and files go when nobody can need them.

use crate::support::{Ground, SHOP, orders};
use columns::Limits;
use engine::planning::Raw;

const MINUTE: i64 = 60_000;

async fn sum(ground: &Ground) -> Raw {
    let rows = ground.numbers(SHOP, "SELECT SUM(net_minor) FROM orders", Vec::new()).await.expect("it answers");
    rows[0][0].clone()
}

#[tokio::test]
async fn a_copy_that_is_not_published_leaves_nothing() {
    let ground = Ground::new(Limits::default());
    assert!(ground.publish(SHOP, "a", 1, &[100], 0));
    let before = ground.files(SHOP);
    drop(ground.written(SHOP, "b", &[999]));
    assert_eq!(ground.files(SHOP), before);
    assert_eq!(sum(&ground).await, Raw::Int(100));
}

#[tokio::test]
async fn a_newer_copy_takes_the_place_and_an_older_one_does_not() {
    let ground = Ground::new(Limits::default());
    assert!(ground.publish(SHOP, "a", 2, &[100], 0));
    assert!(ground.publish(SHOP, "b", 3, &[200], 0));
    assert_eq!(sum(&ground).await, Raw::Int(200));
    let late = ground.written(SHOP, "c", &[300]);
    assert!(!late.publish(2, None, 3, 0).expect("it ends"), "a slow attempt comes after a quick one");
    assert_eq!(sum(&ground).await, Raw::Int(200));
    // A database that was restored counts from an earlier version: a copy of the future is none.
    let restored = ground.written(SHOP, "d", &[400]);
    assert!(restored.publish(2, None, 2, 0).expect("it ends"));
    assert_eq!(sum(&ground).await, Raw::Int(400));
}

#[tokio::test]
async fn a_query_keeps_its_files_until_it_must_be_over() {
    let ground = Ground::new(Limits::default());
    ground.publish(SHOP, "a", 1, &[100], 0);
    let old = ground.columns.snapshot(SHOP).expect("looked").expect("there is one");
    ground.publish(SHOP, "b", 2, &[200], MINUTE);
    let plan = engine::planning::Plan {
        sql: "SELECT SUM(net_minor) FROM orders".to_owned(),
        params: Vec::new(),
        outputs: vec![engine::planning::Output::Number],
        limit: 1,
    };
    assert_eq!(ground.columns.query(&old, &plan).await.expect("the old files are there"), [[Raw::Int(100)]]);
    assert_eq!(sum(&ground).await, Raw::Int(200));
    assert_eq!(ground.columns.sweep(5 * MINUTE).expect("swept"), 0);
    let with_old = ground.files(SHOP).len();
    assert!(ground.columns.sweep(12 * MINUTE).expect("swept") > 0);
    assert!(ground.files(SHOP).len() < with_old);
    assert_eq!(sum(&ground).await, Raw::Int(200));
}

#[tokio::test]
async fn files_of_a_killed_attempt_go_with_the_next_copy() {
    let ground = Ground::new(Limits::default());
    ground.publish(SHOP, "a", 1, &[100], 0);
    std::mem::forget(ground.written(SHOP, "killed", &[1]));
    assert!(ground.files(SHOP).iter().any(|name| name.contains("killed")));
    let after_the_kill = ground.restarted();
    after_the_kill.publish(SHOP, "b", 2, &[200], MINUTE);
    assert!(!ground.files(SHOP).iter().any(|name| name.contains("killed")));
}

#[tokio::test]
async fn two_attempts_at_once_leave_each_others_files_alone() {
    let ground = Ground::new(Limits::default());
    let slow = ground.written(SHOP, "slow", &[300]);
    ground.publish(SHOP, "quick", 1, &[200], MINUTE);
    assert!(slow.publish(2, None, 2, MINUTE).expect("its files are there"));
    assert_eq!(sum(&ground).await, Raw::Int(300));
}

#[tokio::test]
async fn a_copy_whose_files_were_swept_away_is_not_published() {
    let ground = Ground::new(Limits::default());
    ground.publish(SHOP, "a", 1, &[100], 0);
    let slow = ground.written(SHOP, "slow", &[300]);
    // Another process does not know of the attempt in this one.
    ground.restarted().publish(SHOP, "b", 2, &[200], MINUTE);
    assert!(slow.publish(3, None, 3, MINUTE).is_err());
    assert_eq!(sum(&ground).await, Raw::Int(200));
}

#[test]
fn the_manifest_counts_rows_and_knows_how_large_sums_may_become() {
    let ground = Ground::new(Limits::default());
    ground.publish(SHOP, "a", 1, &[i64::MAX / 200_000, -5], 0);
    let manifest = ground.columns.manifest(SHOP).expect("it reads").expect("there is one");
    assert_eq!(manifest.rows_of(orders()), 2);
    assert!(manifest.sums_fit());
    ground.publish(SHOP, "b", 2, &[i64::MAX / 2, -i64::MAX / 2, 9], 0);
    let manifest = ground.columns.manifest(SHOP).expect("it reads").expect("there is one");
    assert!(!manifest.sums_fit());
    ground.columns.forget(SHOP).expect("it goes");
    assert!(ground.columns.snapshot(SHOP).expect("looked").is_none());
}

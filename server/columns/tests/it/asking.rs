//! What a statement can reach, and how far it can go.

use crate::support::{Ground, SHOP};
use columns::{ColumnsError, Limits};
use domain::ids::MerchantId;
use engine::planning::{Raw, Value};
use std::time::{Duration, Instant};

#[tokio::test]
async fn rows_are_read_back_and_values_are_no_sql() {
    let ground = Ground::new(Limits::default());
    ground.publish(SHOP, "a", 1, &[100, 250, -30], 0);
    let sums = ground.numbers(SHOP, "SELECT SUM(net_minor), COUNT(*), MIN(day) FROM orders WHERE merchant_id = $1", vec![Value::Int(7)]).await;
    assert_eq!(sums.expect("it answers"), [[Raw::Int(320), Raw::Int(3), Raw::Int(20_454)]]);
    let named = "SELECT COUNT(*) FROM orders WHERE country IN ($1, $2)";
    let texts = |text: &str| vec![Value::Text(text.to_owned()), Value::Text("x' OR 1=1 --".to_owned())];
    assert_eq!(ground.numbers(SHOP, named, texts("it's “GB”")).await.expect("it answers"), [[Raw::Int(2)]]);
    assert_eq!(ground.numbers(SHOP, named, texts("' OR '' = '")).await.expect("it answers"), [[Raw::Int(0)]]);
}

#[tokio::test]
async fn a_shop_sees_its_own_rows_only() {
    let ground = Ground::new(Limits::default());
    ground.publish(SHOP, "a", 1, &[100], 0);
    ground.publish(MerchantId(8), "a", 1, &[5, 5], 0);
    let count = "SELECT COUNT(*) FROM orders";
    assert_eq!(ground.numbers(SHOP, count, Vec::new()).await.expect("it answers"), [[Raw::Int(1)]]);
    let of_other = "SELECT COUNT(*) FROM orders WHERE merchant_id = 8";
    assert_eq!(ground.numbers(SHOP, of_other, Vec::new()).await.expect("it answers"), [[Raw::Int(0)]]);
    assert!(ground.columns.snapshot(MerchantId(9)).expect("looked").is_none());
}

#[tokio::test]
async fn a_statement_leads_to_no_file_and_changes_nothing() {
    let ground = Ground::new(Limits::default());
    ground.publish(SHOP, "a", 1, &[100], 0);
    let file = ground.folder.path().join("columns/7").join(&ground.files(SHOP)[1]);
    let out = ground.folder.path().join("out.parquet");
    let statements = [
        format!("SELECT COUNT(*) FROM '{}'", file.display()),
        format!("SELECT COUNT(*) FROM read_parquet('{}')", file.display()),
        format!("CREATE EXTERNAL TABLE t STORED AS PARQUET LOCATION '{}'", file.display()),
        format!("COPY orders TO '{}'", out.display()),
        "SELECT * FROM generate_series(1, 1000000000)".to_owned(),
        "SELECT * FROM range(1, 1000000000)".to_owned(),
        "SELECT COUNT(*) FROM information_schema.tables".to_owned(),
        "INSERT INTO orders (id) VALUES (1)".to_owned(),
        "DROP VIEW orders".to_owned(),
        "DROP TABLE orders".to_owned(),
        "CREATE VIEW v AS SELECT 1".to_owned(),
        "SET datafusion.execution.target_partitions = 64".to_owned(),
        "SELECT 1; SELECT 2".to_owned(),
    ];
    for sql in statements {
        assert!(ground.numbers(SHOP, &sql, Vec::new()).await.is_err(), "{sql}");
    }
    assert!(!out.exists());
    assert_eq!(ground.numbers(SHOP, "SELECT COUNT(*) FROM orders", Vec::new()).await.expect("it answers"), [[Raw::Int(1)]]);
}

/// Pairs of pairs: more than any machine does in a second.
const ENDLESS: &str = "SELECT COUNT(DISTINCT a.id * 31 + b.id * 17 + c.id) FROM orders a CROSS JOIN orders b CROSS JOIN orders c CROSS JOIN orders d";

#[tokio::test]
async fn a_question_that_would_not_end_is_stopped_and_others_are_answered() {
    let ground = Ground::new(Limits { time: Duration::from_millis(300), ..Limits::default() });
    ground.publish(SHOP, "a", 1, &[1; 3_000], 0);
    let started = Instant::now();
    let endless = ground.numbers(SHOP, ENDLESS, Vec::new()).await;
    assert!(matches!(endless, Err(ColumnsError::TookTooLong)), "{endless:?}");
    assert!(started.elapsed() < Duration::from_secs(20), "it is stopped, not waited for");
    // It has as little time, and may come to need more while the other one comes to its end.
    let count = loop {
        match ground.numbers(SHOP, "SELECT COUNT(*) FROM orders", Vec::new()).await {
            Err(ColumnsError::TookTooLong) if started.elapsed() < Duration::from_secs(60) => {}
            answer => break answer,
        }
    };
    assert_eq!(count.expect("it answers"), [[Raw::Int(3_000)]]);
}

#[tokio::test]
async fn a_question_that_needs_more_memory_than_it_may_is_refused() {
    let ground = Ground::new(Limits { memory_bytes: 1 << 20, spill_bytes: 1 << 10, time: Duration::from_secs(60), ..Limits::default() });
    ground.publish(SHOP, "a", 1, &[1; 3_000], 0);
    let sql = "SELECT a.id * 100000 + b.id, COUNT(*) FROM orders a CROSS JOIN orders b GROUP BY 1 ORDER BY 2, 1";
    let large = ground.numbers(SHOP, sql, Vec::new()).await;
    assert!(matches!(large, Err(ColumnsError::TooLarge(_))), "{:?}", large.map(|rows| rows.len()));
}

#[tokio::test]
async fn memory_and_files_give_the_same_rows_and_a_file_that_is_gone_none() {
    let pence: Vec<i64> = (0..100).map(|row| row * 37 % 101 - 20).collect();
    for hot_bytes in [0, 1 << 20] {
        let ground = Ground::new(Limits { hot_bytes, ..Limits::default() });
        ground.publish(SHOP, "a", 1, &pence, 0);
        for (condition, days) in
            [("", 0..=33), (" WHERE day >= 20460 AND day <= 20463", 6..=9), (" WHERE day <= 20453", 90..=91), (" WHERE day >= 20484", 30..=30)]
        {
            let wanted: Vec<i64> = pence.iter().zip(0..).filter(|(_, row)| days.contains(&(row / 3).min(30))).map(|(pence, _)| *pence).collect();
            // Twice: the second time everything is at hand.
            for _ in 0..2 {
                let sql = format!("SELECT COALESCE(SUM(net_minor), 0), COUNT(*) FROM orders{condition}");
                let found = ground.numbers(SHOP, &sql, Vec::new()).await.expect("it answers");
                assert_eq!(found, [[Raw::Int(wanted.iter().sum()), Raw::Int(wanted.len() as i64)]], "{hot_bytes}{condition}");
            }
        }
        let lost = ground.files(SHOP).into_iter().find(|name| name.starts_with("orders")).expect("a file of orders");
        std::fs::remove_file(ground.folder.path().join("columns/7").join(lost)).expect("it was there");
        let never_read = ground.numbers(SHOP, "SELECT SUM(gross_minor), SUM(total_minor) FROM orders", Vec::new()).await;
        assert!(never_read.is_err(), "{hot_bytes}: {never_read:?}");
    }
}

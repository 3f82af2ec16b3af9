//! `kill -9` at any instant of uploads, of their reading, storing, reading again and taking back: after restarts the books are exact.
//! Each seed is killed once or twice; `TRADEPOST_KILLS` says how many seeds.

use super::files;
use super::ground::{self, Books, Ground};
use crate::sources::bring;
use crate::support::{TestServices, setting};
use futures::{StreamExt, stream};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// So many where nothing is said: the suite is run on four set-ups.
const SEEDS: u64 = 16;
const AT_ONCE: usize = 3;

/// A number between 0 and 1 that depends on the seed alone.
fn fraction(seed: u64) -> f64 {
    let mixed = (seed ^ (seed >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}

/// A shop whose process was killed while it had work, and what it was about. A machine is now busy and now idle: a kill that comes when the
/// story is over is tried anew in another shop, sooner.
async fn struck(template: &TestServices, mut whole: Duration, seed: u64) -> (Ground, String) {
    loop {
        let ground = Ground::of(template).await;
        match ground.run_and_kill_after(whole.mul_f64(fraction(seed * 7))).await {
            Ok(doing) => return (ground, doing),
            Err(took) => whole = took.mul_f64(0.95),
        }
    }
}

/// What must be true without any kill: counts add up, and what was taken back left nothing.
async fn check_calm_books(calm: &Books) {
    let (first, second) = (files::first(), files::second());
    let counts = |file: &files::SalesFile| (file.rows, file.rows - file.rejected, file.rejected, 0);
    let found: Vec<_> =
        calm.uploads.iter().map(|upload| (upload.rows_total, upload.rows_accepted, upload.rows_rejected, upload.rows_duplicate)).collect();
    assert_eq!(found, [counts(&first), counts(&second)]);
    assert_eq!(calm.lines, first.sums, "computed while the file was written");
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    bring(&services, &owner, "first.csv", first.text.as_bytes()).await;
    assert_eq!(calm.content(), ground::content_of(&services, owner.merchant_id).await, "as a shop that never had the second file");
}

#[expect(clippy::print_stderr, reason = "the figures are what the test is for")]
fn tell(struck: &BTreeMap<String, u64>, seeds: u64, books: &Books) {
    let at: Vec<String> = struck.iter().map(|(doing, count)| format!("{count} during {doing}")).collect();
    let (lines, amount, _) = books.lines;
    eprintln!("{seeds} seeds, {} kills ({}): {lines} lines, {amount} minor units, equal in all", struck.values().sum::<u64>(), at.join(", "));
    for upload in &books.uploads {
        eprintln!("{upload:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_at_any_instant_leave_exact_books() {
    let seeds = setting("TRADEPOST_KILLS").map_or(SEEDS, |count| count.parse().expect("TRADEPOST_KILLS is a number"));
    let template = ground::template().await;
    let calm = Ground::of(&template).await;
    let started = Instant::now();
    calm.run_to_the_end().await;
    let whole = started.elapsed();
    let expected = calm.books().await;
    check_calm_books(&expected).await;

    let outcomes: Vec<_> = stream::iter(1..=seeds)
        .map(|seed| {
            let template = &template;
            async move {
                let (ground, first) = struck(template, whole, seed).await;
                let mut struck = vec![first];
                if seed % 2 == 1 {
                    struck.extend(ground.run_and_kill_after(whole.mul_f64(fraction(seed * 7 + 1))).await.ok());
                }
                ground.run_to_the_end().await;
                (seed, struck, ground.books().await)
            }
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let mut struck: BTreeMap<String, u64> = BTreeMap::new();
    for doing in outcomes.iter().flat_map(|(_, struck, _)| struck) {
        *struck.entry(doing.clone()).or_default() += 1;
    }
    tell(&struck, seeds, &expected);
    assert_eq!(outcomes.len() as u64, seeds);
    assert!(struck.values().sum::<u64>() >= seeds, "each seed is struck while there is work: {struck:?}");
    if seeds >= 100 {
        assert!(["upload", "read and store", "reprocess", "undo"].iter().all(|doing| struck.contains_key(*doing)), "{struck:?}");
    }
    for (seed, _, books) in outcomes {
        assert_eq!(books, expected, "seed {seed}");
    }
}

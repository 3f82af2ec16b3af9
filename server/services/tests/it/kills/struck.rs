//! `kill -9` at any instant of uploads, of their reading, storing, reading again and taking back: after restarts the books are exact.
//! Each seed is killed at work once or twice; `TRADEPOST_KILLS` says how many seeds.

use super::child::STEPS;
use super::files;
use super::ground::{self, Books, Ground, Times};
use crate::sources::bring;
use crate::support::{TestServices, setting};
use futures::{StreamExt, stream};
use std::collections::BTreeMap;
use std::time::Duration;

/// So many where nothing is said, two for each step: the suite is run on four set-ups.
const SEEDS: u64 = 10;
const AT_ONCE: usize = 3;
/// So often a kill that came too late is tried anew.
const TRIES: usize = 20;
/// Before the process has said what it is about.
const START: &str = "";

/// A number between 0 and 1 that depends on the seed alone.
fn fraction(seed: u64) -> f64 {
    let mixed = (seed ^ (seed >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}

/// How long after a step began it is struck. Beside other shops' work everything takes longer than it did alone.
fn delay(times: &Times, step: &str, seed: u64) -> Duration {
    times.get(step).copied().unwrap_or_default().mul_f64(1.5 * fraction(seed))
}

/// A shop whose process was killed while it was at work, and what it was about: one seed after the other another step. A machine is now busy
/// and now idle: a kill that comes when the story is over is tried anew in another shop, sooner.
async fn struck(template: &TestServices, times: &Times, seed: u64) -> (Ground, String) {
    let step = step_of(seed);
    let mut after = delay(times, step, seed * 7);
    for _ in 0..TRIES {
        let ground = Ground::of(template).await;
        if let Some(doing) = ground.strike(step, after).await {
            return (ground, doing);
        }
        after = after.mul_f64(0.6);
    }
    panic!("seed {seed} was never struck at {step}");
}

fn step_of(seed: u64) -> &'static str {
    STEPS[usize::try_from(seed % STEPS.len() as u64).expect("few")]
}

/// The kills of a seed, until the books are whole again: one at work, for half of the seeds one more, for some one while the process starts.
async fn story(template: &TestServices, times: &Times, seed: u64) -> (Vec<String>, Books) {
    let (ground, first) = struck(template, times, seed).await;
    let mut struck = vec![first];
    if seed.is_multiple_of(4) {
        struck.extend(ground.strike_the_start(delay(times, START, seed * 7 + 2)).await);
    }
    if seed % 2 == 1 {
        let again = step_of(seed / 2);
        struck.extend(ground.strike(again, delay(times, again, seed * 7 + 1)).await);
    }
    ground.run_to_the_end().await;
    (struck, ground.books().await)
}

/// What must be true without any kill: counts add up, and what was taken back left nothing.
async fn check_calm_books(calm: &Books) {
    let (first, second) = (files::first(), files::second());
    // The first is read again once the second is there.
    let held = files::held;
    let counts = |file: &files::SalesFile| (file.rows, file.rows - file.rejected - held(file), file.rejected, held(file));
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
    let at: Vec<String> = STEPS.iter().map(|step| format!("{} during {step}", struck.get(*step).unwrap_or(&0))).collect();
    let (lines, amount, _) = books.lines;
    let (at_work, starts) = (at_work(struck), struck.get(START).unwrap_or(&0));
    eprintln!("{seeds} seeds, {at_work} kills of work under way ({}), {starts} more of a process that started:", at.join(", "));
    eprintln!("{lines} lines, {amount} minor units, equal in all");
    for upload in &books.uploads {
        eprintln!("{upload:?}");
    }
}

fn at_work(struck: &BTreeMap<String, u64>) -> u64 {
    struck.iter().filter(|(doing, _)| *doing != START).map(|(_, count)| count).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_at_any_instant_leave_exact_books() {
    let seeds = setting("TRADEPOST_KILLS").map_or(SEEDS, |count| count.parse().expect("TRADEPOST_KILLS is a number"));
    let template = ground::template().await;
    let calm = Ground::of(&template).await;
    let times = calm.time_to_the_end().await;
    let expected = calm.books().await;
    check_calm_books(&expected).await;

    let outcomes = stream::iter(1..=seeds).map(|seed| story(&template, &times, seed)).buffer_unordered(AT_ONCE).collect::<Vec<_>>().await;
    let mut struck: BTreeMap<String, u64> = BTreeMap::new();
    for doing in outcomes.iter().flat_map(|(struck, _)| struck) {
        *struck.entry(doing.clone()).or_default() += 1;
    }
    tell(&struck, seeds, &expected);
    assert!(at_work(&struck) >= seeds, "each seed is struck at work: {struck:?}");
    // A step is over before the kill comes, now and then: then the kill strikes the next one.
    let enough = seeds / 20;
    assert!(STEPS.iter().all(|step| struck.get(*step).is_some_and(|count| *count >= enough) || enough == 0), "{struck:?}");
    for (struck, books) in outcomes {
        assert_eq!(books, expected, "after {struck:?}");
    }
}

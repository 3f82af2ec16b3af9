//! `kill -9` at any instant of an upload and its import: after restarts the books are exact. Sixty seeds, each killed once or twice.

mod child;
mod ground;

use child::sales_file;
use futures::{StreamExt, stream};
use ground::Ground;
use std::time::Instant;

const SEEDS: u64 = 60;
const AT_ONCE: usize = 3;

/// A number between 0 and 1 that depends on the seed alone.
fn fraction(seed: u64) -> f64 {
    let mixed = (seed ^ (seed >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_kills_during_the_import_leave_exact_books() {
    let template = ground::template().await;
    let calm = Ground::of(&template).await;
    let started = Instant::now();
    calm.run_to_the_end().await;
    let whole = started.elapsed();
    let expected = calm.books().await;
    let (rows, rejected) = sales_file().1;
    assert_eq!((expected.upload.rows_total, expected.upload.rows_rejected), (rows, rejected));

    let outcomes: Vec<_> = stream::iter(1..=SEEDS)
        .map(|seed| {
            let template = &template;
            async move {
                let ground = Ground::of(template).await;
                let mut struck = 0;
                for kill in 0..=(seed % 2) {
                    struck += u64::from(ground.run_and_kill_after(whole.mul_f64(fraction(seed * 7 + kill) * 1.2)).await);
                }
                ground.run_to_the_end().await;
                (seed, struck, ground.books().await)
            }
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    assert_eq!(outcomes.len() as u64, SEEDS);
    assert!(outcomes.iter().map(|(_, struck, _)| struck).sum::<u64>() > SEEDS / 2, "most kills strike while there is work");
    for (seed, _, books) in outcomes {
        assert_eq!(books, expected, "seed {seed}");
    }
}

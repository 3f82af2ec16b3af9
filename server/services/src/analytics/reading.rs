//! Reading for figures: in turn, and within time.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::AppError;
use domain::ids::MerchantId;
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::task::TaskTracker;

use super::turns::Turn;
use crate::db::Tx;
use crate::error::{again_later, took_too_long};
use crate::{Result, Services};

/// So many questions' time is what a page of many figures may take.
const PAGE: u32 = 3;

/// A transaction that figures are read in. Its turn is given back when the database has let go of it, also where nobody waits any more.
pub(crate) struct Reading {
    /// Both are there until it is dropped.
    held: Option<(Tx, Turn)>,
    ends: Instant,
    tasks: TaskTracker,
}

impl Deref for Reading {
    type Target = Tx;
    fn deref(&self) -> &Tx {
        let (tx, _) = self.held.as_ref().expect("it is held until it is dropped");
        tx
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        let Some((tx, turn)) = self.held.take().filter(|_| Handle::try_current().is_ok()) else { return };
        self.tasks.spawn(async move {
            tx.roll_back().await;
            drop(turn);
        });
    }
}

impl Reading {
    /// For one question or analysis.
    pub(crate) async fn question(services: &Services, merchant: MerchantId) -> Result<Self> {
        Self::open(services, merchant, 1).await
    }

    /// For a page of many figures.
    pub(crate) async fn page(services: &Services, merchant: MerchantId) -> Result<Self> {
        Self::open(services, merchant, PAGE).await
    }

    async fn open(services: &Services, merchant: MerchantId, questions: u32) -> Result<Self> {
        let time = services.config.question_time;
        let turn = timeout(time, services.turns.take(merchant)).await.map_err(|_| too_many())?;
        let whole = time * questions;
        let ends = Instant::now() + whole;
        let tx = services.db.read_for(merchant, time, whole).await?;
        Ok(Self { held: Some((tx, turn)), ends, tasks: services.tasks.clone() })
    }

    /// Breaks one question's work off that takes longer than it may, or than is left of the page's time.
    pub(crate) async fn in_time<T>(&self, services: &Services, work: impl Future<Output = Result<T>>) -> Result<T> {
        let ends = self.ends.min(Instant::now() + services.config.question_time);
        timeout_at(ends, work).await.unwrap_or_else(|_| Err(took_too_long().into()))
    }

    /// Breaks the work of a whole page off.
    pub(crate) async fn whole_in_time<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        timeout_at(self.ends, work).await.unwrap_or_else(|_| Err(took_too_long().into()))
    }
}

/// Work on figures that were read, such as drawing them, away from those who wait: in turn and within time like reading them. It is told to
/// stop when its time is over or nobody waits for it any more, and keeps its turn until it has.
pub(crate) async fn in_turn<T: Send + 'static>(
    services: &Services,
    merchant: MerchantId,
    too_long: &str,
    work: impl FnOnce(&AtomicBool) -> T + Send + 'static,
) -> Result<T> {
    let time = services.config.question_time;
    let turn = timeout(time, services.turns.take(merchant)).await.map_err(|_| too_many())?;
    let waits = Waits::default();
    let stop = waits.0.clone();
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work(&stop)
    });
    let done = timeout(time, done).await.map_err(|_| again_later(too_long))?;
    Ok(done.map_err(anyhow::Error::from)?)
}

/// Whoever waits for work; when they do not any more, it is told to stop.
#[derive(Default)]
struct Waits(Arc<AtomicBool>);

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn too_many() -> AppError {
    again_later("many questions are being answered at the moment; ask again in a little while")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;
    use std::time::Duration;

    #[tokio::test]
    async fn work_that_nobody_waits_for_is_told_to_stop() {
        let waits = Waits::default();
        let stop = waits.0.clone();
        let asked = async move {
            let _waits = waits;
            pending::<()>().await;
        };
        assert!(!stop.load(Ordering::Relaxed));
        assert!(timeout(Duration::ZERO, asked).await.is_err());
        assert!(stop.load(Ordering::Relaxed));
    }
}

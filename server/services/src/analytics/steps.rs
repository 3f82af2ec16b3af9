//! The statements of a question, one after the other, and what is known of each for those who ask how it was answered.

use std::sync::Mutex;
use std::time::Instant;

use domain::AppError;
use domain::question::ExplainedStep;
use engine::planning::{Dialect, Plan, Raw};

use super::engine::Engine;
use crate::db::Tx;
use crate::{Result, Services};

/// Runs statements, and remembers them when asked to.
pub(super) struct Steps<'a> {
    pub services: &'a Services,
    tx: &'a Tx,
    remembered: Option<Mutex<Vec<ExplainedStep>>>,
}

impl<'a> Steps<'a> {
    pub(super) fn new(services: &'a Services, tx: &'a Tx) -> Self {
        Self { services, tx, remembered: None }
    }

    /// Remembers each statement with its text, plan and time.
    pub(super) fn remembering(services: &'a Services, tx: &'a Tx) -> Self {
        Self { remembered: Some(Mutex::default()), ..Self::new(services, tx) }
    }

    /// Compiles a plan for an engine, and the rows it brings.
    pub(super) async fn run(
        &self,
        purpose: &'static str,
        engine: &Engine,
        compile: impl Fn(Dialect) -> Result<Plan, AppError>,
    ) -> Result<(Plan, Vec<Vec<Raw>>)> {
        let started = Instant::now();
        let (plan, rows, by) = engine.run(self.services, self.tx, compile).await?;
        if let Some(remembered) = &self.remembered {
            let elapsed_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
            let (text, rows_scanned) = engine.plan_of(self.services, self.tx, &plan, by).await?;
            let step = ExplainedStep {
                purpose: purpose.to_owned(),
                sql: plan.sql.clone(),
                parameters: plan.params.len(),
                plan: text,
                rows_scanned,
                rows: rows.len().min(plan.limit as usize) as u64,
                elapsed_us,
            };
            remembered.lock().expect("no holder of the lock panics").push(step);
        }
        Ok((plan, rows))
    }

    /// What was remembered.
    pub(super) fn into_explained(self) -> Vec<ExplainedStep> {
        self.remembered.and_then(|steps| steps.into_inner().ok()).unwrap_or_default()
    }
}

//! A lease: the right to write for a job. Every write names the token, so that a worker that was overtaken writes nothing.

use super::rows;
use crate::error::Result;
use domain::jobs::JobState;
use entity::job::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, QuerySelect, UpdateMany};
use uuid::Uuid;

/// The token under which one worker runs one job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lease {
    /// The job.
    pub(crate) job_id: Uuid,
    /// Fresh at every claim.
    pub(crate) token: Uuid,
}

impl Lease {
    fn row(self) -> UpdateMany<entity::job::Entity> {
        rows::change_held(self.job_id, self.token)
    }

    /// Whether the write hit the row: not when another worker holds it now.
    async fn apply(update: UpdateMany<entity::job::Entity>, connection: &impl ConnectionTrait) -> Result<bool> {
        Ok(update.exec(connection).await?.rows_affected == 1)
    }

    /// Extends the lease and writes the progress; answers whether the job is to be cancelled, or `None` when the lease is lost.
    pub(crate) async fn extend(self, connection: &impl ConnectionTrait, until: i64, progress: i32) -> Result<Option<bool>> {
        let update = self.row().col_expr(Column::LeaseUntil, Expr::value(until)).col_expr(Column::Progress, Expr::value(progress));
        if !Self::apply(update, connection).await? {
            return Ok(None);
        }
        let cancel = rows::held_row(self.job_id, self.token).select_only().column(Column::CancelRequested).into_tuple::<bool>();
        Ok(cancel.one(connection).await?)
    }

    /// Locks the row until the transaction ends and answers whether the lease is still ours.
    pub(crate) async fn is_held(self, connection: &impl ConnectionTrait) -> Result<bool> {
        let row = rows::held_row(self.job_id, self.token).lock_exclusive().select_only().column(Column::Id).into_tuple::<Uuid>();
        Ok(row.one(connection).await?.is_some())
    }

    /// Marks the job done.
    pub(crate) async fn finish(self, connection: &impl ConnectionTrait, now: i64) -> Result<bool> {
        Self::apply(self.row().col_expr(Column::Progress, Expr::value(100)), connection).await?;
        self.end(connection, JobState::Done, None, now).await
    }

    /// Ends the job for good: done, dead with a sentence, or cancelled.
    pub(crate) async fn end(self, connection: &impl ConnectionTrait, state: JobState, sentence: Option<String>, now: i64) -> Result<bool> {
        let update = self
            .row()
            .col_expr(Column::State, Expr::value(state.as_str()))
            .col_expr(Column::LastError, Expr::value(sentence))
            .col_expr(Column::FinishedAt, Expr::value(now))
            .col_expr(Column::LeaseToken, Expr::value(Option::<Uuid>::None))
            .col_expr(Column::LeaseUntil, Expr::value(Option::<i64>::None));
        Self::apply(update, connection).await
    }

    /// Puts the job back to be tried again from `run_at` on.
    pub(crate) async fn retry_at(self, connection: &impl ConnectionTrait, run_at: i64, sentence: String) -> Result<bool> {
        let update = self.queued(run_at).col_expr(Column::LastError, Expr::value(Some(sentence)));
        Self::apply(update, connection).await
    }

    /// Gives the job back as if it had not been claimed: the program stops.
    pub(crate) async fn give_back(self, connection: &impl ConnectionTrait, now: i64) -> Result<bool> {
        use sea_orm::ExprTrait;
        let update = self.queued(now).col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1));
        Self::apply(update, connection).await
    }

    fn queued(self, run_at: i64) -> UpdateMany<entity::job::Entity> {
        self.row()
            .col_expr(Column::State, Expr::value(JobState::Queued.as_str()))
            .col_expr(Column::RunAt, Expr::value(run_at))
            .col_expr(Column::LeaseToken, Expr::value(Option::<Uuid>::None))
            .col_expr(Column::LeaseUntil, Expr::value(Option::<i64>::None))
    }
}

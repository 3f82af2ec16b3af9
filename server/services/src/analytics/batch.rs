//! Many questions at once: the cards of a board.

use domain::question::{BatchItem, BatchQuestions, MAX_BATCH, Question};
use domain::{AppError, Permission};
use futures::stream::{self, Stream, StreamExt as _};

use super::answer::answer;
use crate::{Actor, Result, Services};

/// So many questions of one batch are answered at the same time; a board takes no more of the database than that.
const AT_ONCE: usize = 4;

/// Answers questions side by side, each on its own: what is wrong with one is no matter of the others. Items come as they are ready.
pub fn answer_batch(services: Services, actor: Actor, batch: BatchQuestions) -> Result<impl Stream<Item = BatchItem> + Send + 'static> {
    actor.require(Permission::SeeFigures)?;
    if !(1..=MAX_BATCH).contains(&batch.questions.len()) {
        return Err(AppError::invalid("questions", format!("ask 1 to {MAX_BATCH} questions at once")).into());
    }
    let questions = stream::iter(batch.questions.into_iter().enumerate());
    Ok(questions.map(move |(index, question)| item(services.clone(), actor.clone(), index, question)).buffer_unordered(AT_ONCE))
}

async fn item(services: Services, actor: Actor, index: usize, question: Question) -> BatchItem {
    match answer(&services, &actor, question).await {
        Ok(answer) => BatchItem { index, answer: Some(answer), error: None, status: 200, fields: Vec::new() },
        Err(error) => {
            let error = error.into_app();
            let status = error.status();
            BatchItem { index, answer: None, error: Some(error.message), status, fields: error.fields }
        }
    }
}

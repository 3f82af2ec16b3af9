//! How a question is answered, and many questions asked at once.

use super::{Answer, Question};
use crate::FieldError;
use serde::{Deserialize, Serialize};

/// The most questions of one batch.
pub const MAX_BATCH: usize = 50;

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Explanation {
    /// The question as it is understood, with all names in their proper form.
    pub question: Question,
    /// What answers: `sqlite`, `postgres` or `columns`.
    pub engine: String,
    /// The currency of its money.
    pub currency: Option<String>,
    /// The statements in the order in which they ran.
    pub steps: Vec<ExplainedStep>,
    /// Whether the answer was at hand already, so that nothing need have run.
    pub cached: bool,
    /// How long all of it took, in milliseconds.
    pub elapsed_ms: u64,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExplainedStep {
    /// What it is for: the question itself, what it is compared with, a ranking, a total.
    pub purpose: String,
    /// Its text; values are parameters.
    pub sql: String,
    /// How many values go with it.
    pub parameters: usize,
    /// The database's own plan, a line a step.
    pub plan: Vec<String>,
    /// How many facts it had to read: rows of tables; on SQLite the shop's orders and lines of the days that bound it.
    pub rows_scanned: u64,
    /// How many rows it brought.
    pub rows: u64,
    /// How long it took, in microseconds.
    pub elapsed_us: u64,
}

/// Questions asked at once: the cards of a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BatchQuestions {
    /// At most fifty.
    pub questions: Vec<Question>,
}

/// One line of a batch's answer; lines come as they are ready.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchItem {
    /// Which question, counted from 0.
    pub index: usize,
    /// Its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// Or what is wrong with it, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The HTTP status that the question alone would have had.
    pub status: u16,
    /// Which parts of it are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
}

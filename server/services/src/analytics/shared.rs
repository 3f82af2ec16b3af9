//! Answers that the cards of one board have in common: what two of them ask is read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use domain::Currency;
use domain::facing::Facing;
use domain::question::{Answer, Question};
use domain::semantic::{Facts, Measure};
use tokio::sync::OnceCell;

use crate::Result;

/// Answers by what was asked, against which days, in which currency; whoever comes while one is being made waits for it.
type Answers = HashMap<(Question, Option<Facing>, Currency), Arc<OnceCell<Answer>>>;

/// What was read in one transaction, and which figures are read together in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared {
    answers: Arc<Mutex<Answers>>,
    together: Arc<OnceLock<Vec<Measure>>>,
}

impl Shared {
    /// The answer to a question, worked out by the first who asks.
    pub(super) async fn answer(
        &self,
        (question, facing): (&Question, Option<Facing>),
        currency: Currency,
        work: impl Future<Output = Result<Answer>>,
    ) -> Result<Answer> {
        let cell = {
            let mut answers = self.answers.lock().expect("no holder of the lock panics");
            answers.entry((question.clone(), facing, currency)).or_default().clone()
        };
        Ok(cell.get_or_try_init(|| work).await?.clone())
    }

    /// Figures that will be asked for over the same days: one statement brings them all.
    pub(crate) fn read_together(&self, measures: Vec<Measure>) {
        let same_rows = |measure: &Measure| {
            let is_of_orders = measure.entry().facts.iter().all(|facts| matches!(facts, Facts::Sales | Facts::Orders));
            // Who came again is counted from rows of its own.
            is_of_orders && *measure != Measure::RepeatRate
        };
        // A board may show one figure twice, for two countries or two spans of days.
        let mut together: Vec<Measure> = Vec::with_capacity(measures.len());
        for measure in measures.into_iter().filter(same_rows) {
            if !together.contains(&measure) {
                together.push(measure);
            }
        }
        // Set once: a board announces its figures before it is answered.
        let _ = self.together.set(together);
    }

    /// The same question for all figures that are read together with its only one, and where that one stands among them.
    pub(crate) fn widened(&self, question: &Question) -> Option<(Question, usize)> {
        let ([measure], Some(together)) = (question.measures.as_slice(), self.together.get()) else { return None };
        let is_plain =
            question.dimensions.is_empty() && Question { time: None, filters: Vec::new(), ..question.clone() } == Question::new([*measure]);
        let goes = |measure: &Measure| question.filters.iter().all(|filter| measure.goes_with(filter.dimension));
        let measures: Vec<Measure> = together.iter().copied().filter(goes).collect();
        let place = measures.iter().position(|other| other == measure).filter(|_| is_plain && measures.len() > 1)?;
        Some((Question { measures, ..question.clone() }, place))
    }
}

/// The answer as if one of its measures had been asked for alone.
pub(crate) fn only_measure(mut answer: Answer, keys: usize, place: usize) -> Answer {
    let keep = |index: usize| index < keys || index == keys + place;
    let mut index = 0;
    answer.columns.retain(|_| {
        index += 1;
        keep(index - 1)
    });
    for row in &mut answer.rows {
        let mut index = 0;
        row.retain(|_| {
            index += 1;
            keep(index - 1)
        });
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(json: &str) -> Question {
        serde_json::from_str(json).expect("it reads")
    }

    #[test]
    fn plain_figures_are_read_together_and_others_alone() {
        let shared = Shared::default();
        let net = question(
            r#"{"measures": ["net_sales"], "time": {"grain": "month"}, "filters": [{"dimension": "country", "op": "in", "values": ["GB"]}]}"#,
        );
        assert_eq!(shared.widened(&net), None, "nothing was announced");
        shared.read_together(vec![Measure::Orders, Measure::NetSales, Measure::Cost, Measure::Tax, Measure::NetSales, Measure::RepeatRate]);
        let (wide, place) = shared.widened(&net).expect("with the others");
        assert_eq!((wide.measures, place), (vec![Measure::Orders, Measure::NetSales, Measure::Tax], 1));
        assert_eq!((wide.time, wide.filters), (net.time, net.filters.clone()));
        let filters = r#""filters": [{"dimension": "product", "op": "in", "values": ["Mug"]}]"#;
        let of_products = question(&format!(r#"{{"measures": ["net_sales"], {filters}}}"#));
        assert_eq!(shared.widened(&of_products).expect("with one").0.measures, [Measure::Orders, Measure::NetSales]);
        for alone in [
            r#"{"measures": ["cost"]}"#,
            r#"{"measures": ["customers"]}"#,
            r#"{"measures": ["net_sales", "orders"]}"#,
            r#"{"measures": ["net_sales"], "dimensions": ["country"]}"#,
            r#"{"measures": ["net_sales"], "time": {"grain": "month"}, "limit": 3}"#,
        ] {
            assert_eq!(shared.widened(&question(alone)), None, "{alone}");
        }
    }
}

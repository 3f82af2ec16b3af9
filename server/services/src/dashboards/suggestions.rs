//! Values to filter by, while somebody types.

use domain::Permission;
use domain::dashboards::{Suggestion, matching};
use domain::question::{Filter, FilterOp, Order, Question};
use domain::semantic::{Dimension, Measure, ValueKind};

use crate::analytics::{Reading, answer_within, cached, check_roles, chosen_currency, overview};
use crate::{Actor, Result, Services};

use super::cards::{filter_value, name};

/// So many are offered of what can be anything.
const OF_TEXTS: u32 = 20;
/// What comes from a short list is offered whole.
const OF_WORDS: u32 = 200;
/// Longer texts name nothing; in bytes, as a filter takes them.
const LONGEST: usize = 200;

/// The shop's own values of a dimension that hold a text, those that sold most first; the clock's and months in their order.
pub async fn suggest_values(services: &Services, actor: &Actor, dimension: Dimension, text: &str) -> Result<Vec<Suggestion>> {
    actor.require(Permission::SeeFigures)?;
    let text = text.trim();
    let question = question(dimension, text);
    check_roles(actor, &question)?;
    if text.len() > LONGEST || text.contains('\0') {
        return Ok(Vec::new());
    }
    let tx = Reading::page(services, actor.merchant_id).await?;
    let work = async {
        let overview = overview(services, actor, &tx).await?;
        if overview.days().is_none() {
            return Ok(Vec::new());
        }
        let work = async {
            let currency = chosen_currency(services, &tx, &overview, &question).await?;
            answer_within(services, &tx, &overview, &question, currency).await
        };
        let answer = cached(services, &overview.merchant, overview.version, &question, work).await?;
        let values = answer.rows.into_iter().filter_map(|row| row.into_iter().next());
        let values = values.map(|cell| Suggestion { value: filter_value(&cell), label: name(dimension, &cell) });
        let is_meant = |found: &Suggestion| text.is_empty() || is_text(dimension) || matching(text, &found.label).is_some();
        Ok(values.filter(|found| !found.value.is_empty() && is_meant(found)).collect())
    };
    tx.whole_in_time(work).await
}

fn is_text(dimension: Dimension) -> bool {
    dimension.entry().values == ValueKind::Text
}

/// Texts are looked through where they are kept; of what comes from a list, people type the names that they read.
fn question(dimension: Dimension, text: &str) -> Question {
    let kind = dimension.entry().values;
    let (is_text, in_order) = (is_text(dimension), matches!(kind, ValueKind::Number | ValueKind::Month));
    let holds = (is_text && !text.is_empty()).then(|| Filter::new(dimension, FilterOp::Contains, vec![text.to_owned()]));
    let order = in_order.then(|| Order { by: dimension.name().to_owned(), desc: kind == ValueKind::Month });
    Question {
        dimensions: vec![dimension],
        filters: holds.into_iter().collect(),
        order: order.into_iter().collect(),
        limit: Some(if is_text { OF_TEXTS } else { OF_WORDS }),
        // Units are of no currency, and known of whatever was sold.
        ..Question::new([Measure::Units])
    }
}

//! What a person should know who holds rows against the card that they are behind.

use domain::dashboards::ROWS_OF_A_PAGE;
use domain::format;
use domain::question::FilterOp;
use domain::semantic::Measure;

use super::card_rows::Asked;
use crate::analytics::Behind;

/// So many pages can be turned to: as many rows as a file holds.
const MOST_PAGES: u64 = 1_000;

pub(super) fn all(asked: &Asked, behind: &Behind<'_>, count: u64) -> Vec<String> {
    let mixed = behind.is_mixed.then(|| "Amounts are in the currency of their row, and are not added up.".to_owned());
    let notices = [cut(asked), ranked(asked), mixed, beyond(count)];
    notices.into_iter().flatten().chain(behind.figures_apart().map(apart)).collect()
}

/// How many pages so many rows have.
pub(super) fn pages(count: u64) -> u64 {
    count.div_ceil(ROWS_OF_A_PAGE.into()).clamp(1, MOST_PAGES)
}

/// The card shows less than its rows are of.
fn cut(asked: &Asked) -> Option<String> {
    let question = &asked.card.question;
    let mut splits: Vec<String> = question.dimensions.iter().map(|dimension| dimension.label().to_lowercase()).collect();
    if splits.is_empty() && (asked.card.over_time || question.grain().is_some()) {
        splits.push("time".to_owned());
    }
    let is_cut = question.limit.is_some() || !question.having.is_empty();
    (is_cut && !splits.is_empty()).then(|| format!("The card shows only some of them, by {}; these are the rows of all.", splits.join(" and ")))
}

fn ranked(asked: &Asked) -> Option<String> {
    let is_ranked = asked.card.question.filters.iter().any(|filter| matches!(filter.op, FilterOp::Top | FilterOp::Bottom));
    is_ranked.then(|| "Only rows of what the card’s ranking chose are shown.".to_owned())
}

fn beyond(count: u64) -> Option<String> {
    let shown = MOST_PAGES * u64::from(ROWS_OF_A_PAGE);
    (count > shown).then(|| {
        let [shown, count] = [shown, count].map(|number| format::number(i64::try_from(number).unwrap_or(i64::MAX)));
        format!("Only the newest {shown} of {count} rows can be turned to; for the others filter, or choose fewer days.")
    })
}

/// A figure that is no sum of its rows says what it is instead.
fn apart(measure: Measure) -> String {
    let mut definition = measure.entry().definition.chars();
    let first = definition.next().map(|first| first.to_lowercase().collect::<String>()).unwrap_or_default();
    format!("“{}” is not what the rows add up to: {first}{}", measure.label(), definition.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_end_where_a_file_does_and_say_so() {
        assert_eq!([0, 50, 51, 50_000, 1_234_567].map(pages), [1, 1, 2, 1_000, 1_000]);
        assert_eq!(beyond(50_000), None);
        let words = "Only the newest 50,000 of 1,234,567 rows can be turned to; for the others filter, or choose fewer days.";
        assert_eq!(beyond(1_234_567).as_deref(), Some(words));
    }

    #[test]
    fn a_figure_that_is_no_sum_says_what_it_is() {
        let words = "“Average order value” is not what the rows add up to: gross sales minus discounts, divided by the number of orders.";
        assert_eq!(apart(Measure::AverageOrderValue), words);
    }
}

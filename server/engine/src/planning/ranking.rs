//! Rankings within a filter: the five countries with the most sales. They are questions of their own, asked before.

use domain::question::{Answer, Filter, FilterOp, Order, Question};

/// The first ranking of a question that is not worked out yet: where it stands, and the question that works it out.
pub fn next_ranking(question: &Question) -> Option<(usize, Question)> {
    let index = question.filters.iter().position(|filter| filter.op.ranks())?;
    let Filter { dimension, op, n, by, .. } = &question.filters[index];
    let (dimension, by) = (*dimension, (*by)?);
    let mut filters: Vec<Filter> = question.filters.iter().filter(|filter| !filter.op.ranks()).cloned().collect();
    // What has no value has no rank, and could not be named.
    filters.push(Filter::new(dimension, FilterOp::IsNotEmpty, Vec::new()));
    let time = question.time.map(|time| domain::question::TimeSpan { grain: None, ..time });
    let order = vec![Order { by: by.name().to_owned(), desc: *op == FilterOp::Top }];
    Some((index, Question { dimensions: vec![dimension], time, filters, order, limit: *n, ..Question::new([by]) }))
}

/// The question with a ranking replaced by the values that it chose; with none, nothing is left.
#[must_use]
pub fn with_ranking(question: &Question, index: usize, chosen: &Answer) -> Question {
    let mut question = question.clone();
    let values: Vec<String> = chosen.rows.iter().filter_map(|row| row.first()).map(super::compare::word).collect();
    if let Some(filter) = question.filters.get_mut(index) {
        let dimension = filter.dimension;
        if values.is_empty() {
            *filter = Filter::new(dimension, FilterOp::IsEmpty, Vec::new());
            question.filters.push(Filter::new(dimension, FilterOp::IsNotEmpty, Vec::new()));
        } else {
            *filter = Filter::is_in(dimension, values);
        }
    }
    question
}

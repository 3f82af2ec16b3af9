//! An answer set against the same question over another range.

use super::plan::about_all_rows;
use domain::facing::Facing;
use domain::question::{Against, Answer, Cell, Column, Filter, FilterOp, Question, TimeSpan};
use domain::range::{Calendar, DateRange, Grain};
use domain::semantic::Measure;
use domain::{Currency, Day};
use std::collections::{BTreeSet, HashMap};

/// The question whose values stand beside those of `question`: over the compared days or about the other values, all rows, no comparison of
/// its own. The answer's currency is that of both.
pub fn compared_question(question: &Question, against: &Against, compared: DateRange, currency: Currency) -> Question {
    let mut asked = about_all_rows(question, currency);
    if against.period().is_some() {
        asked.time = Some(TimeSpan { grain: question.grain(), ..compared.into() });
    }
    for filter in asked.filters.iter_mut().filter(|filter| Some(filter.dimension) == against.dimension()) {
        match against {
            Against::Values { values, .. } => filter.values.clone_from(values),
            Against::Rest { .. } => filter.op = FilterOp::NotIn,
            Against::Period(_) => {}
        }
    }
    asked
}

/// The compared question for the rows of an answer alone: for the rare case of more rows in the other range than an answer holds.
pub fn narrowed_to(answer: &Answer, compared: &Question) -> Question {
    let first = usize::from(compared.grain().is_some());
    let mut question = compared.clone();
    for (index, dimension) in compared.dimensions.iter().enumerate() {
        let cells = answer.rows.iter().map(|row| row.get(first + index).filter(|cell| **cell != Cell::None).map(word));
        let values: Option<BTreeSet<String>> = cells.collect();
        if let Some(values) = values.filter(|values| (1..=1_000).contains(&values.len())) {
            question.filters.push(Filter::is_in(*dimension, values.into_iter().collect()));
        }
    }
    question
}

/// What is known of the other range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It holds data, and all of its rows are at hand: a row that is missing sold nothing.
    Whole,
    /// It holds data, but not all of its rows are at hand: of a row that is missing nothing is known.
    InPart,
    /// It holds no data at all.
    Nothing,
}

/// The other range's rows.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The answer's range and the other, where they are two.
    pub facing: Option<Facing>,
    /// Its rows: time (the bucket in the answer's range), dimensions, measures.
    pub rows: Vec<Vec<Cell>>,
    /// What is known of it.
    pub known: Known,
}

/// Adds a column `<measure>_compared` for each measure: rows meet by their dimensions, and by the bucket that the compared days count in.
///
/// A row that the other range lacks had no sales there: sums and counts are 0 and averages empty, where so much is known.
pub fn merge_compared(question: &Question, answer: &mut Answer, compared: &Compared, calendar: Calendar) {
    let Compared { facing, rows: other, known } = compared;
    let keys = question.key_count();
    let key = |row: &[Cell]| row[..keys].iter().map(word).collect::<Vec<_>>();
    let by_key: HashMap<Vec<String>, &[Cell]> = other.iter().map(|row| (key(row), &row[keys..])).collect();
    let buckets = facing.zip(question.grain()).map(|(facing, grain)| met_buckets(facing, grain, calendar));
    for row in &mut answer.rows {
        let has_days = buckets.as_ref().is_none_or(|buckets| row[0].as_text().is_some_and(|day| buckets.contains(day)));
        let is_known = *known != Known::Nothing && has_days;
        let missing = |measure: &Measure| {
            let is_nought = is_known && *known == Known::Whole && measure.entry().nothing_is_zero;
            if is_nought { Cell::Int(0) } else { Cell::None }
        };
        match by_key.get(&key(row)) {
            Some(cells) if is_known => row.extend(cells.iter().cloned()),
            _ => row.extend(question.measures.iter().map(missing)),
        }
    }
    let compared = |column: Column| Column { name: format!("{}_compared", column.name), ..column };
    let measures = answer.columns[keys..].to_vec();
    answer.columns.extend(measures.into_iter().map(compared));
}

/// The buckets that compared days count in; the others have nothing to be set against.
fn met_buckets(facing: Facing, grain: Grain, calendar: Calendar) -> BTreeSet<String> {
    let buckets: BTreeSet<Day> = facing.buckets(grain, calendar).filter_map(|(_, bucket)| bucket).collect();
    buckets.into_iter().map(|day| day.to_string()).collect()
}

/// A cell as part of a key; null is no text that a cell can hold.
pub(super) fn word(cell: &Cell) -> String {
    match cell {
        Cell::None => "\0".to_owned(),
        Cell::Int(number) => number.to_string(),
        Cell::Float(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::answer_columns;
    use domain::range::Comparison;

    #[test]
    fn rows_meet_by_bucket_and_dimension() {
        let question: Question = serde_json::from_str(
            r#"{"measures": ["net_sales", "average_order_value"], "dimensions": ["country"], "time": {"from": "2024-02-28", "to": "2024-03-01", "grain": "day"}}"#,
        )
        .expect("it reads");
        let currency: Currency = "GBP".parse().expect("a currency");
        let [from, to] = ["2024-02-28", "2024-03-01"].map(|day| day.parse::<Day>().expect("a day"));
        let row =
            |day: &str, country: &str, amount: i64| vec![Cell::Text(day.to_owned()), Cell::Text(country.to_owned()), Cell::Int(amount), Cell::Int(1)];
        let mut answer = Answer {
            columns: answer_columns(&question, currency),
            rows: vec![row("2024-02-28", "GB", 5), row("2024-02-28", "DE", 4), row("2024-02-29", "GB", 6)],
            data_as_of: None,
            truncated: false,
            elapsed_ms: 0,
        };
        let facing = Some(Facing::of(DateRange { from, to }, Comparison::LastYear));
        let compared = Compared { facing, rows: vec![row("2024-02-28", "GB", 3)], known: Known::Whole };
        merge_compared(&question, &mut answer, &compared, Calendar::default());
        assert_eq!(answer.rows[0][4..], [Cell::Int(3), Cell::Int(1)]);
        assert_eq!(answer.rows[1][4..], [Cell::Int(0), Cell::None], "nothing was sold there");
        assert_eq!(answer.rows[2][4..], [Cell::None, Cell::None], "2023 had no such day");
        assert_eq!(answer.columns[4].name, "net_sales_compared");
    }

    #[test]
    fn too_many_rows_are_narrowed_to_those_of_the_answer() {
        let question: Question = serde_json::from_str(r#"{"measures": ["units"], "dimensions": ["product", "country"]}"#).expect("it reads");
        let row = |product: &str, country: Cell| vec![Cell::Text(product.to_owned()), country, Cell::Int(1)];
        let rows = vec![row("Mug", Cell::None), row("Bowl", Cell::Text("GB".to_owned()))];
        let answer = Answer { columns: Vec::new(), rows, data_as_of: None, truncated: true, elapsed_ms: 0 };
        let narrowed = narrowed_to(&answer, &question);
        assert_eq!(narrowed.filters.len(), 1, "a row without a country cannot be named by a filter");
        assert_eq!(
            (narrowed.filters[0].dimension.name(), narrowed.filters[0].values.as_slice()),
            ("product", &["Bowl".to_owned(), "Mug".to_owned()][..])
        );
    }
}

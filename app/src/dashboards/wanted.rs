//! A card while it is chosen: what stands in the form, and the card that it makes.

use domain::dashboards::{BoardCard, Picture};
use domain::question::{Derived, Filter, FilterOp, Question, TimeSpan, Transform};
use domain::semantic::{Measure, ValueKind};

/// What stands in the form at first.
pub(super) fn blank() -> BoardCard {
    BoardCard { over_time: true, ..BoardCard::of(Question::new([Measure::NetSales])) }
}

/// Whether it is split by time, as the board is or in its own way.
pub(super) fn is_of_time(card: &BoardCard) -> bool {
    card.over_time || card.question.grain().is_some()
}

/// Whether its answer has more than one row, so that some can be chosen and put in an order.
pub(super) fn has_rows(card: &BoardCard) -> bool {
    is_of_time(card) || !card.question.dimensions.is_empty()
}

/// Whether something can be worked out of a measure, by the shape of what is asked.
pub(super) fn works_out(card: &BoardCard, measure: Measure, transform: Transform) -> bool {
    match transform {
        Transform::Growth => has_rows(card) && measure.has_days(),
        Transform::ShareOfTotal => has_rows(card) && card.question.has_shares(measure) && (measure.has_days() || !is_of_time(card)),
        Transform::RunningTotal => is_of_time(card) && measure.adds_over_time(),
        Transform::MovingAverage => is_of_time(card) && measure.has_days(),
    }
}

/// The pictures that show all of a card: what is worked out stands in tables.
pub(super) fn pictures(card: &BoardCard) -> Vec<Picture> {
    if card.question.derived.is_empty() { card.pictures() } else { vec![Picture::Table] }
}

/// How a dimension's values can be compared.
pub(super) fn comparisons(kind: ValueKind) -> Vec<FilterOp> {
    let own = match kind {
        ValueKind::Text => Some(FilterOp::Contains),
        ValueKind::Word => None,
        ValueKind::Number | ValueKind::Month => Some(FilterOp::Between),
    };
    let all = [FilterOp::In, FilterOp::NotIn].into_iter().chain(own);
    all.chain([FilterOp::IsEmpty, FilterOp::IsNotEmpty, FilterOp::Top, FilterOp::Bottom]).collect()
}

/// The same condition compared otherwise: values that fit stay.
pub(super) fn compared(filter: &Filter, op: FilterOp, by: Measure) -> Filter {
    let mut values = filter.values.clone();
    values.retain(|value| !value.is_empty());
    match op {
        FilterOp::In | FilterOp::NotIn | FilterOp::Contains => {}
        FilterOp::Between => values.resize(2, String::new()),
        _ => values.clear(),
    }
    let (n, by) = if op.ranks() { (filter.n.or(Some(10)), filter.by.or(Some(by))) } else { (None, None) };
    Filter { values, n, by, ..Filter::new(filter.dimension, op, Vec::new()) }
}

/// Whether all of a condition was said.
fn is_whole(filter: &Filter) -> bool {
    match filter.op {
        FilterOp::In | FilterOp::NotIn | FilterOp::Contains => !filter.values.is_empty(),
        FilterOp::Between => !filter.values.iter().any(String::is_empty),
        _ => true,
    }
}

/// Puts a choice into its place of a list, or takes it out; what comes after moves up.
pub(super) fn put<T>(all: &mut Vec<T>, place: usize, choice: Option<T>) {
    if place < all.len() {
        all.remove(place);
    }
    if let Some(choice) = choice {
        all.insert(place.min(all.len()), choice);
    }
}

/// The card that the form makes: without what was not said to its end, and what suits it no more.
pub(super) fn made(wanted: &BoardCard) -> BoardCard {
    let mut card = wanted.clone();
    card.question.filters.retain(is_whole);
    if card.analysis.is_some() {
        let Question { filters, time, .. } = card.question;
        let question = Question { filters, time: own_days(time, false), ..Question::default() };
        return BoardCard { question, over_time: false, share_of: None, goal: None, ..card }.suited();
    }
    once_each(&mut card.question.measures);
    once_each(&mut card.question.dimensions);
    card.question.time = own_days(card.question.time, true);
    let shape = card.clone();
    let question = &mut card.question;
    question.derived.retain(|derived| shape.question.measures.contains(&derived.measure) && works_out(&shape, derived.measure, derived.transform));
    if !has_rows(&shape) {
        question.having.clear();
    }
    let derived = question.derived.iter().map(Derived::name);
    let columns: Vec<String> = question.column_names().into_iter().map(str::to_owned).chain(derived).collect();
    question.order.retain(|order| columns.contains(&order.by));
    card.goal = card.goal.filter(|_| Picture::Figure.suits(&shape.question, shape.over_time));
    let is_one_course = shape.over_time && shape.question.dimensions.is_empty() && shape.question.measures.len() == 1;
    card.share_of = card.share_of.filter(|_| is_one_course && card.question.derived.is_empty());
    if !card.question.derived.is_empty() {
        card.picture = Some(Picture::Table);
    }
    card.suited()
}

/// Days without anything to say are none.
fn own_days(time: Option<TimeSpan>, with_grain: bool) -> Option<TimeSpan> {
    let time = time.map(|time| TimeSpan { grain: time.grain.filter(|_| with_grain), ..time });
    time.filter(|time| *time != TimeSpan::default())
}

fn once_each<T: PartialEq + Copy>(all: &mut Vec<T>) {
    let before = all.clone();
    let mut place = 0;
    all.retain(|one| {
        place += 1;
        !before[..place - 1].contains(one)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::semantic::Dimension;

    fn card(json: &str) -> BoardCard {
        serde_json::from_str(json).expect("a card")
    }

    #[test]
    fn a_card_that_is_changed_in_nothing_stays_as_it_was() {
        for json in [
            r#"{"question": {"measures": ["net_sales", "orders", "units", "returns"], "dimensions": ["country", "channel", "hour"], "limit": 7}}"#,
            r#"{"question": {"measures": ["net_sales"], "time": {"from": "2011-01-01", "to": "2011-03-31", "grain": "week"}}, "picture": "area"}"#,
            r#"{"question": {"measures": ["units"]}, "over_time": true, "share_of": "product", "width": 8}"#,
            r#"{"question": {"measures": ["orders"]}, "goal": {"amount": 50, "from": "2011-01-01", "to": "2011-01-31"}, "width": 3}"#,
            r#"{"analysis": {"kind": "cohorts", "cohorts": 6}, "title": "Our cohorts"}"#,
            r#"{"question": {"measures": ["net_sales"], "dimensions": ["product"], "order": [{"by": "net_sales_growth", "desc": true}],
                "derived": [{"measure": "net_sales", "as": "growth"}], "having": [{"measure": "orders", "op": "more_than", "value": 2}],
                "filters": [{"dimension": "product", "op": "in", "values": ["AIRLINE LOUNGE,METAL SIGN"]},
                    {"dimension": "country", "op": "bottom", "n": 3, "by": "orders"}]}, "picture": "table"}"#,
        ] {
            let wanted = card(json);
            assert_eq!(made(&wanted), wanted);
            assert_eq!(wanted.is_sound(), Ok(()), "{json}");
        }
    }

    #[test]
    fn what_is_not_said_to_its_end_does_not_count() {
        let mut wanted = blank();
        wanted.question.measures = vec![Measure::NetSales, Measure::Orders, Measure::NetSales];
        let filter = |op, values: &[&str]| Filter::new(Dimension::Hour, op, values.iter().map(|value| (*value).to_owned()).collect());
        wanted.question.filters = vec![filter(FilterOp::In, &[]), filter(FilterOp::Between, &["9", ""]), filter(FilterOp::IsNotEmpty, &[])];
        wanted.question.time = Some(TimeSpan::default());
        let card = made(&wanted);
        assert_eq!(card.question.measures, [Measure::NetSales, Measure::Orders]);
        assert_eq!((card.question.filters, card.question.time), (vec![filter(FilterOp::IsNotEmpty, &[])], None));
    }

    #[test]
    fn what_is_worked_out_goes_with_the_shape_and_stands_in_a_table() {
        let mut wanted = blank();
        wanted.question.derived = vec![Derived { measure: Measure::NetSales, transform: Transform::RunningTotal, over: None }];
        let table = made(&wanted);
        assert_eq!((table.question.derived.len(), table.picture, table.is_sound()), (1, Some(Picture::Table), Ok(())));
        wanted.over_time = false;
        assert_eq!((made(&wanted).question.derived.len(), made(&wanted).picture), (0, None));
    }

    #[test]
    fn only_what_is_sound_is_offered_to_be_worked_out() {
        let shapes = [
            r#"{"question": {"measures": ["net_sales"]}, "over_time": true}"#,
            r#"{"question": {"measures": ["net_sales"], "dimensions": ["country"]}}"#,
            r#"{"question": {"measures": ["net_sales"], "dimensions": ["product"]}, "over_time": true}"#,
        ];
        let measures =
            [Measure::NetSales, Measure::Orders, Measure::Customers, Measure::NewCustomers, Measure::AverageOrderValue, Measure::StockOnHand];
        for (shape, measure) in shapes.iter().flat_map(|shape| measures.map(|measure| (card(shape), measure))) {
            for transform in [Transform::Growth, Transform::ShareOfTotal, Transform::RunningTotal, Transform::MovingAverage] {
                let mut asked = shape.clone();
                asked.question.measures = vec![measure];
                if asked.is_sound().is_err() {
                    continue;
                }
                asked.question.derived = vec![Derived { measure, transform, over: None }];
                assert_eq!(works_out(&asked, measure, transform), asked.is_sound().is_ok(), "{transform:?} of {measure} in {:?}", asked.question);
            }
        }
        assert!(works_out(&blank(), Measure::Orders, Transform::RunningTotal), "an order has one day");
        assert!(!works_out(&blank(), Measure::Customers, Transform::RunningTotal), "who buys in two months is one customer");
    }

    #[test]
    fn a_choice_takes_its_place_and_those_after_it_move_up() {
        let mut all = vec![1, 2, 3];
        put(&mut all, 1, None);
        assert_eq!(all, [1, 3]);
        put(&mut all, 1, Some(5));
        assert_eq!(all, [1, 5]);
        put(&mut all, 7, Some(9));
        assert_eq!(all, [1, 5, 9]);
    }

    #[test]
    fn another_comparison_keeps_the_values_that_fit() {
        let mugs = Filter::is_in(Dimension::Product, vec!["Mug".to_owned()]);
        assert_eq!(compared(&mugs, FilterOp::Contains, Measure::Units).values, ["Mug"]);
        let top = compared(&mugs, FilterOp::Top, Measure::Units);
        assert_eq!((top.values.len(), top.n, top.by), (0, Some(10), Some(Measure::Units)));
        let back = compared(&top, FilterOp::In, Measure::Units);
        assert_eq!((back.n, back.by), (None, None));
        assert_eq!(compared(&mugs, FilterOp::Between, Measure::Units).values, ["Mug", ""]);
    }
}

//! Any question at all compiles, or is refused with the wrong part named; and no value of it stands in the statement.

use domain::ids::MerchantId;
use domain::question::{Against, Derived, Filter, FilterOp, Number, Order, Question, Threshold, ThresholdOp, TimeSpan, Transform};
use domain::range::{Calendar, Comparison, DateRange, Grain};
use domain::semantic::{DIMENSIONS, Dimension, MEASURES, Measure};
use domain::{AppError, Day};
use engine::planning::{Dialect, Plan, PlanContext, Value, compile, compile_currencies, compile_totals, next_ranking};
use proptest::prelude::*;
use proptest::sample::select;

/// A word that occurs in no statement of ours.
const MARK: &str = "Zq9";

fn measures() -> impl Strategy<Value = Measure> {
    select(MEASURES.iter().map(|entry| entry.measure).collect::<Vec<_>>())
}

fn dimensions() -> impl Strategy<Value = Dimension> {
    select(DIMENSIONS.iter().map(|entry| entry.dimension).collect::<Vec<_>>())
}

fn value() -> impl Strategy<Value = String> {
    let awkward = [format!("{MARK}' OR 1=1 --"), format!("{MARK}%_\\"), format!("{MARK}é\u{1F600}"), format!("?1 {MARK}"), String::new()];
    let usual = ["GB", "online", "7", "2011-03", "Europe", "loyal", "EUR"].map(str::to_owned);
    prop_oneof![3 => select(usual.to_vec()), 2 => select(awkward.to_vec()), 1 => any::<String>()]
}

fn filters() -> impl Strategy<Value = Filter> {
    use FilterOp::{Between, Bottom, Contains, In, IsEmpty, IsNotEmpty, NotIn, Top};
    let op = select(vec![In, In, NotIn, Between, Contains, IsEmpty, IsNotEmpty, Top, Bottom]);
    let rank = prop::option::of((1..20_u32, measures()));
    (dimensions(), op, prop::collection::vec(value(), 0..4), rank).prop_map(|(dimension, op, values, rank)| Filter {
        n: rank.map(|(n, _)| n),
        by: rank.map(|(_, by)| by),
        ..Filter::new(dimension, op, values)
    })
}

fn thresholds() -> impl Strategy<Value = Threshold> {
    let op = select(vec![ThresholdOp::AtLeast, ThresholdOp::AtMost, ThresholdOp::MoreThan, ThresholdOp::LessThan]);
    (measures(), op, -4_000_000_000_000_000_i64..4_000_000_000_000_000).prop_map(|(measure, op, millionths)| Threshold {
        measure,
        op,
        value: Number { millionths },
    })
}

fn derivations() -> impl Strategy<Value = Derived> {
    let transform = select(vec![Transform::Growth, Transform::ShareOfTotal, Transform::RunningTotal, Transform::MovingAverage]);
    (measures(), transform, prop::option::of(0..400_u32)).prop_map(|(measure, transform, over)| Derived { measure, transform, over })
}

fn against() -> impl Strategy<Value = Against> {
    let values = (dimensions(), prop::collection::vec(value(), 0..3)).prop_map(|(dimension, values)| Against::Values { dimension, values });
    prop_oneof![Just(Against::Period(Comparison::LastYear)), values, dimensions().prop_map(|rest_of| Against::Rest { rest_of })]
}

fn times() -> impl Strategy<Value = TimeSpan> {
    let day = || prop::option::of(prop_oneof![4 => (14_000..15_500_i32).prop_map(Day), 1 => any::<i32>().prop_map(|day| Day(day % 3_000_000))]);
    (day(), day(), prop::option::of(select(Grain::ALL.to_vec()))).prop_map(|(from, to, grain)| TimeSpan { from, to, grain })
}

fn orders() -> impl Strategy<Value = Order> {
    let by = prop_oneof![select(vec!["net_sales", "month", "country", "net_sales_growth"]).prop_map(str::to_owned), value()];
    (by, any::<bool>()).prop_map(|(by, desc)| Order { by, desc })
}

fn questions() -> impl Strategy<Value = Question> {
    let split = (prop::collection::vec(measures(), 0..5), prop::collection::vec(dimensions(), 0..4), prop::option::of(times()));
    let parts = (prop::collection::vec(filters(), 0..3), prop::collection::vec(thresholds(), 0..2), prop::collection::vec(derivations(), 0..2));
    let rest = (prop::collection::vec(orders(), 0..2), prop::option::of(any::<u32>()), prop::option::of(against()));
    (split, parts, rest).prop_map(|((measures, dimensions, time), (filters, having, derived), (order, limit, compare))| Question {
        measures,
        dimensions,
        time,
        filters,
        having,
        derived,
        order,
        limit: limit.map(|limit| limit % 12_000),
        compare,
    })
}

/// Questions that more often hold.
fn plausible() -> impl Strategy<Value = Question> {
    questions().prop_map(|question| {
        let measures: Vec<Measure> = question.measures.iter().copied().filter(|m| question.dimensions.iter().all(|d| m.goes_with(*d))).collect();
        let mut kept: Vec<Measure> = Vec::new();
        measures.into_iter().for_each(|measure| {
            if !kept.contains(&measure) {
                kept.push(measure)
            }
        });
        let filters =
            question.filters.into_iter().filter(|filter| filter.n.is_none() && kept.iter().all(|m| m.goes_with(filter.dimension))).collect();
        Question { measures: kept, filters, derived: Vec::new(), order: Vec::new(), compare: None, limit: None, ..question }
    })
}

fn context(dialect: Dialect, has_test_orders: bool) -> PlanContext {
    let days = DateRange::new(Day(14_500), Day(15_317)).ok();
    PlanContext {
        merchant_id: MerchantId(7),
        currency: "GBP".parse().ok(),
        calendar: Calendar::default(),
        dialect,
        sells_in_one_currency: false,
        days,
        has_test_orders,
    }
}

fn names_a_part(error: &AppError) -> bool {
    !error.fields.is_empty() && error.fields.iter().all(|fault| !fault.field.is_empty() && !fault.message.is_empty())
}

/// Each placeholder has a value, each value a placeholder, and no word of a value stands in the text.
fn is_sound(plan: &Plan, dialect: Dialect) -> bool {
    let sign = if dialect == Dialect::Sqlite { '?' } else { '$' };
    let number = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<usize>().ok();
    let numbers: Option<Vec<usize>> = plan.sql.split(sign).skip(1).map(number).collect();
    let Some(numbers) = numbers else { return false };
    let all_used = (1..=plan.params.len()).all(|param| numbers.contains(&param));
    all_used && numbers.iter().all(|number| *number <= plan.params.len()) && !plan.sql.contains(MARK) && !plan.sql.contains("--")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn any_question_compiles_or_is_refused_by_its_parts(question in questions(), has_tests in any::<bool>()) {
        for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::Columns] {
            match compile(&question, &context(dialect, has_tests)) {
                Ok(plan) => prop_assert!(is_sound(&plan, dialect), "{}", plan.sql),
                Err(error) => prop_assert!(names_a_part(&error), "{:?}", error),
            }
        }
    }

    #[test]
    fn questions_that_hold_compile_on_every_database_alike(question in plausible()) {
        let plans = [Dialect::Sqlite, Dialect::Postgres, Dialect::Columns].map(|dialect| compile(&question, &context(dialect, true)));
        if let [Ok(sqlite), Ok(postgres), Ok(columns)] = &plans {
            prop_assert!(is_sound(sqlite, Dialect::Sqlite) && is_sound(postgres, Dialect::Postgres) && is_sound(columns, Dialect::Columns));
            prop_assert_eq!(&sqlite.params, &postgres.params);
            prop_assert_eq!(&sqlite.outputs, &columns.outputs);
            prop_assert!(sqlite.params.contains(&Value::Int(7)), "the merchant is always among the values");
            prop_assert!(compile_totals(&question, &context(Dialect::Sqlite, true)).is_ok());
            prop_assert!(compile_currencies(&question, &context(Dialect::Sqlite, true)).is_ok());
        } else {
            prop_assert!(plans.iter().all(|plan| plan.as_ref().is_err_and(names_a_part)), "{:?}", plans);
        }
    }

    #[test]
    fn a_question_survives_json(question in questions()) {
        let json = serde_json::to_string(&question).expect("it writes");
        if question.check().is_ok() {
            prop_assert_eq!(serde_json::from_str::<Question>(&json).expect("it reads"), question);
        }
    }

    #[test]
    fn rankings_of_questions_that_hold_are_questions_that_hold(question in questions()) {
        if question.check().is_ok() && let Some((_, ranking)) = next_ranking(&question) {
            prop_assert!(ranking.check().is_ok(), "{:?}", ranking.check());
        }
    }
}

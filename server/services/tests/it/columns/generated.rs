//! Questions by chance, from a seed: every measure and dimension, filters with values that the shop has, grains, orders, limits, comparisons.

use domain::question::Question;
use domain::semantic::{DIMENSIONS, Dimension, MEASURES};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Values of dimensions that a shop has.
pub(crate) type Values = BTreeMap<&'static str, Vec<String>>;

/// A sequence of numbers that a seed gives.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % bound as u64) as usize
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// So many questions that hold, over days in a range.
pub(crate) fn questions(seed: u64, count: usize, values: &Values, days: &[String]) -> Vec<Question> {
    let mut chance = Chance::new(seed);
    let mut questions = Vec::new();
    while questions.len() < count {
        let json = question(&mut chance, values, days);
        // What may not be asked is refused, and that is tested elsewhere.
        if let Ok(question) = serde_json::from_value::<Question>(json)
            && question.check().is_ok()
        {
            questions.push(question);
        }
    }
    questions
}

fn question(chance: &mut Chance, values: &Values, days: &[String]) -> Value {
    let mut measures = Vec::new();
    for _ in 0..=chance.below(3) {
        let name = chance.of(MEASURES).name;
        if !measures.contains(&name) {
            measures.push(name);
        }
    }
    let mut dimensions = Vec::new();
    for _ in 0..*chance.of(&[0, 0, 1, 1, 1, 2, 2, 3]) {
        let name = chance.of(DIMENSIONS).name;
        if !dimensions.contains(&name) {
            dimensions.push(name);
        }
    }
    let mut json = json!({"measures": measures, "dimensions": dimensions});
    let mut columns: Vec<&str> = measures.iter().chain(&dimensions).copied().collect();
    if chance.below(3) > 0 {
        json["time"] = time(chance, days);
    }
    if let Some(grain) = json["time"]["grain"].as_str() {
        columns.push(["day", "week", "month", "quarter", "year"].into_iter().find(|name| *name == grain).expect("a grain of the list"));
    }
    let filters: Vec<Value> = (0..*chance.of(&[0, 0, 0, 1, 1, 2])).filter_map(|_| filter(chance, values)).collect();
    json["filters"] = json!(filters);
    if chance.below(3) == 0 {
        json["order"] = json!([{"by": chance.of(&columns), "desc": chance.below(2) == 0}, {"by": chance.of(&columns), "desc": chance.below(2) == 0}]);
    }
    if chance.below(3) == 0 {
        json["limit"] = json!(1 + chance.below(25));
    }
    if chance.below(5) == 0 {
        json["compare"] = json!(chance.of(&["previous_period", "last_year"]));
    }
    json
}

fn time(chance: &mut Chance, days: &[String]) -> Value {
    let mut json = json!({});
    let (one, other) = (chance.of(days).clone(), chance.of(days).clone());
    match chance.below(5) {
        0 => {}
        1 => json["from"] = json!(one),
        2 => json["to"] = json!(one),
        _ => {
            json["from"] = json!(one.clone().min(other.clone()));
            json["to"] = json!(one.max(other));
        }
    }
    if chance.below(3) > 0 {
        json["grain"] = json!(chance.of(&["day", "week", "month", "quarter", "year"]));
    }
    json
}

fn filter(chance: &mut Chance, values: &Values) -> Option<Value> {
    let dimension: Dimension = chance.of(DIMENSIONS).dimension;
    let known = values.get(dimension.name()).filter(|known| !known.is_empty())?;
    let some: Vec<&String> = (0..=chance.below(3)).map(|_| chance.of(known)).collect();
    Some(json!({"dimension": dimension.name(), "op": chance.of(&["in", "not_in"]), "values": some}))
}

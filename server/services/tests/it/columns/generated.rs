//! Questions by chance, from a seed: every measure, dimension, filter, threshold, derived column, comparison, grain, order and limit.

use domain::question::Question;
use domain::range::Grain;
use domain::semantic::{DIMENSIONS, MEASURES, ValueKind};
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

    /// Whether one of so many times.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Some different names, at most `most`.
    fn names(&mut self, all: &[&'static str], most: usize) -> Vec<&'static str> {
        let mut names = Vec::new();
        for _ in 0..most {
            let name = *self.of(all);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
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
    let most = 1 + chance.below(3);
    let measures = chance.names(&MEASURES.iter().map(|entry| entry.name).collect::<Vec<_>>(), most);
    // Most dimensions go with only some measures; those of all measures are chosen from.
    let fitting: Vec<&str> = DIMENSIONS
        .iter()
        .filter(|entry| MEASURES.iter().filter(|m| measures.contains(&m.name)).all(|m| m.measure.goes_with(entry.dimension)))
        .map(|entry| entry.name)
        .collect();
    let splits = *chance.of(&[0, 0, 1, 1, 1, 2, 2, 3]);
    let dimensions = if fitting.is_empty() { Vec::new() } else { chance.names(&fitting, splits) };
    let mut json = json!({"measures": measures, "dimensions": dimensions});
    if !chance.once_in(3) {
        json["time"] = time(chance, days);
    }
    let count = *chance.of(&[0, 0, 0, 1, 1, 2]);
    json["filters"] = (0..count).filter_map(|_| filter(chance, &fitting, values)).collect();
    if chance.once_in(4) {
        json["having"] = (0..1 + chance.below(2)).map(|_| threshold(chance, &measures)).collect();
    }
    if chance.once_in(3) {
        json["derived"] = (0..1 + chance.below(2)).map(|_| derived(chance, &measures)).collect();
    }
    if chance.once_in(4) {
        json["compare"] = against(chance, &mut json["filters"], &fitting, values);
    }
    order_and_limit(chance, &mut json);
    json
}

fn order_and_limit(chance: &mut Chance, json: &mut Value) {
    let grain = json["time"]["grain"].as_str();
    let names = |part: &str, key: fn(&Value) -> Option<String>| json[part].as_array().into_iter().flatten().filter_map(key).collect::<Vec<_>>();
    let plain = |value: &Value| value.as_str().map(str::to_owned);
    let worked_out = |value: &Value| Some(format!("{}_{}", value["measure"].as_str()?, value["as"].as_str()?));
    let columns: Vec<String> =
        [names("measures", plain), names("dimensions", plain), names("derived", worked_out), grain.map(str::to_owned).into_iter().collect()].concat();
    if chance.once_in(3) {
        json["order"] = (0..1 + chance.below(2)).map(|_| json!({"by": chance.of(&columns), "desc": chance.once_in(2)})).collect();
    }
    if chance.once_in(3) {
        json["limit"] = json!(1 + chance.below(25));
    }
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
    if !chance.once_in(3) {
        json["grain"] = json!(chance.of(&["day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year"]));
    }
    json
}

/// Known values of a dimension, or such as nobody has.
fn some_values(chance: &mut Chance, dimension: &str, values: &Values, most: usize) -> Option<Vec<String>> {
    let known = values.get(dimension).filter(|known| !known.is_empty())?;
    Some((0..=chance.below(most)).map(|_| chance.of(known).clone()).collect())
}

fn filter(chance: &mut Chance, fitting: &[&str], values: &Values) -> Option<Value> {
    let op = *chance.of(&["in", "in", "not_in", "between", "contains", "is_empty", "is_not_empty", "top", "bottom"]);
    let has_kind = |name: &&&str, kinds: &[ValueKind]| DIMENSIONS.iter().any(|entry| entry.name == **name && kinds.contains(&entry.values));
    let suits = |name: &&&str| match op {
        "between" => has_kind(name, &[ValueKind::Number, ValueKind::Month]),
        "contains" => has_kind(name, &[ValueKind::Text]),
        _ => true,
    };
    let fitting: Vec<&str> = fitting.iter().filter(suits).copied().collect();
    let dimension = if fitting.is_empty() { return None } else { *chance.of(&fitting) };
    let mut json = json!({"dimension": dimension, "op": op});
    match op {
        "is_empty" | "is_not_empty" => {}
        "top" | "bottom" => {
            json["n"] = json!(1 + chance.below(12));
            json["by"] = json!(chance.of(MEASURES).name);
        }
        "between" => {
            let mut ends = [some_values(chance, dimension, values, 1)?.remove(0), some_values(chance, dimension, values, 1)?.remove(0)];
            ends.sort_by_key(|end| end.parse::<i64>().map_or_else(|_| end.clone(), |number| format!("{number:09}")));
            json["values"] = json!(ends);
        }
        "contains" => {
            let parts = some_values(chance, dimension, values, 2)?.into_iter().map(|value| part(chance, &value));
            json["values"] = json!(parts.collect::<Vec<_>>());
        }
        _ => json["values"] = json!(some_values(chance, dimension, values, 4)?),
    }
    Some(json)
}

/// Some letters of a text, in other capitals.
fn part(chance: &mut Chance, text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let start = chance.below(letters.len().max(1));
    let part: String = letters[start..letters.len().min(start + 1 + chance.below(5))].iter().collect();
    if chance.once_in(2) { part.to_uppercase() } else { part.to_lowercase() }
}

/// Of a measure that is asked for, or now and then of another.
fn threshold(chance: &mut Chance, measures: &[&str]) -> Value {
    let measure = if chance.once_in(4) { chance.of(MEASURES).name } else { *chance.of(measures) };
    let op = *chance.of(&["at_least", "at_most", "more_than", "less_than"]);
    let value = *chance.of(&[-5.0, 0.0, 0.05, 0.5, 1.0, 2.5, 10.0, 100.0, 1_000.0, 12_345.678, 250_000.0]);
    json!({"measure": measure, "op": op, "value": value})
}

fn derived(chance: &mut Chance, measures: &[&str]) -> Value {
    let transform = *chance.of(&["growth", "share_of_total", "running_total", "moving_average"]);
    let mut json = json!({"measure": chance.of(measures), "as": transform});
    if transform == "moving_average" && chance.once_in(2) {
        json["over"] = json!(2 + chance.below(10));
    }
    json
}

/// Other days; or other values or the rest, which takes one filter of that dimension.
fn against(chance: &mut Chance, filters: &mut Value, fitting: &[&str], values: &Values) -> Value {
    let kind = *chance.of(&["previous_period", "last_year", "values", "rest"]);
    let known: Vec<&str> = fitting.iter().copied().filter(|name| values.get(name).is_some_and(|known| known.len() > 1)).collect();
    if !matches!(kind, "values" | "rest") || known.is_empty() {
        return json!(if chance.once_in(2) { "previous_period" } else { "last_year" });
    }
    let dimension = *chance.of(&known);
    let mut some = || some_values(chance, dimension, values, 3).expect("it has values");
    *filters = json!([{"dimension": dimension, "op": "in", "values": some()}]);
    if kind == "values" { json!({"dimension": dimension, "values": some()}) } else { json!({"rest_of": dimension}) }
}

/// What of the semantic layer no question of these is about.
pub(crate) fn uncovered(questions: &[Question]) -> Vec<String> {
    let texts: Vec<String> = questions.iter().map(|question| serde_json::to_string(question).expect("it writes")).collect();
    let measures = MEASURES.iter().map(|entry| format!("\"{}\"", entry.name));
    let dimensions = DIMENSIONS.iter().map(|entry| format!("\"{}\"", entry.name));
    let ops = ["in", "not_in", "between", "contains", "is_empty", "is_not_empty", "top", "bottom"].map(|op| format!("\"op\":\"{op}\""));
    let sides = ["at_least", "at_most", "more_than", "less_than"].map(|op| format!("\"op\":\"{op}\""));
    let transforms = ["growth", "share_of_total", "running_total", "moving_average"].map(|word| format!("\"as\":\"{word}\""));
    let grains = Grain::ALL.map(|grain| format!("\"grain\":\"{}\"", grain.as_str()));
    let against = ["\"compare\":\"previous_period\"", "\"compare\":\"last_year\"", "\"compare\":{\"dimension\"", "\"rest_of\""];
    let wanted = measures.chain(dimensions).chain(ops).chain(sides).chain(transforms).chain(grains).chain(against.map(str::to_owned));
    wanted.filter(|word| !texts.iter().any(|text| text.contains(word))).collect()
}

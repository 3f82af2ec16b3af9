//! JSON documents and JSON lines as rows: nested objects flattened with points, an order's items as a row each.

use super::super::problem::FileProblem;
use super::rows::Rows;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserializer, de};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;
use std::io::{Read, Write};

/// Names of an order's list of items in the JSON of shops: each item becomes a row.
const ITEMS: [&str; 8] = ["line_items", "lineItems", "lines", "items", "order_items", "orderItems", "order_lines", "products"];
/// More columns are no table.
const MOST_COLUMNS: usize = 16_384;

/// The columns of a JSON document, in the order of their names: the first of two passes.
#[derive(Debug, Default)]
pub struct JsonShape {
    columns: Vec<String>,
    places: HashMap<String, usize>,
}

impl JsonShape {
    /// Reads the document once for its columns.
    pub fn read(reader: impl Read) -> Result<Self, FileProblem> {
        let mut shape = Self::default();
        for_each_record(reader, &mut |record| shape.see(&record))?;
        shape.columns.sort_unstable();
        shape.places = shape.columns.iter().enumerate().map(|(place, name)| (name.clone(), place)).collect();
        if shape.columns.is_empty() {
            return Err(FileProblem::Json("it holds no list of objects such as [{\"order\": …}, …]".to_owned()));
        }
        Ok(shape)
    }

    fn see(&mut self, record: &Value) -> Result<(), FileProblem> {
        for row in rows_of(record) {
            for (name, _) in row {
                if !self.places.contains_key(&name) {
                    if self.columns.len() == MOST_COLUMNS {
                        return Err(FileProblem::TooManyColumns(MOST_COLUMNS + 1));
                    }
                    self.places.insert(name.clone(), self.columns.len());
                    self.columns.push(name);
                }
            }
        }
        Ok(())
    }
}

/// Writes the document's records as comma-separated rows: the second pass.
pub fn write_json(reader: impl Read, shape: &JsonShape, out: impl Write) -> Result<(), FileProblem> {
    let mut rows = Rows::new(out);
    rows.row(&shape.columns)?;
    let mut cells = vec![String::new(); shape.columns.len()];
    for_each_record(reader, &mut |record| {
        for row in rows_of(&record) {
            cells.iter_mut().for_each(String::clear);
            for (name, value) in row {
                if let Some(place) = shape.places.get(&name) {
                    cells[*place] = value;
                }
            }
            rows.row(&cells)?;
        }
        Ok(())
    })?;
    rows.finish()
}

/// One record's rows: one, or one for each of its items.
fn rows_of(record: &Value) -> Vec<Vec<(String, String)>> {
    let Value::Object(fields) = record else { return Vec::new() };
    let items = ITEMS.iter().find_map(|name| match fields.get(*name) {
        Some(Value::Array(items)) if items.iter().any(Value::is_object) => Some((*name, items)),
        _ => None,
    });
    let mut shared = Vec::new();
    for (name, value) in fields {
        if items.is_none_or(|(list, _)| list != name) {
            flatten(name, value, &mut shared);
        }
    }
    let Some((_, items)) = items else { return vec![shared] };
    let row = |item: &Value| {
        let mut row = shared.clone();
        if let Value::Object(fields) = item {
            fields.iter().for_each(|(name, value)| flatten(&format!("Lineitem {name}"), value, &mut row));
        }
        row
    };
    items.iter().map(row).collect()
}

fn flatten(name: &str, value: &Value, row: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(inner, value)| flatten(&format!("{name}.{inner}"), value, row)),
        Value::Null => row.push((name.to_owned(), String::new())),
        Value::String(text) => row.push((name.to_owned(), text.clone())),
        Value::Array(values) if values.iter().all(|value| !value.is_object() && !value.is_array()) => {
            let words: Vec<String> = values.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect();
            row.push((name.to_owned(), words.join("; ")));
        }
        other => row.push((name.to_owned(), other.to_string())),
    }
}

type Each<'a> = &'a mut dyn FnMut(Value) -> Result<(), FileProblem>;

/// Gives each record of a list, of lines, or of the first list of objects in an object, one at a time.
fn for_each_record(reader: impl Read, each: Each<'_>) -> Result<(), FileProblem> {
    let mut problem = None;
    let mut stream = serde_json::Deserializer::from_reader(std::io::BufReader::new(WithoutMark::new(reader)));
    loop {
        let document = Document { each: &mut *each, problem: &mut problem };
        let outcome = document.deserialize(&mut stream);
        if let Some(problem) = problem {
            return Err(problem);
        }
        if let Err(error) = outcome {
            return Err(FileProblem::Json(format!("{error}; export it again")));
        }
        // JSON lines: one document after the other.
        if stream.end().is_ok() {
            return Ok(());
        }
    }
}

struct Document<'a, 'b> {
    each: Each<'a>,
    problem: &'b mut Option<FileProblem>,
}

impl Document<'_, '_> {
    fn give<E: de::Error>(&mut self, record: Value) -> Result<(), E> {
        (self.each)(record).map_err(|problem| {
            *self.problem = Some(problem);
            E::custom("stopped")
        })
    }
}

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of objects, or an object with such a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(record) = list.next_element::<Value>()? {
            self.give(record)?;
        }
        Ok(())
    }

    /// An object around a list (`{"orders": [...]}`), or one record of JSON lines.
    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<(), A::Error> {
        let mut record = serde_json::Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let value = fields.next_value::<Value>()?;
            let is_list = |value: &Value| matches!(value, Value::Array(values) if !values.is_empty() && values.iter().all(Value::is_object));
            if !ITEMS.contains(&name.as_str()) && is_list(&value) && record.values().all(|value| !value.is_string()) {
                let Value::Array(records) = value else { continue };
                for record in records {
                    self.give(record)?;
                }
                while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                return Ok(());
            }
            record.insert(name, value);
        }
        if record.is_empty() { Ok(()) } else { self.give(Value::Object(record)) }
    }
}

/// Leaves out a byte order mark.
struct WithoutMark<R> {
    inner: R,
    start: Option<Vec<u8>>,
    is_looked_at: bool,
}

impl<R: Read> WithoutMark<R> {
    fn new(inner: R) -> Self {
        Self { inner, start: None, is_looked_at: false }
    }
}

impl<R: Read> Read for WithoutMark<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if !self.is_looked_at {
            self.is_looked_at = true;
            let mut start = Vec::new();
            self.inner.by_ref().take(3).read_to_end(&mut start)?;
            self.start = (start != b"\xEF\xBB\xBF").then_some(start);
        }
        match self.start.take() {
            Some(mut start) if !start.is_empty() => {
                let count = start.len().min(buffer.len());
                buffer[..count].copy_from_slice(&start[..count]);
                start.drain(..count);
                self.start = Some(start);
                Ok(count)
            }
            _ => self.inner.read(buffer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(json: &str) -> Result<String, FileProblem> {
        let shape = JsonShape::read(json.as_bytes())?;
        let mut text = Vec::new();
        write_json(json.as_bytes(), &shape, &mut text)?;
        Ok(String::from_utf8(text).expect("it is text"))
    }

    #[test]
    fn lists_lines_and_wrapped_lists_are_the_same_rows() {
        let expected = "address.city,id,total\nBath,1,2.50\n,2,\n";
        let rows = [r#"{"id": 1, "total": "2.50", "address": {"city": "Bath"}}"#, r#"{"id": 2, "total": null}"#];
        assert_eq!(table(&format!("[{}]", rows.join(","))).as_deref(), Ok(expected));
        assert_eq!(table(&rows.join("\n")).as_deref(), Ok(expected));
        assert_eq!(table(&format!("\u{feff}{{\"orders\": [{}], \"next\": \"x\"}}", rows.join(","))).as_deref(), Ok(expected));
    }

    #[test]
    fn items_become_rows_and_long_numbers_keep_their_digits() {
        let json = r#"[{"id": 450789469450789469, "line_items": [{"sku": "007", "price": "1.50"}, {"sku": "B"}], "tags": ["a", "b"]}]"#;
        assert_eq!(table(json).as_deref(), Ok("Lineitem price,Lineitem sku,id,tags\n1.50,007,450789469450789469,a; b\n,B,450789469450789469,a; b\n"));
    }

    #[test]
    fn what_is_no_list_of_objects_is_refused_with_a_sentence() {
        for json in ["{}", "[]", "[1, 2]", r#"{"a": "#, "[{\"a\": 1}"] {
            assert!(matches!(table(json), Err(FileProblem::Json(_))), "{json}");
        }
    }
}

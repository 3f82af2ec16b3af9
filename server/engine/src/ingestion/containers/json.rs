//! JSON documents and JSON lines as rows: nested objects flattened with points, an order's items as a row each.

use super::super::problem::FileProblem;
use super::json_documents::for_each_document;
use super::json_look::{Given, Look};
use super::rows::Rows;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io::{Read, Write};

/// Names of an order's list of items in the JSON of shops: each item becomes a row.
pub(super) const ITEMS: [&str; 8] = ["line_items", "lineItems", "lines", "items", "order_items", "orderItems", "order_lines", "products"];
/// More columns are no table.
const MOST_COLUMNS: usize = 16_384;

/// The columns of a JSON document, in the order of their names: the first of two passes.
#[derive(Debug, Default)]
pub struct JsonShape {
    columns: Columns,
    /// The list in an object around it whose objects are the records; none where documents are records themselves.
    list: Option<String>,
}

/// Names in the order in which they were seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl JsonShape {
    /// Reads the document once for its columns.
    pub fn read(reader: impl Read) -> Result<Self, FileProblem> {
        let mut look = Look::default();
        for_each_document(reader, &mut look)?;
        let (mut columns, list) = look.finish()?;
        columns.names.sort_unstable();
        columns.places = columns.names.iter().enumerate().map(|(place, name)| (name.clone(), place)).collect();
        if columns.names.is_empty() {
            return Err(FileProblem::Json("it holds no list of objects such as [{\"order\": …}, …]".to_owned()));
        }
        Ok(Self { columns, list })
    }
}

impl Columns {
    /// Takes the names of a record.
    pub(super) fn see(&mut self, record: &Value) -> Result<(), FileProblem> {
        rows_of(record).into_iter().flatten().try_for_each(|(name, _)| self.add(name))
    }

    /// Takes the names of others.
    pub(super) fn merge(&mut self, others: Self) -> Result<(), FileProblem> {
        others.names.into_iter().try_for_each(|name| self.add(name))
    }

    fn add(&mut self, name: String) -> Result<(), FileProblem> {
        if !self.places.contains_key(&name) {
            if self.names.len() == MOST_COLUMNS {
                return Err(FileProblem::TooManyColumns(MOST_COLUMNS + 1));
            }
            self.places.insert(name.clone(), self.names.len());
            self.names.push(name);
        }
        Ok(())
    }
}

/// Writes the document's records as comma-separated rows: the second pass.
pub fn write_json(reader: impl Read, shape: &JsonShape, out: impl Write) -> Result<(), FileProblem> {
    let mut rows = Rows::new(out);
    rows.row(&shape.columns.names)?;
    let mut cells = vec![String::new(); shape.columns.names.len()];
    let mut give = |record: Value| {
        for row in rows_of(&record) {
            cells.iter_mut().for_each(String::clear);
            for (name, value) in row {
                if let Some(place) = shape.columns.places.get(&name) {
                    cells[*place] = value;
                }
            }
            rows.row(&cells)?;
        }
        Ok(())
    };
    for_each_document(reader, &mut Given { list: shape.list.as_deref(), give: &mut give, document: Map::new() })?;
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
    fn a_list_is_found_in_whatever_stands_around_it() {
        let rows = r#"[{"id": 1, "sku": "A"}, {"id": 2, "sku": "B"}]"#;
        let expected = Ok("id,sku\n1,A\n2,B\n");
        for name in ["data", "orders", "products", "items", "lines"] {
            for around in [
                format!(r#"{{"{name}": {rows}}}"#),
                format!(r#"{{"status": "ok", "{name}": {rows}}}"#),
                format!(r#"{{"{name}": {rows}, "message": "done", "errors": [{{"code": 1}}], "page": {{"next": 2}}}}"#),
                format!(r#"{{"warnings": [{{"text": "x"}}], "success": true, "{name}": {rows}}}"#),
            ] {
                assert_eq!(table(&around).as_deref(), expected, "{around}");
            }
        }
        let pages = [r#"{"status": "ok", "data": [{"id": 1, "sku": "A"}]}"#, r#"{"status": "ok", "data": [{"id": 2, "sku": "B"}]}"#];
        assert_eq!(table(&pages.join("\n")).as_deref(), expected);
    }

    #[test]
    fn an_order_with_lists_is_an_order_alone_or_among_others() {
        let orders = [
            r#"{"id": 1, "tags": [{"name": "x"}, {"name": "y"}], "line_items": [{"sku": "A"}]}"#,
            r#"{"id": 2, "tags": [], "line_items": [{"sku": "B"}, {"sku": "C"}]}"#,
        ];
        let text = table(&orders.join("\n")).expect("rows");
        assert_eq!(text.lines().next(), Some("Lineitem sku,id,tags"));
        assert_eq!(text.lines().skip(1).map(|row| row.split(',').next().unwrap_or_default()).collect::<Vec<_>>(), ["A", "B", "C"]);
        assert_eq!(table(orders[0]).expect("rows").lines().count(), 2);
        let paid = [r#"{"id": 1, "note": "a", "payments": [{"sum": 1}]}"#, r#"{"id": 2, "note": "b", "payments": [{"sum": 1}]}"#];
        assert_eq!(table(&paid.join("\n")).expect("rows").lines().next(), Some("id,note,payments"));
    }

    #[test]
    fn a_long_list_is_no_orders_items() {
        let rows: Vec<String> = (0..5_000).map(|number| format!(r#"{{"sku": "{number}"}}"#)).collect();
        let text = table(&format!(r#"{{"name": "Export of May", "items": [{}]}}"#, rows.join(","))).expect("rows");
        assert_eq!((text.lines().next(), text.lines().count()), (Some("sku"), 5_001));
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

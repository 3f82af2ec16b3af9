//! The awkward files of csv-spectrum, cell by cell as their authors say.

use crate::support::real_file;
use engine::ingestion::inspect;
use serde_json::{Map, Value};

const FILES: [&str; 12] = [
    "comma_in_quotes",
    "empty",
    "empty_crlf",
    "escaped_quotes",
    "json",
    "location_coordinates",
    "newlines",
    "newlines_crlf",
    "quotes_and_newlines",
    "simple",
    "simple_crlf",
    "utf8",
];

/// One row is written without a list around it.
fn expected(name: &str) -> Option<Vec<Map<String, Value>>> {
    let json: Value = serde_json::from_slice(&real_file(&format!("csv-spectrum/json/{name}.json"))?).expect("it is JSON");
    let row = |value: &Value| value.as_object().expect("a row").clone();
    Some(match &json {
        Value::Array(rows) => rows.iter().map(row).collect(),
        one => vec![row(one)],
    })
}

#[test]
fn every_file_is_split_as_its_authors_say() {
    for name in FILES {
        let Some(mut expected) = expected(name) else { return };
        let mut bytes = real_file(&format!("csv-spectrum/csvs/{name}.csv")).expect("it is there");
        if name.ends_with("_crlf") && !bytes.contains(&b'\r') {
            // Git took the carriage returns out of these; their expected cells have them.
            bytes = String::from_utf8(bytes).expect("it is text").replace('\n', "\r\n").into_bytes();
        }
        let inspection = inspect(&bytes).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        if name == "location_coordinates" {
            // The two files of its authors differ in this cell: the number of the one was made anonymous, that of the other was not.
            expected[0].insert("Contact Phone Number".to_owned(), "2095257564".into());
        }
        let rows: Vec<Vec<&str>> =
            expected.iter().map(|row| inspection.headers.iter().map(|header| row[header].as_str().expect("a text")).collect()).collect();
        assert_eq!(inspection.headers.len(), expected[0].len(), "{name}");
        assert_eq!(
            (&inspection.rows, &inspection.below),
            (&rows.into_iter().map(|row| row.into_iter().map(str::to_owned).collect()).collect(), &Vec::new()),
            "{name}"
        );
    }
}

//! What vendors' files do to readers. Each item of the list has its test:
//!
//! | what files do | where it is tested |
//! |---|---|
//! | notes, blank lines, lines of commas above the header; totals below | `set_aside` |
//! | byte order marks, UTF-8, UTF-16, Windows-1252 and 1254, ISO 8859-9, four delimiters, three line ends, quotes | `fuzzing::dialects`, `csv_spectrum` |
//! | a few letters in another encoding; mojibake; tabs and apostrophes in ids; `--` for nothing; types that widen; ragged rows; NUL | here |
//! | commas and blanks in names; columns named after warehouses; 224 columns; generations; twins | here and `vendor_headers` |
//! | decimals, thousands, day or month first, serial days | `fuzzing::cells`, `awkward_files`, `ambiguities` |
//! | unclosed quotes, 100 MB in a cell, a million columns, endless lines | `awkward_files`, `fuzzing::bounded` |
//! | workbooks of four kinds, JSON, Parquet | `workbooks`, `parquet` |
//! | archives, bombs, names with paths, formulas | `sources::containers` and `sources::bad_input` of `services` |

use crate::support::{read, real_file};
use chrono_tz::Europe::{Istanbul, London};
use engine::ingestion::{inspect, recognise};

const HEADER: &str = "Order ID,Order Date,SKU,Product,Quantity,Price,Customer ID\n";

#[test]
fn tabs_and_apostrophes_are_no_part_of_ids_and_dashes_are_nothing() {
    let rows = "\"\t576460752303423488\",2026-01-05,'007,--,1,2.50,--\n576460752303423488\t,2026-01-05,007,—,1,2.50,'0042\n";
    let file = read(format!("{HEADER}{rows}").as_bytes(), "GBP", London);
    let ids: Vec<_> =
        file.lines.iter().map(|line| (line.order_number.as_str(), line.sku.as_deref(), line.title.as_deref(), line.customer_id.as_deref())).collect();
    let number = "576460752303423488";
    assert_eq!(ids, [(number, Some("007"), None, None), (number, Some("007"), None, Some("0042"))]);
}

#[test]
fn ragged_rows_and_rows_with_zeros_cost_only_themselves() {
    let rows = "1,2026-01-05,A,Tea,1,2.50,C\n2,2026-01-05,A,Tea,1\n3,2026-01-05,A,Tea,1,2.50,C,,\n4,2026-01-05,A,Tea, hot,1,2.50,C\n5,2026-01-05,A,T\0ea,1,2.50,C\n6,2026-01-05,A,Tea,1,2.50,C\n";
    let file = read(format!("{HEADER}{rows}").as_bytes(), "GBP", London);
    assert_eq!(file.lines.iter().map(|line| line.order_number.as_str()).collect::<Vec<_>>(), ["1", "3", "6"]);
    let issues: Vec<_> = file.issues.iter().map(|issue| (issue.line, issue.reason.as_str())).collect();
    assert_eq!(issues.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 5, 6]);
    let words = ["has 5 cells, the header has 7", "must stand in quotation marks", "NUL bytes"];
    assert!(issues.iter().zip(words).all(|((_, reason), word)| reason.contains(word)), "{issues:?}");
    assert!(!file.issues[2].raw.contains('\0'));
}

#[test]
fn columns_whose_values_grow_wider_are_read_to_their_end() {
    let mut text = HEADER.to_owned();
    (0..900).for_each(|number| text += &format!("{number},2026-01-05,A,Tea,{},{},{}\n", number % 2, 5, number % 2));
    text += "900,2026-01-05,A,Tea,2,5,yes\n901,2026-01-05,A,Tea,0.333,4.99,2\n902,2026-01-05,A,Tea,1,\"1,234.50\",x\n";
    let file = read(text.as_bytes(), "GBP", London);
    assert_eq!((file.lines.len(), file.issues.len()), (903, 0));
    let last: Vec<_> = file.lines[900..].iter().map(|line| (line.quantity_milli, line.amount_minor, line.customer_id.as_deref())).collect();
    assert_eq!(last, [(2_000, 1_000, Some("yes")), (333, 166, Some("2")), (1_000, 123_450, Some("x"))]);
}

#[test]
fn a_few_letters_in_another_encoding_cost_no_row() {
    let mut bytes = HEADER.as_bytes().to_vec();
    (0..300).for_each(|number| bytes.extend(format!("{number},2026-01-05,A,Größe,1,2.50,C\n").bytes()));
    bytes.extend(b"300,2026-01-05,A,Gr\xf6\xdfe,1,2.50,C\n");
    let file = read(&bytes, "EUR", London);
    assert_eq!((file.lines.len(), file.issues.len(), file.lines[0].title.as_deref()), (301, 0, Some("Größe")));
    assert!(file.lines[300].title.as_deref().is_some_and(|title| title.starts_with("Gr") && title.ends_with('e')));
}

/// A vendor's header from the folder of real ones.
fn real_header(id: &str) -> Option<Vec<String>> {
    let known: serde_json::Value = serde_json::from_slice(&real_file("vendor-headers/vendor_headers.json")?).expect("it is JSON");
    let entry = known.as_array().expect("a list").iter().find(|entry| entry["id"] == id).expect("it is there");
    Some(serde_json::from_value(entry["header"].clone()).expect("names"))
}

fn line(cells: &[String], delimiter: char) -> String {
    let quoted = |cell: &String| if cell.contains([delimiter, '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() };
    cells.iter().map(quoted).collect::<Vec<_>>().join(&delimiter.to_string()) + "\n"
}

#[test]
fn names_with_delimiters_blanks_and_broken_letters_are_still_the_vendors() {
    for (id, vendor, delimiter) in [("prestashop_products", "prestashop", ';'), ("trendyol_orders", "trendyol", ','), ("ikas_products", "ikas", ',')]
    {
        let Some(header) = real_header(id) else { return };
        let values: Vec<String> = (0..header.len()).map(|number| format!("{number}")).collect();
        let text = line(&header, delimiter) + &line(&values, delimiter).repeat(3);
        // UTF-8 that a program took for Windows-1252 and wrote as UTF-8 again.
        let (broken, ..) = encoding_rs::WINDOWS_1252.decode(text.as_bytes());
        for text in [text.clone(), text.to_uppercase(), broken.into_owned()] {
            let inspection = inspect(text.as_bytes()).expect("a table");
            assert_eq!((inspection.headers.len(), inspection.rows.len()), (header.len(), 3), "{id}");
            assert_eq!(recognise(&inspection.headers).vendor, Some(vendor), "{id}: {}", &text[..200]);
        }
    }
}

#[test]
fn a_header_as_wide_as_the_largest_order_is_read_by_its_names() {
    let mut header: Vec<String> =
        ["Order Number", "Order Date", "Customer Note", "Item Name", "Quantity", "Item Cost", "Country"].map(str::to_owned).into();
    (1..=31).for_each(|item| {
        header.extend(["name", "product_id", "sku", "quantity", "total", "tax", "meta"].map(|part| format!("line_item_{item}_{part}")))
    });
    let mut row: Vec<String> = ["1", "2026-01-05", "", "Tea", "2", "2.50", "TR"].map(str::to_owned).into();
    row.resize(header.len(), String::new());
    let text = line(&header, ',') + &line(&row, ',');
    let file = read(text.as_bytes(), "TRY", Istanbul);
    assert_eq!((header.len(), file.lines.len(), file.lines[0].amount_minor), (224, 1, 500));
}

//! Files as they should not be, and are.

use crate::support::{read, read_with};
use chrono_tz::Europe::{Berlin, London};
use domain::sources::{ColumnMeaning, Mapping};
use engine::ingestion::{FileProblem, LineReader, ReadContext, inspect, recognise};
use proptest::prelude::*;

const HEADER: &str = "Order,Date,Product,Quantity,Price,Country\n";

fn rows(rows: &str) -> String {
    format!("{HEADER}{rows}")
}

#[test]
fn every_bad_row_is_an_issue_with_its_line_and_its_text() {
    let text = rows(
        "1,2011-12-09,a,1,2.50,UK\n2,soon,a,1,2.50,UK\n3,2011-12-09,a,one,2.50,UK\n4,2011-12-09,a,1\n5,2011-12-09,a,1,,UK\n,2011-12-09,a,1,2,UK\n6,2011-02-30,a,1,2,UK\n7,2011-12-09,\"x\ny\",1,999999999999999999,UK\n8,2011-12-09,a,1,2,UK\n",
    );
    let file = read(text.as_bytes(), "GBP", London);
    assert_eq!(file.lines.iter().map(|line| line.row_line).collect::<Vec<_>>(), [2, 11]);
    let issues: Vec<_> = file.issues.iter().map(|issue| (issue.line, issue.column.as_deref())).collect();
    let expected = [(3, Some("Date")), (4, Some("Quantity")), (5, None), (6, Some("Price")), (7, Some("Order")), (8, Some("Date")), (9, None)];
    assert_eq!(issues[..6], expected[..6]);
    assert_eq!(file.issues[6].line, 9);
    assert_eq!(file.issues[0].raw, "2,soon,a,1,2.50,UK");
    assert_eq!(file.issues[6].raw, "7,2011-12-09,\"x\ny\",1,999999999999999999,UK");
    assert!(file.issues[6].reason.contains("too large"));
}

#[test]
fn a_number_that_no_sale_has_is_an_issue_of_its_row() {
    let text = rows(
        "1,2011-12-09,a,1000000000,1,UK\n2,2011-12-09,a,1000000001,0,UK\n3,2011-12-09,a,-5012345678900,0.01,UK\n4,2011-12-09,a,1,100000000000.00,UK\n5,2011-12-09,a,1,100000000000.01,UK\n6,2011-12-09,a,200,1000000000,UK\n",
    );
    let file = read(text.as_bytes(), "GBP", London);
    assert_eq!(file.lines.iter().map(|line| line.amount_minor).collect::<Vec<_>>(), [100_000_000_000, 10_000_000_000_000]);
    let issues: Vec<_> = file.issues.iter().map(|issue| (issue.line, issue.column.as_deref())).collect();
    assert_eq!(issues, [(3, Some("Quantity")), (4, Some("Quantity")), (6, Some("Price")), (7, Some("Price"))]);
    assert!(file.issues.iter().all(|issue| issue.reason.contains("too large")), "{:?}", file.issues);
}

#[test]
fn day_and_month_are_told_by_the_whole_column() {
    let mut text = HEADER.to_owned();
    for order in 0..400 {
        text.push_str(&format!("{order},{:02}/{:02}/2011,a,1,2.50,UK\n", order % 12 + 1, order % 9 + 1));
    }
    let ambiguous = read(text.as_bytes(), "GBP", London);
    assert_eq!((ambiguous.passes, ambiguous.lines[1].day.as_str()), (1, "2011-02-02"));
    assert_eq!(ambiguous.lines[11].day, "2011-03-12");
    assert!(ambiguous.evidence.remarks[0].contains("whether day or month"));
    // In the midst of the file, where nobody looks before it is read.
    let half = text[..text.len() * 2 / 3].rfind('\n').expect("it has lines") + 1;
    text.insert_str(half, "last,12/31/2011,a,1,2.50,UK\n");
    let certain = read(text.as_bytes(), "GBP", London);
    assert_eq!((certain.passes, certain.issues.len(), certain.lines[11].day.as_str()), (2, 0, "2011-12-03"));
}

#[test]
fn decimal_commas_are_told_by_the_whole_column() {
    let mut text = "Nr;x\n".to_owned();
    text.clear();
    text.push_str("Bestellnummer;Datum;Menge;Einzelpreis\n");
    for order in 0..300 {
        text.push_str(&format!("{order};09.12.2011;1;18.500\n"));
    }
    assert_eq!(read(text.as_bytes(), "EUR", Berlin).lines[0].amount_minor, 1_850);
    let half = text.rfind("250;").expect("it has so many rows");
    text.insert_str(half, "x;09.12.2011;2;1.234,50 €\n");
    let file = read(text.as_bytes(), "EUR", Berlin);
    assert_eq!((file.passes, file.lines[0].amount_minor, file.lines[250].amount_minor), (2, 1_850_000, 246_900));
}

#[test]
fn first_rows_lend_their_values_to_the_rows_of_their_order() {
    let mapping = |headers: &str| {
        let mut mapping = recognise(&headers.trim().split(',').map(str::to_owned).collect::<Vec<_>>()).mapping.expect("understood");
        mapping.order_values_on_first_row = true;
        mapping
    };
    let header = "Order,Date,Quantity,Price,Currency,Order Total\n";
    let text = format!("{header}1,2011-12-09,1,2,EUR,9\n1,,1,3,,\n2,soon,1,1,,5\n2,,1,1,,\n3,2011-12-10,1,1,,\n");
    let file = read_with(text.as_bytes(), "GBP", London, mapping(header));
    let lines: Vec<_> =
        file.lines.iter().map(|line| (line.order_number.as_str(), line.day.as_str(), line.currency, line.stated_total_minor)).collect();
    assert_eq!(lines, [("1", "2011-12-09", "EUR", Some(900)), ("1", "2011-12-09", "EUR", None), ("3", "2011-12-10", "GBP", None)]);
    assert_eq!(file.issues.iter().map(|issue| issue.line).collect::<Vec<_>>(), [4, 5]);
    assert!(file.issues[1].reason.contains("line 4"));
}

#[test]
fn notes_above_the_header_keep_the_lines_of_the_file() {
    let text = format!("Report\n\n,,,,,\n{}", rows("1,2011-12-09,a,2,2.50,UK\n"));
    let file = read(text.as_bytes(), "GBP", London);
    assert_eq!((file.lines[0].row_line, file.lines[0].amount_minor), (5, 500));
}

#[test]
fn an_unclosed_quote_and_a_huge_cell_cost_their_own_row() {
    let text = rows(&format!(
        "1,2011-12-09,a,1,2,UK\n2,2011-12-09,{},1,2,UK\n3,2011-12-09,a,1,2,UK\n4,2011-12-09,\"a,1,2,UK\n5,2011-12-09,a,1,2,UK\n",
        "x".repeat(3_000_000)
    ));
    let file = read(text.as_bytes(), "GBP", London);
    assert_eq!(file.lines.iter().map(|line| line.order_number.as_str()).collect::<Vec<_>>(), ["1", "3", "5"]);
    assert_eq!(file.issues.iter().map(|issue| issue.line).collect::<Vec<_>>(), [3, 5]);
    assert!(file.issues[0].raw.len() < 20_000);
}

#[test]
fn weights_and_discounts_are_exact() {
    let text = "Order,Date,Quantity,Unit Price,Line Discount\n1,2011-12-09,0.333,9.99,\n2,2011-12-09,-2,5.00,1.00\n";
    let file = read(text.as_bytes(), "GBP", London);
    assert_eq!(file.lines.iter().map(|line| (line.quantity_milli, line.amount_minor)).collect::<Vec<_>>(), [(333, 333), (-2000, -900)]);
}

#[test]
fn a_mapping_to_an_absent_column_is_refused_in_words() {
    let text = rows("1,2011-12-09,a,1,2,UK\n");
    let inspection = inspect(text.as_bytes()).expect("a table");
    let mut mapping: Mapping = recognise(&inspection.headers).mapping.expect("understood");
    mapping.columns.insert(ColumnMeaning::City, "Town".to_owned());
    let context = ReadContext { currency: "GBP".parse().expect("a currency"), time_zone: London };
    let refused = LineReader::new(text.as_bytes(), &inspection, &mapping, context).err();
    assert_eq!(refused, Some(FileProblem::ColumnMissing("Town".to_owned())));
}

#[test]
fn a_list_of_orders_without_lines_is_read_by_their_totals() {
    let text = "Order Number,Order Date,Customer Name,Total\n1,2011-12-09,Ada,12.50\n2,2011-12-09,Ben,-3.00\n";
    let file = read(text.as_bytes(), "GBP", London);
    let amounts: Vec<_> = file.lines.iter().map(|line| (line.quantity_milli, line.amount_minor, line.stated_total_minor)).collect();
    assert_eq!(amounts, [(1000, 1250, Some(1250)), (1000, -300, Some(-300))]);
}

proptest! {
    #[test]
    fn every_row_is_a_line_or_an_issue_after_at_most_two_passes(
        rows in proptest::collection::vec(("(0?[1-9]|[12][0-9]|3[01])[/.](0?[1-9]|1[0-9]|2[0-9])[/.](2011|11)", "[0-9]{1,4}[.,][0-9]{1,3}([.,][0-9]{2})?"), 1..40)
    ) {
        let mut text = "Order;Date;Quantity;Price\n".to_owned();
        for (order, (date, price)) in rows.iter().enumerate() {
            text.push_str(&format!("{order};{date};1;{price}\n"));
        }
        let file = read(text.as_bytes(), "EUR", Berlin);
        prop_assert_eq!(file.lines.len() + file.issues.len(), rows.len());
        prop_assert!(file.passes <= 2);
    }

    #[test]
    fn any_bytes_below_a_header_are_rows_or_issues(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
        let text = [HEADER.as_bytes(), b"1,2011-12-09,a,1,2,UK\n", &bytes].concat();
        let Ok(inspection) = inspect(&text) else { return Ok(()) };
        let Some(mapping) = recognise(&inspection.headers).mapping else { return Ok(()) };
        let context = ReadContext { currency: "GBP".parse().expect("a currency"), time_zone: London };
        let mut reader = LineReader::new(text.as_slice(), &inspection, &mapping, context).expect("the columns are there");
        while reader.next_line().is_some() {}
        prop_assert_eq!(reader.bytes_read(), text.len() as u64);
    }
}

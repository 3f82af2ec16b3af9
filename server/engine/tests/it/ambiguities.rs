//! What a file leaves open is asked with its evidence; what any of its rows decides is not.

use chrono_tz::Europe::Berlin;
use domain::sources::{Ambiguity, ChoiceValue, DateOrder, Mapping};
use engine::ingestion::{Habits, OpenReadings, Rows, ambiguities, inspect, open_readings, recognise};
use std::io::{Cursor, Read};

fn open(text: &str, shop: &str) -> Vec<Ambiguity> {
    let inspection = inspect(text.as_bytes()).expect("a table");
    let guess = recognise(&inspection.headers).guess;
    let text = text.to_owned();
    ambiguities(&inspection, &guess, shop.parse().expect("a currency"), || Some(Box::new(Cursor::new(text.into_bytes())) as Box<dyn Read>))
}

fn questions(text: &str) -> Vec<String> {
    open(text, "EUR").into_iter().map(|ambiguity| format!("{}: {}", ambiguity.column, ambiguity.question)).collect()
}

#[test]
fn dates_that_could_be_either_are_asked_with_both_readings() {
    let text = "Order,Date,Quantity,Price,Currency\n1,01/02/2024,1,2.50,EUR\n2,03/04/2024,1,2.50,EUR\n3,05/05/2024,1,2.50,EUR\n";
    let asked = open(text, "EUR");
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert_eq!(asked[0].evidence, ["“01/02/2024” is 2024-02-01 or 2024-01-02", "“03/04/2024” is 2024-04-03 or 2024-03-04"]);
    let values: Vec<_> = asked[0].choices.iter().map(|choice| choice.value.clone()).collect();
    assert_eq!(values, [ChoiceValue::DateOrder(DateOrder::DayMonthYear), ChoiceValue::DateOrder(DateOrder::MonthDayYear)]);
    assert_eq!(open(text, "USD")[0].choices[0].value, ChoiceValue::DateOrder(DateOrder::MonthDayYear), "what a shop is used to stands first");
}

#[test]
fn one_row_anywhere_answers() {
    let many = |odd: &str| {
        let rows = "1,01/02/2024,1,1.250,EUR\n".repeat(700);
        format!("Order,Date,Quantity,Price,Currency\n{rows}{odd}{rows}")
    };
    assert_eq!(questions(&many("")).len(), 2);
    assert_eq!(questions(&many("2,31/01/2024,1,1.25,EUR\n")), Vec::<String>::new());
    assert_eq!(questions(&many("2,31/01/2024,1,1.250,EUR\n")), ["Price: Does the point in these numbers part thousands or decimals?"]);
    assert_eq!(questions("Order,Date,Quantity,Price,Currency\n1,2024-01-02,1,2,EUR\n"), Vec::<String>::new());
}

#[test]
fn numbers_that_could_be_thousands_are_asked_and_the_answer_is_what_is_read() {
    let text = "Order;Date;Quantity;Price;Currency\n1;2024-01-31;1;1.234;EUR\n2;2024-01-31;1;18.500;EUR\n";
    let asked = open(text, "EUR");
    assert_eq!(asked[0].evidence, ["“1.234” is 1234 or 1.234", "“18.500” is 18500 or 18.500"]);
    for choice in &asked[0].choices {
        let ChoiceValue::DecimalComma(comma) = choice.value else { panic!("{choice:?}") };
        let inspection = inspect(text.as_bytes()).expect("a table");
        let mapping = Mapping { decimal_comma: Some(comma), ..recognise(&inspection.headers).guess };
        let file = crate::support::read_with(text.as_bytes(), "EUR", Berlin, mapping);
        assert_eq!(file.lines[1].amount_minor, if comma { 1_850_000 } else { 1_850 });
    }
}

#[test]
fn a_currency_is_asked_only_where_nothing_says_it() {
    let asked = open("Order,Date,Quantity,Price\n1,2024-01-31,1,2.50\n", "GBP");
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].choices.first().map(|choice| choice.label.as_str()), Some("Pound Sterling (GBP)"));
    assert!(asked[0].evidence[0].contains("2.50"), "{asked:?}");
    for text in ["Order,Date,Quantity,Price\n1,2024-01-31,1,€2.50\n", "Order,Date,Quantity,Price,Currency\n1,2024-01-31,1,2.50,USD\n"] {
        assert_eq!(open(text, "GBP"), [], "{text}");
    }
}

fn left_open(text: &str, habits: Habits) -> OpenReadings {
    let inspection = inspect(text.as_bytes()).expect("a table");
    let guess = recognise(&inspection.headers).guess;
    let open = || Some(Box::new(Cursor::new(text.to_owned().into_bytes())) as Box<dyn Read>);
    let rows = Rows { open: &open, most_bytes: u64::MAX, is_wanted: &|| true };
    open_readings(&inspection, &guess, "EUR".parse().expect("a currency"), habits, &rows)
}

#[test]
fn only_what_no_row_decides_is_left_open() {
    let nothing = OpenReadings::default();
    let file = |date: &str, price: &str, last: &str| {
        let rows = format!("1,{date},1,{price},EUR\n").repeat(900);
        format!("Order,Date,Quantity,Price,Currency\n{rows}{last}")
    };
    let plain = Habits::default();
    let open = left_open(&file("01/02/2026", "18.500", ""), plain);
    assert_eq!(open.decimals.map(|asked| asked.evidence), Some(vec!["“18.500” is 18500 or 18.500".to_owned()]));
    assert_eq!((open.dates, open.has_two_digit_years), (None, false), "dates that could be either are read and told");
    assert_eq!(left_open(&file("01/02/2026", "18.500", "2,01/02/2026,1,2.50,EUR\n"), plain), nothing);
    let years = left_open(&file("01/02/26", "2.50", ""), plain);
    assert_eq!(
        (years.dates.map(|asked| asked.evidence), years.has_two_digit_years),
        (Some(vec!["“01/02/26” is 2026-02-01 or 2026-01-02".to_owned()]), true)
    );
    assert_eq!(left_open(&file("01/02/26", "2.50", "2,31/01/26,1,2.50,EUR\n"), plain), nothing);
    let same = left_open(&file("02/02/26", "2.50", ""), plain);
    assert_eq!((same.dates, same.has_two_digit_years), (None, true));
    let habit = Habits { date_order: Some(DateOrder::MonthDayYear), decimal_comma: None };
    assert!(left_open(&file("01/02/2026", "2.50", ""), habit).dates.is_some());
}

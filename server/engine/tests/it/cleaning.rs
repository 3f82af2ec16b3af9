//! What the readers say they cleaned: changed, not changed, refused.

use domain::sources::{ColumnMeaning as M, FileKind, Mapping};
use engine::ingestion::{CleaningKind as K, CleaningLog, LineReader, ReadContext, RecordsReader, inspect};
use std::collections::BTreeMap;

fn mapping(kind: FileKind, columns: &[(M, &str)]) -> Mapping {
    Mapping { columns: columns.iter().map(|(meaning, header)| (*meaning, (*header).to_owned())).collect(), kind, ..Mapping::default() }
}

fn context() -> ReadContext {
    ReadContext { currency: "EUR".parse().expect("a currency"), time_zone: chrono_tz::Europe::Berlin }
}

fn counts(log: &CleaningLog) -> BTreeMap<String, i64> {
    log.steps().into_iter().map(|step| (step.name, step.changed)).collect()
}

/// A line's texts: number, product, customer, address, hour.
type Texts = (String, String, String, String, u8);

fn lines(text: &str, mapping: &Mapping) -> (Vec<Result<Texts, String>>, CleaningLog) {
    let inspection = inspect(text.as_bytes()).expect("it is a table");
    let mut reader = LineReader::new(text.as_bytes(), &inspection, mapping, context()).expect("the columns are there");
    let mut rows = Vec::new();
    while let Some(row) = reader.next_line() {
        let own = |text: Option<std::borrow::Cow<'_, str>>| text.unwrap_or_default().into_owned();
        let texts = row.map(|line| (line.order_number.into_owned(), own(line.title), own(line.customer_id), own(line.customer_email), line.hour));
        rows.push(texts.map_err(|issue| issue.reason));
    }
    (rows, reader.cleaning().clone())
}

const COLUMNS: [(M, &str); 8] = [
    (M::OrderNumber, "No"),
    (M::OrderedAt, "When"),
    (M::OrderedTime, "Time"),
    (M::ProductName, "What"),
    (M::Quantity, "Pieces"),
    (M::UnitPrice, "Price"),
    (M::CustomerId, "Customer"),
    (M::CustomerEmail, "Mail"),
];

#[test]
fn an_orders_store_is_read_from_its_own_column_or_that_of_the_location() {
    let text = "No,When,What,Pieces,Price,Branch,Place\n1001,2026-01-05,Tea,1,2.50,Leeds \u{a0}North,Aisle 3\n1002,2026-01-05,Tea,1,2.50,,\n";
    let stores = |columns: &[(M, &str)]| {
        let mapping = mapping(FileKind::Orders, &[&COLUMNS[..2], &COLUMNS[3..6], columns].concat());
        let inspection = inspect(text.as_bytes()).expect("it is a table");
        let mut reader = LineReader::new(text.as_bytes(), &inspection, &mapping, context()).expect("the columns are there");
        let mut stores = Vec::new();
        while let Some(row) = reader.next_line() {
            stores.push(row.expect("it reads").stated.store.map(std::borrow::Cow::into_owned));
        }
        (stores, counts(reader.cleaning()).get("blanks_collapsed").copied())
    };
    assert_eq!(stores(&[(M::Store, "Branch"), (M::Location, "Place")]), (vec![Some("Leeds North".to_owned()), None], Some(1)));
    assert_eq!(stores(&[(M::Location, "Place")]), (vec![Some("Aisle 3".to_owned()), None], None));
    assert_eq!(stores(&[]), (vec![None, None], None));
}

#[test]
fn a_row_is_cleaned_and_what_was_changed_is_counted_once() {
    let text = "No,When,Time,What,Pieces,Price,Customer,Mail\n\
        '1001,2026-01-05,10:15:00,Green\u{a0} tea,1,2.50,17850.0,Ada@Example.com\n\
        1002,2026-01-05,,Tea,1,2.50,--,\n";
    let (rows, log) = lines(text, &mapping(FileKind::Orders, &COLUMNS));
    let row = |number: &str, name: &str, customer: &str, mail: &str, hour| {
        Ok((number.to_owned(), name.to_owned(), customer.to_owned(), mail.to_owned(), hour))
    };
    assert_eq!(rows, [row("1001", "Green tea", "17850", "ada@example.com", 10), row("1002", "Tea", "", "", 0)]);
    let expected = ["apostrophes_removed", "blanks_collapsed", "decimals_of_ids_removed", "emails_lowered", "nothing_emptied", "times_joined"];
    assert_eq!(counts(&log), expected.into_iter().map(|step| (step.to_owned(), 1)).collect());
    let times = log.steps().into_iter().find(|step| step.name == "times_joined").expect("times were joined");
    assert_eq!((times.samples[0].line, times.samples[0].after.as_str()), (2, "2026-01-05 10:15:00"));
}

#[test]
fn a_row_that_is_refused_is_not_cleaned() {
    let text = "No,When,Time,What,Pieces,Price,Customer,Mail\n1,2026-01-05,soon, Tea ,1,2.50,,\n2,2026-01-05,,Tea ,1,lots,,A@B.C\n3,5/1/2026,10:00,Tea,1,2,,\n";
    let (rows, log) = lines(text, &mapping(FileKind::Orders, &COLUMNS));
    let reasons: Vec<_> = rows.iter().map(|row| row.as_ref().err().map(String::as_str)).collect();
    assert_eq!(reasons, [Some("“soon” is not a time such as 14:05"), Some("“lots” is not a number such as 1234.50"), None]);
    assert_eq!(counts(&log), BTreeMap::from([("times_joined".to_owned(), 1)]));
}

#[test]
fn dates_that_carry_midnight_or_their_own_time_meet_a_column_of_times() {
    let text = "No,When,Time,What,Pieces,Price,Customer,Mail\n\
        1,2026-01-05 00:00:00,1899-12-31 21:05:00,Tea,1,2,,\n\
        2,2026-01-05 08:30:00,10:00,Tea,1,2,,\n\
        3,01/13/26,\"3:07 PM\",Tea,1,2,,\n\
        4,never,10:00,Tea,1,2,,\n";
    let usual = mapping(FileKind::Orders, &COLUMNS);
    let (rows, _) = lines(text, &Mapping { date_order: Some(domain::sources::DateOrder::MonthDayYear), ..usual });
    let hours: Vec<_> = rows.iter().map(|row| row.as_ref().map(|texts| texts.4).map_err(String::as_str)).collect();
    assert_eq!(hours, [Ok(21), Ok(8), Ok(15), Err("“never” is not a date such as 2011-12-09 or 9 Dec 2011 12:50")]);
}

#[test]
fn values_of_an_orders_first_row_hold_for_its_rows_and_are_noted_once() {
    let columns = [(M::OrderNumber, "No"), (M::OrderedAt, "When"), (M::LineAmount, "Amount"), (M::CustomerEmail, "Mail"), (M::Country, "Land")];
    let first = Mapping { order_values_on_first_row: true, ..mapping(FileKind::Orders, &columns) };
    let text = "No,When,Amount,Mail,Land\n1,2026-01-05,5,A@B.C,Deutschland\n1,,6,,\n1,,7,,\n2,2026-01-06,8,,DE\n";
    let (rows, log) = lines(text, &first);
    assert!(rows.iter().all(Result::is_ok), "{rows:?}");
    let expected = [("countries_to_codes", 1), ("emails_lowered", 1), ("filled_from_first_row", 2)];
    assert_eq!(counts(&log), expected.map(|(step, count)| (step.to_owned(), count)).into());
}

#[test]
fn signs_that_say_nothing_are_turned_and_said() {
    let columns = [(M::OrderNumber, "No"), (M::OrderedAt, "When"), (M::LineAmount, "Amount"), (M::Discount, "Off"), (M::Fee, "Fee")];
    let (_, log) = lines("No,When,Amount,Off,Fee\n1,2026-01-05,5,-1.00,0.30\n2,2026-01-05,-5,-0.00,-0.30\n", &mapping(FileKind::Orders, &columns));
    assert_eq!(log.changed(K::SignsTurned), 2);
}

#[test]
fn phones_take_the_rows_country_or_the_shops() {
    let columns = [(M::CustomerEmail, "Mail"), (M::Phone, "Phone"), (M::Country, "Land")];
    let text = "Mail,Phone,Land\na@b.c,030 901820,\nb@b.c,020 7946 0018,UK\nc@b.c,'+61412000999,AU\nd@b.c,12,\ne@b.c,none,\nf@b.c,+4930901820,DE\n";
    let inspection = inspect(text.as_bytes()).expect("it is a table");
    let mapping = mapping(FileKind::Customers, &columns);
    let mut reader = RecordsReader::new(text.as_bytes(), &inspection, &mapping, context()).expect("the columns are there");
    let mut phones = Vec::new();
    while let Some(record) = reader.next_record() {
        phones.push(record.expect("it reads").text(M::Phone).map(str::to_owned));
    }
    let told: Vec<_> = phones.iter().map(Option::as_deref).collect();
    assert_eq!(told, [Some("+4930901820"), Some("+442079460018"), Some("+61412000999"), Some("12"), None, Some("+4930901820")]);
    let log = reader.cleaning();
    assert_eq!((log.changed(K::PhonesToE164), log.changed(K::PhonesKept), log.changed(K::ApostrophesRemoved)), (2, 1, 1));
    assert_eq!((log.changed(K::NothingEmptied), log.changed(K::CountriesToCodes)), (1, 1));
}

#[test]
fn a_stores_week_is_its_monday_and_an_orders_week_is_no_day() {
    let columns = [(M::Store, "Shop"), (M::Period, "Week"), (M::Sku, "Item"), (M::Quantity, "Units"), (M::LineAmount, "Value")];
    let text =
        "Shop,Week,Item,Units,Value\nLeeds,2026-W02,T1,10,25.00\nLeeds,2026W03,T1,4,11.20\nLeeds,2026-01-19,T1,2,5.00\nLeeds,2026-W54,T1,1,2.50\n";
    let inspection = inspect(text.as_bytes()).expect("it is a table");
    let mut reader =
        RecordsReader::new(text.as_bytes(), &inspection, &mapping(FileKind::SellOut, &columns), context()).expect("the columns are there");
    let mut days = Vec::new();
    while let Some(row) = reader.next_record() {
        days.push(row.map(|row| row.moment.expect("a day").1.day.to_string()).map_err(|issue| issue.line));
    }
    assert_eq!(days, [Ok("2026-01-05".to_owned()), Ok("2026-01-12".to_owned()), Ok("2026-01-19".to_owned()), Err(5)]);
    assert_eq!(counts(reader.cleaning()), BTreeMap::from([("weeks_to_mondays".to_owned(), 2)]));
    let (rows, _) = lines(
        "No,When,What,Pieces,Price\n1,2026-W02,Tea,1,2.50\n",
        &mapping(FileKind::Orders, &COLUMNS[..2].iter().chain(&COLUMNS[3..6]).copied().collect::<Vec<_>>()),
    );
    assert!(rows[0].as_ref().is_err_and(|reason| reason.contains("is not a date")), "{rows:?}");
}

//! Discounts are amounts or shares by the whole column and by proof, never by a guess that nobody hears of.

use crate::support::read_with;
use chrono_tz::Europe::London;
use domain::sources::{ChoiceValue, ColumnMeaning, DiscountReading, Mapping};
use engine::ingestion::{Discounts, discounts, inspect, recognise};
use std::io::{Cursor, Read};

use DiscountReading::{Amount, Fraction, Percent};

const HEADER: &str = "Order ID,Order Date,Product,Unit Price,Quantity,Discount";

fn guess(text: &str) -> Mapping {
    recognise(&inspect(text.as_bytes()).expect("a table").headers).guess
}

fn found_with(text: &str, mapping: &Mapping) -> Option<Discounts> {
    let inspection = inspect(text.as_bytes()).expect("a table");
    let text = text.to_owned();
    discounts(&inspection, mapping, || Some(Box::new(Cursor::new(text.into_bytes())) as Box<dyn Read>))
}

fn found(text: &str) -> Option<Discounts> {
    found_with(text, &guess(text))
}

/// How it is read, whether it is asked, and whether it is doubtful whose discount it is.
fn verdict(text: &str) -> Option<(DiscountReading, bool, bool)> {
    found(text).map(|found| (found.mapping.discount_as.expect("a reading"), found.question.is_some(), found.is_doubtful))
}

fn amounts(text: &str, mapping: Mapping) -> Vec<i64> {
    let file = read_with(text.as_bytes(), "GBP", London, mapping);
    assert_eq!(file.issues, []);
    file.lines.iter().map(|line| line.amount_minor).collect()
}

#[test]
fn values_from_nothing_to_one_are_asked_with_both_figures() {
    let text =
        format!("{HEADER}\n1,2011-12-09,Tea,42.4,35,0.15\n1,2011-12-09,Pot,16.8,15,0.15\n2,2011-12-09,Tea,9.8,10,0\n3,2011-12-09,Cup,5,2,0.25\n");
    let asked = found(&text).expect("there are discounts");
    let question = asked.question.expect("it is asked");
    assert_eq!(
        question.evidence,
        ["“0.15” off 1484.00 leaves 1261.40 as a share (15 %), 1483.85 as money", "“0.25” off 10.00 leaves 7.50 as a share (25 %), 9.75 as money"]
    );
    let choices: Vec<_> = question.choices.iter().map(|choice| choice.value.clone()).collect();
    assert_eq!(choices, [ChoiceValue::Discount(Fraction), ChoiceValue::Discount(Amount)]);
    // 16.8 × 15 = 252.00, of which 15 % are 37.80.
    let as_said = |reading| amounts(&text, Mapping { discount_as: Some(reading), ..guess(&text) });
    assert_eq!(as_said(Fraction), [126_140, 21_420, 9_800, 750]);
    assert_eq!(as_said(Amount), [148_385, 25_185, 9_800, 975]);
    assert_eq!(found_with(&text, &Mapping { discount_as: Some(Amount), ..guess(&text) }), None, "what is said is not asked");
}

#[test]
fn any_row_of_the_column_decides() {
    let rows = "1,2011-12-09,Tea,42.4,35,0.15\n".repeat(900);
    let file = |odd: &str| format!("{HEADER}\n{rows}{odd}{rows}");
    assert_eq!(verdict(&file("")), Some((Fraction, true, false)));
    assert_eq!(verdict(&file("2,2011-12-09,Tea,42.4,1,2.50\n")), Some((Amount, false, true)));
    assert_eq!(verdict(&file("2,2011-12-09,Tea,42.4,1,20 %\n")), Some((Percent, false, false)));
    assert_eq!(verdict(&file("2,2011-12-09,Tea,42.4,1,£0.20\n")), Some((Amount, false, true)));
    assert_eq!(verdict(&format!("{HEADER}\n1,2011-12-09,Tea,42.4,35,0\n2,2011-12-09,Tea,42.4,1,\n")), None);
}

#[test]
fn names_of_columns_say_what_they_hold() {
    let file = |name: &str, value: &str| format!("Order ID,Order Date,Unit Price,Quantity,{name}\n1,2011-12-09,42.4,35,{value}\n");
    assert_eq!(verdict(&file("Discount %", "15")), Some((Percent, false, false)));
    assert_eq!(verdict(&file("Discount %", "0.15")), Some((Fraction, true, false)));
    assert_eq!(verdict(&file("Line Discount", "0.15")), Some((Fraction, true, false)));
    assert_eq!(verdict(&file("Line Discount", "15")), Some((Amount, false, false)));
    assert_eq!(verdict(&file("Discount Amount", "0.15")), Some((Amount, false, true)));
    assert_eq!(verdict(&file("İndirim Oranı", "%15")), Some((Percent, false, false)));
}

#[test]
fn a_line_total_proves_one_reading() {
    let file = |rows: &str| format!("{HEADER},Line Total\n{rows}");
    let because = |text: &str| found(text).and_then(|found| found.because).unwrap_or_default();
    let shares = file("1,2011-12-09,Tea,42.4,35,0.15,1261.40\n2,2011-12-09,Pot,16.8,15,0,252.00\n3,2011-12-09,Cup,16.8,6,0.05,95.76\n");
    assert_eq!(verdict(&shares), Some((Fraction, false, false)));
    assert!(because(&shares).contains("“Line Total” is price × quantity less that, in the 2 rows that tell"), "{}", because(&shares));
    assert_eq!(amounts(&shares, found(&shares).expect("proven").mapping), [126_140, 25_200, 9_576]);
    let money = file("1,2011-12-09,Tea,42.4,35,0.15,1483.85\n3,2011-12-09,Cup,16.8,6,0.05,100.75\n");
    assert_eq!(verdict(&money), Some((Amount, false, false)));
    assert_eq!(amounts(&money, found(&money).expect("proven").mapping), [148_385, 10_075]);
    let percent = file("1,2011-12-09,Tea,42.4,35,15,1261.40\n3,2011-12-09,Cup,16.8,6,5,95.76\n");
    assert_eq!(verdict(&percent), Some((Percent, false, false)));
    assert_eq!(amounts(&percent, found(&percent).expect("proven").mapping), [126_140, 9_576]);
    let neither = file("1,2011-12-09,Tea,42.4,35,0.15,1484.00\n3,2011-12-09,Cup,16.8,6,0.05,100.80\n");
    assert_eq!(verdict(&neither), Some((Fraction, true, false)), "a total before discounts proves nothing");
    let both = file("1,2011-12-09,Tea,42.4,35,0.15,1261.40\n3,2011-12-09,Cup,16.8,6,0.05,100.75\n");
    assert_eq!(verdict(&both), Some((Fraction, true, false)), "rows that contradict each other prove nothing");
}

#[test]
fn a_total_that_has_the_discount_off_is_not_lessened_again() {
    let header = HEADER.replace(',', ";");
    let text = format!("{header};Line Total\n1;2011-12-09;Tea;42,4;35;0,15;1261,40\n3;2011-12-09;Cup;16,8;6;0,05;95,76\n");
    let mut by_hand = guess(&text);
    by_hand.columns.insert(ColumnMeaning::LineAmount, "Line Total".to_owned());
    let proven = found_with(&text, &by_hand).expect("there are discounts");
    assert_eq!((proven.mapping.discount_as, proven.mapping.columns.get(&ColumnMeaning::LineAmount)), (Some(Fraction), None));
    assert_eq!(amounts(&text, proven.mapping), [126_140, 9_576]);
}

#[test]
fn a_share_beyond_the_whole_is_an_issue_of_its_row() {
    let text =
        format!("{HEADER}\n1,2011-12-09,Tea,42.4,35,0.15\n2,2011-12-09,Pot,16.8,15,1.5\n3,2011-12-09,Cup,10,2,7.5%\n4,2011-12-09,Cup,-10,2,0.1\n");
    let file = read_with(text.as_bytes(), "GBP", London, Mapping { discount_as: Some(Fraction), ..guess(&text) });
    assert_eq!(file.lines.iter().map(|line| line.amount_minor).collect::<Vec<_>>(), [126_140, 1_850, -1_800]);
    assert_eq!(file.issues.iter().map(|issue| (issue.line, issue.column.as_deref())).collect::<Vec<_>>(), [(3, Some("Discount"))]);
    assert!(file.issues[0].reason.contains("more than the whole"), "{:?}", file.issues);
}

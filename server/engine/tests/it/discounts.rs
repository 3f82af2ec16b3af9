//! Discounts are amounts or shares by the whole column and by proof, never by a guess that nobody hears of.

use crate::support::read_with;
use chrono_tz::Europe::London;
use domain::sources::{ChoiceValue, ColumnMeaning, DiscountReading, Mapping};
use engine::ingestion::{Discounts, Rows, discounts, inspect, recognise};
use std::io::{Cursor, Read};

use DiscountReading::{Amount, Fraction, Percent};

const HEADER: &str = "Order ID,Order Date,Product,Unit Price,Quantity,Discount";

fn guess(text: &str) -> Mapping {
    recognise(&inspect(text.as_bytes()).expect("a table").headers).guess
}

fn found_with(text: &str, mapping: &Mapping) -> Option<Discounts> {
    let inspection = inspect(text.as_bytes()).expect("a table");
    let text = text.to_owned();
    let open = || Some(Box::new(Cursor::new(text.clone().into_bytes())) as Box<dyn Read>);
    discounts(&inspection, mapping, &Rows { open: &open, most_bytes: u64::MAX, is_wanted: &|| true })
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
    assert_eq!(verdict(&file("2,2011-12-09,Tea,42.4,1,£0.20\n")), Some((Amount, false, true)));
    assert_eq!(verdict(&format!("{HEADER}\n1,2011-12-09,Tea,42.4,35,0\n2,2011-12-09,Tea,42.4,1,\n")), None);
}

#[test]
fn lines_with_totals_and_notes_decide_nothing() {
    let rows = "1,2011-12-09,Tea,42.4,35,0.15\n".repeat(300);
    for odd in ["Total,,,,,35.20\n", "Grand Total,,,,10500,45.00\n", ",,,,10500,45.00\n", "all prices in %\n"] {
        assert_eq!(verdict(&format!("{HEADER}\n{rows}{odd}")), Some((Fraction, true, false)), "{odd}");
    }
}

#[test]
fn a_sign_is_about_its_own_cell() {
    let file = |cells: &[&str]| {
        let rows: String = cells.iter().enumerate().map(|(order, cell)| format!("{order},2011-12-09,Tea,42.4,5,{cell}\n")).collect();
        format!("{HEADER}\n{rows}")
    };
    assert_eq!(verdict(&file(&["20 %", "%5", "7.5%"])), Some((Percent, false, false)));
    assert_eq!(verdict(&file(&["£2.50", "10 %"])), Some((Amount, false, true)));
    // 42.4 × 5 = 212.00.
    let money = found(&file(&["£2.50", "10 %"])).expect("there are discounts");
    assert_eq!(amounts(&file(&["£2.50", "10 %"]), money.mapping), [20_950, 19_080]);
    assert!(money.because.is_some_and(|because| because.contains("Those with the sign % were read as percent")));
    assert_eq!(verdict(&file(&["250", "10 %"])), Some((Amount, false, true)), "more than the whole is money");
    let asked = |cells: &[&str]| {
        let question = found(&file(cells)).and_then(|found| found.question).expect("it is asked");
        (question.choices.into_iter().map(|choice| choice.value).collect::<Vec<_>>(), question.evidence)
    };
    let of = |readings: &[DiscountReading]| readings.iter().copied().map(ChoiceValue::Discount).collect::<Vec<_>>();
    assert_eq!(asked(&["0.15", "0.15", "20 %"]).0, of(&[Fraction, Percent, Amount]), "one sign decides nothing about the others");
    let percent = "“15” off 212.00 leaves 180.20 as a share (15 %), 197.00 as money".to_owned();
    assert_eq!(asked(&["15", "10 %"]), (of(&[Percent, Amount]), vec![percent]));
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
    let whole = file("1,2011-12-09,Tea,42.4,35,0.15,1484\n3,2011-12-09,Cup,16.8,6,0.05,101\n");
    assert_eq!(verdict(&whole), Some((Fraction, true, false)), "nor does one in whole numbers, though 1483.85 would be 1484, too");
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
    assert_eq!((proven.mapping.discount_as, proven.mapping.line_amount_is_net), (Some(Fraction), true));
    assert_eq!(amounts(&text, proven.mapping), [126_140, 9_576]);
    // Who has said how discounts are written has not said that the amount is before them.
    for said in [Fraction, Amount] {
        let said = Mapping { discount_as: Some(said), ..by_hand.clone() };
        let mapping = found_with(&text, &said).expect("that is found out").mapping;
        assert_eq!((mapping.discount_as, mapping.line_amount_is_net), (said.discount_as, true));
        assert_eq!(amounts(&text, mapping), [126_140, 9_576]);
    }
    let gross = text.replace("1261,40", "1484,00").replace("95,76", "100,80");
    assert_eq!(found_with(&gross, &Mapping { discount_as: Some(Fraction), ..by_hand.clone() }), None);
    assert_eq!(amounts(&gross, Mapping { discount_as: Some(Fraction), ..by_hand.clone() }), [126_140, 9_576]);
    // Rows that have only the amount keep it, and what was taken off is told from the share: 90.00 is 120.00 less a quarter.
    let sparse = format!("{text}4;2011-12-09;Cup;;2;0,25;90,00\n5;2011-12-09;Cup;;2;;7,00\n");
    let mapping = found_with(&sparse, &by_hand).expect("there are discounts").mapping;
    let file = read_with(sparse.as_bytes(), "GBP", London, mapping);
    let read: Vec<_> = file.lines.iter().map(|line| (line.amount_minor, line.discount_minor)).collect();
    assert_eq!((read, file.issues.len()), (vec![(126_140, Some(22_260)), (9_576, Some(504)), (9_000, Some(3_000)), (700, None)], 0));
}

#[test]
fn decimals_are_read_as_the_whole_file_writes_them() {
    // The first rows let assume points, for thousands; 0,15 would be 15.
    let whole = "1;2011-12-09;Tea;42;35;0\n".repeat(30_000);
    let text = format!("{}\n{whole}2;2011-12-09;Tea;42,40;35;0,15\n2;2011-12-09;Tea;16,80;15;0,05\n", HEADER.replace(',', ";"));
    assert_eq!(verdict(&text), Some((Fraction, true, false)));
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

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
    found(text).map(|found| (found.mapping.discount_as.expect("a reading"), !found.questions.is_empty(), found.is_doubtful))
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
    let [question] = asked.questions.as_slice() else { panic!("{:?}", asked.questions) };
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
    for odd in ["Total,,,,,35.20\n", "Grand Total,,,,10500,45.00\n", ",,,,10500,45.00\n"] {
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
    assert!(money.remarks.iter().any(|remark| remark.contains("Those with the sign % were read as percent")));
    assert_eq!(verdict(&file(&["250", "10 %"])), Some((Amount, false, true)), "more than the whole is money");
    let asked = |cells: &[&str]| {
        let question = found(&file(cells)).and_then(|found| found.questions.into_iter().next()).expect("it is asked");
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
    let because = |text: &str| found(text).map(|found| found.remarks.join(" ")).unwrap_or_default();
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
    assert_eq!((proven.mapping.discount_as, proven.mapping.line_amount_is_net), (Some(Fraction), Some(true)));
    assert_eq!(amounts(&text, proven.mapping), [126_140, 9_576]);
    // Who has said how discounts are written has not said that the amount is before them.
    for said in [Fraction, Amount] {
        let said = Mapping { discount_as: Some(said), ..by_hand.clone() };
        let mapping = found_with(&text, &said).expect("that is found out").mapping;
        assert_eq!((mapping.discount_as, mapping.line_amount_is_net), (said.discount_as, Some(true)));
        assert_eq!(amounts(&text, mapping), [126_140, 9_576]);
    }
    let gross = text.replace("1261,40", "1484,00").replace("95,76", "100,80");
    let before = found_with(&gross, &Mapping { discount_as: Some(Fraction), ..by_hand.clone() }).expect("that is found out");
    assert_eq!((before.mapping.line_amount_is_net, before.questions.len(), before.remarks.len()), (Some(false), 0, 1));
    assert_eq!(amounts(&gross, before.mapping), [126_140, 9_576]);
    // Rows that have only the amount keep it, and what was taken off is told from the share: 90.00 is 120.00 less a quarter.
    let sparse = format!("{text}4;2011-12-09;Cup;;2;0,25;90,00\n5;2011-12-09;Cup;;2;;7,00\n");
    let mapping = found_with(&sparse, &by_hand).expect("there are discounts").mapping;
    let file = read_with(sparse.as_bytes(), "GBP", London, mapping);
    let read: Vec<_> = file.lines.iter().map(|line| (line.amount_minor, line.discount_minor)).collect();
    assert_eq!((read, file.issues.len()), (vec![(126_140, Some(22_260)), (9_576, Some(504)), (9_000, Some(3_000)), (700, None)], 0));
}

#[test]
fn amounts_that_are_net_say_what_was_taken_off() {
    let header = "Order ID,Order Date,Product,Unit Price,Quantity,Discount,Line Total";
    let rows = [
        ("1,2026-01-05,Mug,10.00,2,2.00,18.00", 1_800, Some(200)),
        ("2,2026-01-06,Cap,12.00,1,3.00,9.00", 900, Some(300)),
        // A return whose price and quantity are those of the sale, with nothing off and with something off.
        ("3,2026-01-07,Mug,10.00,1,0.00,-10.00", -1_000, Some(0)),
        ("3,2026-01-07,Mug,10.00,1,2.00,-8.00", -800, Some(-200)),
        // Void.
        ("4,2026-01-07,Cap,12.00,1,0.00,0.00", 0, Some(0)),
        ("5,2026-01-08,Pin,3.33,3,0.00,10.00", 1_000, Some(0)),
        // Given away, with no price beside it.
        ("6,2026-01-08,Cup,,1,5.00,0.00", 0, Some(500)),
        ("7,2026-01-08,Cup,8.00,1,10 %,7.20", 720, Some(80)),
        ("8,2026-01-08,Cup,8.00,1,,8.00", 800, None),
    ];
    let text = rows.iter().fold(format!("{header}\n"), |text, (row, ..)| format!("{text}{row}\n"));
    let mut mapping = guess(&text);
    mapping.columns.insert(ColumnMeaning::LineAmount, "Line Total".to_owned());
    let said = Mapping { line_amount_is_net: Some(true), discount_as: Some(Amount), ..mapping };
    assert_eq!(found_with(&text, &said), None, "what is said is not looked for");
    let file = read_with(text.as_bytes(), "GBP", London, said);
    assert_eq!(file.issues, []);
    let read: Vec<_> = file.lines.iter().map(|line| (line.amount_minor, line.discount_minor)).collect();
    assert_eq!(read, rows.map(|(_, amount, off)| (amount, off)));
}

#[test]
fn amounts_that_may_be_either_are_asked() {
    // With tax on top, neither 100.00 nor 90.00.
    let text =
        "Order ID,Order Date,Unit Price,Quantity,Line Discount,Line Total\n1,2026-01-05,100.00,1,10.00,108.00\n2,2026-01-05,50.00,2,10.00,108.00\n";
    let mut mapping = guess(text);
    mapping.columns.insert(ColumnMeaning::LineAmount, "Line Total".to_owned());
    let asked = found_with(text, &mapping).expect("there are discounts");
    let choices: Vec<_> = asked.questions.iter().flat_map(|question| &question.choices).map(|choice| choice.value.clone()).collect();
    assert_eq!(choices, [ChoiceValue::NetAmount(true), ChoiceValue::NetAmount(false)]);
    assert!(asked.remarks.iter().any(|remark| remark.contains("“Line Total” has the discounts off already, and nobody said")));
    let answered = |is_net| {
        let file = read_with(text.as_bytes(), "GBP", London, Mapping { line_amount_is_net: Some(is_net), ..asked.mapping.clone() });
        file.lines.iter().map(|line| (line.amount_minor, line.discount_minor)).collect::<Vec<_>>()
    };
    assert_eq!((answered(true), answered(false)), (vec![(10_800, Some(1_000)); 2], vec![(9_800, Some(1_000)); 2]));
}

#[test]
fn what_is_not_about_the_line_proves_nothing() {
    // Nothing for shipping is not what a whole share leaves, and costs that are half of the price are not a half off.
    for (column, cells) in [("Shipping", ["0.00", "0.00"]), ("Cost", ["10.00", "15.00"])] {
        let [one, other] = cells;
        let off = if column == "Cost" { "0.50" } else { "1.00" };
        let text = format!("{HEADER},{column}\n1,2026-01-05,Mug,20.00,1,{off},{one}\n2,2026-01-06,Cap,30.00,1,{off},{other}\n");
        assert_eq!(verdict(&text), Some((Fraction, true, false)), "{column}");
    }
    // A row with one cell too many is rejected; what stands below “Discount” in it is the price.
    let rows = "1,2011-12-09,Tea,42.4,35,0.15\n".repeat(300);
    assert_eq!(verdict(&format!("{HEADER}\n{rows}2,2011-12-09,Tea, green,42.4,35,0.15\n")), Some((Fraction, true, false)));
}

#[test]
fn rows_that_fit_before_and_after_tell_nothing() {
    let net = |rows: &str| {
        let text = format!("{HEADER},Line Total\n{rows}");
        let mut mapping = guess(&text);
        mapping.columns.insert(ColumnMeaning::LineAmount, "Line Total".to_owned());
        let found = found_with(&text, &mapping).expect("there are discounts");
        (found.mapping.discount_as.expect("a reading"), found.mapping.line_amount_is_net)
    };
    let gifts = "1,2026-01-05,Tea,10.00,2,0.15,17.00\n".repeat(40) + "1,2026-01-05,Card,0.00,1,0.15,0.00\n";
    assert_eq!(net(&gifts), (Fraction, Some(true)));
    // As workbooks write whole numbers: 4.50 less 0.50 is 4.
    let whole = "1,2026-01-05,Tea,20,1,3,17\n2,2026-01-05,Tea,20.4,1,3.2,17.2\n".repeat(10) + &"3,2026-01-05,Tea,4.5,1,0.5,4\n".repeat(3);
    assert_eq!(net(&whole), (Amount, Some(true)));
    // Whichever reading it is, it is off.
    assert_eq!(net("1,2026-01-05,Tea,100.00,1,10.00,90.00\n"), (Amount, Some(true)));
    assert_eq!(net("1,2026-01-05,Tea,60,1,2,58\n2,2026-01-05,Tea,80,1,3,77\n"), (Amount, Some(true)));
    let returned = "1,2026-01-05,Tea,10.00,1,2.00,8.00\n".repeat(10) + "2,2026-01-06,Tea,10.00,1,2.00,-8.00\n3,2026-01-06,Cup,8.00,1,8.00,0.00\n";
    assert_eq!(net(&returned), (Amount, Some(true)));
    // A share off each piece, rounded: 4.99 less 15 % is 4.24, six of which are 25.44 and not 25.45.
    assert_eq!(net("1,2026-01-05,Tea,4.99,6,15 %,25.44\n2,2026-01-05,Tea,10.00,1,10 %,9.00\n"), (Percent, Some(true)));
    let some_signed = "1,2026-01-05,Tea,10.00,1,10 %,9.00\n".repeat(300) + &"2,2026-01-05,Tea,10.00,1,0.15,8.50\n".repeat(5);
    assert_eq!(net(&some_signed), (Fraction, Some(true)));
}

#[test]
fn a_name_with_percent_and_a_value_beyond_it_is_asked() {
    let file = |name: &str| format!("Order ID,Order Date,Unit Price,Quantity,{name}\n1,2026-01-05,212.00,1,15\n2,2026-01-05,212.00,1,150\n");
    assert_eq!(verdict(&file("Discount %")), Some((Percent, true, false)));
    assert_eq!(verdict(&file("Discount")), Some((Amount, false, true)));
}

#[test]
fn only_so_many_bytes_are_looked_at_and_only_while_somebody_waits() {
    let rows = "1,2011-12-09,Tea,42.4,35,0.15\n".repeat(100_000);
    let text = format!("{HEADER}\n{rows}2,2011-12-09,Tea,42.4,1,2.50\n");
    let inspection = inspect(text.as_bytes()).expect("a table");
    let open = || Some(Box::new(Cursor::new(text.clone().into_bytes())) as Box<dyn Read>);
    let of = |most_bytes: u64, is_wanted: &dyn Fn() -> bool| {
        let found = discounts(&inspection, &guess(&text), &Rows { open: &open, most_bytes, is_wanted }).expect("there are discounts");
        (found.mapping.discount_as, found.is_whole)
    };
    assert_eq!(of(u64::MAX, &|| true), (Some(Amount), true));
    assert_eq!(of(1_000_000, &|| true), (Some(Fraction), false));
    assert_eq!(of(u64::MAX, &|| false), (Some(Fraction), false));
}

#[test]
fn decimals_are_read_as_the_whole_file_writes_them() {
    // The first rows have no decimals at all.
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

//! Discounts in totals of stores are found out, asked and taken off as those of orders are.

use domain::sources::{ChoiceValue, ColumnMeaning as M, DiscountReading, FileKind, Mapping};
use engine::ingestion::{Discounts, ReadContext, RecordsReader, RowIssue, Rows, discounts, inspect};
use std::io::{Cursor, Read};

use DiscountReading::{Amount, Fraction};

/// A row's amount and discount.
type Sold = (Option<i64>, Option<i64>);

const COLUMNS: [(M, &str); 6] =
    [(M::Store, "Shop"), (M::Period, "Week"), (M::Sku, "Item"), (M::Quantity, "Units"), (M::UnitPrice, "Each"), (M::LineDiscount, "Off")];

fn mapping(more: &[(M, &str)]) -> Mapping {
    let columns = COLUMNS.iter().chain(more).map(|(meaning, header)| (*meaning, (*header).to_owned())).collect();
    Mapping { columns, kind: FileKind::SellOut, ..Mapping::default() }
}

fn found(text: &str, mapping: &Mapping) -> Option<Discounts> {
    let inspection = inspect(text.as_bytes()).expect("a table");
    let open = || Some(Box::new(Cursor::new(text.to_owned().into_bytes())) as Box<dyn Read>);
    discounts(&inspection, mapping, &Rows { open: &open, most_bytes: u64::MAX, is_wanted: &|| true })
}

fn sold(text: &str, mapping: &Mapping) -> (Vec<Sold>, Vec<RowIssue>) {
    let inspection = inspect(text.as_bytes()).expect("a table");
    let context = ReadContext { currency: "GBP".parse().expect("a currency"), time_zone: chrono_tz::Europe::London };
    let mut reader = RecordsReader::new(text.as_bytes(), &inspection, mapping, context).expect("the columns are there");
    let (mut rows, mut issues, kind) = (Vec::new(), Vec::new(), FileKind::SellOut);
    while let Some(row) = reader.next_record() {
        match row {
            Ok(row) => rows.push((row.first_number(kind.amount_meanings()), row.first_number(kind.discount_meanings()))),
            Err(issue) => issues.push(issue),
        }
    }
    assert_eq!(reader.evidence().reread_with, None);
    (rows, issues)
}

#[test]
fn shares_and_money_are_taken_off_price_times_pieces() {
    let text = "Shop,Week,Item,Units,Each,Off\nLeeds,2026-01-05,T1,35,42.40,15 %\nLeeds,2026-01-05,P1,15,16.80,\nYork,2026-01-05,T1,3,3.33,0.99\n\
                York,2026-01-05,P1,-2,10.00,25 %\nYork,2026-01-05,C1,,8.00,-0.50\nYork,2026-01-05,C2,1,8.00,150 %\n";
    let (rows, issues) = sold(text, &Mapping { discount_as: Some(Amount), ..mapping(&[]) });
    // 35 × 42.40 = 1,484.00 less 15 %; 15 × 16.80; 3 × 3.33 = 9.99 less 0.99; two given back; one without pieces.
    let expected = [(126_140, Some(22_260)), (25_200, None), (900, Some(99)), (-1_500, Some(-500)), (750, Some(50))];
    assert_eq!(rows, expected.map(|(amount, off)| (Some(amount), off)));
    assert_eq!(issues.iter().map(|issue| (issue.line, issue.column.as_deref())).collect::<Vec<_>>(), [(7, Some("Off"))]);
    let text = "Shop,Week,Item,Units,List,Off,Paid\nLeeds,2026-01-05,T1,3,0.333,10 %,\n";
    let mut by_list = Mapping { discount_as: Some(Amount), ..mapping(&[(M::Price, "List"), (M::Amount, "Paid")]) };
    by_list.columns.remove(&M::UnitPrice);
    // 3 × 0.333 = 0.999, which is 1.00; less a tenth 0.8991.
    assert_eq!(sold(text, &by_list).0, [(Some(90), Some(10))]);
}

#[test]
fn a_discount_on_the_whole_is_that_of_the_row() {
    let text = "Shop,Week,Item,Units,Each,Off\nLeeds,2026-01-05,T1,35,42.40,0.15\nLeeds,2026-01-05,P1,15,16.80,-0.10\n\
                York,2026-01-05,T1,1,8.00,2.50\n";
    let mut of_whole = mapping(&[(M::Discount, "Off")]);
    of_whole.columns.remove(&M::LineDiscount);
    // 1,484.00 less 15 %, 252.00 less a tenth; nothing is 250 % off.
    let (rows, issues) = sold(text, &Mapping { discount_as: Some(Fraction), ..of_whole.clone() });
    assert_eq!(rows, [(Some(126_140), Some(22_260)), (Some(22_680), Some(2_520))]);
    assert_eq!(issues.iter().map(|issue| (issue.line, issue.column.as_deref())).collect::<Vec<_>>(), [(4, Some("Off"))]);
    let text = text.replace("2.50", "0.25");
    let asked = found(&text, &of_whole).expect("there are discounts");
    assert_eq!(asked.questions.iter().map(|question| question.column.as_str()).collect::<Vec<_>>(), ["Off"]);
    // Whether the value has them off is proven as for other discounts.
    let text = "Shop,Week,Item,Units,Each,Off,Value\nLeeds,2026-01-05,T1,35,42.40,0.15,1484.00\nLeeds,2026-01-05,P1,6,16.80,0.05,100.80\n";
    of_whole.columns.insert(M::OrderTotal, "Value".to_owned());
    let gross = found(text, &Mapping { discount_as: Some(Fraction), ..of_whole }).expect("there are discounts");
    assert_eq!((gross.mapping.line_amount_is_net, gross.questions.len()), (Some(false), 0));
    assert_eq!(sold(text, &gross.mapping).0, [(Some(126_140), Some(22_260)), (Some(9_576), Some(504))]);
}

#[test]
fn how_they_are_written_is_asked() {
    let text = "Shop,Week,Item,Units,Each,Off\nLeeds,2026-01-05,T1,35,42.40,0.15\nLeeds,2026-01-05,P1,15,16.80,0.15\n";
    let asked = found(text, &mapping(&[])).expect("there are discounts");
    let [question] = asked.questions.as_slice() else { panic!("{:?}", asked.questions) };
    assert_eq!(question.evidence, ["“0.15” off 1484.00 leaves 1261.40 as a share (15 %), 1483.85 as money"]);
    let as_said = |reading| sold(text, &Mapping { discount_as: Some(reading), ..mapping(&[]) }).0;
    assert_eq!(as_said(Fraction), [(Some(126_140), Some(22_260)), (Some(21_420), Some(3_780))]);
    assert_eq!(as_said(Amount), [(Some(148_385), Some(15)), (Some(25_185), Some(15))]);
}

#[test]
fn amounts_that_are_net_are_proven_by_whichever_column_has_them() {
    for amount in [M::LineAmount, M::Amount, M::OrderTotal] {
        let text = "Shop,Week,Item,Units,Each,Off,Paid\nLeeds,2026-01-05,T1,35,42.40,0.15,1261.40\nLeeds,2026-01-05,P1,6,16.80,0.05,95.76\n";
        let net = found(text, &mapping(&[(amount, "Paid")])).expect("there are discounts");
        assert_eq!((net.mapping.discount_as, net.mapping.line_amount_is_net, net.questions.len()), (Some(Fraction), Some(true), 0));
        let expected = [(Some(126_140), Some(22_260)), (Some(9_576), Some(504))];
        assert_eq!(sold(text, &net.mapping).0, expected, "{amount:?}");
        let text = text.replace("1261.40", "1484.00").replace("95.76", "100.80");
        let said = Mapping { discount_as: Some(Fraction), ..mapping(&[(amount, "Paid")]) };
        let gross = found(&text, &said).expect("there are discounts");
        assert_eq!((gross.mapping.line_amount_is_net, gross.questions.len()), (Some(false), 0));
        assert_eq!(sold(&text, &gross.mapping).0, expected, "{amount:?}");
    }
}

#[test]
fn each_row_tells_of_the_amount_that_is_read_of_it() {
    let of = |rows: &str| format!("Shop,Week,Item,Units,Each,Off,Value,Paid\n{rows}");
    let both = mapping(&[(M::LineAmount, "Value"), (M::Amount, "Paid")]);
    // Rows without a value are those with a discount: 100.00 less 10.00, and 40.00 less 4.00.
    let text = of("Leeds,2026-01-05,T1,10,10.00,10.00,,90.00\nLeeds,2026-01-05,P1,5,8.00,4.00,n/a,36.00\nYork,2026-01-05,T1,2,10.00,,20.00,\n");
    let net = found(&text, &both).expect("there are discounts");
    assert_eq!((net.mapping.discount_as, net.mapping.line_amount_is_net, net.questions.len()), (Some(Amount), Some(true), 0));
    assert!(net.remarks.iter().any(|remark| remark.starts_with("“Value” (where it is empty, “Paid”) has the discounts taken off already")));
    assert_eq!(sold(&text, &net.mapping).0, [(Some(9_000), Some(1_000)), (Some(3_600), Some(400)), (Some(2_000), None)]);
    // One column is before the discounts and the other after them: no answer is right for both.
    let text = of("Leeds,2026-01-05,T1,10,10.00,10.00,100.00,\nLeeds,2026-01-05,P1,5,8.00,4.00,,36.00\n");
    let asked = found(&text, &both).expect("there are discounts");
    assert_eq!(asked.mapping.line_amount_is_net, None);
    let questions: Vec<_> = asked.questions.iter().map(|question| question.question.as_str()).collect();
    assert_eq!(questions, ["Does “Value” (where it is empty, “Paid”) have the discounts off already?"]);
    // Where both are filled, the first counts.
    let text = of("Leeds,2026-01-05,T1,10,10.00,10.00,100.00,90.00\nLeeds,2026-01-05,P1,5,8.00,4.00,40.00,36.00\n");
    let gross = found(&text, &both).expect("there are discounts");
    assert_eq!((gross.mapping.line_amount_is_net, gross.questions.len()), (Some(false), 0));
    assert_eq!(sold(&text, &gross.mapping).0, [(Some(9_000), Some(1_000)), (Some(3_600), Some(400))]);
    // The price is looked for likewise.
    let text = "Shop,Week,Item,Units,Each,List,Off,Paid\nLeeds,2026-01-05,P1,5,,8.00,4.00,36.00\nLeeds,2026-01-05,T1,10,10.00,12.00,,100.00\n";
    let by_list = found(text, &mapping(&[(M::Price, "List"), (M::Amount, "Paid")])).expect("there are discounts");
    assert_eq!((by_list.mapping.line_amount_is_net, by_list.questions.len()), (Some(true), 0));
}

#[test]
fn amounts_that_may_be_either_are_asked() {
    // With tax on top, neither 100.00 nor 90.00.
    let text = "Shop,Week,Item,Units,Each,Off,Paid\nLeeds,2026-01-05,T1,1,100.00,10.00,108.00\nLeeds,2026-01-05,P1,2,50.00,10.00,108.00\n";
    let asked = found(text, &mapping(&[(M::Amount, "Paid")])).expect("there are discounts");
    let choices: Vec<_> = asked.questions.iter().flat_map(|question| &question.choices).map(|choice| choice.value.clone()).collect();
    assert_eq!(choices, [ChoiceValue::NetAmount(true), ChoiceValue::NetAmount(false)]);
    let answered = |is_net| sold(text, &Mapping { line_amount_is_net: Some(is_net), ..asked.mapping.clone() }).0;
    assert_eq!(answered(true), [(Some(10_800), Some(1_000)); 2]);
    assert_eq!(answered(false), [(Some(9_800), Some(1_000)); 2]);
    // Who answers nothing keeps the value that the file states.
    assert_eq!((asked.mapping.line_amount_is_net, sold(text, &asked.mapping).0), (None, vec![(Some(10_800), Some(1_000)); 2]));
    assert!(asked.remarks.iter().any(|remark| remark.contains("left as it stands")), "{:?}", asked.remarks);
}

//! Numbers and dates written as the world writes them, column by column, read back as they were meant.

use super::seeds::Dice;
use crate::support::{Line, read};
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Europe::Berlin;
use std::fmt::Write;

const COLUMNS: u64 = 400;
const CELLS: usize = 60;

/// How a program writes amounts.
struct Style {
    thousands: &'static str,
    decimals: &'static str,
    before: &'static str,
    behind: &'static str,
    /// What stands around an amount below zero.
    minus: (&'static str, &'static str),
}

fn style(dice: &mut Dice) -> Style {
    let (thousands, decimals) =
        [("", "."), (",", "."), ("", ","), (".", ","), (" ", ","), ("\u{a0}", ","), ("\u{202f}", ","), ("'", ".")][dice.below(8)];
    let (before, behind) = [("", ""), ("€", ""), ("", " €"), ("", " EUR"), ("EUR ", ""), ("", "€")][dice.below(6)];
    let minus = [("-", ""), ("(", ")"), ("\u{2212}", ""), ("", "-")][dice.below(4)];
    // A sign behind a currency is nobody's habit.
    let minus = if behind.is_empty() || minus.1.is_empty() { minus } else { ("-", "") };
    Style { thousands, decimals, before, behind, minus }
}

fn grouped(number: u64, separator: &str) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

fn written(minor: i64, style: &Style) -> String {
    let size = minor.unsigned_abs();
    let amount = format!("{}{}{}{:02}{}", style.before, grouped(size / 100, style.thousands), style.decimals, size % 100, style.behind);
    let (open, close) = if minor < 0 { style.minus } else { ("", "") };
    format!("{open}{amount}{close}")
}

/// Reads a column of dates and one of amounts.
fn column(rows: &[(String, String)]) -> Vec<Line> {
    let mut text = "Order;Date;Quantity;Price\n".to_owned();
    for (number, (date, amount)) in rows.iter().enumerate() {
        writeln!(text, "{number};\"{date}\";1;\"{amount}\"").expect("a text takes any text");
    }
    let file = read(text.as_bytes(), "EUR", Berlin);
    assert!(file.issues.is_empty(), "{:?} of\n{text}", file.issues.first());
    file.lines
}

#[test]
fn amounts_in_every_habit_are_read_to_the_cent() {
    for seed in 1..=COLUMNS {
        let mut dice = Dice::new(seed);
        let style = style(&mut dice);
        let amount = |dice: &mut Dice| {
            let most = [100, 10_000, 1_000_000, 100_000_000_000][dice.below(4)];
            i64::try_from(dice.below(most)).expect("it is small") * if dice.chance(4) { -1 } else { 1 }
        };
        let amounts: Vec<i64> = (0..CELLS).map(|_| amount(&mut dice)).collect();
        let rows: Vec<_> = amounts.iter().map(|minor| ("2026-01-05".to_owned(), written(*minor, &style))).collect();
        let read: Vec<i64> = column(&rows).iter().map(|line| line.amount_minor).collect();
        assert_eq!(read, amounts, "seed {seed}: {:?}", rows.iter().take(5).collect::<Vec<_>>());
    }
}

/// Formats of days, and whether they tell the hour.
const FORMATS: [(&str, bool); 18] = [
    ("%Y-%m-%d", false),
    ("%d/%m/%Y", false),
    ("%m/%d/%Y", false),
    ("%-m/%-d/%Y", false),
    ("%d.%m.%Y", false),
    ("%-d.%-m.%Y", false),
    ("%d-%m-%Y", false),
    ("%Y/%m/%d", false),
    ("%Y%m%d", false),
    ("%d %b %Y", false),
    ("%b %-d, %Y", false),
    ("%A, %-d %B %Y", false),
    ("%Y-%m-%dT%H:%M:%S", true),
    ("%d/%m/%Y %H:%M", true),
    ("%m/%d/%Y %I:%M:%S %p", true),
    ("%d.%m.%Y, %H:%M", true),
    ("%Y-%m-%d %H:%M:%S%.3f", true),
    ("%d/%m/%y", false),
];

#[test]
fn dates_in_every_habit_are_read_to_the_day_and_hour() {
    for seed in 1..=COLUMNS {
        let mut dice = Dice::new(seed + COLUMNS);
        let (format, has_hour) = FORMATS[dice.below(FORMATS.len())];
        let moment = |dice: &mut Dice, days: usize| -> NaiveDateTime {
            let day = if days == 25 { 25 } else { 1 + dice.below(days) };
            let number = i32::try_from(dice.below(9)).expect("it is small");
            let month = 1 + u32::try_from(dice.below(12)).expect("it is small");
            let date = NaiveDate::from_ymd_opt(2019 + number, month, u32::try_from(day).expect("it is small")).expect("each month has it");
            let hour = 4 + u32::try_from(dice.below(20)).expect("it is small");
            date.and_hms_opt(hour, 15, 0).expect("a time")
        };
        // One day beyond the twelfth decides for all.
        let mut moments: Vec<NaiveDateTime> = (1..CELLS).map(|_| moment(&mut dice, 28)).collect();
        let decides = moment(&mut dice, 25);
        moments.insert(dice.below(CELLS), decides);
        let rows: Vec<_> = moments.iter().map(|moment| (moment.format(format).to_string(), "1.50".to_owned())).collect();
        let expected: Vec<_> =
            moments.iter().map(|moment| (moment.format("%Y-%m-%d").to_string(), has_hour.then(|| moment.format("%H").to_string()))).collect();
        let read: Vec<_> = column(&rows).into_iter().map(|line| (line.day, has_hour.then(|| format!("{:02}", line.hour)))).collect();
        assert_eq!(read, expected, "seed {seed}: {format} such as {:?}", rows[0].0);
    }
}

#[test]
fn serial_days_of_spreadsheets_are_days() {
    for seed in 1..=COLUMNS / 8 {
        let mut dice = Dice::new(seed);
        let serials: Vec<u32> = (0..CELLS).map(|_| 38_000 + u32::try_from(dice.below(9_000)).expect("it is small")).collect();
        let rows: Vec<_> = serials.iter().map(|serial| (serial.to_string(), "1".to_owned())).collect();
        let first = NaiveDate::from_ymd_opt(1899, 12, 30).expect("the day before the first");
        let expected: Vec<String> = serials.iter().map(|serial| (first + chrono::Days::new(u64::from(*serial))).to_string()).collect();
        assert_eq!(column(&rows).into_iter().map(|line| line.day).collect::<Vec<_>>(), expected, "seed {seed}");
    }
}

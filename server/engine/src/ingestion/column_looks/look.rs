//! How the columns of a file look in its first rows: what their cells are, and some of them.

use crate::ingestion::inspect::Inspection;
use crate::ingestion::{date_parts, dates, numbers};
use domain::sources::{ColumnLook, DateOrder, FoundType};

/// So many different values are shown.
const SAMPLES: usize = 3;
/// The longest value that is shown.
const SAMPLE_LETTERS: usize = 60;
/// Numbers of more digits are names: eighteen still fit, but no shop counts so far.
const MOST_DIGITS: usize = 15;
const YES_OR_NO: [&str; 14] = ["yes", "no", "true", "false", "y", "n", "ja", "nein", "oui", "non", "sí", "si", "evet", "hayır"];

/// Looks at every column of a file's first rows.
pub fn look_at_columns(inspection: &Inspection) -> Vec<ColumnLook> {
    inspection.headers.iter().enumerate().map(|(index, header)| look(header, index, &inspection.rows)).collect()
}

fn look(header: &str, index: usize, rows: &[Vec<String>]) -> ColumnLook {
    let cells: Vec<&str> = rows.iter().filter_map(|row| row.get(index)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let mut samples: Vec<String> = Vec::new();
    for cell in &cells {
        let sample: String = cell.chars().take(SAMPLE_LETTERS).collect();
        if samples.len() < SAMPLES && !samples.contains(&sample) {
            samples.push(sample);
        }
    }
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    ColumnLook { header: header.to_owned(), found: found(&cells), samples, filled: count(cells.len()), rows: count(rows.len()) }
}

fn found(cells: &[&str]) -> FoundType {
    let all = |is: fn(&str) -> bool| cells.iter().all(|cell| is(cell));
    match () {
        () if cells.is_empty() => FoundType::Nothing,
        () if all(|cell| YES_OR_NO.contains(&cell.to_lowercase().as_str())) => FoundType::YesOrNo,
        () if all(is_email) => FoundType::Emails,
        () if all(is_digits) && cells.iter().any(|cell| is_code(cell)) => FoundType::Codes,
        () if all(|cell| is_digits(cell.trim_start_matches('-'))) => FoundType::WholeNumbers,
        () if all(is_number) => FoundType::DecimalNumbers,
        () if all(is_date) => FoundType::Dates,
        () => FoundType::Text,
    }
}

fn is_digits(cell: &str) -> bool {
    !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_code(cell: &str) -> bool {
    cell.len() > MOST_DIGITS || (cell.len() > 1 && cell.starts_with('0'))
}

fn is_email(cell: &str) -> bool {
    cell.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !cell.contains(' '))
}

fn is_number(cell: &str) -> bool {
    [false, true].into_iter().any(|comma| numbers::parse(cell.as_bytes(), comma).is_ok())
}

fn is_date(cell: &str) -> bool {
    let is_day = |order| dates::parse(cell.as_bytes(), dates::Reading { order, two_digit_years: true }).0.is_ok();
    date_parts::monday(cell.as_bytes()).is_some()
        || [DateOrder::YearMonthDay, DateOrder::DayMonthYear, DateOrder::MonthDayYear].into_iter().any(is_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingestion::inspect;

    #[test]
    fn columns_are_told_by_all_of_their_cells() {
        let text = "Order,When,Amount,Barcode,Mail,Paid,Note,Gone,Id\n\
                    1,03/12/2011,\"1.234,50\",0049,a@b.example,yes,x,,9007199254740993\n\
                    2,31/12/2011,\"3,00\",1234,c@d.example,no,7,,12\n";
        let looks = look_at_columns(&inspect(text.as_bytes()).expect("a table"));
        let found: Vec<FoundType> = looks.iter().map(|look| look.found).collect();
        use FoundType as F;
        assert_eq!(found, [F::WholeNumbers, F::Dates, F::DecimalNumbers, F::Codes, F::Emails, F::YesOrNo, F::Text, F::Nothing, F::Codes]);
        assert_eq!(looks[0].samples, ["1", "2"]);
        assert_eq!((looks[7].filled, looks[7].rows), (0, 2));
    }
}

//! Dates, times and spans that a workbook holds as ISO texts, written as those of other workbooks are.

/// `2021-01-01T00:00:00` is a day, `2021-01-01T10:10:10` a day with its time; with an offset it stays as it is.
pub(super) fn moment(text: &str) -> String {
    let Some((day, time)) = text.split_once('T').filter(|(_, time)| !time.contains(['Z', '+', '-'])) else { return text.to_owned() };
    let time = time.split(['.', ',']).next().unwrap_or(time);
    if time == "00:00:00" || time.is_empty() { day.to_owned() } else { format!("{day} {time}") }
}

/// `PT10H10M10.5S` is 10:10:11; what is no span of hours, minutes and seconds stays as it is.
pub(super) fn span(text: &str) -> String {
    seconds(text).map_or_else(|| text.to_owned(), |seconds| format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60))
}

fn seconds(text: &str) -> Option<u64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut milliseconds = 0_u64;
    for (unit, size) in [('H', 3_600_000), ('M', 60_000), ('S', 1_000)] {
        let Some((number, after)) = rest.split_once(unit) else { continue };
        let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let part: u64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
        milliseconds = whole.parse::<u64>().ok()?.checked_mul(size)?.checked_add(milliseconds)?.checked_add(part * size / 1_000)?;
        rest = after;
    }
    rest.is_empty().then_some(milliseconds.saturating_add(500) / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_days_and_spans_are_as_other_workbooks_write_them() {
        for (text, expected) in [
            ("2021-01-01", "2021-01-01"),
            ("2021-01-01T00:00:00", "2021-01-01"),
            ("2021-01-01T10:10:10.123", "2021-01-01 10:10:10"),
            ("2021-01-01T10:10:10Z", "2021-01-01T10:10:10Z"),
            ("10:10:10", "10:10:10"),
        ] {
            assert_eq!(moment(text), expected);
        }
        for (text, expected) in [
            ("PT10H10M10S", "10:10:10"),
            ("PT255H10M10.6S", "255:10:11"),
            ("PT0S", "00:00:00"),
            ("PT5M", "00:05:00"),
            ("P1D", "P1D"),
            ("PTxH", "PTxH"),
        ] {
            assert_eq!(span(text), expected);
        }
    }
}

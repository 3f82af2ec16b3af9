//! Numbers of spreadsheets and tables as they were typed.

/// Fifteen significant digits, which is what a spreadsheet stores faithfully: 0.30000000000000004 was typed as 0.3.
pub(super) fn number_text(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_they_were_typed() {
        for (number, text) in
            [(17_850.0, "17850"), (0.1 + 0.2, "0.3"), (1234.5, "1234.5"), (-2.55, "-2.55"), (123_456_789_012_345.0, "123456789012345")]
        {
            assert_eq!(number_text(number), text);
        }
        assert_eq!(number_text(f64::NAN), "");
    }
}

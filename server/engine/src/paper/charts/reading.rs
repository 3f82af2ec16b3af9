//! Values and how they are written on a picture: as `public/js/charts.js` writes them.

use crate::paper::colours::{COMPARED, CURRENT, Colour, split};
use domain::Currency;
use domain::charts::{Series, SeriesRole, TableColumn};
use domain::format;
use domain::question::ColumnKind;

/// What a picture's numbers are in.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Unit {
    Plain,
    Ratio,
    /// With the sign or code before it.
    Money(String),
}

impl Unit {
    pub(super) fn of(currency: Option<Currency>) -> Self {
        let sign = |currency: Currency| currency.symbol().map_or_else(|| format!("{}\u{a0}", currency.code()), str::to_owned);
        currency.map_or(Self::Plain, |currency| Self::Money(sign(currency)))
    }

    /// As a table's column is written.
    pub(super) fn of_column(column: Option<&TableColumn>) -> Self {
        match column.map(|column| column.kind) {
            Some(ColumnKind::Money) => Self::of(column.and_then(|column| column.currency)),
            Some(ColumnKind::Ratio) => Self::Ratio,
            _ => Self::Plain,
        }
    }

    /// A short number: `£12.4k`, `0.25`, `3.1 %`.
    pub(super) fn short(&self, value: f64) -> String {
        let sign = if value < 0.0 { "−" } else { "" };
        match self {
            Self::Ratio => format!("{sign}{}\u{a0}%", few(value.abs() * 100.0, 1)),
            Self::Plain => format!("{sign}{}", compact(value.abs())),
            Self::Money(symbol) => format!("{sign}{symbol}{}", compact(value.abs())),
        }
    }
}

fn compact(size: f64) -> String {
    match size {
        // Nothing that is sold reaches there; its digits would fill the page.
        1e15.. => format!("{size:.1e}"),
        _ if size > 0.0 && size < 10.0 => few(size, 2),
        _ => format::compact(size),
    }
}

/// With at most so many decimals.
fn few(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A series' value that can be drawn.
pub(super) fn value(series: &Series, index: usize) -> Option<f64> {
    /// Beyond that, sums are no numbers any more.
    const FAR: f64 = 1e100;
    series.values.get(index).copied().flatten().filter(|value| value.is_finite()).map(|value| value.clamp(-FAR, FAR))
}

/// The colour of a series.
pub(in crate::paper) fn role_colour(role: SeriesRole) -> Colour {
    match role {
        SeriesRole::Current => CURRENT,
        SeriesRole::Compared => COMPARED,
        SeriesRole::Split(number) => split(usize::from(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_on_the_page() {
        let money = Unit::of("TRY".parse().ok());
        assert_eq!((money.short(12_400.0).as_str(), money.short(-0.5).as_str(), money.short(0.0).as_str()), ("₺12.4k", "−₺0.5", "₺0"));
        assert_eq!((Unit::Ratio.short(0.125).as_str(), Unit::Plain.short(7.25).as_str()), ("12.5\u{a0}%", "7.25"));
        assert_eq!(Unit::of("CHF".parse().ok()).short(1_000.0), "CHF\u{a0}1k");
    }
}

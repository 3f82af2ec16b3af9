//! Values and how they are written on a picture: as `public/js/charts.js` writes them.

use crate::paper::colours::{COMPARED, CURRENT, Colour, split};
use domain::Currency;
use domain::charts::{ChartSpec, Series, SeriesRole, TableColumn, TableData};
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

    /// What a picture's values are in: its money, or what the figures of the table behind it are.
    pub(super) fn of_chart(spec: &ChartSpec, table: &TableData) -> Self {
        let name = spec.series.first().map_or("", |series| series.name.as_str());
        // Values that say so are percent already.
        if spec.currency.is_some() || name.ends_with('%') {
            return Self::of(spec.currency);
        }
        let is_figure = |column: &&TableColumn| matches!(column.kind, ColumnKind::Money | ColumnKind::Number | ColumnKind::Ratio);
        let named = table.columns.iter().filter(is_figure).find(|column| column.title == name);
        Self::of_column(named.or_else(|| table.columns.iter().find(is_figure)))
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
            Self::Ratio => format!("{sign}{}\u{a0}%", percent(value.abs() * 100.0, 1)),
            Self::Plain => format!("{sign}{}", compact(value.abs())),
            Self::Money(symbol) => format!("{sign}{symbol}{}", compact(value.abs())),
        }
    }

    /// A number of an axis, with the decimals that its steps need: `0.025`, `1.25k`, `2.5 %`.
    pub(super) fn tick(&self, value: f64, step: f64) -> String {
        let sign = if value < 0.0 { "−" } else { "" };
        match self {
            Self::Ratio => format!("{sign}{}\u{a0}%", percent(value.abs() * 100.0, decimals(step * 100.0))),
            Self::Plain => format!("{sign}{}", stepped(value.abs(), step)),
            Self::Money(symbol) => format!("{sign}{symbol}{}", stepped(value.abs(), step)),
        }
    }
}

fn stepped(size: f64, step: f64) -> String {
    let (unit, suffix) = match size {
        1e15.. => return format!("{size:.1e}"),
        999_950_000.0.. => (1e9, "B"),
        999_950.0.. => (1e6, "M"),
        999.5.. => (1e3, "k"),
        _ => (1.0, ""),
    };
    format!("{}{suffix}", few(size / unit, decimals(step / unit)))
}

/// How many decimals tell a step of 1, 2, 2.5 or 5 of a power of ten.
fn decimals(step: f64) -> usize {
    const MOST: usize = 9;
    let is_whole = |step: f64| step.round() >= 1.0 && (step - step.round()).abs() < 1e-6 * step;
    (0_i32..).take(MOST).position(|decimals| is_whole(step * 10_f64.powi(decimals))).unwrap_or(MOST)
}

fn compact(size: f64) -> String {
    match size {
        // Nothing that is sold reaches there; its digits would fill the page.
        1e15.. => format!("{size:.1e}"),
        _ if size > 0.0 && size < 10.0 => few(size, 2),
        _ => format::compact(size),
    }
}

/// What goes beyond any share is written short, as it is of no use in digits.
fn percent(size: f64, decimals: usize) -> String {
    if size < 1e5 { few(size, decimals) } else { compact(size) }
}

/// With at most so many decimals.
fn few(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
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
        assert_eq!((Unit::Ratio.short(1e100).as_str(), Unit::Ratio.tick(-1e4, 1e4).as_str()), ("1.0e102\u{a0}%", "−1M\u{a0}%"));
    }

    #[test]
    fn numbers_of_an_axis_have_the_decimals_of_its_steps() {
        let ticks = |unit: &Unit, step: f64| [0.0, 1.0, 2.0, 3.0].map(|place| unit.tick(place * step, step));
        assert_eq!(ticks(&Unit::Plain, 0.025), ["0", "0.025", "0.05", "0.075"]);
        assert_eq!(ticks(&Unit::Plain, 2.5), ["0", "2.5", "5", "7.5"]);
        assert_eq!((Unit::Plain.tick(12.5, 2.5).as_str(), Unit::Plain.tick(1_250.0, 250.0).as_str()), ("12.5", "1.25k"));
        assert_eq!(ticks(&Unit::Plain, 100.0), ["0", "100", "200", "300"]);
        assert_eq!(ticks(&Unit::Ratio, 0.025), ["0\u{a0}%", "2.5\u{a0}%", "5\u{a0}%", "7.5\u{a0}%"]);
        assert_eq!(ticks(&Unit::of("GBP".parse().ok()), 500_000.0), ["£0", "£500k", "£1M", "£1.5M"]);
    }
}

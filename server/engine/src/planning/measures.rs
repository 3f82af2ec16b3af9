//! How each measure is made of sums and counts: whole numbers all the way, divided once at the end.

use super::atoms::Atom;
use super::plan::{Output, PlanContext};
use super::sql::{Dialect, Value, Writer};
use domain::question::Question;
use domain::semantic::Measure;

/// A measure as a function of atoms.
pub(super) enum Formula {
    /// An atom that is 0 over nothing.
    Count(Atom),
    /// An atom that has no value over nothing.
    Stated(Atom),
    /// Thousandths of pieces, 0 over nothing.
    Pieces(Atom),
    /// Thousandths of pieces, no value over nothing.
    KnownPieces(Atom),
    /// A difference that is 0 over nothing.
    Difference(Atom, Atom),
    /// Money divided by a count, rounded to minor units.
    Average(Atom, Atom),
    /// A share of two sums.
    Ratio(Part, Part),
    /// Thousandths of minor units, rounded to minor units.
    Thousandth(Atom),
    /// A sum minus thousandths of minor units.
    MinusThousandth(Atom, Atom),
}

/// One side of a ratio.
pub(super) enum Part {
    /// The atom, 0 over nothing.
    Of(Atom),
    /// The atom times a number.
    Times(Atom, i64),
    /// The first minus the second.
    Minus(Atom, Atom),
    /// The first plus the second.
    Plus(Atom, Atom),
    /// The first times thousand, minus the second.
    ThousandMinus(Atom, Atom),
}

/// The formula of a measure; `days` is how many days the question is about.
pub(super) fn formula(measure: Measure, days: i64) -> Formula {
    use Formula::{Average, Count, Difference, KnownPieces, MinusThousandth, Pieces, Ratio, Stated, Thousandth};
    use Part::{Minus, Of, Plus, ThousandMinus, Times};
    match measure {
        Measure::NetSales => Count(Atom::Net),
        Measure::GrossSales => Count(Atom::Gross),
        Measure::TotalSales => Count(Atom::Total),
        Measure::Returns => Difference(Atom::Sold, Atom::Net),
        Measure::ReturnRate => Ratio(Minus(Atom::Sold, Atom::Net), Of(Atom::Gross)),
        Measure::Discounts => Stated(Atom::Discount),
        Measure::Tax => Stated(Atom::Tax),
        Measure::Shipping => Stated(Atom::Shipping),
        Measure::Fees => Stated(Atom::Fee),
        Measure::Orders => Count(Atom::Orders),
        Measure::Units => Pieces(Atom::UnitsMilli),
        Measure::AverageOrderValue => Average(Atom::CountedSold, Atom::Orders),
        Measure::UnitsPerOrder => Ratio(Of(Atom::CountedUnitsMilli), Times(Atom::Orders, 1_000)),
        Measure::Customers => Count(Atom::Customers),
        Measure::NewCustomers => Count(Atom::NewCustomers),
        Measure::ReturningCustomers => Difference(Atom::Customers, Atom::NewCustomers),
        Measure::RepeatRate => Ratio(Of(Atom::RepeatBuyers), Of(Atom::Buyers)),
        Measure::RevenuePerCustomer => Average(Atom::KnownNet, Atom::Customers),
        Measure::Cost => Thousandth(Atom::CostMilli),
        Measure::GrossMargin => MinusThousandth(Atom::CostedNet, Atom::CostMilli),
        Measure::GrossMarginRate => Ratio(ThousandMinus(Atom::CostedNet, Atom::CostMilli), Times(Atom::CostedNet, 1_000)),
        Measure::StockOnHand => KnownPieces(Atom::StockMilli),
        Measure::DaysOfCover => Ratio(Times(Atom::StockMilli, days), Of(Atom::UnitsMilli)),
        Measure::SellThrough => Ratio(Of(Atom::UnitsMilli), Plus(Atom::UnitsMilli, Atom::StockMilli)),
        Measure::AdSpend => Stated(Atom::Spend),
        Measure::ReturnOnAdSpend => Ratio(Of(Atom::Net), Of(Atom::Spend)),
    }
}

impl Formula {
    /// What it is made of.
    pub(super) fn atoms(&self) -> Vec<Atom> {
        match self {
            Self::Count(one) | Self::Stated(one) | Self::Pieces(one) | Self::KnownPieces(one) | Self::Thousandth(one) => vec![*one],
            Self::Difference(one, other) | Self::Average(one, other) | Self::MinusThousandth(one, other) => vec![*one, *other],
            Self::Ratio(above, below) => [above.atoms(), below.atoms()].concat(),
        }
    }

    /// Its expression, and what it brings; `column` is where an atom stands.
    pub(super) fn expression(&self, column: impl Fn(Atom) -> String, writer: &mut Writer) -> (String, Output) {
        let zero = |atom: &Atom| format!("COALESCE({}, 0)", column(*atom));
        match self {
            Self::Count(atom) => (zero(atom), Output::Number),
            Self::Stated(atom) => (column(*atom), Output::Number),
            Self::Pieces(atom) => (zero(atom), Output::Thousandths),
            Self::KnownPieces(atom) => (column(*atom), Output::Thousandths),
            Self::Difference(one, other) => (format!("{} - {}", zero(one), zero(other)), Output::Number),
            Self::Average(of, count) => (rounded(&zero(of), &zero(count)), Output::Number),
            Self::Thousandth(atom) => (rounded(&column(*atom), "1000"), Output::Number),
            Self::MinusThousandth(of, atom) => (format!("{} - ({})", column(*of), rounded(&column(*atom), "1000")), Output::Number),
            Self::Ratio(above, below) => {
                let (above, below) = (above.expression(&column, writer), below.expression(&column, writer));
                (ratio(&above, &below, writer.dialect), Output::Float)
            }
        }
    }
}

impl Part {
    fn atoms(&self) -> Vec<Atom> {
        match self {
            Self::Of(one) | Self::Times(one, _) => vec![*one],
            Self::Minus(one, other) | Self::Plus(one, other) | Self::ThousandMinus(one, other) => vec![*one, *other],
        }
    }

    /// Null where what it is made of is not known. Sales that are not there are 0.
    fn expression(&self, column: impl Fn(Atom) -> String, writer: &mut Writer) -> String {
        let value = |atom: &Atom| if is_known_by_itself(*atom) { format!("COALESCE({}, 0)", column(*atom)) } else { column(*atom) };
        match self {
            Self::Of(atom) => value(atom),
            Self::Times(atom, number) => format!("{} * {}", value(atom), writer.bind(Value::Int(*number))),
            Self::Minus(one, other) => format!("({} - {})", value(one), value(other)),
            Self::Plus(one, other) => format!("({} + {})", value(one), value(other)),
            Self::ThousandMinus(one, other) => format!("({} * 1000 - {})", value(one), value(other)),
        }
    }
}

/// Whether nothing of it is nought.
fn is_known_by_itself(atom: Atom) -> bool {
    !matches!(atom, Atom::StockMilli | Atom::Spend | Atom::CostMilli | Atom::CostedNet)
}

/// A division of whole numbers, rounded half away from zero, without leaving 64 bits; null where the divisor is not positive.
fn rounded(of: &str, by: &str) -> String {
    format!("CASE WHEN {by} > 0 THEN {of} / {by} + CASE WHEN ABS({of} % {by}) * 2 >= {by} THEN CASE WHEN {of} < 0 THEN -1 ELSE 1 END ELSE 0 END END")
}

/// A division of whole numbers as doubles, the same on every database; null where the divisor is not positive.
fn ratio(above: &str, below: &str, dialect: Dialect) -> String {
    format!("CASE WHEN {below} > 0 THEN {} / {} END", dialect.double(above), dialect.double(below))
}

/// How many days a question is about: those it asks for, as far as the data reach.
pub(super) fn days_of(question: &Question, context: &PlanContext) -> i64 {
    let Some(data) = context.days else { return 1 };
    let time = question.time.unwrap_or_default();
    let from = time.from.unwrap_or(data.from).max(data.from);
    let to = time.to.unwrap_or(data.to).min(data.to);
    i64::from((to.0 - from.0 + 1).max(1))
}

//! What each dimension and grain is in SQL. `f` is the block's table of facts.

use super::blocks::Block;
use super::plan::{Output, PlanContext};
use super::sql::{Value, Writer};
use domain::range::{Calendar, Grain};
use domain::regions::REGIONS;
use domain::semantic::Dimension;

/// A table beside the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Join {
    /// `p`: products.
    Products,
    /// `o`: the orders of order lines.
    Orders,
    /// `s`: sources.
    Sources,
    /// `c`: customers.
    Customers,
    /// `b`: what each customer bought in all: first and last day, and how often.
    Buyers,
}

impl Join {
    pub(super) fn sql(self, merchant: &str, has_test_orders: bool) -> String {
        match self {
            Self::Products => " LEFT JOIN products p ON p.merchant_id = f.merchant_id AND p.id = f.product_id".to_owned(),
            Self::Orders => " LEFT JOIN orders o ON o.merchant_id = f.merchant_id AND o.id = f.order_id".to_owned(),
            Self::Sources => " LEFT JOIN sources s ON s.merchant_id = f.merchant_id AND s.id = f.source_id".to_owned(),
            Self::Customers => " LEFT JOIN customers c ON c.merchant_id = f.merchant_id AND c.id = f.customer_id".to_owned(),
            Self::Buyers => {
                let real = if has_test_orders { " AND NOT h.is_test" } else { "" };
                format!(
                    " LEFT JOIN (SELECT h.customer_id AS id, MIN(h.day) AS first_day, MAX(h.day) AS last_day, MIN(h.month) AS first_month, \
                     COUNT(*) AS order_count FROM orders h WHERE h.merchant_id = {merchant} AND h.is_sale AND h.customer_id IS NOT NULL{real} \
                     GROUP BY h.customer_id) b ON b.id = f.customer_id"
                )
            }
        }
    }
}

/// What customers are by their activity, as questions and answers spell it.
pub(super) const ACTIVITIES: [&str; 6] = ["newcomer", "active", "regular", "slipping", "one-time", "lost"];

/// What a word of it means. Three had other words, which saved boards still say; they are those of RFM segments now, which are others.
pub(super) fn activity(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase().replace('_', " ");
    let today = match word.as_str() {
        "new" => "newcomer",
        "loyal" => "regular",
        "at risk" => "slipping",
        word => word,
    };
    ACTIVITIES.into_iter().find(|activity| *activity == today)
}

/// A customer as people tell them apart; `c` is the customers' alias.
pub(super) fn customer_label(c: &str) -> String {
    format!(
        "CASE WHEN {c}.name IS NOT NULL AND {c}.email IS NOT NULL THEN {c}.name || ' <' || {c}.email || '>' \
         ELSE COALESCE({c}.email, {c}.name || ' (' || {c}.external_id || ')', {c}.name, {c}.external_id) END"
    )
}

/// The expression of a dimension, and what it brings.
pub(super) fn expression(dimension: Dimension, block: Block, context: &PlanContext, writer: &mut Writer) -> (String, Output) {
    let text = |column: &str| (column.to_owned(), Output::Text);
    let of_order = |column: &str| text(&format!("{}.{column}", if block.is_of_lines() { "o" } else { "f" }));
    match dimension {
        Dimension::Product => text("p.title"),
        Dimension::Sku => text("p.sku"),
        Dimension::Variant => text("p.variant"),
        Dimension::Category => text("p.category"),
        Dimension::Brand => text("p.brand"),
        Dimension::Country => text("f.country"),
        Dimension::Region => text(&region()),
        Dimension::City => of_order("city"),
        Dimension::DiscountCode => of_order("discount_code"),
        Dimension::PaymentMethod => of_order("payment_method"),
        Dimension::Customer => text(&customer_label("c")),
        Dimension::CustomerSegment => text(&activity_case(context, writer)),
        Dimension::Cohort => ("b.first_month".to_owned(), Output::Month),
        Dimension::Channel => ("f.channel".to_owned(), Output::Channel),
        Dimension::Source => text("s.name"),
        // What was sold offline and tells no store is its source's.
        Dimension::Store => text("COALESCE(f.store, CASE WHEN f.channel = 2 THEN s.name END)"),
        // 1970-01-01 was a Thursday; days before it are negative, and so are their remainders.
        Dimension::Weekday => ("((f.day + 3) % 7 + 7) % 7 + 1".to_owned(), Output::Number),
        Dimension::Hour => ("f.hour".to_owned(), Output::Number),
        Dimension::Currency => text("f.currency"),
    }
}

fn region() -> String {
    let case = |(name, codes): &(&str, &[&str])| format!("WHEN f.country IN ('{}') THEN '{name}'", codes.join("', '"));
    format!("CASE {} END", REGIONS.iter().map(case).collect::<Vec<_>>().join(" "))
}

/// How recently and how often a customer bought, seen from the last day of the data.
fn activity_case(context: &PlanContext, writer: &mut Writer) -> String {
    let as_of = writer.bind(Value::Int(context.days.map_or(0, |days| i64::from(days.to.0))));
    let ago = format!("({as_of} - b.last_day)");
    format!(
        "CASE WHEN b.last_day IS NULL THEN NULL WHEN b.order_count = 1 THEN CASE WHEN {ago} <= 90 THEN 'newcomer' ELSE 'one-time' END \
         WHEN {ago} <= 90 THEN CASE WHEN b.order_count >= 4 THEN 'regular' ELSE 'active' END WHEN {ago} <= 180 THEN 'slipping' ELSE 'lost' END"
    )
}

/// The join that a dimension's expression needs.
pub(super) fn join(dimension: Dimension, block: Block) -> Option<Join> {
    match dimension {
        Dimension::Product | Dimension::Sku | Dimension::Variant | Dimension::Category | Dimension::Brand => Some(Join::Products),
        Dimension::City | Dimension::DiscountCode | Dimension::PaymentMethod => block.is_of_lines().then_some(Join::Orders),
        Dimension::Source | Dimension::Store => Some(Join::Sources),
        Dimension::Customer => Some(Join::Customers),
        Dimension::CustomerSegment | Dimension::Cohort => Some(Join::Buyers),
        Dimension::Country | Dimension::Region | Dimension::Channel | Dimension::Weekday | Dimension::Hour | Dimension::Currency => None,
    }
}

/// A number that grows with time and is the same for all days of a bucket: see [`Output::Bucket`] for its reading.
pub(super) fn bucket(grain: Grain, calendar: Calendar) -> String {
    let first = calendar.year_start.clamp(1, 12);
    match grain {
        Grain::Day => "f.day".to_owned(),
        Grain::Week => week_of("f.day", calendar),
        Grain::Month => "f.month".to_owned(),
        Grain::Quarter => "f.month / 100 * 100 + (f.month % 100 - 1) / 3 * 3 + 1".to_owned(),
        Grain::Year => "f.month / 100 * 100 + 1".to_owned(),
        // Months since the fiscal year that began in the year 0, cut to whole years: their number is the year in which it began.
        Grain::FiscalYear => format!("(f.month / 100 * 12 + f.month % 100 - {first}) / 12 * 100 + {first}"),
        // The same months cut to whole quarters, and counted from January again.
        Grain::FiscalQuarter => {
            let month = format!("((f.month / 100 * 12 + f.month % 100 - {first}) / 3 * 3 + {})", first - 1);
            format!("{month} / 12 * 100 + {month} % 12 + 1")
        }
    }
}

/// The first day of a day's week: without the days since it, the weekday counted from the first.
pub(super) fn week_of(day: &str, calendar: Calendar) -> String {
    format!("{day} - (({day} + {}) % 7 + 7) % 7", 11 - calendar.week_start.clamp(1, 7))
}

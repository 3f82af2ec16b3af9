//! What the invented shop sells, to whom, and when.

use domain::Day;
use domain::sources::Channel;

/// An invented order; returns are orders of their own with negative quantities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoOrder {
    /// Its number, unique within its channel.
    pub number: String,
    /// Made in the web shop or in the shop by the harbour.
    pub channel: Channel,
    /// When, milliseconds since 1970-01-01 UTC.
    pub occurred_at_ms: i64,
    /// The shop's local day.
    pub day: Day,
    /// The local hour, 0 to 23.
    pub hour: u8,
    /// ISO 3166-1 alpha-2.
    pub country: [u8; 2],
    /// Where it went.
    pub city: &'static str,
    /// Who bought; unknown at the till unless they show their card.
    pub customer: Option<DemoCustomer>,
    /// What was bought.
    pub lines: Vec<DemoLine>,
    /// The total with postage, as the web shop states it; none at the till.
    pub stated_total_minor: Option<i64>,
}

/// An invented customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoCustomer {
    /// Their number.
    pub number: String,
    /// An address at a domain that is reserved for examples.
    pub email: String,
    /// Their name.
    pub name: String,
}

/// A line of an invented order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoLine {
    /// The product's code.
    pub sku: &'static str,
    /// The product's name.
    pub title: &'static str,
    /// How many; negative for returns.
    pub quantity: i64,
    /// The price of one in pence.
    pub unit_price_minor: i64,
}

impl DemoLine {
    /// Quantity times price.
    pub fn amount_minor(&self) -> i64 {
        self.quantity * self.unit_price_minor
    }
}

impl DemoOrder {
    /// The sum of its lines.
    pub fn net_minor(&self) -> i64 {
        self.lines.iter().map(DemoLine::amount_minor).sum()
    }
}

//! What an order looks like as JSON, for the API's document. It is read strictly, field by field, so that each problem has its place.
#![expect(dead_code, reason = "these types only describe the body for the API's document")]

use utoipa::ToSchema;

/// An amount of money: decimal text such as `"12.50"`, or a whole number of minor units.
#[derive(ToSchema)]
#[schema(example = "12.50")]
pub(crate) enum OrderAmount {
    /// Decimal text with a point.
    #[schema(title = "Decimal text")]
    Text(String),
    /// Minor units: pence, cents.
    #[schema(title = "Minor units")]
    Minor(i64),
}

/// An order.
#[derive(ToSchema)]
pub(crate) struct NewOrder {
    /// Its number in its source, as text.
    id: String,
    /// With an offset, `2026-01-31T16:40:00Z`; or on the shop's clock, `2026-01-31T16:40` or `2026-01-31`.
    ordered_at: String,
    /// ISO 4217; the shop's currency unless it is said.
    currency: Option<String>,
    /// Who bought.
    customer: Option<NewOrderCustomer>,
    /// ISO 3166-1, two letters.
    country: Option<String>,
    /// Where it went.
    city: Option<String>,
    /// What the customer paid in all, if it is to be kept as you state it.
    total: Option<OrderAmount>,
    /// Shipping, beside the lines.
    shipping: Option<OrderAmount>,
    /// Tax in or on the order.
    tax: Option<OrderAmount>,
    /// A discount on the whole order that the lines do not show; it is taken off them.
    discount: Option<OrderAmount>,
    /// What a marketplace or payment service kept.
    fee: Option<OrderAmount>,
    /// What was given back later; it counts as returns of the order's day.
    refunded: Option<OrderAmount>,
    /// The discount's code.
    discount_code: Option<String>,
    /// How it was paid.
    payment_method: Option<String>,
    /// The store, branch or till that sold it.
    store: Option<String>,
    /// Whether it was only a test.
    is_test: Option<bool>,
    /// What was bought, 1 to 1,000 lines.
    lines: Vec<NewOrderLine>,
}

/// Who bought; known by the address, else by the number.
#[derive(ToSchema)]
pub(crate) struct NewOrderCustomer {
    /// The number in the source, as text.
    id: Option<String>,
    /// The e-mail address.
    email: Option<String>,
    /// The name.
    name: Option<String>,
}

/// A line of an order.
#[derive(ToSchema)]
pub(crate) struct NewOrderLine {
    /// The product's code.
    sku: Option<String>,
    /// The product's name.
    title: Option<String>,
    /// How many: a whole number, or decimal text with at most three decimals. Negative for returns.
    #[schema(value_type = OrderAmount)]
    quantity: OrderAmount,
    /// The price of one.
    unit_price: Option<OrderAmount>,
    /// The line's amount after its own discounts; quantity times price unless it is said.
    amount: Option<OrderAmount>,
}

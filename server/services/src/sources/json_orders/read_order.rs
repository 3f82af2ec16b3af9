//! One order of a batch: all of it can be stored, or each problem is named with its place.

use super::amounts::{Exact, thousandths};
use super::fields::{Fields, Problems, flag, text};
use super::moment::moment;
use super::order::{JsonLine, JsonOrder};
use crate::sources::book::Amounts;
use domain::Currency;
use domain::sources::OrderProblem;
use engine::ingestion::{ReadContext, country_code};
use serde_json::Value;
use std::collections::HashMap;

const MOST_LINES: usize = 1_000;
const ORDER: [&str; 17] = [
    "id",
    "ordered_at",
    "currency",
    "customer",
    "country",
    "city",
    "total",
    "shipping",
    "tax",
    "discount",
    "fee",
    "refunded",
    "discount_code",
    "payment_method",
    "store",
    "is_test",
    "lines",
];
const CUSTOMER: [&str; 3] = ["id", "email", "name"];
const LINE: [&str; 5] = ["sku", "title", "quantity", "unit_price", "amount"];

/// Reads the orders of one batch, in its order.
pub(in crate::sources) struct OrderReader {
    context: ReadContext,
    /// Where each id stood first: the lines of two orders must not become one.
    seen: HashMap<String, usize>,
    next: usize,
}

impl OrderReader {
    pub(in crate::sources) fn new(context: ReadContext) -> Self {
        Self { context, seen: HashMap::new(), next: 0 }
    }

    /// The next order; pointers begin at the batch.
    pub(in crate::sources) fn read(&mut self, value: &Value) -> Result<JsonOrder, Vec<OrderProblem>> {
        let place = self.next;
        self.next += 1;
        let problems = Problems::default();
        let order = order(value, format!("/orders/{place}"), self.context, &problems);
        if let Some(order) = &order {
            match self.seen.get(&order.number) {
                Some(first) => {
                    problems.note(format!("/orders/{place}/id"), format!("this id stands in the batch already, at /orders/{first}"));
                }
                None => drop(self.seen.insert(order.number.clone(), place)),
            }
        }
        let problems = problems.into_inner();
        match order {
            Some(order) if problems.is_empty() => Ok(order),
            _ => Err(problems),
        }
    }
}

fn order(value: &Value, pointer: String, context: ReadContext, problems: &Problems) -> Option<JsonOrder> {
    let fields = Fields::of(value, pointer, &ORDER, problems)?;
    let currency = fields.read("currency", currency);
    if currency.is_none() && fields.value("currency").is_some() {
        return None;
    }
    let currency = currency.unwrap_or(context.currency);
    let money = |name: &str| fields.read(name, |value| Exact::of(value, currency)?.minor(currency));
    let unsigned = |name: &str| money(name).map(i64::abs);
    let number = fields.needed("id", |value| text(value).and_then(not_empty));
    let made = fields.needed("ordered_at", |value| moment(value.as_str().unwrap_or_default(), context));
    let (customer_id, customer_email, customer_name) = customer(&fields, problems);
    let amounts = Amounts {
        shipping: money("shipping"),
        tax: money("tax"),
        discount: unsigned("discount"),
        fee: unsigned("fee"),
        refunded: unsigned("refunded"),
    };
    let lines = lines(&fields, currency, problems);
    let (country, stated_total_minor) = (fields.read("country", country), money("total"));
    let (city, store) = (fields.text("city"), fields.text("store"));
    let (discount_code, payment_method) = (fields.text("discount_code"), fields.text("payment_method"));
    let is_test = fields.read("is_test", flag).unwrap_or_default();
    let (number, (occurred_at, local), lines) = (number?, made?, lines?);
    Some(JsonOrder {
        number,
        occurred_at,
        local,
        currency,
        country,
        city,
        customer_id,
        customer_email,
        customer_name,
        stated_total_minor,
        amounts,
        discount_code,
        payment_method,
        store,
        is_test,
        lines,
    })
}

fn not_empty(text: String) -> Result<String, String> {
    if text.is_empty() { Err("this is empty".to_owned()) } else { Ok(text) }
}

fn currency(value: &Value) -> Result<Currency, String> {
    let words = || "write the currency as its code of three letters, such as GBP".to_owned();
    value.as_str().and_then(|code| code.parse().ok()).ok_or_else(words)
}

fn country(value: &Value) -> Result<[u8; 2], String> {
    value.as_str().and_then(country_code).ok_or_else(|| "write the country as its code of two letters, such as GB".to_owned())
}

fn customer(order: &Fields<'_>, problems: &Problems) -> (String, String, String) {
    let fields = order.value("customer").and_then(|value| Fields::of(value, order.at("customer"), &CUSTOMER, problems));
    fields.map(|fields| (fields.text("id"), fields.text("email"), fields.text("name"))).unwrap_or_default()
}

fn lines(order: &Fields<'_>, currency: Currency, problems: &Problems) -> Option<Vec<JsonLine>> {
    let values = order.needed("lines", |value| match value.as_array() {
        Some(lines) if lines.is_empty() => Err("an order has at least one line".to_owned()),
        Some(lines) if lines.len() > MOST_LINES => Err(format!("an order has at most {MOST_LINES} lines")),
        Some(lines) => Ok(lines),
        None => Err("this must be an array".to_owned()),
    })?;
    let place = order.at("lines");
    let read = values.iter().enumerate().map(|(index, value)| line(value, format!("{place}/{index}"), currency, problems));
    read.collect::<Vec<_>>().into_iter().collect()
}

fn line(value: &Value, pointer: String, currency: Currency, problems: &Problems) -> Option<JsonLine> {
    let fields = Fields::of(value, pointer, &LINE, problems)?;
    let quantity_milli = fields.needed("quantity", thousandths);
    let price = fields.read("unit_price", |value| Exact::of(value, currency));
    let amount = fields.read("amount", |value| Exact::of(value, currency)?.minor(currency));
    let (sku, title) = (fields.text("sku"), fields.text("title"));
    if fields.value("unit_price").is_none() && fields.value("amount").is_none() {
        problems.note(fields.at("amount"), "either the line's amount or the price of one is needed");
    }
    let quantity_milli = quantity_milli?;
    let amount_minor = match (amount, price) {
        (Some(amount), _) => amount,
        (None, Some(price)) => price.times(quantity_milli).or_else(|| {
            problems.note(fields.at("unit_price"), "quantity times price is too large for one order");
            None
        })?,
        (None, None) => return None,
    };
    Some(JsonLine { sku, title, quantity_milli, unit_price_minor: price.map(Exact::rounded), amount_minor })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn context() -> ReadContext {
        ReadContext { currency: "GBP".parse().expect("a currency"), time_zone: "Europe/London".parse().expect("a zone") }
    }

    #[test]
    fn an_order_is_read_whole() {
        let value = json!({"id": "0001", "ordered_at": "2026-01-31T16:40:00Z", "customer": {"id": "7", "email": "Ada@example.com"},
            "country": "GB", "total": "17.50", "shipping": 250, "discount": "-1.00", "is_test": false,
            "lines": [{"sku": "A", "quantity": 2, "unit_price": "7.50"}, {"title": "Tea", "quantity": "0.5", "amount": -50}]});
        let order = OrderReader::new(context()).read(&value).expect("it reads");
        assert_eq!(
            (order.number.as_str(), order.stated_total_minor, order.amounts.shipping, order.amounts.discount),
            ("0001", Some(1_750), Some(250), Some(100))
        );
        let lines: Vec<_> = order.sales_lines(1).map(|line| (line.sku, line.quantity_milli, line.unit_price_minor, line.amount_minor)).collect();
        assert_eq!(lines, [("A", 2_000, Some(750), 1_500), ("", 500, None, -50)]);
    }

    #[test]
    fn every_problem_is_named_with_its_place() {
        let mut reader = OrderReader::new(context());
        let mut places = |value: Value| {
            let problems = reader.read(&value).expect_err("something is wrong");
            problems.into_iter().map(|problem| problem.pointer).collect::<Vec<_>>()
        };
        assert_eq!(places(json!("x")), ["/orders/0"]);
        assert_eq!(places(json!({})), ["/orders/1/id", "/orders/1/ordered_at", "/orders/1/lines"]);
        let wrong = json!({"id": 7, "ordered_at": "never", "lines": [], "coupon/x": 1});
        assert_eq!(places(wrong), ["/orders/2/coupon~1x", "/orders/2/id", "/orders/2/ordered_at", "/orders/2/lines"]);
        let lines = json!([{"quantity": 1.5, "amount": "1"}, {"quantity": 1}, {"quantity": 1, "amount": "1,00"}, 3]);
        let wrong = json!({"id": "1", "ordered_at": "2026-01-01", "lines": lines, "country": "Atlantis", "customer": {"id": 5}});
        let mut found = places(wrong);
        found.sort();
        let expected = ["country", "customer/id", "lines/0/quantity", "lines/1/amount", "lines/2/amount", "lines/3"];
        assert_eq!(found, expected.map(|place| format!("/orders/3/{place}")));
        assert_eq!(places(json!({"id": "1", "ordered_at": "2026-01-01", "currency": "XYZZY", "lines": []})), ["/orders/4/currency"]);
    }

    #[test]
    fn an_id_stands_in_a_batch_once() {
        let mut reader = OrderReader::new(context());
        let order = json!({"id": "1", "ordered_at": "2026-01-01", "lines": [{"quantity": 1, "amount": 1}]});
        assert!(reader.read(&order).is_ok());
        let problems = reader.read(&order).expect_err("it is there already");
        assert_eq!((problems[0].pointer.as_str(), problems.len()), ("/orders/1/id", 1));
    }
}

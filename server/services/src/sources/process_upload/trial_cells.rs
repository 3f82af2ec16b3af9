//! What a row would be stored as, in words.

use super::trial::Cells;
use domain::sources::{ColumnMeaning, ValueType};
use domain::{Currency, Day, Money, format};
use engine::ingestion::{ParsedLine, ParsedRecord};

/// The line of an order.
pub(super) fn of_line(line: &ParsedLine<'_>) -> Cells {
    use ColumnMeaning as M;
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let amount = |minor: Option<i64>| minor.map(|minor| money(minor, line.currency)).unwrap_or_default();
    let stated = &line.stated;
    let cells = [
        (M::OrderNumber, line.order_number.to_string()),
        (M::OrderedAt, when(line.day, line.hour)),
        (M::Sku, text(line.sku.as_deref())),
        (M::ProductName, text(line.title.as_deref())),
        (M::Quantity, thousandths(line.quantity_milli)),
        (M::UnitPrice, amount(line.unit_price_minor)),
        (M::LineAmount, amount(Some(line.amount_minor))),
        (M::LineDiscount, amount(line.discount_minor)),
        (M::OrderTotal, amount(line.stated_total_minor)),
        (M::Shipping, amount(stated.shipping_minor)),
        (M::Tax, amount(stated.tax_minor)),
        (M::Discount, amount(stated.discount_minor)),
        (M::Fee, amount(stated.fee_minor)),
        (M::DiscountCode, text(stated.discount_code.as_deref())),
        (M::PaymentMethod, text(stated.payment_method.as_deref())),
        (M::Store, text(stated.store.as_deref())),
        (M::Country, country(line.country)),
        (M::City, text(line.city.as_deref())),
        (M::CustomerId, text(line.customer_id.as_deref())),
        (M::CustomerEmail, text(line.customer_email.as_deref()).to_lowercase()),
        (M::CustomerName, text(line.customer_name.as_deref())),
        (M::CancelledAt, if line.is_cancelled { "yes".to_owned() } else { String::new() }),
        (M::IsTest, if stated.is_test { "yes".to_owned() } else { String::new() }),
    ];
    cells.into_iter().map(|(meaning, text)| (meaning.label(), text)).collect()
}

/// A row of a file that is no list of orders: the mapped meanings in their order.
pub(super) fn of_record(record: &ParsedRecord, meanings: &[ColumnMeaning]) -> Cells {
    meanings.iter().map(|meaning| (meaning.label(), cell(record, *meaning))).collect()
}

fn cell(record: &ParsedRecord, meaning: ColumnMeaning) -> String {
    let number = || record.number(meaning);
    match meaning.value_type() {
        _ if meaning == ColumnMeaning::Country => country(record.country),
        _ if meaning == ColumnMeaning::Currency => record.currency.code().to_owned(),
        ValueType::Moment => record.moment.map(|(_, local)| when(local.day, local.hour)).unwrap_or_default(),
        ValueType::Money => number().map(|minor| money(minor, record.currency)).unwrap_or_default(),
        ValueType::Quantity => number().map(thousandths).unwrap_or_default(),
        ValueType::Text | ValueType::Flag => record.text(meaning).unwrap_or_default().to_owned(),
    }
}

fn money(minor: i64, currency: Currency) -> String {
    format::money(Money::new(minor, currency))
}

/// A file that tells no time puts everything at midnight.
fn when(day: Day, hour: u8) -> String {
    if hour == 0 { format::day(day) } else { format!("{}, {hour:02} h", format::day(day)) }
}

fn country(code: Option<[u8; 2]>) -> String {
    code.map(|code| code.iter().map(|&letter| char::from(letter)).collect()).unwrap_or_default()
}

fn thousandths(milli: i64) -> String {
    format::decimal(milli as f64 / 1_000.0)
}

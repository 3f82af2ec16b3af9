//! What a column is, is told by all of it: numbers of days, currencies beside amounts, ids that look like numbers.

use crate::support::read;
use chrono_tz::Europe::{Berlin, Istanbul, London};

#[test]
fn numbers_of_days_are_dates_in_text_files_too() {
    let text = "Order,Date,Quantity,Price\n1,40513.3513888889,1,2.50\n2,40514,1,2.50\n3,2010-12-03,1,2.50\n";
    let file = read(text.as_bytes(), "GBP", London);
    let days: Vec<_> = file.lines.iter().map(|line| (line.day.as_str(), line.hour)).collect();
    assert_eq!(days, [("2010-12-01", 8), ("2010-12-02", 0), ("2010-12-03", 0)]);
    assert!(file.evidence.remarks[0].starts_with("2 dates stand"), "{:?}", file.evidence.remarks);
}

#[test]
fn a_currency_beside_amounts_is_theirs_and_not_the_shops() {
    let text = "Order;Date;Quantity;Price\n1;2026-01-05;1;€2.50\n2;2026-01-05;1;1,234.50 €\n3;2026-01-05;2;$1.50\n4;2026-01-05;1;7.25\n5;2026-01-05;1;GBP 2\n";
    let file = read(text.as_bytes(), "TRY", Istanbul);
    let currencies: Vec<_> = file.lines.iter().map(|line| (line.order_number.as_str(), line.currency)).collect();
    assert!(currencies.contains(&("1", "EUR")) && currencies.contains(&("2", "EUR")) && currencies.contains(&("5", "GBP")), "{currencies:?}");
    let lira = "Sipariş No;Tarih;Adet;Birim Fiyat\n1;05.01.2026;1;1.299,90 TL\n2;25.01.2026;1;₺9,90\n";
    let file = read(lira.as_bytes(), "EUR", Berlin);
    let read: Vec<_> = file.lines.iter().map(|line| (line.currency, line.amount_minor)).collect();
    assert_eq!(read, [("TRY", 129_990), ("TRY", 990)]);
    let own = "Order;Date;Quantity;Price\n1;2026-01-05;1;$2.50\n";
    assert_eq!(read_currency(own, "AUD"), "AUD", "a dollar is the shop's own where it has dollars");
    let column = "Order;Date;Quantity;Price;Currency\n1;2026-01-05;1;$2.50;CAD\n";
    assert_eq!(read_currency(column, "EUR"), "CAD", "a column says it better than a sign");
}

fn read_currency(text: &str, shop: &str) -> &'static str {
    read(text.as_bytes(), shop, London).lines[0].currency
}

#[test]
fn ids_keep_every_digit() {
    let text = "Order Number,Date,SKU,Customer ID,Quantity,Price\n000450789469450789,2026-01-05,007,450789469450789469,1,2.50\n'000123,2026-01-05,00012.50,0017,1,2.50\n";
    let file = read(text.as_bytes(), "EUR", Berlin);
    let ids: Vec<_> = file.lines.iter().map(|line| (line.order_number.as_str(), line.sku.as_deref(), line.customer_id.as_deref())).collect();
    let expected = [("000450789469450789", Some("007"), Some("450789469450789469")), ("000123", Some("00012.50"), Some("0017"))];
    assert_eq!(ids, expected);
}

#[test]
fn offsets_make_the_day_that_of_the_shop() {
    let text =
        "Order,Created at,Quantity,Price\n1,2026-01-05T23:30:00-05:00,1,1\n2,2026-01-05T23:30:00Z,1,1\n3,1767655800,1,1\n4,2026-01-05 23:30,1,1\n";
    let file = read(text.as_bytes(), "EUR", Berlin);
    let days: Vec<_> = file.lines.iter().map(|line| (line.day.as_str(), line.hour)).collect();
    assert_eq!(days, [("2026-01-06", 5), ("2026-01-06", 0), ("2026-01-06", 0), ("2026-01-05", 23)]);
}

//! Figures of real files, computed elsewhere, that reading must give to the cent.

use crate::support::{read, real_file};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn uci_online_retail_is_read_whole() {
    let Some(bytes) = real_file("uci-online-retail/online_retail.csv.gz") else { return };
    let file = read(&bytes, "GBP", chrono_tz::Europe::London);
    assert_eq!((file.lines.len(), file.issues.len(), file.passes), (541_909, 0, 1));
    assert_eq!(file.lines.iter().map(|line| line.amount_minor).sum::<i64>(), 974_774_793);
    assert_eq!(file.lines.iter().map(|line| line.amount_minor.max(0)).sum::<i64>(), 1_066_668_454);
    assert_eq!(file.lines.iter().map(|line| line.order_number.as_str()).collect::<BTreeSet<_>>().len(), 25_900);
    assert_eq!(file.lines.iter().filter_map(|line| line.customer_id.as_deref()).collect::<BTreeSet<_>>().len(), 4_372);
    assert_eq!(file.lines.first().and_then(|line| line.customer_id.as_deref()), Some("17850"));
    assert_eq!(file.lines.last().map(|line| (line.row_line, line.day.as_str())), Some((541_910, "2011-12-09")));
    assert!(file.evidence.remarks[0].contains("Unspecified"), "{:?}", file.evidence.remarks);
}

#[test]
fn the_shopify_export_states_its_totals_once() {
    let Some(bytes) = real_file("shopify-orders-export/orders_export_1.csv") else { return };
    let file = read(&bytes, "INR", chrono_tz::Asia::Kolkata);
    assert_eq!((file.lines.len(), file.issues.len()), (121, 0));
    let orders: BTreeMap<&str, i64> = file.lines.iter().filter_map(|line| Some((line.order_number.as_str(), line.stated_total_minor?))).collect();
    assert_eq!((orders.len(), orders.values().sum::<i64>()), (51, 59_068_329));
    assert_eq!(file.lines.iter().filter(|line| line.stated_total_minor.is_some()).count(), 51);
    let first = &file.lines[0];
    assert_eq!((first.order_number.as_str(), first.occurred_at_ms, first.currency), ("#1051", 1_765_035_453_000, "INR"));
    assert_eq!((first.day.as_str(), first.hour), ("2025-12-06", 21));
}

#[test]
fn superstore_dates_of_two_digits_are_read_because_the_column_is_certain() {
    let Some(bytes) = real_file("superstore/superstore.csv") else { return };
    let file = read(&bytes, "USD", chrono_tz::America::New_York);
    assert_eq!((file.lines.len(), file.issues.len()), (10_194, 0));
    let days: BTreeSet<&str> = file.lines.iter().map(|line| line.day.as_str()).collect();
    assert_eq!((days.first().copied(), days.last().copied()), (Some("2019-01-03"), Some("2022-12-30")));
}

//! `TikTok` Shop: a row that explains the columns, tabs behind ids and times, values of the order on each of its rows.

use super::shapes::file;
use crate::sources::cleaning::counts;
use crate::sources::normal::brought;
use crate::sources::normal_shops::shop;
use crate::sources::orders;
use domain::sources::FileKind;

const EXPORT: &str = "TikTok Shop orders";

#[tokio::test]
async fn rows_hold_all_pieces_and_both_discounts_and_their_orders_values_count_once() {
    let explained = [
        ("Order ID", "Platform unique order ID."),
        ("Order Status", "Current order status."),
        ("Quantity", "SKU sold quantity in the order."),
        ("Created Time", "Order created time."),
        ("SKU Subtotal After Discount", "It equals SKU Subtotal Before Discount - Discounts."),
    ];
    let row = |id: &'static str, status, sku, pieces, before, off: [&'static str; 2], after, order: [&'static str; 4]| {
        [("Order ID", id), ("Order Status", status), ("Seller SKU", sku), ("Product Name", sku), ("Quantity", pieces)]
            .into_iter()
            .chain([("SKU Subtotal Before Discount", before), ("SKU Platform Discount", off[0]), ("SKU Seller Discount", off[1])])
            .chain([("SKU Subtotal After Discount", after), ("Shipping Fee After Discount", order[0]), ("Taxes", order[1])])
            .chain([("Order Amount", order[2]), ("Order Refund Amount", order[3]), ("Created Time", "05/13/2026 10:26:17 PM\t")])
            .collect::<Vec<_>>()
    };
    let (first, second) = ("576461234567890123\t", "576461234567890124\t");
    let of_first = ["5.00", "4.08", "77.08", "0"];
    let rows = [
        explained.to_vec(),
        row(first, "Shipped", "MUG", "2", "60", ["6", "4"], "50", of_first),
        row(first, "Shipped", "TEA", "1", "20.00", ["0", "2.00"], "18.00", of_first),
        row(second, "Completed", "TEA", "1", "25", ["0", "0"], "25", ["0", "0", "25", "5.50"]),
        row("576461234567890125\t", "Canceled", "TEA", "1", "25", ["0", "0"], "25", ["0", "0", "25", "0"]),
        row("576461234567890126\t", "Unpaid", "TEA", "1", "25", ["0", "0"], "25", ["0", "0", "25", "0"]),
    ];
    let (services, owner) = shop().await;
    let file = file("tiktok_shop", EXPORT, &["Co-Funded Shipping Fee Discount"], ",", &rows.each_ref().map(Vec::as_slice));
    let upload = brought(&services, &owner, "tiktok_shop", FileKind::Orders, &file).await;
    assert_eq!((upload.rows_total, upload.rows_rejected, counts(&upload)["left_out_by_status"]), (3, 0, 3), "{upload:?}");
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> = stored.iter().map(|row| (row.external_id.as_str(), row.gross_minor, row.discount_minor, row.net_minor)).collect();
    // 60 − 6 − 4 and 20 − 2; 25, of which 5.50 were given back.
    assert_eq!(told, [("576461234567890123", 8_000, Some(1_200), 6_800), ("576461234567890124", 2_500, Some(0), 1_950)]);
    let values: Vec<_> = stored.iter().map(|row| (row.shipping_minor, row.tax_minor, row.total_minor, row.refunded_minor, row.units_milli)).collect();
    assert_eq!(values, [(Some(500), Some(408), 7_708, Some(0), 3_000), (Some(0), Some(0), 2_500, Some(550), 1_000)]);
    assert_eq!(domain::Day(stored[0].day).to_string(), "2026-05-13");
}

#[tokio::test]
async fn european_amounts_bear_their_currency() {
    let row = [
        ("Order ID", "576461234567890127\t"),
        ("Order Status", "Completado"),
        ("Seller SKU", "TEA"),
        ("Product Name", "Tea"),
        ("Quantity", "3"),
        ("SKU Subtotal Before Discount", "1.200,00 EUR"),
        ("SKU Platform Discount", "0,00 EUR"),
        ("SKU Seller Discount", "100,50 EUR"),
        ("SKU Subtotal After Discount", "1.099,50 EUR"),
        ("Order Amount", "1.103,49 EUR"),
        ("Shipping Fee After Discount", "3,99 EUR"),
        ("Created Time", "31/05/2026 22:05:43\t"),
    ];
    let (services, owner) = shop().await;
    let file = file("tiktok_shop", EXPORT, &["Autonomous Community"], ",", &[&row]);
    brought(&services, &owner, "tiktok_shop", FileKind::Orders, &file).await;
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> =
        stored.iter().map(|row| (row.currency.as_str(), row.gross_minor, row.net_minor, row.shipping_minor, row.total_minor)).collect();
    assert_eq!(told, [("EUR", 120_000, 109_950, Some(399), 110_349)]);
}

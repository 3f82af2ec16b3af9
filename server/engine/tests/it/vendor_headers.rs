//! Real headers of eighteen vendors: no file may be called by the wrong vendor's name.

use crate::support::real_file;
use engine::ingestion::recognise;

#[test]
fn no_header_is_recognised_as_the_wrong_vendor() {
    let Some(bytes) = real_file("vendor-headers/vendor_headers.json") else { return };
    let known: serde_json::Value = serde_json::from_slice(&bytes).expect("it is JSON");
    let mut named = Vec::new();
    for entry in known.as_array().expect("it is a list") {
        let headers: Vec<String> = serde_json::from_value(entry["header"].clone()).expect("headers are texts");
        let id = entry["id"].as_str().expect("an id");
        let recognition = recognise(&headers);
        if let Some(vendor) = recognition.vendor {
            assert!(id.starts_with(vendor), "{id} was taken for {vendor}");
            named.push(id);
        }
        let is_sales = !["product", "item", "customer", "settlement", "payout", "activity", "audience"].iter().any(|kind| id.contains(kind));
        if !is_sales && id != "square_items" && id != "etsy_sold_order_items" {
            assert_eq!(recognition.mapping, None, "{id} is no list of sales: {:?}", recognition.guess);
        }
    }
    assert_eq!(named, ["shopify_orders", "etsy_sold_order_items", "amazon_all_orders_29", "trendyol_orders"]);
}

//! Toast's items: net prices of all pieces, voided ones left out, and the list of the same orders beside them.

use super::shapes::file;
use crate::sources::cleaning::counts;
use crate::sources::normal::{brought, product_names};
use crate::sources::normal_shops::{export, shop};
use crate::sources::orders;
use domain::sources::FileKind;

#[tokio::test]
async fn items_are_net_of_their_discounts_and_the_orders_list_counts_them_no_second_time() {
    let item = |order, name, pieces, price: [&'static str; 3], tax, void| {
        [("Location", "Main"), ("Order Id", order), ("Order Date", "1/13/2026 6:05 PM"), ("Menu Item", name), ("Qty", pieces)]
            .into_iter()
            .chain([("Gross Price", price[0]), ("Discnt", price[1]), ("Net Price", price[2]), ("Tax", tax), ("Void?", void)])
            .collect::<Vec<_>>()
    };
    let rows = [
        item("901", "Negroni", "2.0", ["22.00", "2.00", "20.00"], "1.60", "False"),
        item("901", "Fries", "1.0", ["6.50", "0.00", "6.50"], "0.52", "False"),
        item("901", "Lager", "1.0", ["7.00", "0.00", "7.00"], "0.56", "True"),
    ];
    let (services, owner) = shop().await;
    let items = file("toast", "Toast item selections", &["Discnt"], ",", &rows.each_ref().map(Vec::as_slice));
    let upload = brought(&services, &owner, "toast", FileKind::Orders, &items).await;
    assert_eq!((upload.rows_total, counts(&upload)["left_out_by_status"]), (2, 1), "{upload:?}");
    let told = async || {
        let stored = orders(&services, owner.merchant_id).await;
        stored.iter().map(|row| (row.gross_minor, row.discount_minor, row.net_minor, row.units_milli, row.line_count)).collect::<Vec<_>>()
    };
    assert_eq!(told().await, [(2_850, Some(200), 2_650, 3_000, 2)]);
    assert_eq!(orders(&services, owner.merchant_id).await[0].tax_minor, Some(160 + 52));
    assert_eq!(product_names(&services, &owner).await, ["Fries", "Negroni"]);
    let order = [("Location", "Main"), ("Order Id", "901"), ("Opened", "1/13/26 6:05 PM"), ("Discount Amount", "2.00"), ("Amount", "26.50")];
    let order: Vec<_> = order.into_iter().chain([("Tax", "2.12"), ("Total", "28.62"), ("Voided", "false")]).collect();
    brought(&services, &owner, "toast", FileKind::Orders, &export("toast", "Toast order details", ",", &[&order])).await;
    assert_eq!(told().await, [(2_850, Some(200), 2_650, 3_000, 2)]);
}

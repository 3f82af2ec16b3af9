//! Shop systems' and marketplaces' further exports become the same facts. Figures computed by hand.

use super::cleaning::counts;
use super::normal::{brought, product_names};
use super::normal_shops::shop;
use super::orders;
use super::woocommerce::{generation, sums};
use crate::support::TestServices;
use domain::sources::FileKind;
use services::Actor;
use std::collections::BTreeMap;

type Cells<'a> = Vec<(&'a str, &'a str)>;

fn file(vendor: &str, name: &str, number: usize, delimiter: &str, rows: &[Cells<'_>]) -> Vec<u8> {
    generation(vendor, name, number, delimiter, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

async fn customers(services: &TestServices, owner: &Actor) -> Vec<(String, Option<String>, Option<bool>)> {
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let people = entity::customer::find(owner.merchant_id).all(&*tx).await.expect("customers read");
    let mut told: Vec<_> = people.into_iter().map(|row| (row.key, row.name, row.accepts_marketing)).collect();
    told.sort_unstable();
    told
}

#[tokio::test]
async fn matrixifys_rows_of_payments_and_parcels_are_no_lines_of_an_order() {
    let row = |number, kind, more: &[(&'static str, &'static str)]| {
        let base = [("ID", "1"), ("Name", number), ("Created At", "2026-01-05 10:00:00 +0000"), ("Line: Type", kind)];
        base.into_iter().chain(more.iter().copied()).collect::<Cells<'static>>()
    };
    let item = |title, pieces, price, off, total| {
        [
            ("Line: Title", title),
            ("Line: SKU", title),
            ("Line: Quantity", pieces),
            ("Line: Price", price),
            ("Line: Discount", off),
            ("Line: Total", total),
        ]
    };
    let first = |currency, total, refund, status| {
        [("Currency", currency), ("Price: Total", total), ("Price: Total Refund", refund), ("Payment: Status", status)]
    };
    let whole = [("Price: Total Discount", "10.00"), ("Price: Total Shipping", "5.00")];
    let radio = [&item("Radio", "2", "50.00", "10.00", "90.00")[..], &first("EUR", "105.00", "0.00", "paid"), &whole].concat();
    let ring = item("Ring", "1", "20.00", "0.00", "20.00");
    let rows = [
        row("#1001", "Line Item", &radio),
        row("#1001", "Line Item", &item("Cable", "1", "10.00", "0.00", "10.00")),
        row("#1001", "Shipping Line", &[("Line: Title", "Standard"), ("Line: Price", "5.00"), ("Line: Total", "5.00")]),
        row("#1001", "Transaction", &[("Transaction: ID", "7001"), ("Transaction: Amount", "105.00")]),
        row("#1001", "Fulfillment Line", &[("Fulfillment: ID", "8001")]),
        row("#1002", "Line Item", &[&ring[..], &first("EUR", "20.00", "20.00", "refunded")].concat()),
        row("#1002", "Refund Line", &item("Ring", "-1", "20.00", "0.00", "-20.00")),
        row("#1003", "Line Item", &[&ring[..], &first("EUR", "20.00", "0.00", "voided")].concat()),
    ];
    for number in [0, 1] {
        let (services, owner) = shop().await;
        let file = file("shopify", "Shopify orders (Matrixify)", number, ",", &rows);
        let upload = brought(&services, &owner, "shopify", FileKind::Orders, &file).await;
        assert_eq!((upload.rows_total, upload.rows_rejected, counts(&upload)["left_out_by_status"]), (5, 0, 3), "{upload:?}");
        assert!(!upload.remarks.iter().any(|remark| remark.contains("Left out")), "{:?}", upload.remarks);
        let (first, second, third) =
            (("#1001".into(), 11_000, Some(1_000), 10_000), ("#1002".into(), 2_000, Some(0), 0), ("#1003".into(), 2_000, Some(0), 0));
        assert_eq!(sums(&services, &owner).await, [first, second, third]);
        let stored = orders(&services, owner.merchant_id).await;
        assert!(stored.iter().all(|row| row.currency == "EUR"), "the currency stands on the first row");
        assert_eq!((stored[0].total_minor, stored[0].shipping_minor, stored[0].units_milli), (10_500, Some(500), 3_000));
        assert_eq!(product_names(&services, &owner).await, ["Cable", "Radio", "Ring"]);
    }
}

#[tokio::test]
async fn wixs_refunds_stand_on_each_row_and_count_once() {
    let row = |item, pieces, price| {
        vec![("Order number", "10001"), ("Date created", "Jan 5, 2026"), ("Item", item), ("Qty", pieces), ("Price", price), ("Currency", "EUR")]
            .into_iter()
            .chain([("Shipping rate", "4.50"), ("Total tax", "1.25"), ("Total", "29.75"), ("Refunded amount", "5.00"), ("Payment status", "Paid")])
            .collect::<Cells<'_>>()
    };
    let (services, owner) = shop().await;
    let file = file("wix", "Wix orders", 1, ",", &[row("Tea", "2", "5.00"), row("Pot", "1", "14.00")]);
    brought(&services, &owner, "wix", FileKind::Orders, &file).await;
    assert_eq!(sums(&services, &owner).await, [("10001".to_owned(), 2_400, None, 1_900)]);
    let stored = &orders(&services, owner.merchant_id).await[0];
    assert_eq!((stored.total_minor, stored.currency.as_str(), stored.refunded_minor), (2_975, "EUR", Some(500)));
}

#[tokio::test]
async fn magento_1s_grid_has_totals_with_their_currency_beside_them() {
    let row = |number, total, status| {
        vec![("Order #", number), ("Purchased On", "Jan 5, 2026 1:28:05 PM"), ("Bill to Name", "Ada"), ("G.T. (Base)", total)]
            .into_iter()
            .chain([("G.T. (Purchased)", total), ("Status", status)])
            .collect::<Cells<'_>>()
    };
    let (services, owner) = shop().await;
    let rows = [row("100000001", "€1,234.50", "Complete"), row("100000002", "€20.00", "Canceled")];
    brought(&services, &owner, "magento", FileKind::Orders, &file("magento", "Magento orders", 1, ",", &rows)).await;
    assert_eq!(sums(&services, &owner).await, [("100000001".to_owned(), 123_450, None, 123_450), ("100000002".to_owned(), 2_000, None, 0)]);
    assert!(orders(&services, owner.merchant_id).await.iter().all(|row| row.currency == "EUR"));
}

#[tokio::test]
async fn prestashops_orders_are_totals_and_refunded_ones_are_given_back() {
    let row = |number, total, status| {
        vec![("ID", number), ("Reference", "XKBKNABJK"), ("New client", "1"), ("Delivery", "France"), ("Customer", "A. Lovelace")]
            .into_iter()
            .chain([("Total", total), ("Payment", "Bank wire"), ("Status", status), ("Date", "2026-01-05 10:00:00")])
            .collect::<Cells<'_>>()
    };
    let (services, owner) = shop().await;
    let rows = [row("5", "€61.80", "Payment accepted"), row("6", "€14.90", "Canceled"), row("7", "€20.00", "Refunded")];
    brought(&services, &owner, "prestashop", FileKind::Orders, &file("prestashop", "PrestaShop orders", 0, ";", &rows)).await;
    let told: Vec<_> = sums(&services, &owner).await.into_iter().map(|(number, gross, _, net)| (number, gross, net)).collect();
    assert_eq!(told, [("5".to_owned(), 6_180, 6_180), ("6".to_owned(), 1_490, 0), ("7".to_owned(), 2_000, 0)]);
    assert_eq!(orders(&services, owner.merchant_id).await[0].country.as_deref(), Some("FR"));
}

#[tokio::test]
async fn shopwares_positions_add_up_and_its_list_tells_the_same_orders() {
    let position = |number, state, article, price, pieces| {
        vec![("orderId", "15"), ("number", number), ("orderStatusID", state), ("orderTime", "2026-01-05 10:15:54"), ("currency", "EUR")]
            .into_iter()
            .chain([("invoiceAmount", "998.56"), ("invoiceAmountNet", "839.13"), ("invoiceShipping", "0"), ("net", "1"), ("customerId", "2")])
            .chain([("articleNumber", article), ("articleName", article), ("price", price), ("quantity", pieces)])
            .collect::<Cells<'_>>()
    };
    let rows = [
        position("20001", "0", "ESD", "836.134", "1"),
        position("20001", "0", "Warenkorbrabatt", "-2", "1"),
        position("20001", "0", "Zuschlag", "5", "1"),
        position("20002", "4", "ESD", "10", "2"),
        position("0", "-1", "ESD", "10", "2"),
    ];
    let (services, owner) = shop().await;
    let positions = file("shopware", "Shopware order positions", 0, ";", &rows);
    let upload = brought(&services, &owner, "shopware", FileKind::Orders, &positions).await;
    assert_eq!((upload.rows_total, upload.rows_rejected, counts(&upload)["left_out_by_status"]), (4, 0, 1), "{upload:?}");
    // 836.13 and 5.00 less 2.00 are the 839.13 that the order states without tax.
    let by_positions = [("20001".to_owned(), 84_113, None, 83_913), ("20002".to_owned(), 2_000, None, 0)];
    assert_eq!(sums(&services, &owner).await, by_positions);
    let order = |number, amount, state| {
        vec![("orderNumber", number), ("orderTime", "2026-01-05 10:15:54"), ("invoiceAmount", amount), ("orderStatus", state), ("currency", "EUR")]
    };
    let rows = [order("20001", "998.56", "Offen"), order("20003", "42.6", "Komplett abgeschlossen"), order("0", "1700.93", "Abgebrochen")];
    let list = file("shopware", "Shopware orders", 0, ";", &rows);
    let upload = brought(&services, &owner, "shopware", FileKind::Orders, &list).await;
    assert_eq!((upload.rows_total, counts(&upload)["left_out_by_status"]), (2, 1), "{upload:?}");
    let told = sums(&services, &owner).await;
    assert_eq!((&told[..2], &told[2..]), (&by_positions[..], &[("20003".to_owned(), 4_260, None, 4_260)][..]));
}

#[tokio::test]
async fn trendyols_payments_are_movements_whose_chain_adds_up() {
    let row = |number, kind, net| {
        vec![("Kayıt No / Fatura No", number), ("İşlem Tipi", kind), ("Sipariş No", "11471381662"), ("İşlem Tarihi", "03.02.2026")]
            .into_iter()
            .chain([("Satıcı Hakediş", net), ("Ürün Adı / Açıklama", "Kargo Kutusu"), ("TY Hakediş", "0"), ("Toplam Tutar", "0")])
            .collect::<Cells<'_>>()
    };
    let rows = [
        row("K1", "Satış", "7025,75"),
        row("K2", "Kupon", "-13,42"),
        row("K3", "Kupon İptal", "13,42"),
        row("K4", "İade", "-7025,75"),
        row("K5", "Platform Hizmet Bedeli", "-8,38"),
        row("K6", "Erken Ödeme Kesinti Faturası", "-5,00"),
        row("K7", "E-ticaret Stopajı", "-10,00"),
        row("K8", "Kargo Fatura", "-52,87"),
    ];
    let (services, owner) = shop().await;
    let file = file("trendyol", "Trendyol payments", 0, ";", &rows);
    let upload = brought(&services, &owner, "trendyol", FileKind::Payouts, &file).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (8, 0), "{upload:?}");
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let movements = entity::money_movement::find(owner.merchant_id).all(&*tx).await.expect("movements read");
    let mut by_kind = BTreeMap::<&str, i64>::new();
    movements.iter().for_each(|movement| *by_kind.entry(movement.kind.as_str()).or_default() += movement.net_minor);
    let expected = [("fee", -838 - 500), ("other", 0), ("refund", -702_575), ("sale", 702_575), ("shipping", -5_287), ("tax", -1_000)];
    assert_eq!(by_kind, BTreeMap::from(expected));
    assert!(movements.iter().all(|movement| domain::Day(movement.day).to_string() == "2026-02-03"));
}

#[tokio::test]
async fn shopifys_list_of_payouts_is_what_went_to_the_bank() {
    let row = |day, status, charges, total| {
        vec![("Payout Date", day), ("Status", status), ("Charges", charges), ("Refunds", "-20.00"), ("Fees", "-13.35"), ("Total", total)]
            .into_iter()
            .chain([("Currency", "USD")])
            .collect::<Cells<'_>>()
    };
    let rows = [row("2026-02-03", "paid", "450.00", "416.65"), row("2026-02-04", "failed", "100.00", "66.65")];
    let (services, owner) = shop().await;
    let file = file("shopify", "Shopify list of payouts", 0, ",", &rows);
    let upload = brought(&services, &owner, "shopify", FileKind::Payouts, &file).await;
    assert_eq!((upload.rows_accepted, counts(&upload)["left_out_by_status"]), (1, 1), "{upload:?}");
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let movements = entity::money_movement::find(owner.merchant_id).all(&*tx).await.expect("movements read");
    let told: Vec<_> = movements.iter().map(|row| (row.kind.as_str(), row.amount_minor, row.net_minor, row.currency.as_str())).collect();
    assert_eq!(told, [("payout", 41_665, 41_665, "USD")]);
}

/// A vendor, its export, the number of the header, what parts its cells, and a row.
type Of = (&'static str, &'static str, usize, &'static str, &'static [(&'static str, &'static str)]);

#[tokio::test]
async fn customers_of_shop_systems_are_known_by_their_address() {
    let files: [Of; 6] = [
        ("woocommerce", "WooCommerce customers", 0, ",", &[("email", "A@b.co"), ("first_name", "Ada"), ("last_name", "L")]),
        ("woocommerce", "WooCommerce customers", 2, ",", &[("Email", "A@b.co"), ("Name", "Ada L")]),
        ("magento", "Magento customers", 0, ",", &[("Email", "A@b.co"), ("Name", "Ada L")]),
        ("magento", "Magento customers", 1, ",", &[("email", "A@b.co"), ("firstname", "Ada"), ("lastname", "L")]),
        (
            "prestashop",
            "PrestaShop customers",
            0,
            ";",
            &[("Email address", "A@b.co"), ("First name", "Ada"), ("Last name", "L"), ("Newsletter", "1")],
        ),
        (
            "shopware",
            "Shopware customers",
            0,
            ";",
            &[("email", "A@b.co"), ("billing_firstname", "Ada"), ("billing_lastname", "L"), ("newsletter", "0")],
        ),
    ];
    for (vendor, name, number, delimiter, row) in files {
        let (services, owner) = shop().await;
        brought(&services, &owner, vendor, FileKind::Customers, &generation(vendor, name, number, delimiter, &[row])).await;
        let accepts = row.iter().find(|(name, _)| name.eq_ignore_ascii_case("newsletter")).map(|(_, cell)| *cell == "1");
        assert_eq!(customers(&services, &owner).await, [("email:a@b.co".to_owned(), Some("Ada L".to_owned()), accepts)], "{vendor}, {name}");
    }
}

//! eBay: a line of commas above its header and one below, rows that sum up orders of several items, a footer; transactions in two languages.

use super::shapes::{expected, file, header, moved};
use crate::sources::normal::{brought, product_names};
use crate::sources::normal_shops::shop;
use crate::sources::{lines, orders};
use domain::sources::FileKind;

type Cells<'a> = Vec<(&'a str, &'a str)>;

/// One row of an order as the newest report writes it.
fn row<'a>(number: &'a str, item: [&'a str; 4], shipping: &'a str, total: &'a str, buyer: &'a str) -> Cells<'a> {
    [("Order Number", number), ("Item Number", item[0]), ("Item Title", item[1]), ("Custom Label", item[1]), ("Quantity", item[2])]
        .into_iter()
        .chain([("Sold For", item[3]), ("Shipping And Handling", shipping), ("Total Price", total), ("Buyer Name", buyer)])
        .chain([("Ship To Country", if buyer.is_empty() { "" } else { "United States" }), ("Sale Date", "Sep-30-26"), ("Buyer Username", "ada")])
        .collect()
}

/// The report with all that stands around its rows.
fn report(rows: &[Cells<'_>]) -> Vec<u8> {
    let columns = ["eBay International Shipping", "PSA Vault Program"];
    let blank = ",".repeat(header("ebay", "eBay orders", &columns).len() - 1);
    let table = file("ebay", "eBay orders", &columns, ",", &rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let table = String::from_utf8(table).expect("text");
    let (names, rows) = table.split_once('\n').expect("a header and rows");
    format!("{blank}\n{names}\n{blank}\n{rows}\n{},record(s) downloaded,from Sep-30-26 to Sep-30-26\nSeller ID : ada\n", 2).into_bytes()
}

#[tokio::test]
async fn a_row_that_sums_up_an_order_brings_its_values_and_no_sale() {
    let rows = [
        row("11-1", ["301", "Mug", "2", "$10.00"], "$4.00", "$24.00", "Ada"),
        row("11-2", ["", "", "3", "$45.00"], "$5.00", "$50.00", "Bob"),
        row("11-2", ["302", "Tea", "2", "$15.00"], "", "", ""),
        row("11-2", ["303", "Pot", "1", "$15.00"], "", "", ""),
    ];
    let (services, owner) = shop().await;
    let upload = brought(&services, &owner, "ebay", FileKind::Orders, &report(&rows)).await;
    assert_eq!((upload.rows_total, upload.rows_accepted, upload.rows_rejected), (3, 3, 0), "{upload:?}");
    assert!(upload.remarks.iter().any(|remark| remark.starts_with("1 row sums up")), "{:?}", upload.remarks);
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> =
        stored.iter().map(|row| (row.external_id.as_str(), row.net_minor, row.units_milli, row.shipping_minor, row.total_minor)).collect();
    // 2 × 10.00; 2 × 15.00 and 15.00, whose sum stands above them.
    assert_eq!(told, [("11-1", 2_000, 2_000, Some(400), 2_400), ("11-2", 4_500, 3_000, Some(500), 5_000)]);
    assert_eq!(stored.iter().map(|row| (row.country.as_deref(), row.line_count)).collect::<Vec<_>>(), [(Some("US"), 1), (Some("US"), 2)]);
    assert_eq!(domain::Day(stored[1].day).to_string(), "2026-09-30");
    assert_eq!(product_names(&services, &owner).await, ["Mug", "Pot", "Tea"]);
    let again = brought(&services, &owner, "ebay", FileKind::Orders, &report(&rows)).await;
    assert_eq!((again.orders_new, again.orders_updated, again.rows_duplicate), (0, 0, 3), "{again:?}");
}

#[tokio::test]
async fn a_sum_without_its_items_is_told_and_never_lost() {
    let sum = |number| row(number, ["", "", "3", "$45.00"], "$5.00", "$50.00", "Bob");
    let rows = [sum("11-1"), sum("11-2"), row("11-2", ["302", "Tea", "3", "$15.00"], "", "", ""), sum("11-3")];
    let (services, owner) = shop().await;
    let upload = brought(&services, &owner, "ebay", FileKind::Orders, &report(&rows)).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (1, 2), "{upload:?}");
    let stored = orders(&services, owner.merchant_id).await;
    assert_eq!(stored.iter().map(|row| (row.net_minor, row.shipping_minor)).collect::<Vec<_>>(), [(4_500, Some(500))]);
}

#[tokio::test]
async fn german_orders_are_read_by_the_piece_and_their_sums_are_not_counted() {
    let row = |item, title, pieces, price, shipping, total| {
        [("Verkaufsprotokollnummer", "7"), ("Bestellnummer", "23-12345-12345"), ("Artikelnummer", item), ("Angebotstitel", title)]
            .into_iter()
            .chain([("Bestandseinheit", title), ("Anzahl", pieces), ("Verkauft für", price), ("Verpackung und Versand", shipping)])
            .chain([("Gesamtbetrag", total), ("Verkauft am", "10-Dez-25")])
            .collect::<Vec<_>>()
    };
    let rows = [
        row("", "", "3", "1.131,00 €", "4,99 €", "1.135,99 €"),
        row("401", "Kanne", "1", "1.100,00 €", "", ""),
        row("402", "Tee", "2", "15,50 €", "", ""),
    ];
    let (services, owner) = shop().await;
    let file = file("ebay", "eBay orders", &["Verkaufsprotokollnummer"], ";", &rows.each_ref().map(Vec::as_slice));
    brought(&services, &owner, "ebay", FileKind::Orders, &file).await;
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> = stored.iter().map(|row| (row.currency.as_str(), row.net_minor, row.shipping_minor, row.total_minor, row.line_count)).collect();
    assert_eq!(told, [("EUR", 113_100, Some(499), 113_599, 2)]);
    assert_eq!(lines(&services, owner.merchant_id).await.iter().map(|line| line.amount_minor).collect::<Vec<_>>(), [110_000, 3_100]);
}

#[tokio::test]
async fn transactions_are_told_by_their_words_with_all_their_fees_in_two_languages() {
    let german = |kind, net, gross, fixed, variable| {
        [("Datum der Transaktionserstellung", "29. Dez. 2025"), ("Typ", kind), ("Bestellnummer", "08-1"), ("Betrag abzügl. Kosten", net)]
            .into_iter()
            .chain([("Auszahlungswährung", "EUR"), ("Transaktionsbetrag (inkl. Kosten)", gross)])
            .chain([("Fixer Anteil der Verkaufsprovision", fixed), ("Variabler Anteil der Verkaufsprovision", variable)])
            .collect::<Vec<_>>()
    };
    let rows = [
        german("Bestellung", "85,00", "100,00", "-5,00", "-10,00"),
        german("Rückerstattung", "-17,00", "-20,00", "1,00", "2,00"),
        german("Andere Gebühr", "-2,14", "--", "--", "--"),
        german("Auszahlung", "-65,86", "--", "--", "--"),
    ];
    let (services, owner) = shop().await;
    let table = file("ebay", "eBay transactions", &["Typ"], ";", &rows.each_ref().map(Vec::as_slice));
    let notes = "--;--\nTransaktionsbericht\nVerkäufer;ada\nErstellungsdatum;30. Dez. 2025\n".as_bytes();
    brought(&services, &owner, "ebay", FileKind::Payouts, &[notes, &table].concat()).await;
    let german_sums =
        [("sale", (10_000, -1_500, 8_500)), ("refund", (-2_000, 300, -1_700)), ("fee", (-214, 0, -214)), ("payout", (-6_586, 0, -6_586))];
    assert_eq!(moved(&services, &owner).await, expected(&german_sums));

    let british = |kind, net, gross, fixed, variable, more| {
        [("Transaction creation date", "29 Dec 2025"), ("Type", kind), ("Order number", "08-2"), ("Net amount", net), ("Payout currency", "GBP")]
            .into_iter()
            .chain([("Gross transaction amount", gross), ("Final value fee – fixed", fixed), ("Final value fee – variable", variable)])
            .chain([("International fee", more)])
            .collect::<Vec<_>>()
    };
    let rows = [british("Order", "8.25", "10.00", "-0.30", "-1.20", "-0.25"), british("Other fee", "-1.10", "--", "--", "--", "--")];
    let (services, owner) = shop().await;
    let table = file("ebay", "eBay transactions", &["Postage and packaging"], ",", &rows.each_ref().map(Vec::as_slice));
    brought(&services, &owner, "ebay", FileKind::Payouts, &table).await;
    assert_eq!(moved(&services, &owner).await, expected(&[("sale", (1_000, -175, 825)), ("fee", (-110, 0, -110))]));
}

//! Amazon's reports beside its orders: what moved in several languages, shipments, returns.

use super::shapes::{expected, file, moved};
use crate::sources::normal::{Row, brought, product_names};
use crate::sources::normal_shops::shop;
use crate::sources::orders;
use domain::sources::FileKind;

const REPORT: &str = "Amazon date range report";

#[tokio::test]
async fn what_moved_in_germany_is_summed_below_its_notes() {
    let row = |kind, cells: [&'static str; 7]| {
        let columns = ["Umsätze", "Gutschrift für Versandkosten", "Rabatte aus Werbeaktionen", "Verkaufsgebühren"];
        let more = ["Gebühren zu Versand durch Amazon", "Andere", "Gesamt"];
        [("Datum/Uhrzeit", "05.01.2026 10:15:00 UTC"), ("Abrechnungsnummer", "2201"), ("Typ", kind), ("Bestellnummer", "302-1"), ("SKU", "T")]
            .into_iter()
            .chain(columns.into_iter().chain(more).zip(cells))
            .collect::<Vec<_>>()
    };
    let rows = [
        row("Bestellung", ["20,00", "4,99", "-1,00", "-3,00", "-2,50", "0", "18,49"]),
        row("Erstattung", ["-20,00", "0", "0", "2,40", "0", "0", "-17,60"]),
        row("Übertrag", ["0", "0", "0", "0", "0", "-1.000,89", "-1.000,89"]),
    ];
    let (services, owner) = shop().await;
    let table = file("amazon", REPORT, &["Datum/Uhrzeit"], ",", &rows.each_ref().map(Vec::as_slice));
    let notes = "\"Umfasst Amazon Marketplace\"\n\"Alle Beträge in EUR, sofern nicht anders angegeben\"\n\"Definitionen:\"\n".as_bytes();
    brought(&services, &owner, "amazon", FileKind::Payouts, &[notes, &table].concat()).await;
    let sums = [("sale", (2_399, -550, 1_849)), ("refund", (-2_000, 240, -1_760)), ("payout", (-100_089, 0, -100_089))];
    assert_eq!(moved(&services, &owner).await, expected(&sums));
}

#[tokio::test]
async fn what_moved_is_told_in_five_more_languages() {
    let (services, owner) = shop().await;
    let told: [(&str, Row<'_>); 5] = [
        (
            "postage credits",
            &[
                ("date/time", "5 Jan 2026 10:15:00 UTC"),
                ("type", "Order"),
                ("product sales", "20.00"),
                ("postage credits", "4.99"),
                ("selling fees", "-3.00"),
                ("fba fees", "-2.50"),
                ("total", "19.49"),
            ],
        ),
        (
            "date/heure",
            &[
                ("date/heure", "5 janv. 2026 10:15:00 UTC"),
                ("type", "Commande"),
                ("ventes de produits", "20,00"),
                ("crédits d'expédition", "4,99"),
                ("frais de vente", "-3,00"),
                ("Frais Expédié par Amazon", "-2,50"),
                ("total", "19,49"),
            ],
        ),
        (
            "Data/Ora:",
            &[
                ("Data/Ora:", "5 gen 2026 10:15:00 UTC"),
                ("Tipo", "Ordine"),
                ("Vendite", "20,00"),
                ("Accrediti per le spedizioni", "4,99"),
                ("Commissioni di vendita", "-3,00"),
                ("Costi del servizio Logistica di Amazon", "-2,50"),
                ("totale", "19,49"),
            ],
        ),
        (
            "fecha y hora",
            &[
                ("fecha y hora", "5 ene 2026 10:15:00 UTC"),
                ("tipo", "Pedido"),
                ("ventas de productos", "20,00"),
                ("abonos de envío", "4,99"),
                ("tarifas de venta", "-3,00"),
                ("tarifas de Logística de Amazon", "-2,50"),
                ("total", "19,49"),
            ],
        ),
        (
            "datum/tijd",
            &[
                ("datum/tijd", "5 jan. 2026 10:15:00 UTC"),
                ("type", "Bestelling"),
                ("verkoop van producten", "20,00"),
                ("Verzendtegoeden", "4,99"),
                ("verkoopkosten", "-3,00"),
                ("fba-vergoedingen", "-2,50"),
                ("totaal", "19,49"),
            ],
        ),
    ];
    for (number, (column, row)) in (1..).zip(told) {
        let table = file("amazon", REPORT, &[column], ",", &[row]);
        brought(&services, &owner, "amazon", FileKind::Payouts, &table).await;
        let sum = moved(&services, &owner).await;
        // The same row in another language is the same money on the same day, of another kind of word.
        assert_eq!(sum, expected(&[("sale", (2_499 * number, -550 * number, 1_949 * number))]), "{column}");
    }
}

#[tokio::test]
async fn shipments_sell_what_was_shipped_and_returns_give_back_what_was_refunded() {
    let shipped = [
        ("amazon-order-id", "114-1"),
        ("purchase-date", "2026-01-05T10:00:00+00:00"),
        ("sku", "T"),
        ("product-name", "Tea"),
        ("quantity-shipped", "2"),
        ("currency", "GBP"),
        ("item-price", "30.00"),
        ("item-tax", "5.00"),
        ("shipping-price", "4.00"),
        ("item-promotion-discount", "-3.00"),
    ];
    let (services, owner) = shop().await;
    let table = file("amazon", "Amazon orders", &["quantity-shipped"], "\t", &[&shipped]);
    brought(&services, &owner, "amazon", FileKind::Orders, &table).await;
    let stored = orders(&services, owner.merchant_id).await;
    let told: Vec<_> = stored.iter().map(|row| (row.gross_minor, row.net_minor, row.units_milli, row.shipping_minor, row.tax_minor)).collect();
    assert_eq!(told, [(3_000, 2_700, 2_000, Some(400), Some(500))]);
    assert_eq!(product_names(&services, &owner).await, ["Tea"]);

    let row = |rma, status, refunded| {
        [("Order ID", "114-1"), ("Return request date", "14-Jan-2026"), ("Return request status", status), ("Amazon RMA ID", rma)]
            .into_iter()
            .chain([("Currency code", "GBP"), ("Merchant SKU", "T"), ("Return quantity", "1"), ("Order Amount", "34.00")])
            .chain([("Refunded Amount", refunded)])
            .collect::<Vec<_>>()
    };
    let rows = [row("R1", "Approved", "13.50"), row("R2", "Denied", "13.50"), row("R3", "Approved", "")];
    let table = file("amazon", "Amazon returns", &["Refunded Amount"], "\t", &rows.each_ref().map(Vec::as_slice));
    let upload = brought(&services, &owner, "amazon", FileKind::Refunds, &table).await;
    // Nothing was given back yet of the third, which is told.
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (1, 1), "{upload:?}");
    let net: Vec<_> = orders(&services, owner.merchant_id).await.iter().map(|order| order.net_minor).collect();
    assert_eq!(net, [2_700, -1_350]);
}

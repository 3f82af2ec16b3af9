//! Payment services' further downloads: `PayPal` in German, Stripe's history of the balance and older payments.

use super::shapes::{expected, file, moved};
use crate::sources::cleaning::counts;
use crate::sources::normal::brought;
use crate::sources::normal_shops::shop;
use domain::sources::FileKind;

#[tokio::test]
async fn paypals_german_activity_leaves_out_memos_and_the_items_of_a_cart() {
    let row = |kind, status, gross, fee, net, impact| {
        [("Datum", "17.09.2026"), ("Uhrzeit", "10:12:00"), ("Zeitzone", "CEST"), ("Typ", kind), ("Status", status), ("Währung", "EUR")]
            .into_iter()
            .chain([("Brutto", gross), ("Gebühr", fee), ("Netto", net), ("Transaktionscode", kind), ("Auswirkung auf Guthaben", impact)])
            .collect::<Vec<_>>()
    };
    let rows = [
        row("PayPal Express-Zahlung", "Abgeschlossen", "1.020,00", "-35,80", "984,20", "Haben"),
        row("Warenkorbartikel", "Abgeschlossen", "1.000,00", "", "", "Haben"),
        row("Rückzahlung", "Abgeschlossen", "-20,00", "0,35", "-19,65", "Soll"),
        row("Zahlung auf Handy", "Ausstehend", "5,00", "0,00", "5,00", "Haben"),
        row("Autorisierung", "Abgeschlossen", "7,00", "0,00", "7,00", "Memo"),
        row("Allgemeine Abbuchung", "Abgeschlossen", "-900,00", "0,00", "-900,00", "Soll"),
    ];
    let (services, owner) = shop().await;
    let table = file("paypal", "PayPal activity", &["Auswirkung auf Guthaben"], ",", &rows.each_ref().map(Vec::as_slice));
    let upload = brought(&services, &owner, "paypal", FileKind::Payouts, &table).await;
    assert_eq!((upload.rows_accepted, counts(&upload)["left_out_by_status"]), (3, 3), "{upload:?}");
    let sums = [("sale", (102_000, -3_580, 98_420)), ("refund", (-2_000, 35, -1_965)), ("payout", (-90_000, 0, -90_000))];
    assert_eq!(moved(&services, &owner).await, expected(&sums));
}

#[tokio::test]
async fn stripes_balance_and_older_payments_are_read() {
    let row = |id, kind, amount, fee, net| {
        [("id", id), ("Type", kind), ("Source", id), ("Amount", amount), ("Fee", fee), ("Net", net), ("Currency", "gbp")]
            .into_iter()
            .chain([("Created (UTC)", "2026-04-23 21:56"), ("Available On (UTC)", "2026-04-30 00:00")])
            .collect::<Vec<_>>()
    };
    let rows = [
        row("txn_1", "charge", "30.00", "1.17", "28.83"),
        row("txn_2", "refund", "-10.00", "0.00", "-10.00"),
        row("txn_3", "stripe_fee", "-0.50", "0.00", "-0.50"),
        row("txn_4", "payout", "-18.33", "0.00", "-18.33"),
    ];
    let (services, owner) = shop().await;
    let table = file("stripe", "Stripe balance history", &["Transfer Group"], ",", &rows.each_ref().map(Vec::as_slice));
    brought(&services, &owner, "stripe", FileKind::Payouts, &table).await;
    let sums = [("sale", (3_000, -117, 2_883)), ("refund", (-1_000, 0, -1_000)), ("fee", (-50, 0, -50)), ("payout", (-1_833, 0, -1_833))];
    assert_eq!(moved(&services, &owner).await, expected(&sums));

    let payment = |id, amount, refunded, fee, status| {
        [("id", id), ("Created (UTC)", "2026-01-06 02:30"), ("Amount", amount), ("Amount Refunded", refunded), ("Currency", "gbp"), ("Fee", fee)]
            .into_iter()
            .chain([("Status", status), ("Mode", "Live")])
            .collect::<Vec<_>>()
    };
    let rows = [payment("ch_1", "20.00", "5.00", "0.88", "Paid"), payment("ch_2", "9.00", "0.00", "0.00", "Failed")];
    let (services, owner) = shop().await;
    let table = file("stripe", "Stripe payments", &["Card AVS Line1 Status"], ",", &rows.each_ref().map(Vec::as_slice));
    brought(&services, &owner, "stripe", FileKind::Payouts, &table).await;
    assert_eq!(moved(&services, &owner).await, expected(&[("sale", (2_000, -88, 1_912)), ("refund", (-500, 0, -500))]));
}

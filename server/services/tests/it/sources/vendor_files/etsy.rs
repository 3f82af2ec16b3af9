//! Etsy's money: its monthly statement and its list of payments.

use super::shapes::{expected, file, moved};
use crate::sources::cleaning::counts;
use crate::sources::normal::brought;
use crate::sources::normal_shops::shop;
use domain::sources::FileKind;

#[tokio::test]
async fn a_statement_tells_sales_fees_taxes_and_refunds_and_its_deposits_nothing() {
    let row = |kind, title, amount, fees, net| {
        [("Date", "September 24, 2026"), ("Type", kind), ("Title", title), ("Currency", "USD"), ("Amount", amount), ("Fees & Taxes", fees)]
            .into_iter()
            .chain([("Net", net), ("Tax Details", "--")])
            .collect::<Vec<_>>()
    };
    let rows = [
        row("Sale", "Payment for Order #38", "$1,016.08", "--", "$1,016.08"),
        row("Tax", "Sales tax paid by buyer", "--", "-$1.08", "-$1.08"),
        row("Fee", "Transaction fee: Fern print, vintage", "--", "-$0.98", "-$0.98"),
        row("Fee", "Transaction fee: Fern print, vintage", "--", "-$0.98", "-$0.98"),
        row("Marketing", "Etsy Ads", "--", "-$2.50", "-$2.50"),
        row("Refund", "Refund to buyer for Order #37", "-$5.00", "--", "-$5.00"),
        row("Deposit", "$900.00 sent to your bank account", "--", "--", "--"),
    ];
    let (services, owner) = shop().await;
    let table = file("etsy", "Etsy statement", &["Tax Details"], ",", &rows.each_ref().map(Vec::as_slice));
    let upload = brought(&services, &owner, "etsy", FileKind::Payouts, &table).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected, counts(&upload)["left_out_by_status"]), (6, 0, 1), "{upload:?}");
    let moved = moved(&services, &owner).await;
    let net: Vec<_> = moved.iter().map(|(kind, sum)| (kind.as_str(), sum.2)).collect();
    assert_eq!(net, [("fee", -98 * 2 - 250), ("refund", -500), ("sale", 101_608), ("tax", -108)]);
}

#[tokio::test]
async fn payments_have_their_fees_and_what_was_given_back() {
    let row = |id, gross, fees, net, refunded| {
        [("Payment ID", id), ("Order ID", id), ("Gross Amount", gross), ("Fees", fees), ("Net Amount", net), ("Refund Amount", refunded)]
            .into_iter()
            .chain([("Currency", "EUR"), ("Status", "SETTLED"), ("Order Date", "02/01/2026")])
            .collect::<Vec<_>>()
    };
    let rows = [row("P1", "32.55", "1.72", "30.83", "0"), row("P2", "10.00", "0.70", "9.30", "4.00")];
    let (services, owner) = shop().await;
    let table = file("etsy", "Etsy payments", &["Posted Gross"], ",", &rows.each_ref().map(Vec::as_slice));
    brought(&services, &owner, "etsy", FileKind::Payouts, &table).await;
    assert_eq!(moved(&services, &owner).await, expected(&[("sale", (4_255, -242, 4_013)), ("refund", (-400, 0, -400))]));
}

//! Hepsiburada's orders, listings and settlement, and `IdeaSoft`'s products: figures computed by hand.

use super::normal::{Row, brought};
use super::orders;
use super::statuses::{by_kind, export_of, movements};
use crate::support::TestServices;
use domain::sources::FileKind;
use std::collections::BTreeMap;

#[tokio::test]
async fn hepsiburadas_rows_are_sold_for_what_is_invoiced() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let row = |number, item, sku, pieces, amount, fee, returned| {
        let said = [("Sipariş Numarası", number), ("Kalem Numarası", item), ("Sipariş Tarihi", "04-08-2026 02:14:00"), ("Satıcı Stok Kodu", sku)];
        let more = [("Ürün Adı", sku), ("Adet", pieces), ("Listeleme Fiyatı", "9.999,00"), ("Faturalandırılacak Satış Fiyatı", amount)];
        let rest = [("Komisyon Tutarı (KDV Dahil)", fee), ("Para Birimi", "TRY"), ("İade edildi mi?", returned), ("Paket Durumu", "Teslim edildi")];
        said.into_iter().chain(more).chain(rest).chain([("Barkod", "625540000000001"), ("Şehir", "İzmir")]).collect::<Vec<_>>()
    };
    let rows = [
        row("4500000001", "1", "CAY-1", "2", "1.250,50", "150,06", "Hayır"),
        row("4500000001", "2", "FINCAN", "1", "99,90", "11,99", "Hayır"),
        row("4500000002", "1", "CAY-1", "1", "625,25", "75,03", "Evet"),
        row("4500000003", "1", "FINCAN", "3", "299,70", "35,97", "Hayır"),
    ];
    let rows: Vec<Row<'_>> = rows.iter().map(Vec::as_slice).collect();
    let file = export_of("hepsiburada", "Hepsiburada orders", &rows);
    let upload = brought(&services, &owner, "hepsiburada", FileKind::Orders, &file).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (4, 0), "{upload:?}");
    assert!(upload.remarks.iter().any(|remark| remark.starts_with("1 row is marked as returned in the file")), "{:?}", upload.remarks);
    let stored = orders(&services, owner.merchant_id).await;
    let told: BTreeMap<&str, (i64, Option<i64>, &str)> =
        stored.iter().map(|order| (order.external_id.as_str(), (order.net_minor, order.fee_minor, order.currency.as_str()))).collect();
    let expected = [("4500000001", (135_040, Some(16_205), "TRY")), ("4500000002", (0, None, "TRY")), ("4500000003", (29_970, Some(3_597), "TRY"))];
    assert_eq!(told, BTreeMap::from(expected));
}

#[tokio::test]
async fn what_is_outgoing_in_a_settlement_lowers_it_whatever_its_sign() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let row = |kind, amount, way| {
        let said = [("Durum", "Ödendi"), ("Kayıt No", "EFA2026000000101"), ("Kayıt Tipi", kind), ("Kayıt Tarihi", "14.07.2026"), ("Tutar", amount)];
        said.into_iter().chain([("Para Birimi", "TRY"), ("Sipariş No", "11490000001"), ("Kayıt Türü", way)]).collect::<Vec<_>>()
    };
    let rows = [
        row("Sipariş tutarı", "1000,00", "Gelir"),
        row("Komisyon tutarı", "150,25", "Gider"),
        row("Kargo Bedeli", "-40,00", "Gider"),
        row("İade tutarı", "200,00", "Gider"),
        row("Komisyon iadesi", "30,05", "Gelir"),
        row("MP Stopaj", "8,33", "Gider"),
    ];
    let file = export_of("hepsiburada", "Hepsiburada settlement", &rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let upload = brought(&services, &owner, "hepsiburada", FileKind::Payouts, &file).await;
    assert_eq!((upload.rows_accepted, upload.rows_rejected), (6, 0), "{upload:?}");
    let nets: BTreeMap<_, _> = by_kind(&movements(&services, &owner).await).into_iter().map(|(kind, (_, _, net))| (kind.to_owned(), net)).collect();
    let expected = [("sale", 100_000), ("fee", -15_025 - 4_000 + 3_005), ("refund", -20_000), ("tax", -833)];
    assert_eq!(nets, expected.map(|(kind, net)| (kind.to_owned(), net)).into());
    let step = upload.cleaning.iter().find(|step| step.name == "signs_turned").expect("it is told");
    assert_eq!(step.changed, 3, "that of the shipping was right");
}

#[tokio::test]
async fn listings_and_products_bring_their_codes_prices_and_stock() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let listed = [("Satıcı Stok Kodu", "CAY-1"), ("SKU", "HBCV0001"), ("Ürün Adı", "Çay"), ("Fiyat", "625.25"), ("Stok", "12"), ("Durum", "Satışta")];
    let listings = export_of("hepsiburada", "Hepsiburada listings", &[&listed]);
    brought(&services, &owner, "hepsiburada", FileKind::Products, &listings).await;
    let sold = [("stockCode", "FINCAN"), ("label", "Fincan"), ("price1", "99.90"), ("currencyAbbr", "TL"), ("stockAmount", "7"), ("brand", "Ev")];
    let products = export_of("ideasoft", "IdeaSoft products", &[&sold]);
    brought(&services, &owner, "ideasoft", FileKind::Products, &products).await;
    let tx = services.db.read(owner.merchant_id).await.expect("a transaction");
    let stored = entity::product::find(owner.merchant_id).all(&*tx).await.expect("products read");
    let told: BTreeMap<_, _> = stored.iter().map(|one| (one.sku.clone(), (one.title.clone(), one.price_minor))).collect();
    let expected = [("CAY-1", "Çay", 62_525), ("FINCAN", "Fincan", 9_990)];
    assert_eq!(told, expected.map(|(sku, title, price)| (Some(sku.to_owned()), (title.to_owned(), Some(price)))).into());
}

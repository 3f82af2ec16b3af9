//! What a column's name means: names are compared without case, accents, punctuation and order.

use super::mojibake;
use domain::Currency;
use domain::sources::ColumnMeaning;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Meanings with the names people and programs give them, the surest first: English, German, French, Spanish, Turkish.
/// Names stand as [`normalise`] writes them.
#[rustfmt::skip]
const NAMES: &[(ColumnMeaning, &[&str])] = &[
    (ColumnMeaning::OrderNumber, &[
        "order number", "order no", "order id", "invoice no", "invoice number", "invoice id", "invoice", "order", "order name", "order reference",
        "order ref", "amazon order id", "sales record number", "receipt number", "receipt no", "receipt id", "transaction id", "transaction number",
        "sale id", "sale number", "bill no", "document number", "bestellnummer", "bestell nr", "auftragsnummer", "auftragsnr", "rechnungsnummer",
        "rechnungsnr", "rechnung", "belegnummer", "bestellung", "numero de commande", "n de commande", "commande", "id commande", "numero de facture",
        "n facture", "facture", "numero de pedido", "n de pedido", "pedido", "id pedido", "numero de factura", "factura", "siparis numarasi",
        "siparis no", "siparis", "fatura no", "fatura numarasi", "fis no",
    ]),
    (ColumnMeaning::OrderedAt, &[
        "order date", "ordered at", "order placed at", "placed at", "order created at", "created at", "invoice date", "purchase date", "sale date", "sales date", "date of sale",
        "transaction date", "order time", "order datetime", "date created", "order placed", "opened", "datetime", "date time", "timestamp", "date",
        "bestelldatum", "auftragsdatum", "rechnungsdatum", "kaufdatum", "belegdatum", "verkaufsdatum", "datum", "date de commande",
        "date de la commande", "date commande", "date de facture", "date facture", "date de vente", "fecha de pedido", "fecha del pedido",
        "fecha pedido", "fecha de factura", "fecha factura", "fecha de venta", "fecha", "siparis tarihi", "fatura tarihi", "satis tarihi", "tarih",
    ]),
    (ColumnMeaning::ProductName, &[
        "product name", "product title", "item name", "item title", "lineitem name", "line item name", "description", "product description",
        "item description", "product", "item", "title", "article", "artikelname", "artikelbezeichnung", "bezeichnung", "produktname", "produkt",
        "artikel", "beschreibung", "nom du produit", "nom produit", "produit", "designation", "libelle", "nombre del producto", "nombre de producto",
        "producto", "descripcion", "articulo", "urun adi", "urun", "urun ismi", "aciklama",
    ]),
    (ColumnMeaning::Sku, &[
        "sku", "product sku", "item sku", "lineitem sku", "variant sku", "stock code", "product code", "item code", "product id", "item id",
        "item number", "custom label", "article number", "artikelnummer", "artikelnr", "artikel nr", "produktnummer", "reference produit",
        "code produit", "reference", "code article", "codigo de producto", "codigo producto", "codigo", "referencia", "stok kodu", "urun kodu",
        "barcode", "barkod", "ean", "gtin",
    ]),
    (ColumnMeaning::Quantity, &[
        "quantity", "qty", "quantity refund", "lineitem quantity", "line item quantity", "quantity ordered", "quantity purchased", "order quantity", "units",
        "units sold", "item quantity", "menge", "anzahl", "stuckzahl", "quantite", "qte", "cantidad", "cant", "adet", "miktar",
    ]),
    (ColumnMeaning::UnitPrice, &[
        "unit price", "price", "item cost", "sold for", "price per unit", "item price", "lineitem price", "line item price", "price each", "product price", "sale price",
        "selling price", "einzelpreis", "stuckpreis", "preis", "prix unitaire", "prix", "pu", "precio unitario", "precio", "birim fiyati",
        "birim fiyat", "fiyat",
    ]),
    (ColumnMeaning::LineAmount, &[
        "line total", "line amount", "line item total", "order line total", "item subtotal", "item total", "lineitem total", "net sales", "sales amount", "sales", "line net", "row total", "subtotal line",
        "extended price", "amount", "revenue", "gross sales", "gesamtpreis", "betrag", "zeilensumme", "positionssumme", "umsatz", "summe", "montant",
        "montant ligne", "total ligne", "importe", "importe linea", "total linea", "faturalanacak tutar", "satis tutari", "tutar", "satir tutari",
    ]),
    (ColumnMeaning::LineDiscount, &[
        "line discount", "lineitem discount", "item discount", "discount amount line", "zeilenrabatt", "positionsrabatt", "remise ligne",
        "descuento linea", "satir indirimi",
    ]),
    (ColumnMeaning::OrderTotal, &[
        "order total", "total", "order total amount", "order value", "grand total", "total price", "order amount", "total amount", "invoice total", "gesamtbetrag", "gesamtsumme",
        "bestellsumme", "rechnungsbetrag", "total commande", "montant total", "total ttc", "total del pedido", "total pedido", "importe total",
        "genel toplam", "toplam tutar", "toplam", "siparis tutari",
    ]),
    (ColumnMeaning::Currency, &[
        "currency", "currency code", "order currency", "wahrung", "devise", "monnaie", "moneda", "divisa", "para birimi", "doviz",
    ]),
    (ColumnMeaning::CustomerId, &[
        "customer id", "customer number", "customer no", "customer code", "client id", "buyer id", "user id", "kundennummer", "kundennr", "kunden nr",
        "numero client", "id client", "code client", "id cliente", "numero de cliente", "codigo cliente", "musteri no", "musteri numarasi",
        "musteri kodu",
    ]),
    (ColumnMeaning::CustomerEmail, &[
        "email", "e mail", "customer email", "buyer email", "email address", "billing email", "e mail adresse", "kunden email", "adresse email",
        "adresse e mail", "courriel", "correo", "correo electronico", "e posta", "eposta", "musteri e posta",
    ]),
    (ColumnMeaning::CustomerName, &[
        "customer name", "customer", "billing name", "buyer name", "buyer fullname", "buyer", "client name", "client", "shipping name", "ship name",
        "kundenname", "kunde", "nom du client", "nom client", "nombre del cliente", "nombre cliente", "cliente", "musteri adi", "musteri adi soyadi", "adi soyadi", "ad soyad", "musteri", "alici",
    ]),
    (ColumnMeaning::Country, &[
        "country", "shipping country", "ship country", "billing country", "buyer country", "country code", "country region", "customer country",
        "delivery country", "land", "lieferland", "rechnungsland", "pays", "pays de livraison", "pais", "pais de envio", "ulke",
    ]),
    (ColumnMeaning::City, &[
        "city", "shipping city", "ship city", "billing city", "buyer city", "town", "town city", "customer city", "stadt", "ort", "lieferort", "ville",
        "ciudad", "sehir", "il",
    ]),
    (ColumnMeaning::Store, &[
        "store name", "store", "outlet name", "outlet", "branch name", "branch", "shop name", "shop", "store location", "store id", "store code",
        "outlet id", "branch code", "filiale", "filialname", "ladengeschaft", "magasin", "nom du magasin", "point de vente", "tienda", "sucursal",
        "magaza", "magaza adi", "sube", "sube adi",
    ]),
    (ColumnMeaning::CancelledAt, &[
        "cancelled at", "canceled at", "cancelled on", "cancellation date", "storniert am", "stornodatum", "annule le", "date annulation",
        "cancelado el", "fecha de cancelacion", "iptal tarihi",
    ]),
    (ColumnMeaning::FinancialStatus, &[
        "financial status", "payment status", "zahlungsstatus", "statut du paiement", "statut de paiement", "estado del pago", "estado de pago",
        "odeme durumu",
    ]),
    (ColumnMeaning::Status, &[
        "order status", "status", "bestellstatus", "auftragsstatus", "statut de la commande", "statut de commande", "statut", "estado del pedido",
        "estado de pedido", "estado", "siparis durumu", "durum",
    ]),
    (ColumnMeaning::IsTest, &["is test", "test order", "test mode", "test", "testbestellung", "commande de test", "pedido de prueba", "test siparisi"]),
];

/// Each meaning with its names, as [`normalise`] writes them.
pub(in crate::ingestion) fn names() -> impl Iterator<Item = (ColumnMeaning, &'static [&'static str])> {
    NAMES.iter().copied()
}

/// All names of the table as keys.
static KEYS: LazyLock<HashMap<String, ColumnMeaning>> = LazyLock::new(|| {
    let labels = NAMES.iter().map(|(meaning, _)| (squeeze(&normalise(meaning.label())), *meaning));
    let names = NAMES.iter().flat_map(|(meaning, names)| names.iter().map(|name| (squeeze(name), *meaning)));
    labels.chain(names).collect()
});

/// Whether many kinds of files have a column of this key, so that it tells nobody's name.
pub(in crate::ingestion) fn is_common(key: &str) -> bool {
    KEYS.contains_key(key)
}

/// What stays of a header when case, accents, blanks, marks, wrong encodings and a currency in parentheses are taken away.
pub(in crate::ingestion) fn key(header: &str) -> String {
    let repaired = mojibake::repair(header);
    let header = repaired.as_deref().unwrap_or(header);
    squeeze(&normalise(currency_in(header).map_or(header, |(name, _)| name)))
}

/// What stands in a header behind a start such as `Stok:`, whose mark must stand there too: of `STOK: Ana Depo` it is `Ana Depo`.
pub(in crate::ingestion) fn behind(start: &str, header: &str) -> Option<String> {
    let repaired = mojibake::repair(header);
    let header = repaired.as_deref().unwrap_or(header).trim_start();
    let (wanted, mark) = (key(start), start.chars().next_back().filter(|letter| !letter.is_alphanumeric()));
    // Some blanks may stand within it; a header may be long.
    let letters = header.char_indices().take(2 * start.chars().count());
    let mut ends = letters.map(|(position, letter)| position + letter.len_utf8());
    let end = ends.find(|end| squeeze(&normalise(&header[..*end])) == wanted)?;
    let rest = header[end..].trim_start();
    let rest = mark.map_or(Some(rest), |mark| rest.strip_prefix(mark))?;
    Some(rest.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|rest| !rest.is_empty())
}

/// The currency that a header names behind its name: `Amount spent (USD)`.
pub(in crate::ingestion) fn currency_in(header: &str) -> Option<(&str, Currency)> {
    let (name, code) = header.trim().strip_suffix([')', ']'])?.rsplit_once(['(', '['])?;
    let is_code = code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase());
    Some((name.trim_end(), code.parse().ok().filter(|_| is_code)?))
}

/// The header that most surely has a meaning, if one has.
pub(in crate::ingestion) fn find(meaning: ColumnMeaning, normalised: &[String]) -> Option<usize> {
    let names = NAMES.iter().find(|(of, _)| *of == meaning).map(|(_, names)| *names)?;
    // A zone behind a name says on which clock it is, and nothing of what it is.
    let bare = |header: &String| [" utc", " gmt"].iter().find_map(|zone| header.strip_suffix(zone)).map(str::to_owned);
    let squeezed: Vec<String> = normalised.iter().map(|header| squeeze(bare(header).as_ref().unwrap_or(header))).collect();
    // The words that our own screens and samples use come last.
    let names = names.iter().map(|name| squeeze(name)).chain([squeeze(&normalise(meaning.label()))]);
    names.into_iter().find_map(|name| squeezed.iter().position(|header| *header == name))
}

/// A normalised name without its blanks, because `customerid` is `customer id`.
pub(in crate::ingestion) fn squeeze(normalised: &str) -> String {
    normalised.replace(' ', "")
}

/// A header in lower case, without accents, its words parted by single blanks: `InvoiceNo` and `invoice_no` are `invoice no`.
pub(in crate::ingestion) fn normalise(header: &str) -> String {
    let mut text = String::with_capacity(header.len() + 4);
    let mut before_is_lower = false;
    for letter in header.chars() {
        // `i` with its dot apart, as the lower case of Turkish `İ` is written.
        if letter == '\u{307}' {
            continue;
        }
        if letter.is_uppercase() && before_is_lower {
            text.push(' ');
        }
        before_is_lower = letter.is_lowercase();
        for lower in letter.to_lowercase().map(without_accent) {
            match lower {
                '\u{307}' => {}
                _ if lower.is_alphanumeric() => text.push(lower),
                _ => text.push(' '),
            }
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ı' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ş' | 'ș' => 's',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter() {
        for header in ["InvoiceNo", "invoice_no", " Invoice-No ", "INVOICE NO"] {
            assert_eq!(normalise(header), "invoice no");
        }
        assert_eq!(normalise("Sipariş Numarası"), "siparis numarasi");
        assert_eq!(normalise("İl"), "il");
        assert_eq!(normalise("CustomerID"), "customer id");
    }

    #[test]
    fn our_own_words_are_known() {
        for (meaning, _) in NAMES {
            assert_eq!(find(*meaning, &["other".to_owned(), normalise(meaning.label())]), Some(1), "{}", meaning.label());
        }
    }

    #[test]
    fn a_key_survives_wrong_encodings_and_currencies() {
        assert_eq!(key("ÃœrÃ¼n Grup ID"), key("Ürün Grup ID"));
        assert_eq!(key("Amount spent (USD)"), "amountspent");
        assert_eq!(key("ETGB Tarihi "), "etgbtarihi");
        assert_eq!(currency_in("Amount spent (EUR)").map(|(name, currency)| (name, currency.code())), Some(("Amount spent", "EUR")));
        assert_eq!(currency_in("Body (HTML)"), None);
    }

    #[test]
    fn the_table_holds_normalised_names_once() {
        let mut seen = std::collections::BTreeSet::new();
        for name in NAMES.iter().flat_map(|(_, names)| *names) {
            assert_eq!(normalise(name), *name);
            assert!(seen.insert(name), "{name} stands twice");
        }
    }
}

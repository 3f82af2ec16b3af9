//! What kind of file it is, where no vendor is known: told by columns that only such files have.

use super::headings;
use domain::sources::{ColumnMeaning, FileKind, Mapping};

use ColumnMeaning as M;

/// Meanings beside those of orders, with the names they go by: English, German, French, Spanish, Turkish. Names stand as keys.
#[rustfmt::skip]
const NAMES: &[(ColumnMeaning, &[&str])] = &[
    (M::Spend, &["spend", "amountspent", "adspend", "cost", "ausgaben", "ausgegebenerbetrag", "montantdepense", "importegastado", "harcama", "harcanantutar"]),
    (M::Impressions, &["impressions", "impr", "impressionen", "impresiones", "gosterim", "gosterimler"]),
    (M::Clicks, &["clicks", "linkclicks", "klicks", "clics", "tiklamalar"]),
    (M::Conversions, &["conversions", "purchases", "results", "konversionen", "conversiones", "donusumler"]),
    (M::Campaign, &["campaign", "campaignname", "kampagne", "campagne", "campana", "kampanya", "kampanyaadi"]),
    (M::AdGroup, &["adgroup", "adgroupname", "adset", "adsetname", "anzeigengruppe", "reklamgrubu"]),
    (M::PayoutId, &["payoutid", "settlementid", "depositid", "transactionid", "auszahlung"]),
    (M::Fee, &["fee", "fees", "processingfee", "gebuhr", "frais", "comision", "komisyon", "komisyontutari"]),
    (M::Net, &["net", "netamount", "nettotal", "netto", "neto", "nettutar"]),
    (M::Amount, &["amount", "gross", "grossamount", "refundamount", "betrag", "montant", "importe", "tutar", "iadetutari"]),
    (M::Status, &["status", "statut", "estado", "durum"]),
    (M::IsTest, &["istest", "testmode", "test"]),
    (M::RefundId, &["refundid", "refundnumber", "returnid", "creditnote", "gutschriftsnummer", "iadeno"]),
    (M::Stock, &["stock", "stockquantity", "onhand", "quantityonhand", "inventory", "inventoryquantity", "currentstock", "instock", "available", "bestand", "lagerbestand", "stok", "stokadedi", "stokmiktari", "existencias"]),
    (M::Location, &["location", "warehouse", "lager", "standort", "entrepot", "almacen", "depo"]),
    (M::Store, &["store", "storename", "storeid", "outlet", "branch", "shop", "filiale", "magasin", "tienda", "magaza", "magazaadi", "sube"]),
    (M::Period, &["week", "weekstart", "weekstarting", "weekof", "month", "period", "woche", "monat", "semaine", "mois", "semana", "mes", "hafta", "ay", "donem"]),
    (M::Price, &["price", "retailprice", "regularprice", "listprice", "salesprice", "preis", "prix", "precio", "fiyat", "satisfiyati"]),
    (M::Cost, &["cost", "costprice", "costperitem", "supplyprice", "wholesaleprice", "einkaufspreis", "prixdachat", "alisfiyati"]),
    (M::Category, &["category", "categories", "producttype", "kategorie", "categorie", "categoria", "kategori"]),
    (M::Brand, &["brand", "brandname", "manufacturer", "marke", "hersteller", "marque", "marca", "marka"]),
    (M::Barcode, &["barcode", "ean", "ean13", "gtin", "upc", "barkod"]),
    (M::Handle, &["handle", "urlhandle", "slug", "parentsku"]),
    (M::Phone, &["phone", "phonenumber", "mobile", "telefon", "telephone", "telefono", "telefonno"]),
    (M::FirstName, &["firstname", "givenname", "vorname", "prenom", "nombre", "ad"]),
    (M::LastName, &["lastname", "surname", "familyname", "nachname", "nom", "apellidos", "soyad"]),
    (M::AcceptsMarketing, &["acceptsmarketing", "acceptsemailmarketing", "newsletter", "optin", "subscribed"]),
    (M::Date, &["date", "day", "transactiondate", "refunddate", "payoutdate", "datum", "tag", "fecha", "tarih", "gun"]),
];

/// Columns of bank statements; with two of them a file is one, whatever else it looks like.
const BANK: [&str; 30] = [
    "balance",
    "runningbalance",
    "debit",
    "credit",
    "withdrawal",
    "withdrawals",
    "paidout",
    "paidin",
    "iban",
    "bic",
    "swift",
    "sortcode",
    "accountnumber",
    "bookingdate",
    "valuedate",
    "valuta",
    "buchungstag",
    "wertstellung",
    "saldo",
    "soll",
    "haben",
    "verwendungszweck",
    "auftraggeber",
    "kontonummer",
    "solde",
    "cargo",
    "abono",
    "bakiye",
    "counterparty",
    "payee",
];

/// Whether a key is a name of the table.
pub(super) fn is_name(key: &str) -> bool {
    NAMES.iter().any(|(_, names)| names.contains(&key))
}

/// Whether the columns are those of a bank statement.
pub(super) fn is_bank_statement(headers: &[String]) -> bool {
    headers.iter().filter(|header| BANK.contains(&headings::key(header).as_str())).count() >= 2
}

/// The best guess of another kind than orders, with what its columns mean.
pub(super) fn guess(headers: &[String], orders: &Mapping) -> Option<Mapping> {
    let keys: Vec<String> = headers.iter().map(|header| headings::key(header)).collect();
    let has = |meaning: ColumnMeaning| column(meaning, &keys).is_some() || orders.columns.contains_key(&meaning);
    let all = |meanings: &[ColumnMeaning]| meanings.iter().all(|meaning| has(*meaning));
    let any = |meanings: &[ColumnMeaning]| meanings.iter().any(|meaning| has(*meaning));
    let is_order = orders.columns.contains_key(&M::OrderNumber);
    let names_products = any(&[M::Sku, M::ProductName]);
    let kind = if has(M::Campaign) && has(M::Spend) && any(&[M::Impressions, M::Clicks, M::Conversions]) {
        FileKind::AdSpend
    } else if has(M::RefundId) {
        FileKind::Refunds
    } else if all(&[M::Fee, M::Net]) && any(&[M::PayoutId, M::Date]) {
        FileKind::Payouts
    } else if is_order {
        return None;
    } else if any(&[M::Store, M::Period]) && names_products && any(&[M::Date, M::Period]) && any(&[M::Quantity, M::LineAmount]) {
        FileKind::SellOut
    } else if names_products && has(M::Price) && any(&[M::Category, M::Brand, M::Barcode, M::Handle, M::Cost]) {
        FileKind::Products
    } else if names_products && has(M::Stock) && !has(M::Price) {
        FileKind::Inventory
    } else if has(M::CustomerEmail) && any(&[M::FirstName, M::LastName, M::Phone, M::AcceptsMarketing]) {
        FileKind::Customers
    } else {
        return None;
    };
    Some(mapped(kind, headers, &keys, orders))
}

fn column(meaning: ColumnMeaning, keys: &[String]) -> Option<usize> {
    let names = NAMES.iter().find(|(of, _)| *of == meaning).map(|(_, names)| *names)?;
    let label = headings::key(meaning.label());
    names.iter().copied().chain([label.as_str()]).find_map(|name| keys.iter().position(|key| key == name))
}

fn wanted(kind: FileKind) -> &'static [ColumnMeaning] {
    match kind {
        FileKind::Orders => &[],
        FileKind::SellOut => &[M::Period, M::Date, M::Store, M::Category, M::Barcode],
        FileKind::Products => &[M::Handle, M::Price, M::Cost, M::Stock, M::Category, M::Brand, M::Barcode],
        FileKind::Customers => &[M::FirstName, M::LastName, M::Phone, M::AcceptsMarketing],
        FileKind::Inventory => &[M::Stock, M::Location, M::Barcode],
        FileKind::Refunds => &[M::RefundId, M::Date, M::Amount, M::Status, M::IsTest],
        FileKind::Payouts => &[M::PayoutId, M::Date, M::Amount, M::Fee, M::Net, M::Status, M::IsTest],
        FileKind::AdSpend => &[M::Date, M::Campaign, M::AdGroup, M::Spend, M::Impressions, M::Clicks, M::Conversions],
    }
}

/// What orders' columns mean in files of another kind too.
fn kept(kind: FileKind) -> &'static [ColumnMeaning] {
    match kind {
        FileKind::Orders => &[],
        FileKind::SellOut => &[M::Store, M::Sku, M::ProductName, M::Quantity, M::UnitPrice, M::LineAmount, M::Currency],
        FileKind::Products | FileKind::Inventory => &[M::Sku, M::ProductName, M::Currency],
        FileKind::Customers => &[M::CustomerId, M::CustomerEmail, M::CustomerName, M::Country, M::City],
        FileKind::Refunds => &[M::OrderNumber, M::Currency, M::Sku, M::Store],
        FileKind::Payouts => &[M::OrderNumber, M::Currency],
        FileKind::AdSpend => &[M::Currency],
    }
}

fn mapped(kind: FileKind, headers: &[String], keys: &[String], orders: &Mapping) -> Mapping {
    let mut columns: std::collections::BTreeMap<_, _> =
        wanted(kind).iter().filter_map(|meaning| Some((*meaning, headers[column(*meaning, keys)?].clone()))).collect();
    for meaning in kept(kind) {
        if let Some(header) = orders.columns.get(meaning).filter(|header| !columns.values().any(|taken| taken == *header)) {
            columns.insert(*meaning, header.clone());
        }
    }
    let currency = columns.values().find_map(|header| headings::currency_in(header)).map(|(_, currency)| currency);
    let currency = currency.filter(|_| !columns.contains_key(&M::Currency));
    Mapping { columns, kind, currency, ..Mapping::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_keys() {
        for name in NAMES.iter().flat_map(|(_, names)| *names).chain(&BANK) {
            assert_eq!(headings::key(name), *name);
        }
    }
}

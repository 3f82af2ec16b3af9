//! One row of such a file, understood. Absent means "the file does not say", and what is known already stays.

use domain::{Currency, Day};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

/// What one row brings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Fact {
    Product(ProductFact),
    Customer(CustomerFact),
    Stock(StockFact),
    Movement(MovementFact),
    /// What of the payment before was given back, as its row says: no row of its own.
    RefundBeside(MovementFact),
    Ad(AdFact),
    /// A row that only completes another: a second picture of a product.
    Nothing,
}

/// A product or one of its variants.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ProductFact {
    pub(crate) sku: Option<String>,
    pub(crate) title: Option<String>,
    /// What the variants of one product share.
    pub(crate) handle: Option<String>,
    pub(crate) variant: Option<String>,
    pub(crate) category: Option<String>,
    pub(crate) brand: Option<String>,
    pub(crate) barcode: Option<String>,
    pub(crate) price_minor: Option<i64>,
    pub(crate) compare_at_minor: Option<i64>,
    pub(crate) cost_minor: Option<i64>,
    pub(crate) currency: Option<String>,
    pub(crate) status: Option<String>,
    /// Where the file tells the stock beside the product.
    #[serde(default, skip_serializing_if = "StockTold::is_nothing")]
    pub(crate) stock: StockTold,
}

/// A customer or subscriber.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct CustomerFact {
    pub(crate) external_id: Option<String>,
    /// Lower-case.
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) accepts_marketing: Option<bool>,
    pub(crate) tags: Option<String>,
}

/// Pieces of a product.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct StockFact {
    pub(crate) product: ProductFact,
    pub(crate) stock: StockTold,
}

/// What a row tells of a product's stock.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct StockTold {
    pub(crate) levels: Vec<StockLevel>,
    /// The file has a column for each place, so that no pieces lie at none.
    pub(crate) is_by_column: bool,
}

/// Pieces at a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StockLevel {
    /// Empty where the file names no place.
    pub(crate) location: String,
    /// Thousandths.
    pub(crate) quantity_milli: i64,
}

/// What a movement of money is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum MovementKind {
    Sale,
    Refund,
    Fee,
    Payout,
    Tax,
    Shipping,
    Adjustment,
    Other,
}

/// Money that moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct MovementFact {
    /// The file's own number of the movement, under which it may change; else it is known by its content.
    pub(crate) external_id: Option<String>,
    pub(crate) kind: MovementKind,
    pub(crate) transaction_type: Option<String>,
    pub(crate) occurred_at: i64,
    pub(crate) day: i32,
    pub(crate) currency: String,
    pub(crate) amount_minor: i64,
    pub(crate) fee_minor: Option<i64>,
    pub(crate) net_minor: i64,
    pub(crate) order_number: Option<String>,
    pub(crate) payout_id: Option<String>,
    pub(crate) sku: Option<String>,
    pub(crate) quantity_milli: Option<i64>,
    pub(crate) description: Option<String>,
}

/// Advertising of a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct AdFact {
    pub(crate) day: i32,
    pub(crate) campaign: String,
    pub(crate) ad_group: String,
    pub(crate) currency: String,
    pub(crate) spend_minor: i64,
    pub(crate) impressions: Option<i64>,
    pub(crate) clicks: Option<i64>,
    pub(crate) conversions_milli: Option<i64>,
    /// How many rows of the file it sums up.
    pub(crate) rows: i64,
}

impl ProductFact {
    /// The name under which orders know it: the product's, with the variant's where there are several.
    pub(crate) fn full_name(&self) -> Option<String> {
        let title = self.title.as_deref()?;
        let variant = self.variant.as_deref().filter(|variant| !variant.eq_ignore_ascii_case("default title"));
        Some(variant.map_or_else(|| title.to_owned(), |variant| format!("{title} - {variant}")))
    }
}

impl MovementKind {
    /// The word in the table.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Refund => "refund",
            Self::Fee => "fee",
            Self::Payout => "payout",
            Self::Tax => "tax",
            Self::Shipping => "shipping",
            Self::Adjustment => "adjustment",
            Self::Other => "other",
        }
    }

    /// What the words of marketplaces and payment services mean.
    pub(crate) fn of(words: &str) -> Self {
        // The lower case of Turkish `İ` is written with its dot apart.
        let words = words.to_lowercase().replace('\u{307}', "").replace("coffee", "");
        let told = MOVEMENT_WORDS.iter().find(|(_, parts)| parts.iter().any(|part| words.contains(part)));
        told.map_or(Self::Other, |(kind, _)| *kind)
    }
}

/// Parts of words that tell what a movement is for, what goes before the rest first: English, German, French, Italian, Spanish, Turkish and what
/// Amazon's reports write in Dutch and Swedish.
#[rustfmt::skip]
const MOVEMENT_WORDS: [(MovementKind, &[&str]); 9] = [
    (MovementKind::Fee, &[
        "fee", "commission", "subscription", "label", "advertis", "marketing", "cost of", "komisyon", "gebühr", "werbekosten", "frais", "publicité",
        "tarif", "comisi", "gastos", "costo", "bedeli", "kesinti",
    ]),
    (MovementKind::Payout, &[
        "payout", "transfer", "withdrawal", "disbursement", "deposit", "auszahlung", "abbuchung", "übertrag", "ödeme", "virement", "trasferimento",
        "overboeking", "överföring",
    ]),
    (MovementKind::Tax, &["stopaj"]),
    (MovementKind::Adjustment, &["kampanya indirim"]),
    (MovementKind::Refund, &[
        "refund", "chargeback", "reversal", "return", "iade", "erstattung", "rückzahlung", "remboursement", "reembolso", "rimborso",
        "terugbetaling", "återbetalning",
    ]),
    (MovementKind::Tax, &["tax", "vat", "withheld"]),
    (MovementKind::Shipping, &["shipping", "postage", "kargo", "versand"]),
    (MovementKind::Adjustment, &[
        "adjust", "correction", "reserve", "hold", "reimbursement", "currency conversion", "währungsumrechnung", "anpassung", "ajust", "modifica",
    ]),
    (MovementKind::Sale, &[
        "order", "sale", "charge", "payment", "principal", "satış", "checkout", "purchase", "itemprice", "bestell", "zahlung", "commande", "pedido",
        "ordine", "beställning", "sipariş tutarı",
    ]),
];

impl StockTold {
    /// What stands in one cell, of the place that the row may name.
    pub(crate) fn at(location: Option<String>, quantity_milli: Option<i64>) -> Self {
        let location = location.unwrap_or_default();
        let levels = quantity_milli.map(|quantity_milli| StockLevel { location, quantity_milli }).into_iter().collect();
        Self { levels, is_by_column: false }
    }

    /// Whether no stock is told.
    pub(crate) fn is_nothing(&self) -> bool {
        self.levels.is_empty()
    }
}

impl MovementFact {
    /// Sixteen bytes that are equal when nothing about the movement differs.
    pub(crate) fn content_hash(&self) -> [u8; 16] {
        xxh3_128(serde_json::to_string(self).expect("plain values become JSON").as_bytes()).to_le_bytes()
    }
}

/// yyyymm of a day.
pub(crate) fn month_of(day: i32) -> i32 {
    let civil = Day(day).civil();
    civil.year * 100 + civil.month as i32
}

/// A currency's code as facts keep it.
pub(crate) fn code(currency: Currency) -> String {
    currency.code().to_owned()
}

impl AdFact {
    /// Takes another row of the same day and group.
    pub(crate) fn add(&mut self, other: &Self) {
        let sum = |one: Option<i64>, two: Option<i64>| match (one, two) {
            (Some(one), Some(two)) => Some(one.saturating_add(two)),
            (one, two) => one.or(two),
        };
        self.spend_minor = self.spend_minor.saturating_add(other.spend_minor);
        self.impressions = sum(self.impressions, other.impressions);
        self.clicks = sum(self.clicks, other.clicks);
        self.conversions_milli = sum(self.conversions_milli, other.conversions_milli);
        self.rows += other.rows;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn movements_are_told_by_the_words_of_their_vendors() {
        let cases = [
            ("Payout", MovementKind::Payout),
            ("Transfer", MovementKind::Payout),
            ("Order ItemPrice Principal", MovementKind::Sale),
            ("ItemFees Commission", MovementKind::Fee),
            ("ItemPrice Shipping", MovementKind::Shipping),
            ("Order ItemFees ShippingChargeback", MovementKind::Fee),
            ("ItemPrice ShippingTax", MovementKind::Tax),
            ("Coffee", MovementKind::Other),
            ("Refund ItemPrice Principal", MovementKind::Refund),
            ("stripe_fee", MovementKind::Fee),
            ("charge", MovementKind::Sale),
            ("Express Checkout Payment", MovementKind::Sale),
            ("Komisyon", MovementKind::Fee),
            ("Sipariş tutarı", MovementKind::Sale),
            ("İade tutarı", MovementKind::Refund),
            ("Tahsilat Yönetim Bedeli İadesi", MovementKind::Fee),
            ("Kargo Bedeli (İade Sipariş)", MovementKind::Fee),
            ("MP Stopaj İade", MovementKind::Tax),
            ("Kampanya indirimleri iadesi", MovementKind::Adjustment),
            ("Reserve", MovementKind::Adjustment),
            ("Bestellung", MovementKind::Sale),
            ("Rückerstattung", MovementKind::Refund),
            ("Andere Gebühr", MovementKind::Fee),
            ("PayPal Express-Zahlung", MovementKind::Sale),
            ("Rückzahlung", MovementKind::Refund),
            ("Allgemeine Währungsumrechnung", MovementKind::Adjustment),
            ("Übertrag", MovementKind::Payout),
            ("Werbekosten", MovementKind::Fee),
            ("Commande", MovementKind::Sale),
            ("Remboursement", MovementKind::Refund),
            ("Pedido", MovementKind::Sale),
            ("Reembolso", MovementKind::Refund),
            ("Tarifa de prestación de servicio", MovementKind::Fee),
            ("Ordine", MovementKind::Sale),
            ("Rimborso", MovementKind::Refund),
            ("Commissione di servizio", MovementKind::Fee),
            ("Trasferimento", MovementKind::Payout),
            ("Marketing", MovementKind::Fee),
            ("", MovementKind::Other),
        ];
        for (words, kind) in cases {
            assert_eq!(MovementKind::of(words), kind, "{words}");
        }
    }

    #[test]
    fn variants_are_named_as_orders_name_them() {
        let named = |variant: Option<&str>| {
            let product = ProductFact { title: Some("Shirt".to_owned()), variant: variant.map(str::to_owned), ..ProductFact::default() };
            product.full_name()
        };
        assert_eq!(named(Some("Small")).as_deref(), Some("Shirt - Small"));
        assert_eq!(named(Some("Default Title")).as_deref(), Some("Shirt"));
        assert_eq!(named(None).as_deref(), Some("Shirt"));
    }
}

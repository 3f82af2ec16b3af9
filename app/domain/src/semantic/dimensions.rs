//! Every dimension, one entry each.

use super::entries::{DimensionEntry, ValueKind};
use super::{Dimension, Facts};
use crate::role::Role;

/// What splits sales, whole orders and lines. An entry starts from what it has in common with others.
const SALES: DimensionEntry = DimensionEntry {
    dimension: Dimension::City,
    name: "",
    label: "",
    synonyms: &[],
    definition: "",
    values: ValueKind::Text,
    facts: &[Facts::Sales, Facts::Orders, Facts::Lines],
    lowest_role: Role::Viewer,
};

/// What is known of products, which lines and stock have, and whole orders have not.
const PRODUCTS: DimensionEntry = DimensionEntry { facts: &[Facts::Sales, Facts::Lines, Facts::Stock], ..SALES };

/// What splits all that happened on days.
const DATED: DimensionEntry = DimensionEntry { facts: &[Facts::Sales, Facts::Orders, Facts::Lines, Facts::Advertising], ..SALES };

/// What splits all facts.
const EVERYTHING: DimensionEntry = DimensionEntry { facts: &[Facts::Sales, Facts::Orders, Facts::Lines, Facts::Stock, Facts::Advertising], ..SALES };

/// Every dimension.
pub const DIMENSIONS: &[DimensionEntry] = &[
    DimensionEntry {
        dimension: Dimension::Product,
        name: "product",
        label: "Product",
        synonyms: &["item", "article"],
        definition: "The product by its name.",
        ..PRODUCTS
    },
    DimensionEntry {
        dimension: Dimension::Sku,
        name: "sku",
        label: "SKU",
        synonyms: &["product code", "stock code", "article number"],
        definition: "The product by its code.",
        ..PRODUCTS
    },
    DimensionEntry {
        dimension: Dimension::Variant,
        name: "variant",
        label: "Variant",
        synonyms: &["size", "colour", "option"],
        definition: "The product's variant, such as a size or colour.",
        ..PRODUCTS
    },
    DimensionEntry {
        dimension: Dimension::Category,
        name: "category",
        label: "Category",
        synonyms: &["product category", "product type", "department"],
        definition: "The category of the product.",
        ..PRODUCTS
    },
    DimensionEntry {
        dimension: Dimension::Brand,
        name: "brand",
        label: "Brand",
        synonyms: &["manufacturer", "maker", "product vendor"],
        definition: "The brand of the product.",
        ..PRODUCTS
    },
    DimensionEntry {
        dimension: Dimension::Country,
        name: "country",
        label: "Country",
        synonyms: &["nation"],
        definition: "Where the order went, or where its customer lives.",
        values: ValueKind::Word,
        ..SALES
    },
    DimensionEntry {
        dimension: Dimension::Region,
        name: "region",
        label: "Region",
        synonyms: &["continent", "part of the world"],
        definition: "The part of the world that the country lies in: Africa, Americas, Asia, Europe or Oceania.",
        values: ValueKind::Word,
        ..SALES
    },
    DimensionEntry {
        dimension: Dimension::City,
        name: "city",
        label: "City",
        synonyms: &["town"],
        definition: "The city as the source spells it.",
        ..SALES
    },
    DimensionEntry {
        dimension: Dimension::Customer,
        name: "customer",
        label: "Customer",
        synonyms: &["buyer", "client"],
        definition: "The customer by name and address, or by the source's number.",
        lowest_role: Role::Analyst,
        ..SALES
    },
    DimensionEntry {
        dimension: Dimension::CustomerSegment,
        name: "customer_segment",
        label: "Customer activity",
        synonyms: &["segment", "customer activity", "activity"],
        definition: "How recently and how often the customer bought, as of the last day of the data. With one order: newcomer up to 90 days after it, then \
                     one-time. With more: active up to 90 days after the last, or regular from four orders on; slipping up to 180 days, then lost. The RFM \
                     segments are others: they compare customers with each other.",
        values: ValueKind::Word,
        ..SALES
    },
    DimensionEntry {
        dimension: Dimension::Cohort,
        name: "cohort",
        label: "Cohort",
        synonyms: &["first order month", "acquisition month"],
        definition: "The month of the customer's first order ever.",
        values: ValueKind::Month,
        ..SALES
    },
    DimensionEntry {
        dimension: Dimension::Channel,
        name: "channel",
        label: "Channel",
        synonyms: &["online or offline"],
        definition: "Online (web shop, marketplace) or offline (till, wholesale).",
        values: ValueKind::Word,
        ..SALES
    },
    DimensionEntry {
        dimension: Dimension::Source,
        name: "source",
        label: "Source",
        synonyms: &["origin", "vendor"],
        definition: "Which export or till the rows came from.",
        ..EVERYTHING
    },
    DimensionEntry {
        dimension: Dimension::Store,
        name: "store",
        label: "Store",
        synonyms: &["shop", "till", "outlet", "branch"],
        definition: "The shop, till or outlet where it was sold, as the file tells it; of offline sales whose file tells none, their source.",
        ..SALES
    },
    DimensionEntry {
        dimension: Dimension::Weekday,
        name: "weekday",
        label: "Weekday",
        synonyms: &["day of week"],
        definition: "The day of the week of the order, 1 for Monday.",
        values: ValueKind::Number,
        ..DATED
    },
    DimensionEntry {
        dimension: Dimension::Hour,
        name: "hour",
        label: "Hour",
        synonyms: &["hour of day", "time of day"],
        definition: "The hour of the order in the shop's time zone, 0 to 23.",
        values: ValueKind::Number,
        ..SALES
    },
    DimensionEntry {
        dimension: Dimension::DiscountCode,
        name: "discount_code",
        label: "Discount code",
        synonyms: &["coupon", "voucher", "promo code"],
        definition: "The code of the discount that the order states.",
        ..SALES
    },
    DimensionEntry {
        dimension: Dimension::PaymentMethod,
        name: "payment_method",
        label: "Payment method",
        synonyms: &["payment", "paid by"],
        definition: "How the order was paid, as its source spells it.",
        ..SALES
    },
    DimensionEntry {
        dimension: Dimension::Currency,
        name: "currency",
        label: "Currency",
        synonyms: &[],
        definition: "The currency of the order.",
        values: ValueKind::Word,
        ..DATED
    },
];

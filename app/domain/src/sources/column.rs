//! What columns of files mean.

use serde::{Deserialize, Serialize};

/// How a column's cells are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// As they stand.
    Text,
    /// Amounts, in minor units.
    Money,
    /// Counts and measures, in thousandths.
    Quantity,
    /// Days, with or without a time.
    Moment,
    /// Yes or no.
    Flag,
}

macro_rules! meanings {
    ($($(#[$doc:meta])* $name:ident $word:literal $label:literal $type:ident,)+) => {
        /// What a column of a file means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum ColumnMeaning {
            $($(#[$doc])* $name,)+
        }

        impl ColumnMeaning {
            /// All of them, in the order a person is asked.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name a person chooses by.
            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)+
                }
            }

            /// The word that mappings store.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }

            /// How its cells are read.
            pub fn value_type(self) -> ValueType {
                match self {
                    $(Self::$name => ValueType::$type,)+
                }
            }
        }
    };
}

meanings! {
    /// The order's or invoice's number.
    OrderNumber "order_number" "Order number" Text,
    /// When the order was made.
    OrderedAt "ordered_at" "Order date" Moment,
    /// The time of the day, where it stands apart from the date.
    OrderedTime "ordered_time" "Time of the order" Text,
    /// The product's name.
    ProductName "product_name" "Product name" Text,
    /// The product's code.
    Sku "sku" "Product code (SKU)" Text,
    /// How many; negative for returns.
    Quantity "quantity" "Quantity" Quantity,
    /// The price of one.
    UnitPrice "unit_price" "Price of one" Money,
    /// The line's amount, where the file states it instead of a unit price.
    LineAmount "line_amount" "Amount of the line" Money,
    /// A discount on the line, taken off its amount.
    LineDiscount "line_discount" "Discount on the line" Money,
    /// The order's total as its vendor states it.
    OrderTotal "order_total" "Total of the order" Money,
    /// ISO 4217 code.
    Currency "currency" "Currency" Text,
    /// The customer's number.
    CustomerId "customer_id" "Customer number" Text,
    /// The customer's e-mail address.
    CustomerEmail "customer_email" "Customer e-mail" Text,
    /// The customer's name.
    CustomerName "customer_name" "Customer name" Text,
    /// The country, by name or code.
    Country "country" "Country" Text,
    /// The city.
    City "city" "City" Text,
    /// When the order was cancelled, if it was.
    CancelledAt "cancelled_at" "Cancelled on" Text,
    /// What the customer paid for shipping.
    Shipping "shipping" "Shipping" Money,
    /// Tax in or on the order.
    Tax "tax" "Tax" Money,
    /// A discount on the whole order.
    Discount "discount" "Discount on the order" Money,
    /// The discount's code.
    DiscountCode "discount_code" "Discount code" Text,
    /// What a marketplace or payment provider keeps.
    Fee "fee" "Fee" Money,
    /// What is left after fees.
    Net "net" "Net amount" Money,
    /// How it was paid.
    PaymentMethod "payment_method" "Payment method" Text,
    /// Whether it was paid or refunded.
    FinancialStatus "financial_status" "Payment status" Text,
    /// Where the order, payout or campaign stands.
    Status "status" "Status" Text,
    /// Whether the order is a test.
    IsTest "is_test" "Test order" Flag,
    /// The refund's number.
    RefundId "refund_id" "Refund number" Text,
    /// The amount of a refund, payout or movement.
    Amount "amount" "Amount" Money,
    /// What of a payment or order was given back later.
    Refunded "refunded" "Amount given back" Money,
    /// The payout's or transaction's number.
    PayoutId "payout_id" "Payout or transaction number" Text,
    /// What kind of movement it is.
    TransactionType "transaction_type" "Kind of transaction" Text,
    /// When a payout, refund, level or spend was.
    Date "date" "Date" Moment,
    /// The store or outlet.
    Store "store" "Store" Text,
    /// The day on which the period starts.
    Period "period" "Week or month" Moment,
    /// What a product's variants share.
    Handle "handle" "Product group (handle)" Text,
    /// What tells this variant from the others.
    VariantName "variant_name" "Variant" Text,
    /// The product's category.
    Category "category" "Category" Text,
    /// The brand or manufacturer.
    Brand "brand" "Brand" Text,
    /// EAN, UPC or GTIN.
    Barcode "barcode" "Barcode" Text,
    /// The product's price.
    Price "price" "Price" Money,
    /// The price before a reduction.
    CompareAtPrice "compare_at_price" "Price before reduction" Money,
    /// What the product costs the shop.
    Cost "cost" "Cost" Money,
    /// How many are there.
    Stock "stock" "Stock" Quantity,
    /// The warehouse or store where the stock is.
    Location "location" "Location" Text,
    /// Whether the product is on sale.
    ProductStatus "product_status" "Product status" Text,
    /// The customer's first name.
    FirstName "first_name" "First name" Text,
    /// The customer's last name.
    LastName "last_name" "Last name" Text,
    /// The customer's phone number.
    Phone "phone" "Phone" Text,
    /// Whether the customer may be written to.
    AcceptsMarketing "accepts_marketing" "Accepts marketing" Flag,
    /// Words the shop gave it.
    Tags "tags" "Tags" Text,
    /// The campaign.
    Campaign "campaign" "Campaign" Text,
    /// The group of advertisements.
    AdGroup "ad_group" "Ad group" Text,
    /// What was spent.
    Spend "spend" "Amount spent" Money,
    /// How often it was shown.
    Impressions "impressions" "Impressions" Quantity,
    /// How often it was clicked.
    Clicks "clicks" "Clicks" Quantity,
    /// How many bought.
    Conversions "conversions" "Conversions" Quantity,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_json_says() {
        for meaning in ColumnMeaning::ALL {
            assert_eq!(serde_json::to_value(meaning).expect("it writes"), meaning.as_str());
        }
    }
}

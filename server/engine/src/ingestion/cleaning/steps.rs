//! The steps of cleaning, in the order in which a value or row goes through them. Adding one is an entry here and its work where it is done.

use domain::sources::CleaningUnit;

macro_rules! steps {
    ($($(#[$doc:meta])* $kind:ident $word:literal $unit:ident $label:literal $sentence:literal,)+) => {
        /// A step of cleaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum CleaningKind {
            $($(#[$doc])* $kind,)+
        }

        impl CleaningKind {
            /// All steps, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// The step's word.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $word,)+
                }
            }

            /// What people read, in few words.
            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$kind => $label,)+
                }
            }

            /// What it does and why.
            pub fn sentence(self) -> &'static str {
                match self {
                    $(Self::$kind => $sentence,)+
                }
            }

            /// What is counted.
            pub fn unit(self) -> CleaningUnit {
                match self {
                    $(Self::$kind => CleaningUnit::$unit,)+
                }
            }
        }
    };
}

steps! {
    // Single cells.
    /// Around a value.
    BlanksTrimmed "blanks_trimmed" Cells "Blanks around values removed"
        "Blanks, line breaks and invisible characters before and after a value say nothing and make equal values look different.",
    /// `--`, `N/A`.
    NothingEmptied "nothing_emptied" Cells "Words for “nothing” read as empty"
        "Cells such as “--”, “N/A” or “null” are read as empty, not as a value of that name.",
    /// Spreadsheets' dress of numbers that are names.
    ApostrophesRemoved "apostrophes_removed" Cells "Leading apostrophes removed"
        "An apostrophe before a number is how spreadsheets keep it a text; it is not part of the number.",
    /// `17850.0`.
    DecimalsOfIdsRemoved "decimals_of_ids_removed" Cells "“.0” behind numbers of customers, orders and products removed"
        "A spreadsheet took the number for an amount: 17850.0 is customer 17850.",
    /// Inside a text.
    InvisibleRemoved "invisible_removed" Cells "Invisible characters removed"
        "Characters that nobody sees (zero-width blanks, byte order marks, control characters) make equal names and codes look different.",
    /// Runs of blanks inside a text.
    BlanksCollapsed "blanks_collapsed" Cells "Blanks within texts collapsed"
        "Several blanks, tabs or line breaks within a name become one blank.",
    /// Addresses.
    EmailsLowered "emails_lowered" Cells "E-mail addresses in lower case"
        "Addresses are compared in lower case, so that one customer is not several.",
    /// International spelling.
    PhonesToE164 "phones_to_e164" Cells "Phone numbers in international form"
        "Numbers are kept as +49301234567, with the country of the row or else that of the shop.",
    /// No country's plan has them.
    PhonesKept "phones_kept" Cells "Phone numbers that could not be placed"
        "These are no valid numbers of the row's or the shop's country; their digits are kept as they are.",
    /// Names in many languages.
    CountriesToCodes "countries_to_codes" Cells "Country names to codes"
        "Names of countries in many languages become ISO codes, so that Deutschland and Germany are one country.",
    /// None we know.
    CountriesEmptied "countries_emptied" Cells "Countries that were not understood left empty"
        "These names are of no single country; the sales count, without a country.",
    /// Symbols.
    CurrenciesToCodes "currencies_to_codes" Cells "Currency signs to codes"
        "Signs and names such as € become ISO codes such as EUR.",
    /// Date and time in two columns.
    TimesJoined "times_joined" Rows "Date and time put together"
        "The date and the time stand in two columns; together they tell when the order was made.",
    /// Reports of stores.
    WeeksToMondays "weeks_to_mondays" Cells "Weeks kept under their Monday"
        "The file tells a week, such as 2026-W02, and no day; its sales are kept under the day on which that week begins.",
    /// Whichever sign the vendor writes.
    SignsTurned "signs_turned" Cells "Signs of refunds, discounts and fees made alike"
        "Vendors write what is given back, taken off or kept with or without a minus; it is counted the same way here.",
    /// `0.15`, `15 %`.
    SharesTakenOff "shares_taken_off" Rows "Discounts in shares taken off"
        "These discounts are shares, such as 15 %; each is taken off as the amount that it comes to, rounded once a line.",

    // Rows and what belongs to whole orders.
    /// Shopify.
    FilledFromFirstRow "filled_from_first_row" Rows "Order's values taken from its first row"
        "Date, customer, currency and country stand on an order's first row only and hold for all of its rows.",
    /// Repeated on each row.
    RepeatedOnce "repeated_once" Rows "Values of whole orders counted once"
        "Total, shipping, tax or discount of the whole order stand on each of its rows; they are taken once and not summed.",
    /// Amazon.
    PartsSummed "parts_summed" Rows "Parts of an order's values summed"
        "Each row carries its own part of the order's shipping, tax, discount and fees; the order has their sum.",
    /// Fees by their kind.
    AmountsSummed "amounts_summed" Rows "Amounts in several columns summed"
        "The vendor spreads fees or credits over several columns by their kind; each row's are summed.",
    /// Variants of one product.
    FilledFromProduct "filled_from_product" Rows "Product's values taken from its first row"
        "Name, category and brand stand on a product's first row only and hold for all of its variants.",
    /// Further pictures.
    PicturesPassed "pictures_passed" Rows "Rows that only add a picture"
        "These rows bring another picture of the product above them and nothing that is counted.",
    /// Advertising.
    DaysSummed "days_summed" Rows "Rows of one day and campaign summed"
        "Spend, clicks and impressions of the same day and group of advertisements are kept as one sum.",
    /// Refund files.
    RefundsTaken "refunds_taken" Rows "Refunds taken off sales"
        "Refunds are rows of their own with a negative amount, on the day they were given.",
    /// Sell-out.
    TotalsWithoutOrders "totals_without_orders" Rows "Totals of stores counted as sales, not as orders"
        "The file tells sums over days or weeks; they count as sales and pieces, but nobody knows of how many orders.",
    /// Bundles.
    BundlesSetAside "bundles_set_aside" Rows "Contents of bundles counted once"
        "The bundle and what is in it stand in the file, both with a price; the bundle's row carries the amount, its contents count as pieces.",
    /// Postage.
    NonProducts "non_products" Rows "Postage, fees, samples and corrections recognised"
        "These rows are in the totals, but in no ranking of products.",
    /// Two currencies.
    SplitByCurrency "split_by_currency" Orders "Orders in two currencies parted"
        "An order has one currency: what is in another became an order of its own, and nothing was converted.",
    /// Two stores.
    OneStoreKept "one_store_kept" Orders "Orders of two stores counted in one"
        "Rows of one order number name several stores; the whole order counts in the first. If your stores number alike, map a number that is unique.",
    /// Cancelled.
    CancelledOrders "cancelled_orders" Orders "Cancelled orders noted"
        "The file says that they were cancelled; they stay orders, and what is left of their amounts counts as given back.",
    /// Returned.
    ReturnedRows "returned_rows" Rows "Returned rows counted as sold and as given back"
        "The file says that they were returned, and not on which day; they count as sold and as given back on the day of their order.",
    /// Failed, denied, unpaid.
    LeftOutByStatus "left_out_by_status" Rows "Rows left out by their status"
        "The file says that no money came of them: they failed, or were denied, or are not paid yet; no figure counts them.",
    /// Tests.
    TestOrders "test_orders" Orders "Test orders left out"
        "The file says that they were tests; they are kept with that mark, and no figure counts them.",

    // Products.
    /// Spellings.
    SpellingsMerged "spellings_merged" Products "Spellings of one product code merged"
        "abc-1 and ABC-1 are one product.",
    /// By name.
    MatchedByName "matched_by_name" Products "Products met by their name"
        "One file names the product without its code, another with it; only one product has that name.",
    /// By barcode.
    MatchedByBarcode "matched_by_barcode" Products "Products met by their barcode"
        "The codes differ, but the barcode is the same: it is one product.",
    /// The newest.
    NamesChosen "names_chosen" Products "One name chosen for a product that has several"
        "The name on the newest sale is kept.",

    // What was there.
    /// The same.
    DuplicatesDropped "duplicates_dropped" Rows "Rows that were there already"
        "They belong to what earlier files brought, unchanged, and are not counted again.",
    /// Changed.
    Replaced "replaced" Orders "Orders and entries that differ replaced"
        "They were there and differ in this file, which is the newer one.",
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_step_has_a_word_of_its_own_and_a_sentence() {
        let words: BTreeSet<&str> = CleaningKind::ALL.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(words.len(), CleaningKind::ALL.len());
        assert!(CleaningKind::ALL.iter().all(|kind| kind.sentence().ends_with('.') && !kind.label().ends_with('.')));
    }
}

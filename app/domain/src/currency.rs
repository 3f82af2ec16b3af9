//! Currencies by ISO 4217 code, with their minor units.

use crate::error::AppError;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An ISO 4217 currency that is in circulation; a value that exists is a known code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "GBP"))]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// Code, minor-unit digits, English name, symbol ("" where the code serves). Source: ISO 4217 list one.
const CURRENCIES: &[(&str, u8, &str, &str)] = &[
    ("AED", 2, "UAE Dirham", ""),
    ("AFN", 2, "Afghani", ""),
    ("ALL", 2, "Lek", ""),
    ("AMD", 2, "Armenian Dram", ""),
    ("AOA", 2, "Kwanza", ""),
    ("ARS", 2, "Argentine Peso", ""),
    ("AUD", 2, "Australian Dollar", "A$"),
    ("AWG", 2, "Aruban Florin", ""),
    ("AZN", 2, "Azerbaijan Manat", ""),
    ("BAM", 2, "Convertible Mark", ""),
    ("BBD", 2, "Barbados Dollar", ""),
    ("BDT", 2, "Taka", ""),
    ("BHD", 3, "Bahraini Dinar", ""),
    ("BIF", 0, "Burundi Franc", ""),
    ("BMD", 2, "Bermudian Dollar", ""),
    ("BND", 2, "Brunei Dollar", ""),
    ("BOB", 2, "Boliviano", ""),
    ("BRL", 2, "Brazilian Real", "R$"),
    ("BSD", 2, "Bahamian Dollar", ""),
    ("BTN", 2, "Ngultrum", ""),
    ("BWP", 2, "Pula", ""),
    ("BYN", 2, "Belarusian Ruble", ""),
    ("BZD", 2, "Belize Dollar", ""),
    ("CAD", 2, "Canadian Dollar", "CA$"),
    ("CDF", 2, "Congolese Franc", ""),
    ("CHF", 2, "Swiss Franc", ""),
    ("CLP", 0, "Chilean Peso", ""),
    ("CNY", 2, "Yuan Renminbi", "CN¥"),
    ("COP", 2, "Colombian Peso", ""),
    ("CRC", 2, "Costa Rican Colon", ""),
    ("CUP", 2, "Cuban Peso", ""),
    ("CVE", 2, "Cabo Verde Escudo", ""),
    ("CZK", 2, "Czech Koruna", ""),
    ("DJF", 0, "Djibouti Franc", ""),
    ("DKK", 2, "Danish Krone", ""),
    ("DOP", 2, "Dominican Peso", ""),
    ("DZD", 2, "Algerian Dinar", ""),
    ("EGP", 2, "Egyptian Pound", ""),
    ("ERN", 2, "Nakfa", ""),
    ("ETB", 2, "Ethiopian Birr", ""),
    ("EUR", 2, "Euro", "€"),
    ("FJD", 2, "Fiji Dollar", ""),
    ("FKP", 2, "Falkland Islands Pound", ""),
    ("GBP", 2, "Pound Sterling", "£"),
    ("GEL", 2, "Lari", ""),
    ("GHS", 2, "Ghana Cedi", "GH₵"),
    ("GIP", 2, "Gibraltar Pound", ""),
    ("GMD", 2, "Dalasi", ""),
    ("GNF", 0, "Guinean Franc", ""),
    ("GTQ", 2, "Quetzal", ""),
    ("GYD", 2, "Guyana Dollar", ""),
    ("HKD", 2, "Hong Kong Dollar", "HK$"),
    ("HNL", 2, "Lempira", ""),
    ("HTG", 2, "Gourde", ""),
    ("HUF", 2, "Forint", ""),
    ("IDR", 2, "Rupiah", ""),
    ("ILS", 2, "New Israeli Sheqel", "₪"),
    ("INR", 2, "Indian Rupee", "₹"),
    ("IQD", 3, "Iraqi Dinar", ""),
    ("IRR", 2, "Iranian Rial", ""),
    ("ISK", 0, "Iceland Krona", ""),
    ("JMD", 2, "Jamaican Dollar", ""),
    ("JOD", 3, "Jordanian Dinar", ""),
    ("JPY", 0, "Yen", "¥"),
    ("KES", 2, "Kenyan Shilling", ""),
    ("KGS", 2, "Som", ""),
    ("KHR", 2, "Riel", ""),
    ("KMF", 0, "Comorian Franc", ""),
    ("KPW", 2, "North Korean Won", ""),
    ("KRW", 0, "Won", "₩"),
    ("KWD", 3, "Kuwaiti Dinar", ""),
    ("KYD", 2, "Cayman Islands Dollar", ""),
    ("KZT", 2, "Tenge", "₸"),
    ("LAK", 2, "Lao Kip", ""),
    ("LBP", 2, "Lebanese Pound", ""),
    ("LKR", 2, "Sri Lanka Rupee", ""),
    ("LRD", 2, "Liberian Dollar", ""),
    ("LSL", 2, "Loti", ""),
    ("LYD", 3, "Libyan Dinar", ""),
    ("MAD", 2, "Moroccan Dirham", ""),
    ("MDL", 2, "Moldovan Leu", ""),
    ("MGA", 2, "Malagasy Ariary", ""),
    ("MKD", 2, "Denar", ""),
    ("MMK", 2, "Kyat", ""),
    ("MNT", 2, "Tugrik", ""),
    ("MOP", 2, "Pataca", ""),
    ("MRU", 2, "Ouguiya", ""),
    ("MUR", 2, "Mauritius Rupee", ""),
    ("MVR", 2, "Rufiyaa", ""),
    ("MWK", 2, "Malawi Kwacha", ""),
    ("MXN", 2, "Mexican Peso", "MX$"),
    ("MYR", 2, "Malaysian Ringgit", ""),
    ("MZN", 2, "Mozambique Metical", ""),
    ("NAD", 2, "Namibia Dollar", ""),
    ("NGN", 2, "Naira", "₦"),
    ("NIO", 2, "Cordoba Oro", ""),
    ("NOK", 2, "Norwegian Krone", ""),
    ("NPR", 2, "Nepalese Rupee", ""),
    ("NZD", 2, "New Zealand Dollar", "NZ$"),
    ("OMR", 3, "Rial Omani", ""),
    ("PAB", 2, "Balboa", ""),
    ("PEN", 2, "Sol", ""),
    ("PGK", 2, "Kina", ""),
    ("PHP", 2, "Philippine Peso", "₱"),
    ("PKR", 2, "Pakistan Rupee", ""),
    ("PLN", 2, "Zloty", ""),
    ("PYG", 0, "Guarani", ""),
    ("QAR", 2, "Qatari Rial", ""),
    ("RON", 2, "Romanian Leu", ""),
    ("RSD", 2, "Serbian Dinar", ""),
    ("RUB", 2, "Russian Ruble", ""),
    ("RWF", 0, "Rwanda Franc", ""),
    ("SAR", 2, "Saudi Riyal", ""),
    ("SBD", 2, "Solomon Islands Dollar", ""),
    ("SCR", 2, "Seychelles Rupee", ""),
    ("SDG", 2, "Sudanese Pound", ""),
    ("SEK", 2, "Swedish Krona", ""),
    ("SGD", 2, "Singapore Dollar", ""),
    ("SHP", 2, "Saint Helena Pound", ""),
    ("SLE", 2, "Leone", ""),
    ("SOS", 2, "Somali Shilling", ""),
    ("SRD", 2, "Surinam Dollar", ""),
    ("SSP", 2, "South Sudanese Pound", ""),
    ("STN", 2, "Dobra", ""),
    ("SVC", 2, "El Salvador Colon", ""),
    ("SYP", 2, "Syrian Pound", ""),
    ("SZL", 2, "Lilangeni", ""),
    ("THB", 2, "Baht", ""),
    ("TJS", 2, "Somoni", ""),
    ("TMT", 2, "Turkmenistan New Manat", ""),
    ("TND", 3, "Tunisian Dinar", ""),
    ("TOP", 2, "Pa’anga", ""),
    ("TRY", 2, "Turkish Lira", "₺"),
    ("TTD", 2, "Trinidad and Tobago Dollar", ""),
    ("TWD", 2, "New Taiwan Dollar", "NT$"),
    ("TZS", 2, "Tanzanian Shilling", ""),
    ("UAH", 2, "Hryvnia", "₴"),
    ("UGX", 0, "Uganda Shilling", ""),
    ("USD", 2, "US Dollar", "$"),
    ("UYU", 2, "Peso Uruguayo", ""),
    ("UZS", 2, "Uzbekistan Sum", ""),
    ("VES", 2, "Bolívar Soberano", ""),
    ("VND", 0, "Dong", "₫"),
    ("VUV", 0, "Vatu", ""),
    ("WST", 2, "Tala", ""),
    ("XAD", 2, "Arab Accounting Dinar", ""),
    ("XAF", 0, "CFA Franc BEAC", "FCFA"),
    ("XCD", 2, "East Caribbean Dollar", "EC$"),
    ("XCG", 2, "Caribbean Guilder", "Cg."),
    ("XOF", 0, "CFA Franc BCEAO", "F CFA"),
    ("XPF", 0, "CFP Franc", "CFPF"),
    ("YER", 2, "Yemeni Rial", ""),
    ("ZAR", 2, "Rand", ""),
    ("ZMW", 2, "Zambian Kwacha", ""),
    ("ZWG", 2, "Zimbabwe Gold", ""),
];

impl Currency {
    /// All known currencies, ordered by code.
    pub fn all() -> impl Iterator<Item = Self> {
        CURRENCIES.iter().map(Self::from_row)
    }

    fn from_row(row: &(&str, u8, &str, &str)) -> Self {
        let code = row.0.as_bytes();
        Self([code[0], code[1], code[2]])
    }

    fn row(self) -> &'static (&'static str, u8, &'static str, &'static str) {
        &CURRENCIES[usize::from(PLACES[letters(self.0[0], self.0[1])][usize::from(self.0[2] - b'A')])]
    }

    /// The three-letter code, for example `GBP`.
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// How many decimal digits the minor unit has: 2 for GBP, 0 for JPY, 3 for KWD.
    pub fn minor_digits(self) -> u8 {
        self.row().1
    }

    /// Ten to the power of [`Self::minor_digits`].
    pub fn minor_per_major(self) -> i64 {
        10_i64.pow(u32::from(self.minor_digits()))
    }

    /// The English name, for example `Pound Sterling`.
    pub fn name(self) -> &'static str {
        self.row().2
    }

    /// The symbol as printed before an amount, or `None` where the code is printed instead.
    pub fn symbol(self) -> Option<&'static str> {
        Some(self.row().3).filter(|symbol| !symbol.is_empty())
    }
}

/// Where each code stands in the table: every row of a file asks for its currency.
static PLACES: [[u8; 26]; 26 * 26] = {
    let mut places = [[u8::MAX; 26]; 26 * 26];
    let mut index = 0;
    while index < CURRENCIES.len() {
        let code = CURRENCIES[index].0.as_bytes();
        places[letters(code[0], code[1])][(code[2] - b'A') as usize] = index as u8;
        index += 1;
    }
    places
};

const fn letters(first: u8, second: u8) -> usize {
    (first - b'A') as usize * 26 + (second - b'A') as usize
}

/// Whether the table has these three letters.
fn is_known(code: &[u8; 3]) -> bool {
    code.iter().all(u8::is_ascii_uppercase) && PLACES[letters(code[0], code[1])][usize::from(code[2] - b'A')] != u8::MAX
}

impl FromStr for Currency {
    type Err = AppError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = <[u8; 3]>::try_from(text.trim().as_bytes()).ok().map(|code| code.map(|letter| letter.to_ascii_uppercase()));
        code.filter(is_known)
            .map(Self)
            .ok_or_else(|| AppError::invalid("currency", format!("“{text}” is not a currency code such as EUR, GBP or USD")))
    }
}

impl TryFrom<String> for Currency {
    type Error = AppError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().into()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_every_code_is_found() {
        assert!(CURRENCIES.is_sorted_by(|a, b| a.0 < b.0));
        for currency in Currency::all() {
            assert_eq!(currency.code().parse::<Currency>().ok(), Some(currency));
            assert_eq!(currency.code().as_bytes(), currency.0);
        }
    }

    #[test]
    fn minor_units_follow_iso_4217() {
        let digits = |code: &str| code.parse::<Currency>().map(Currency::minor_digits).ok();
        assert_eq!(digits("gbp"), Some(2));
        assert_eq!(digits("JPY"), Some(0));
        assert_eq!(digits("KWD"), Some(3));
        assert_eq!(digits("XYZ"), None);
    }
}

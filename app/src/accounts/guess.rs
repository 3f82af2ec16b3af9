//! The browser's time zone and likely currency, as defaults for a new shop.

use js_sys::{Array, Intl, Object, Reflect};
use leptos::prelude::window;

/// The IANA name of the browser's time zone.
pub(crate) fn time_zone() -> Option<String> {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}

/// The currency of the country in the browser's language, for example GBP for `en-GB`.
pub(crate) fn currency() -> Option<&'static str> {
    currency_of_locale(&window().navigator().language()?)
}

fn currency_of_locale(locale: &str) -> Option<&'static str> {
    let mut parts = locale.split('-').skip(1);
    let country = parts.find(|part| part.len() == 2)?.to_ascii_uppercase();
    CURRENCY_OF.iter().find(|(_, countries)| countries.split(' ').any(|code| code == country)).map(|(currency, _)| *currency)
}

/// Currencies and the countries where shops use them; the rest choose by hand.
const CURRENCY_OF: [(&str, &str); 36] = [
    ("EUR", "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK ME XK BG"),
    ("USD", "US EC SV PR"),
    ("GBP", "GB"),
    ("AED", "AE"),
    ("ARS", "AR"),
    ("AUD", "AU"),
    ("BRL", "BR"),
    ("CAD", "CA"),
    ("CHF", "CH LI"),
    ("CLP", "CL"),
    ("CNY", "CN"),
    ("COP", "CO"),
    ("CZK", "CZ"),
    ("DKK", "DK GL"),
    ("EGP", "EG"),
    ("HKD", "HK"),
    ("HUF", "HU"),
    ("IDR", "ID"),
    ("ILS", "IL"),
    ("INR", "IN"),
    ("JPY", "JP"),
    ("KRW", "KR"),
    ("MAD", "MA"),
    ("MXN", "MX"),
    ("MYR", "MY"),
    ("NGN", "NG"),
    ("NOK", "NO"),
    ("NZD", "NZ"),
    ("PHP", "PH"),
    ("PLN", "PL"),
    ("RON", "RO"),
    ("SAR", "SA"),
    ("SEK", "SE"),
    ("SGD", "SG"),
    ("TRY", "TR"),
    ("ZAR", "ZA"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_with_a_country_gives_its_currency() {
        assert_eq!(currency_of_locale("en-GB"), Some("GBP"));
        assert_eq!(currency_of_locale("zh-Hans-CN"), Some("CNY"));
        assert_eq!(currency_of_locale("de"), None);
        assert_eq!(currency_of_locale("en-AQ"), None);
    }

    #[test]
    fn every_guess_is_a_known_currency() {
        for (currency, _) in CURRENCY_OF {
            assert!(currency.parse::<domain::Currency>().is_ok(), "{currency}");
        }
    }
}

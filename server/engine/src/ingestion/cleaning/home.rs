//! In which country a shop is at home, where nothing says so: told by its time zone, else by its currency.

use chrono_tz::Tz;
use domain::Currency;
use std::collections::HashMap;
use std::sync::LazyLock;

/// `zone<TAB>code` a line, from the time zone database's zone.tab, with older names.
static ZONES: LazyLock<HashMap<&'static str, [u8; 2]>> = LazyLock::new(|| {
    include_str!("zones.tsv").lines().filter_map(|line| line.split_once('\t')).filter_map(|(zone, code)| Some((zone, two(code)?))).collect()
});

fn two(code: &str) -> Option<[u8; 2]> {
    code.as_bytes().try_into().ok()
}

/// The country of a shop; `None` where its time zone and currency are those of many.
pub fn home_country(zone: Tz, currency: Currency) -> Option<[u8; 2]> {
    // A currency's code begins with that of its country, where it has one.
    let by_currency = || currency.code().get(..2).filter(|code| domain::countries::name(code).is_some()).and_then(two);
    ZONES.get(zone.name()).copied().or_else(by_currency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{Asia, Europe, UTC};

    #[test]
    fn shops_are_at_home_where_their_clocks_and_coins_are() {
        let home = |zone: Tz, currency: &str| home_country(zone, currency.parse().expect("a currency"));
        assert_eq!(home(Europe::Berlin, "EUR"), Some(*b"DE"));
        assert_eq!(home(Asia::Kolkata, "USD"), Some(*b"IN"));
        assert_eq!(home(UTC, "GBP"), Some(*b"GB"));
        assert_eq!(home(UTC, "EUR"), None);
    }
}

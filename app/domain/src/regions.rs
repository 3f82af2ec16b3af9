//! The parts of the world that countries lie in, as the United Nations divide it (M49).

/// A part of the world and its countries by ISO 3166-1 alpha-2 code, ordered by code.
pub const REGIONS: &[(&str, &[&str])] = &[
    (
        "Africa",
        &[
            "AO", "BF", "BI", "BJ", "BW", "CD", "CF", "CG", "CI", "CM", "CV", "DJ", "DZ", "EG", "EH", "ER", "ET", "GA", "GH", "GM", "GN", "GQ", "GW",
            "IO", "KE", "KM", "LR", "LS", "LY", "MA", "MG", "ML", "MR", "MU", "MW", "MZ", "NA", "NE", "NG", "RE", "RW", "SC", "SD", "SH", "SL", "SN",
            "SO", "SS", "ST", "SZ", "TD", "TF", "TG", "TN", "TZ", "UG", "YT", "ZA", "ZM", "ZW",
        ],
    ),
    (
        "Americas",
        &[
            "AG", "AI", "AR", "AW", "BB", "BL", "BM", "BO", "BQ", "BR", "BS", "BV", "BZ", "CA", "CL", "CO", "CR", "CU", "CW", "DM", "DO", "EC", "FK",
            "GD", "GF", "GL", "GP", "GS", "GT", "GY", "HN", "HT", "JM", "KN", "KY", "LC", "MF", "MQ", "MS", "MX", "NI", "PA", "PE", "PM", "PR", "PY",
            "SR", "SV", "SX", "TC", "TT", "US", "UY", "VC", "VE", "VG", "VI",
        ],
    ),
    (
        "Asia",
        &[
            "AE", "AF", "AM", "AZ", "BD", "BH", "BN", "BT", "CN", "CY", "GE", "HK", "ID", "IL", "IN", "IQ", "IR", "JO", "JP", "KG", "KH", "KP", "KR",
            "KW", "KZ", "LA", "LB", "LK", "MM", "MN", "MO", "MV", "MY", "NP", "OM", "PH", "PK", "PS", "QA", "SA", "SG", "SY", "TH", "TJ", "TL", "TM",
            "TR", "TW", "UZ", "VN", "YE",
        ],
    ),
    (
        "Europe",
        &[
            "AD", "AL", "AT", "AX", "BA", "BE", "BG", "BY", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FO", "FR", "GB", "GG", "GI", "GR", "HR", "HU",
            "IE", "IM", "IS", "IT", "JE", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI",
            "SJ", "SK", "SM", "UA", "VA", "XK",
        ],
    ),
    (
        "Oceania",
        &[
            "AS", "AU", "CC", "CK", "CX", "FJ", "FM", "GU", "HM", "KI", "MH", "MP", "NC", "NF", "NR", "NU", "NZ", "PF", "PG", "PN", "PW", "SB", "TK",
            "TO", "TV", "UM", "VU", "WF", "WS",
        ],
    ),
];

/// The part of the world of a country; Antarctica is none.
pub fn of_country(code: &str) -> Option<&'static str> {
    REGIONS.iter().find(|(_, codes)| codes.contains(&code)).map(|(name, _)| *name)
}

/// A part of the world by its name, in capitals or not.
pub fn parse(name: &str) -> Option<&'static str> {
    REGIONS.iter().map(|(region, _)| *region).find(|region| region.eq_ignore_ascii_case(name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_lies_in_one_part_of_the_world() {
        for (code, name) in crate::countries::all() {
            let regions = REGIONS.iter().filter(|(_, codes)| codes.contains(code)).count();
            assert_eq!(regions, usize::from(*code != "AQ"), "{code} {name}");
        }
        for (region, codes) in REGIONS {
            assert!(codes.is_sorted(), "{region}");
            assert_eq!(parse(&region.to_lowercase()), Some(*region));
        }
        assert_eq!((of_country("GB"), of_country("ZZ")), (Some("Europe"), None));
    }
}

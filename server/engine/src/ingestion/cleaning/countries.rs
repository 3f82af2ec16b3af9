//! Country names in many languages, and codes, to ISO 3166-1 alpha-2.

use std::collections::HashMap;
use std::sync::LazyLock;

/// `name<TAB>code` a line, names in lower case. From CLDR's names and ISO 3166-1's alpha-3 codes, with what sales files really say.
static ALIASES: LazyLock<HashMap<&'static str, [u8; 2]>> = LazyLock::new(|| {
    include_str!("country_aliases.tsv").lines().filter_map(|line| line.split_once('\t')).filter_map(|(name, code)| Some((name, two(code)?))).collect()
});

fn two(code: &str) -> Option<[u8; 2]> {
    code.as_bytes().try_into().ok()
}

/// The code of a country's name in one of many languages, or of its two- or three-letter code; `None` when it is none we know.
pub fn country_code(text: &str) -> Option<[u8; 2]> {
    let text = text.trim();
    let upper = text.to_ascii_uppercase();
    if upper.len() == 2 && domain::countries::name(&upper).is_some() {
        return two(&upper);
    }
    if let Some((code, _)) = domain::countries::all().iter().find(|(_, name)| name.eq_ignore_ascii_case(text)) {
        return two(code);
    }
    let lowered = text.to_lowercase().replace('\u{307}', "");
    ALIASES.get(lowered.as_str()).copied()
}

/// Remembers names, because a file holds few of them many times.
#[derive(Default)]
pub(in crate::ingestion) struct CountryMemory {
    known: HashMap<Vec<u8>, Option<[u8; 2]>>,
    last: Option<(Vec<u8>, Option<[u8; 2]>)>,
    unknown: Vec<String>,
}

const REMEMBERED: usize = 4_096;

impl CountryMemory {
    pub(in crate::ingestion) fn code(&mut self, cell: &[u8]) -> Option<[u8; 2]> {
        if let Some((name, code)) = &self.last
            && name == cell
        {
            return *code;
        }
        let code = match self.known.get(cell) {
            Some(code) => *code,
            None => self.look_up(cell),
        };
        self.last = Some((cell.to_vec(), code));
        code
    }

    fn look_up(&mut self, cell: &[u8]) -> Option<[u8; 2]> {
        let text = String::from_utf8_lossy(cell);
        let code = country_code(&text);
        if code.is_none() && self.unknown.len() < 10 && !self.unknown.iter().any(|name| *name == text) {
            self.unknown.push(text.chars().take(60).collect());
        }
        if self.known.len() < REMEMBERED {
            self.known.insert(cell.to_vec(), code);
        }
        code
    }

    /// The first names that were not understood.
    pub(in crate::ingestion) fn unknown(&self) -> &[String] {
        &self.unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_are_understood() {
        for (text, code) in
            [("United Kingdom", "GB"), ("gb", "GB"), ("Deutschland", "DE"), ("EIRE", "IE"), ("Türkiye", "TR"), ("USA", "US"), ("RSA", "ZA")]
        {
            assert_eq!(country_code(text), two(code), "{text}");
        }
        assert_eq!(country_code("Unspecified"), None);
    }
}

//! Which names of columns tell whose file it is: the fewer vendors use a name, the more it tells.

use super::vendor::{Export, VENDORS};
use crate::ingestion::{headings, kinds};
use domain::sources::ColumnMeaning;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

/// One generation of an export's header, its names without case, accents, blanks and marks.
pub(super) struct Generation {
    /// Where its vendor stands in the list.
    pub vendor: usize,
    /// Its export.
    pub export: &'static Export,
    names: BTreeSet<String>,
    prefixes: Vec<String>,
    /// What all its names are worth together.
    weight: i32,
}

/// All names of all vendors.
pub(super) struct Vocabulary {
    pub generations: Vec<Generation>,
    users: HashMap<String, BTreeSet<usize>>,
    prefixes: Vec<(String, usize)>,
}

/// What a name is worth.
const TELLING: i32 = 4;
const TELLING_BUT_COMMON: i32 = 2;
const SHARED: i32 = 1;

/// Names of a kind's columns that a single program spells so; others write “Impressions”, “Clicks”, “Spend”.
const SPELLED_BY_ONE: [&str; 4] = ["impr", "amountspent", "linkclicks", "adsetname"];

/// Names that many programs' files have though only one of our vendors uses them, a name a line. Adding one needs no code.
static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let names = include_str!("common_names.txt").lines().filter(|line| !line.starts_with('#'));
    names.chain(ColumnMeaning::ALL.iter().map(|meaning| meaning.label())).map(headings::key).collect()
});

/// Whether files of any origin have a column of this name, so that it tells nobody's.
fn is_everybodys(name: &str) -> bool {
    !SPELLED_BY_ONE.contains(&name) && (kinds::is_name(name) || headings::is_common(name) || COMMON.contains(name))
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::of_vendors);

impl Vocabulary {
    fn of_vendors() -> Self {
        let mut generations = Vec::new();
        let (mut users, mut prefixes) = (HashMap::<String, BTreeSet<usize>>::new(), Vec::new());
        for (index, vendor) in VENDORS.iter().enumerate() {
            for (export, header) in vendor.exports.iter().flat_map(|export| export.headers.iter().map(move |header| (export, header))) {
                // `*` alone, any name at all, tells nobody's file.
                let open = header.iter().filter_map(|name| name.strip_suffix('*')).filter(|start| !start.is_empty());
                let open = open.map(headings::key).collect::<BTreeSet<_>>();
                let names = header.iter().filter(|name| !name.ends_with('*')).map(|name| headings::key(name)).collect::<BTreeSet<_>>();
                for name in &names {
                    users.entry(name.clone()).or_default().insert(index);
                }
                prefixes.extend(open.iter().map(|prefix| (prefix.clone(), index)));
                generations.push(Generation { vendor: index, export, names, prefixes: open.into_iter().collect(), weight: 0 });
            }
        }
        let mut vocabulary = Self { generations: Vec::new(), users, prefixes };
        for generation in &mut generations {
            let names: i32 = generation.names.iter().map(|name| vocabulary.weight(name)).sum();
            generation.weight = names + TELLING * parts(generation.prefixes.len());
        }
        vocabulary.generations = generations;
        vocabulary
    }

    /// Whether any vendor uses a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.users.contains_key(name)
    }

    /// The only vendor that uses a name, if one does.
    pub(super) fn only_user(&self, name: &str) -> Option<usize> {
        match self.users.get(name) {
            Some(users) if users.len() == 1 => users.first().copied(),
            Some(_) => None,
            None => self.prefixes.iter().find(|(prefix, _)| name.starts_with(prefix.as_str())).map(|(_, vendor)| *vendor),
        }
    }

    /// Whether a name tells a vendor: no other vendor has it, and other files hardly do.
    pub(super) fn is_telling(&self, name: &str) -> bool {
        self.only_user(name).is_some() && !is_everybodys(name)
    }

    /// Whether a name speaks against every other vendor: it is one vendor's, and not one that our own tables of names have.
    pub(super) fn is_foreign_to_others(&self, name: &str) -> bool {
        self.only_user(name).is_some() && !headings::is_common(name)
    }

    fn weight(&self, name: &str) -> i32 {
        match self.only_user(name) {
            Some(_) if is_everybodys(name) => TELLING_BUT_COMMON,
            Some(_) => TELLING,
            None => SHARED,
        }
    }
}

/// How much of a generation a file's header holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fit {
    /// Of a thousand parts of the generation's weight.
    pub coverage: i32,
    /// Of a thousand columns of the file.
    pub known: i32,
    /// How many columns were found.
    pub found: usize,
    /// How many of them only this vendor has.
    pub telling: usize,
    weight: i32,
}

impl Fit {
    /// More of a generation, and more of it told by it.
    pub(super) fn score(&self) -> i32 {
        self.coverage * 10 + self.weight
    }
}

impl Generation {
    /// Whether a name is one of its columns.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(name) || self.prefixes.iter().any(|prefix| name.starts_with(prefix.as_str()))
    }

    pub(super) fn fit(&self, header: &BTreeSet<String>, vocabulary: &Vocabulary) -> Fit {
        let found: Vec<&String> = header.iter().filter(|name| self.has(name)).collect();
        let open = self.prefixes.iter().filter(|prefix| header.iter().any(|name| name.starts_with(prefix.as_str()))).count();
        let closed = found.iter().filter(|name| self.names.contains(name.as_str()));
        let weight = closed.map(|name| vocabulary.weight(name)).sum::<i32>() + TELLING * parts(open);
        Fit {
            coverage: weight * 1000 / self.weight.max(1),
            known: parts(found.len()) * 1000 / parts(header.len()).max(1),
            found: found.len(),
            telling: found.iter().filter(|name| vocabulary.is_telling(name)).count(),
            weight,
        }
    }
}

/// A count of columns, which is small.
fn parts(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 1000)
}

/// Whether a key is a name in any vendor's header.
pub(in crate::ingestion) fn is_name(key: &str) -> bool {
    VOCABULARY.has(key)
}

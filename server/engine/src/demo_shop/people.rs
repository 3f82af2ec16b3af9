//! Who buys, and where parcels go: invented people in real towns.

use super::DemoCustomer;
use super::random::Dice;

/// A country with how often it orders online, its towns, the likelier ones first.
pub(super) struct Place {
    pub country: [u8; 2],
    /// Of a thousand web orders.
    pub share: u64,
    pub towns: &'static [&'static str],
}

/// Where the till stands.
pub(super) const HARBOUR: (&str, [u8; 2]) = ("Falmouth", *b"GB");

pub(super) const PLACES: [Place; 6] = [
    Place {
        country: *b"GB",
        share: 470,
        towns: &["London", "Bristol", "Manchester", "Plymouth", "Edinburgh", "Leeds", "Exeter", "Cardiff", "Glasgow", "Norwich", "York", "Brighton"],
    },
    Place { country: *b"DE", share: 150, towns: &["Hamburg", "Berlin", "Bremen", "Köln", "München", "Kiel", "Leipzig"] },
    Place { country: *b"IE", share: 130, towns: &["Dublin", "Cork", "Galway", "Kinsale", "Limerick"] },
    Place { country: *b"FR", share: 110, towns: &["Paris", "Rennes", "Brest", "Lyon", "Saint-Malo", "Nantes"] },
    Place { country: *b"NL", share: 80, towns: &["Amsterdam", "Rotterdam", "Utrecht", "Haarlem"] },
    Place { country: *b"US", share: 60, towns: &["New York", "Boston", "Portland", "Seattle", "San Francisco"] },
];

const FIRST: [&str; 32] = [
    "Ada", "Ben", "Clara", "David", "Elin", "Finn", "Grace", "Henry", "Ida", "Jack", "Karin", "Liam", "Maeve", "Noah", "Orla", "Pieter", "Quentin",
    "Rosa", "Sam", "Tessa", "Una", "Viktor", "Willa", "Xenia", "Yann", "Zoe", "Anouk", "Bruno", "Carys", "Declan", "Esme", "Fleur",
];
const LAST: [&str; 32] = [
    "Ashdown",
    "Bellamy",
    "Carrick",
    "Dekker",
    "Ellery",
    "Fischer",
    "Gallagher",
    "Hartley",
    "Ingram",
    "Jansen",
    "Keller",
    "Lambert",
    "Marsh",
    "Nolan",
    "Osborne",
    "Penrose",
    "Quick",
    "Renard",
    "Sommer",
    "Tregenza",
    "Underhill",
    "Visser",
    "Whitlock",
    "Yarrow",
    "Ziegler",
    "Arnaud",
    "Brandt",
    "Colman",
    "Doyle",
    "Everett",
    "Faber",
    "Godfrey",
];

/// A customer and where they live.
#[derive(Clone)]
pub(super) struct Person {
    pub customer: DemoCustomer,
    pub country: [u8; 2],
    pub city: &'static str,
}

/// The `count`-th customer, who lives where `place` is.
pub(super) fn newcomer(count: usize, place: &Place, dice: &mut Dice) -> Person {
    let first = FIRST[dice.below(FIRST.len() as u64) as usize];
    let last = LAST[dice.below(LAST.len() as u64) as usize];
    let number = 10_001 + count;
    let email = format!("{}.{}.{number}@example.com", first.to_lowercase(), last.to_lowercase());
    let city = place.towns[dice.favourite(place.towns.len())];
    Person { customer: DemoCustomer { number: number.to_string(), email, name: format!("{first} {last}") }, country: place.country, city }
}

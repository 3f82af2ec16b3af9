//! What a few letters may mean.

use serde::{Deserialize, Serialize};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SearchKind {
    /// A page of the product.
    Page,
    /// A board of questions.
    Board,
    /// Another tool's board.
    EmbeddedBoard,
    /// A figure that can be asked for.
    Measure,
    /// A product of the shop.
    Product,
    /// A country that something was sold to.
    Country,
    /// A customer of the shop.
    Customer,
}

/// Something that was found, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchResult {
    /// What it is.
    pub kind: SearchKind,
    /// Its name.
    pub title: String,
    /// What it is for or where it stands; may be empty.
    pub hint: String,
    /// The page that shows it.
    pub address: String,
}

/// A value of a dimension that can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// As filters take it.
    pub value: String,
    /// As people read it.
    pub label: String,
}

/// How close a name is to a text, the closest with the lowest number; `None` where it is something else.
///
/// 0 is the name itself, 1 its beginning, 2 the beginning of a word, 3 somewhere within, 4 each word of the text somewhere. Capitals do not count.
pub fn matching(text: &str, name: &str) -> Option<u8> {
    let (text, name) = (text.trim().to_lowercase(), name.to_lowercase());
    let begins_a_word = name.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&text));
    match () {
        () if text.is_empty() => None,
        () if name == text => Some(0),
        () if name.starts_with(&text) => Some(1),
        () if begins_a_word => Some(2),
        () if name.contains(&text) => Some(3),
        () if text.split_whitespace().all(|word| name.contains(word)) => Some(4),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closer_names_come_first() {
        assert_eq!(matching("sales", "Sales"), Some(0));
        assert_eq!(matching("Net", "Net sales"), Some(1));
        assert_eq!(matching("sal", "Net sales"), Some(2));
        assert_eq!(matching("ales", "Net sales"), Some(3));
        assert_eq!(matching("sales net", "Net sales"), Some(4));
        assert_eq!((matching("gross", "Net sales"), matching(" ", "Net sales")), (None, None));
    }
}

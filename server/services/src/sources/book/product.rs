//! A product as a file names it, in whichever spellings and under however many names.

/// A product as a file names it.
#[derive(Clone, Debug)]
pub(crate) struct Product {
    pub(crate) key: String,
    pub(crate) sku: Option<String>,
    pub(crate) title: String,
    pub(crate) title_as_of: i64,
    /// One of its names that was not chosen, where it has several.
    pub(crate) other_name: Option<Box<str>>,
    /// The rows that name it, and the line of the first.
    pub(crate) rows: u32,
    pub(crate) row_line: u64,
}

impl Product {
    /// A product that one row has named; without a name its code stands in for it.
    pub(crate) fn named(key: String, sku: Option<String>, title: String, title_as_of: i64) -> Self {
        Self { key, sku, title, title_as_of, other_name: None, rows: 0, row_line: 0 }
    }

    /// A product as a row names it, by its code or else by its name, which is of no time.
    pub(crate) fn of_row(sku: Option<&str>, title: &str) -> Self {
        let key = sku.map_or_else(|| title_key(title), sku_key);
        Self::named(key, sku.map(str::to_owned), title.to_owned(), i64::MIN)
    }

    /// The newest name wins, ties go to the greater text: so the order of files does not matter.
    pub(crate) fn rename(&mut self, title: &str, as_of: i64) {
        let differs = self.title != title;
        if title.is_empty() || (!differs && as_of <= self.title_as_of) {
            return;
        }
        let loser = if (as_of, title) > (self.title_as_of, self.title.as_str()) {
            let was_code = self.title_as_of == i64::MIN;
            self.title_as_of = as_of;
            if !differs {
                return;
            }
            let before = std::mem::replace(&mut self.title, title.to_owned());
            (!was_code).then_some(before)
        } else {
            self.other_name.is_none().then(|| title.to_owned())
        };
        if self.other_name.is_none() {
            self.other_name = loser.map(Into::into);
        }
    }
}

/// A code in the spelling in which all of its spellings are one.
pub(crate) fn sku_code(sku: &str) -> String {
    sku.trim().to_uppercase()
}

/// What a product with a code is known by.
pub(crate) fn sku_key(sku: &str) -> String {
    format!("sku:{}", sku_code(sku))
}

/// What a product without a code is known by.
pub(crate) fn title_key(title: &str) -> String {
    format!("title:{}", title.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_name_wins_and_one_of_the_others_is_remembered() {
        let mut mug = Product::named("sku:1".to_owned(), Some("1".to_owned()), "1".to_owned(), i64::MIN);
        mug.rename("Mug", 5);
        assert_eq!((mug.title.as_str(), mug.other_name.as_deref()), ("Mug", None), "a code is no name");
        mug.rename("Mug", 7);
        mug.rename("Cup", 6);
        assert_eq!((mug.title.as_str(), mug.title_as_of, mug.other_name.as_deref()), ("Mug", 7, Some("Cup")));
        mug.rename("Large mug", 8);
        mug.rename("", 9);
        assert_eq!((mug.title.as_str(), mug.title_as_of, mug.other_name.as_deref()), ("Large mug", 8, Some("Cup")));
    }
}

//! What storing changed: spellings and names that met in one product, each product noted once.

use crate::sources::OrderBook;
use engine::ingestion::{CleaningKind, CleaningLog};
use std::collections::HashSet;
use xxhash_rust::xxh3::xxh3_64;

/// Notes over all parts of a file.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    log: CleaningLog,
    /// What was noted of which product, hashed.
    seen: HashSet<u64>,
}

impl Notes {
    /// Takes what putting rows together changed in a part of the file.
    pub(super) fn take(&mut self, book: &OrderBook) {
        self.log.merge(book.notes());
        for (spelling, product) in &book.respelled {
            let product = &book.products[*product as usize];
            self.spelling(product.row_line, spelling, product.sku.as_deref().unwrap_or_default());
        }
        for product in &book.products {
            if let Some(other) = &product.other_name {
                self.product(CleaningKind::NamesChosen, product.row_line, &product.key, other, &product.title);
            }
        }
    }

    /// A code that is spelled otherwise than its product's.
    pub(super) fn spelling(&mut self, line: u64, spelling: &str, kept: &str) {
        if spelling != kept {
            self.product(CleaningKind::SpellingsMerged, line, spelling, spelling, kept);
        }
    }

    /// Something about a product, once for each key.
    pub(super) fn product(&mut self, kind: CleaningKind, line: u64, key: &str, before: &str, after: &str) {
        if self.seen.insert(xxh3_64(format!("{}:{key}", kind.as_str()).as_bytes())) {
            self.log.note(kind, line, "", || (before, after));
        }
    }

    /// All of it.
    pub(super) fn into_log(self) -> CleaningLog {
        self.log
    }
}

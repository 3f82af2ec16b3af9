//! What putting a file's rows together into orders and products changed.

use super::order_book::OrderBook;
use engine::ingestion::{CleaningKind, CleaningLog, is_product};

impl OrderBook {
    /// Notes it; to be asked once all rows are in, and before the parts of orders in several currencies get their numbers.
    pub(crate) fn notes(&self) -> CleaningLog {
        let mut log = self.taken.clone();
        for product in self.products.iter().filter(|product| !is_product(product.sku.as_deref(), &product.title)) {
            log.count(CleaningKind::NonProducts, i64::from(product.rows));
            log.sample(CleaningKind::NonProducts, product.row_line, "", product.title.as_str(), "no product");
        }
        for order in self.side_orders() {
            let number = &*order.external_id;
            log.note(CleaningKind::SplitByCurrency, order.row_line, "", || (number, format!("{number} in {}", order.currency)));
        }
        for order in self.orders.iter().filter(|order| order.has_other_store()) {
            let store = order.store().unwrap_or_default();
            log.note(CleaningKind::OneStoreKept, order.row_line, "", || (&*order.external_id, store));
        }
        for order in self.orders.iter().filter(|order| order.is_test()) {
            log.note(CleaningKind::TestOrders, order.row_line, "", || (&*order.external_id, "left out"));
        }
        log
    }
}

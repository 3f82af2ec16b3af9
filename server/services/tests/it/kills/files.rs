//! The two files of a killed shop's story, with what is in them, counted while they are written.

/// A file and what it says.
pub(super) struct SalesFile {
    pub(super) text: String,
    pub(super) rows: i64,
    pub(super) rejected: i64,
    /// Of the rows that can be read: how many, their amounts and their pieces.
    pub(super) sums: (usize, i64, i64),
}

/// Rows of some orders; each order twice over where there are two passes.
fn file(orders: std::ops::Range<u32>, passes: i64, more: i64) -> SalesFile {
    let text = "Order ID,Order Date,SKU,Product,Quantity,Price,Email\n".to_owned();
    let mut file = SalesFile { text, rows: 0, rejected: 0, sums: (0, 0, 0) };
    for pass in 0..passes {
        for order in orders.clone() {
            for line in 0..=(order % 3) {
                file.row(order, line, if order % 11 == 0 { -1 } else { i64::from(line) + 1 + pass + more });
            }
        }
    }
    file
}

impl SalesFile {
    fn row(&mut self, order: u32, line: u32, quantity: i64) {
        self.rows += 1;
        let (day, sku) = (order % 28 + 1, (order * 7 + line) % 211);
        let price = if self.rows % 97 == 0 { "free".to_owned() } else { format!("{}.{:02}", sku % 40 + 1, sku % 100) };
        if price == "free" {
            self.rejected += 1;
        } else {
            let (count, amount, pieces) = self.sums;
            self.sums = (count + 1, amount + quantity * i64::from((sku % 40 + 1) * 100 + sku % 100), pieces + quantity * 1_000);
        }
        let (minute, customer) = (order % 60, order % 300);
        let row = format!("{order},2026-01-{day:02} 10:{minute:02}:00,S{sku},Thing {sku},{quantity},{price},c{customer}@example.com\n");
        self.text.push_str(&row);
    }
}

/// What the shop has in the end.
pub(super) fn first() -> SalesFile {
    file(0..1_000, 2, 0)
}

/// Some of the first file's orders, changed, and new ones: all of it is taken back again.
pub(super) fn second() -> SalesFile {
    file(600..1_300, 1, 3)
}

//! The two files of a killed shop's story, with what is in them, counted while they are written.

use std::collections::BTreeMap;

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

/// Of the orders that both files tell, the rows that can be read beside others that cannot: whichever file is read while the other's are there leaves
/// such orders as they are.
pub(super) fn held(file: &SalesFile) -> i64 {
    let mut orders: BTreeMap<u32, (i64, bool)> = BTreeMap::new();
    for row in file.text.lines().skip(1) {
        let number = row.split(',').next().and_then(|number| number.parse().ok()).expect("each row has a number");
        let (readable, is_held) = orders.entry(number).or_default();
        let is_rejected = row.contains(",free,");
        *readable += i64::from(!is_rejected);
        *is_held |= is_rejected;
    }
    orders.range(600..1_000).filter(|(_, (_, is_held))| *is_held).map(|(_, (readable, _))| readable).sum()
}

/// What the shop has in the end.
pub(super) fn first() -> SalesFile {
    file(0..1_000, 2, 0)
}

/// Some of the first file's orders, changed, and new ones: all of it is taken back again.
pub(super) fn second() -> SalesFile {
    file(600..1_300, 1, 3)
}

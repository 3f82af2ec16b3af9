//! A folder with copies, and rows to put into them.

use columns::{Build, Columns, ColumnsError, Limits, TABLES, Table};
use domain::ids::MerchantId;
use engine::planning::{Output, Plan, Raw, Value};
use std::sync::Arc;
use tempfile::TempDir;

pub(crate) const SHOP: MerchantId = MerchantId(7);

pub(crate) struct Ground {
    pub(crate) folder: Arc<TempDir>,
    pub(crate) columns: Columns,
}

impl Ground {
    pub(crate) fn new(limits: Limits) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a temporary folder"));
        let columns = Columns::new(folder.path().join("columns"), limits);
        Self { folder, columns }
    }

    /// The same folder, as another process sees it.
    pub(crate) fn restarted(&self) -> Self {
        Self { folder: self.folder.clone(), columns: Columns::new(self.folder.path().join("columns"), Limits::default()) }
    }

    /// The files of a shop's folder, sorted.
    pub(crate) fn files(&self, shop: MerchantId) -> Vec<String> {
        let folder = self.folder.path().join("columns").join(shop.0.to_string());
        let entries = std::fs::read_dir(folder).expect("the shop has a folder");
        let mut names: Vec<String> = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Publishes a copy in which every order is of that many pence, one a day.
    pub(crate) fn publish(&self, shop: MerchantId, attempt: &str, version: i64, pence: &[i64], now_ms: i64) -> bool {
        let build = self.written(shop, attempt, pence);
        build.publish(version, None, version, now_ms).expect("it is published")
    }

    /// A copy that is written, but not published.
    pub(crate) fn written(&self, shop: MerchantId, attempt: &str, pence: &[i64]) -> Build {
        let mut build = self.columns.build(shop, attempt).expect("it begins");
        for table in TABLES {
            let month = table.by_month.then_some(202_601);
            let mut writer = build.writer(table, month).expect("a file");
            for (row, amount) in pence.iter().enumerate().filter(|_| table.name == "orders") {
                write_order(&mut writer, row as i64, *amount);
            }
            let entry = writer.finish().expect("the file is whole");
            build.add(entry);
        }
        build
    }

    /// The rows of a statement whose columns are numbers.
    pub(crate) async fn numbers(&self, shop: MerchantId, sql: &str, params: Vec<Value>) -> Result<Vec<Vec<Raw>>, ColumnsError> {
        let snapshot = self.columns.snapshot(shop)?.expect("the shop has a copy");
        let plan = Plan { sql: sql.to_owned(), params, outputs: vec![Output::Number; 4], limit: 100 };
        self.columns.query(&snapshot, &plan).await
    }
}

fn write_order(writer: &mut columns::TableWriter, row: i64, amount: i64) {
    for (index, (name, kind)) in writer.table().columns.iter().enumerate() {
        let value = match *name {
            "id" => Some(row + 1),
            "day" => Some(20_454 + (row / 3).min(30)),
            "month" => Some(202_601),
            "net_minor" => Some(amount),
            _ => None,
        };
        match kind {
            columns::Kind::Int | columns::Kind::Small => writer.number(index, value),
            columns::Kind::Flag => writer.flag(index, Some(true)),
            columns::Kind::Text => writer.text(index, (row % 2 == 0).then_some("it's “GB”")),
        }
        .expect("a value of the column's kind");
    }
    if writer.end_row() {
        writer.flush().expect("rows are written");
    }
}

/// The table of orders.
pub(crate) fn orders() -> &'static Table {
    Table::named("orders").expect("the copy has orders")
}

//! Rejected rows between reading and storing: in a file, so that a file of nothing but bad rows fits in memory.

use crate::db::{BulkInsert, Constant, Db, Tx};
use crate::error::Result;
use crate::sources::store::Unread;
use domain::ids::MerchantId;
use engine::ingestion::RowIssue;
use sea_orm::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;
use uuid::Uuid;

const FILE: &str = "issues";
const LINES_AT_ONCE: usize = 1_000;

/// The rejected rows of one pass over a file.
pub(super) struct Issues {
    folder: PathBuf,
    file: Option<BufWriter<File>>,
    count: i64,
    first_reason: Option<String>,
    unread: Unread,
}

impl Issues {
    /// None yet; the folder is made when there is one.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, file: None, count: 0, first_reason: None, unread: Unread::default() }
    }

    /// How many rows were rejected.
    pub(super) fn count(&self) -> i64 {
        self.count
    }

    /// What was wrong with the first of them, and where.
    pub(super) fn first_reason(&self) -> Option<&str> {
        self.first_reason.as_deref()
    }

    /// The orders that rejected rows are of.
    pub(super) fn take_unread(&mut self) -> Unread {
        std::mem::take(&mut self.unread)
    }

    /// Keeps a rejected row.
    pub(super) fn add(&mut self, issue: &RowIssue) -> io::Result<()> {
        self.unread.note(issue.order.as_deref());
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                std::fs::create_dir_all(&self.folder)?;
                self.file.insert(BufWriter::new(File::create(self.folder.join(FILE))?))
            }
        };
        serde_json::to_writer(&mut *file, &(issue.line, &issue.column, &issue.reason, &issue.raw))?;
        file.write_all(b"\n")?;
        self.count += 1;
        self.first_reason.get_or_insert_with(|| match &issue.column {
            Some(column) => format!("line {}, column “{column}”: {}", issue.line, issue.reason),
            None => format!("line {}: {}", issue.line, issue.reason),
        });
        Ok(())
    }

    /// Writes out what is buffered.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }

    /// Writes the rows' issues into the table.
    pub(super) async fn store(&self, tx: &Tx, db: &Db, merchant: MerchantId, upload: Uuid) -> Result<()> {
        if self.file.is_none() {
            return Ok(());
        }
        let constants = [("merchant_id", Constant::Number(merchant.0))];
        let mut bulk = BulkInsert::new(tx, db, "upload_issues", &constants, &["upload_id", "line", "column_name", "reason", "raw"]);
        let (mut lines, mut above) = (BufReader::new(File::open(self.folder.join(FILE))?).lines(), 0);
        loop {
            let some: Vec<String> = lines.by_ref().take(LINES_AT_ONCE).collect::<io::Result<_>>()?;
            if some.is_empty() {
                return bulk.finish().await;
            }
            for text in some {
                let (line, column, reason, raw): (i64, Option<String>, String, String) = serde_json::from_str(&text)?;
                // Two rows on one line would collide; the second gets the next line's number.
                above = line.max(above + 1);
                let row: [Value; 5] = [upload.into(), above.into(), column.into(), reason.into(), raw.into()];
                bulk.row(row).await?;
            }
        }
    }
}

//! Many rows in few statements: each as long as the database allows, prepared once and reused.

use super::{Backend, Db, Tx};
use crate::Result;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use std::fmt::Write;

/// SQLite's limit is 32,766 parameters a statement, PostgreSQL's 65,535.
fn most_parameters(backend: Backend) -> usize {
    match backend {
        Backend::Sqlite => 32_766,
        Backend::Postgres => 65_535,
    }
}

/// A column that has the same value in all rows; it is part of the statement's text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Constant {
    /// A number.
    Number(i64),
    /// A word of the program's own, never of a person.
    Word(&'static str),
}

/// Inserts rows of one table.
pub(crate) struct BulkInsert<'t> {
    tx: &'t Tx,
    backend: Backend,
    head: String,
    constants: String,
    width: usize,
    rows_at_once: usize,
    full: String,
    values: Vec<Value>,
}

impl<'t> BulkInsert<'t> {
    /// Rows with `constants` first and then `columns`.
    pub(crate) fn new(tx: &'t Tx, db: &Db, table: &str, constants: &[(&str, Constant)], columns: &[&str]) -> Self {
        let (backend, width) = (db.backend(), columns.len());
        let names: Vec<&str> = constants.iter().map(|(name, _)| *name).chain(columns.iter().copied()).collect();
        let literal = |(_, constant): &(&str, Constant)| match constant {
            Constant::Number(number) => format!("{number},"),
            Constant::Word(word) => format!("'{word}',"),
        };
        let rows_at_once = most_parameters(backend) / width;
        Self {
            tx,
            backend,
            head: format!("INSERT INTO {table} ({}) VALUES ", names.join(",")),
            constants: constants.iter().map(literal).collect(),
            width,
            rows_at_once,
            full: String::new(),
            values: Vec::new(),
        }
    }

    /// Adds a row; writes when a statement is full.
    pub(crate) async fn row<const N: usize>(&mut self, row: [Value; N]) -> Result<()> {
        debug_assert_eq!(N, self.width, "a row has a value for each column");
        self.values.extend(row);
        if self.values.len() == self.rows_at_once * self.width {
            let values = std::mem::replace(&mut self.values, Vec::with_capacity(self.rows_at_once * self.width));
            if self.full.is_empty() {
                self.full = self.statement(self.rows_at_once);
            }
            self.execute(self.full.clone(), values).await?;
        }
        Ok(())
    }

    /// Writes what is left.
    pub(crate) async fn finish(mut self) -> Result<()> {
        let values = std::mem::take(&mut self.values);
        if values.is_empty() {
            return Ok(());
        }
        self.execute(self.statement(values.len() / self.width), values).await
    }

    async fn execute(&self, sql: String, values: Vec<Value>) -> Result<()> {
        let backend = match self.backend {
            Backend::Sqlite => DbBackend::Sqlite,
            Backend::Postgres => DbBackend::Postgres,
        };
        self.tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        Ok(())
    }

    fn statement(&self, rows: usize) -> String {
        let mut sql = String::with_capacity(self.head.len() + rows * (self.constants.len() + 7 * self.width + 3));
        sql.push_str(&self.head);
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { ",(" });
            sql.push_str(&self.constants);
            for column in 0..self.width {
                let comma = if column == 0 { "" } else { "," };
                // SQLite finds a named parameter by a linear search; nameless ones are bound by position.
                match self.backend {
                    Backend::Sqlite => sql.push_str(if column == 0 { "?" } else { ",?" }),
                    Backend::Postgres => write!(sql, "{comma}${}", row * self.width + column + 1).expect("a string takes all"),
                }
            }
            sql.push(')');
        }
        sql
    }
}

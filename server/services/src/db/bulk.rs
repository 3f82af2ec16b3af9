//! Many rows in few statements: each as long as is good for the database, prepared once and reused.

use super::statements::Rows;
use super::{Backend, Db, Tx, array_literal};
use crate::Result;
use futures::future::BoxFuture;
use sea_orm::{DbBackend, DbErr, Statement, Value};
use std::sync::Arc;
use std::task::Poll;

/// More rows a statement save nothing, and leave the processor's caches.
const SQLITE_ROWS: usize = 512;
/// So many SQLite takes in one.
const SQLITE_PARAMETERS: usize = 32_766;
/// The last rows go in statements of these lengths: few different texts, because a connection keeps each prepared with its memory.
const SQLITE_TAILS: [usize; 4] = [64, 16, 4, 1];
/// PostgreSQL takes a column as one array; a statement of so many rows is a few hundred kilobytes.
const POSTGRES_ROWS: usize = 8_192;

/// A column that has the same value in all rows; it is part of the statement's text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Constant {
    /// A number.
    Number(i64),
    /// Whether it is so.
    Flag(bool),
    /// A word of the program's own, never of a person.
    Word(&'static str),
}

/// Inserts rows of one table.
pub(crate) struct BulkInsert<'t> {
    tx: &'t Tx,
    backend: Backend,
    head: String,
    constants: String,
    /// What becomes of rows that are there already; without it they are an error.
    on_conflict: String,
    width: usize,
    rows_at_once: usize,
    /// Where the parts of the key stand in a row, and the keys so far: SQLite would take one twice, PostgreSQL refuses.
    #[cfg(debug_assertions)]
    keys: (Vec<usize>, std::collections::HashSet<String>),
    /// SQLite's statement for a full load of rows, made when it is first needed.
    full: Option<Arc<str>>,
    values: Vec<Value>,
    /// Whether the next rows are made while the database writes the last.
    is_overlapping: bool,
    /// The statement that the database works on.
    in_flight: Option<BoxFuture<'t, Result<(), DbErr>>>,
}

impl<'t> BulkInsert<'t> {
    /// Rows with `constants` first and then `columns`.
    pub(crate) fn new(tx: &'t Tx, db: &Db, table: &str, constants: &[(&str, Constant)], columns: &[&str]) -> Self {
        let (backend, width) = (db.backend(), columns.len());
        let names: Vec<&str> = constants.iter().map(|(name, _)| *name).chain(columns.iter().copied()).collect();
        debug_assert!(SQLITE_ROWS * width <= SQLITE_PARAMETERS, "{table}: fewer rows a statement are needed for so many columns");
        let literal = |(_, constant): &(&str, Constant)| match constant {
            Constant::Number(number) => format!("{number},"),
            Constant::Flag(is_so) => format!("{is_so},"),
            Constant::Word(word) => format!("'{word}',"),
        };
        Self {
            tx,
            backend,
            head: format!("INSERT INTO {table} ({})", names.join(",")),
            constants: constants.iter().map(literal).collect(),
            on_conflict: String::new(),
            width,
            #[cfg(debug_assertions)]
            keys: Default::default(),
            rows_at_once: if backend == Backend::Sqlite { SQLITE_ROWS } else { POSTGRES_ROWS },
            full: None,
            values: Vec::new(),
            is_overlapping: false,
            in_flight: None,
        }
    }

    /// Lets the database write while the next rows are made. Nothing else may use the transaction until [`Self::finish`]: it would wait for a
    /// statement that nobody drives on.
    pub(crate) fn overlapping(mut self) -> Self {
        self.is_overlapping = true;
        self
    }

    /// Rows whose key is there already take the new values; no key may stand twice among the rows.
    pub(crate) fn replacing(mut self, key: &[&str], columns: &[&str]) -> Self {
        let values: Vec<String> =
            columns.iter().filter(|column| !key.contains(column)).map(|column| format!("{column} = excluded.{column}")).collect();
        #[cfg(debug_assertions)]
        {
            self.keys.0 = columns.iter().enumerate().filter_map(|(index, column)| key.contains(column).then_some(index)).collect();
        }
        self.on_conflict = format!(" ON CONFLICT ({}) DO UPDATE SET {}", key.join(","), values.join(","));
        self
    }

    /// Adds a row; writes when a statement is full.
    pub(crate) async fn row<const N: usize>(&mut self, row: [Value; N]) -> Result<()> {
        debug_assert_eq!(N, self.width, "a row has a value for each column");
        #[cfg(debug_assertions)]
        if !self.on_conflict.is_empty() {
            let key = self.keys.0.iter().map(|&index| format!("{:?} ", row[index])).collect::<String>();
            assert!(self.keys.1.insert(key.clone()), "{}: the key {key} stands twice", self.head);
        }
        self.values.extend(row);
        if self.values.len() == self.rows_at_once * self.width {
            let values = std::mem::replace(&mut self.values, Vec::with_capacity(self.rows_at_once * self.width));
            self.write(values).await?;
        }
        Ok(())
    }

    /// Writes what is left.
    pub(crate) async fn finish(mut self) -> Result<()> {
        let mut values = std::mem::take(&mut self.values);
        while !values.is_empty() {
            let rows = values.len() / self.width;
            let tail = SQLITE_TAILS.into_iter().find(|tail| *tail <= rows).filter(|_| self.backend == Backend::Sqlite);
            let rest = values.split_off(tail.unwrap_or(rows) * self.width);
            self.write(values).await?;
            values = rest;
        }
        self.settle().await
    }

    async fn write(&mut self, values: Vec<Value>) -> Result<()> {
        let tx: &'t Tx = self.tx;
        let rows = match self.backend {
            Backend::Sqlite => tx.bound(&self.rows_statement(values.len() / self.width), values),
            Backend::Postgres => Rows::Statement(self.columns_statement(&values)?),
        };
        self.settle().await?;
        let mut writing = tx.write(rows);
        if !self.is_overlapping {
            return Ok(writing.await?);
        }
        // Asked once, so that the statement is on its way.
        match futures::poll!(&mut writing) {
            Poll::Ready(written) => Ok(written?),
            Poll::Pending => {
                self.in_flight = Some(writing);
                Ok(())
            }
        }
    }

    /// Waits for the statement that is on its way.
    async fn settle(&mut self) -> Result<()> {
        match self.in_flight.take() {
            Some(writing) => Ok(writing.await?),
            None => Ok(()),
        }
    }

    /// One parameter a cell. Nameless ones: SQLite finds a named parameter by a linear search.
    fn rows_statement(&mut self, rows: usize) -> Arc<str> {
        if let Some(full) = self.full.clone().filter(|_| rows == self.rows_at_once) {
            return full;
        }
        let cells = vec!["?"; self.width].join(",");
        let row = format!("({}{cells})", self.constants);
        let sql: Arc<str> = format!("{} VALUES {}{}", self.head, vec![row.as_str(); rows].join(","), self.on_conflict).into();
        if rows == self.rows_at_once {
            self.full = Some(sql.clone());
        }
        sql
    }

    /// One parameter a column: an array in PostgreSQL's own notation.
    fn columns_statement(&self, values: &[Value]) -> Result<Statement> {
        let (mut arrays, mut literals) = (Vec::with_capacity(self.width), Vec::with_capacity(self.width));
        for column in 0..self.width {
            let (kind, literal) = array_literal(values.iter().skip(column).step_by(self.width))?;
            arrays.push(format!("${}::text::{kind}[]", column + 1));
            literals.push(Value::from(literal));
        }
        let sql = format!("{} SELECT {}cells.* FROM unnest({}) AS cells{}", self.head, self.constants, arrays.join(","), self.on_conflict);
        Ok(Statement::from_sql_and_values(DbBackend::Postgres, sql, literals))
    }
}

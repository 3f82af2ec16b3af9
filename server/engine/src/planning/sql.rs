//! Pieces of SQL with their parameters.

/// Whose SQL is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite: `?`, binary text order by default, integer sums.
    Sqlite,
    /// PostgreSQL: `$1`, text order by the database's locale unless told, numeric sums.
    Postgres,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
}

/// Writes placeholders and keeps their values in the order of the text.
pub(super) struct Writer {
    pub dialect: Dialect,
    pub params: Vec<Value>,
}

impl Writer {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { dialect, params: Vec::new() }
    }

    /// A placeholder for a value. Call it in the order in which the pieces stand in the statement.
    pub(super) fn bind(&mut self, value: Value) -> String {
        self.params.push(value);
        match self.dialect {
            Dialect::Sqlite => "?".to_owned(),
            Dialect::Postgres => format!("${}", self.params.len()),
        }
    }

    pub(super) fn bind_all(&mut self, values: impl IntoIterator<Item = Value>) -> String {
        values.into_iter().map(|value| self.bind(value)).collect::<Vec<_>>().join(", ")
    }

    /// A whole-number sum that is 0 over no rows; PostgreSQL's sum of BIGINT is NUMERIC and is cast back.
    pub(super) fn sum(&self, of: &str) -> String {
        match self.dialect {
            Dialect::Sqlite => format!("COALESCE(SUM({of}), 0)"),
            Dialect::Postgres => format!("CAST(COALESCE(SUM({of}), 0) AS BIGINT)"),
        }
    }

    /// Text in the order of its bytes, on every database alike.
    pub(super) fn by_bytes(&self, text: &str) -> String {
        match self.dialect {
            Dialect::Sqlite => text.to_owned(),
            Dialect::Postgres => format!("{text} COLLATE \"C\""),
        }
    }
}

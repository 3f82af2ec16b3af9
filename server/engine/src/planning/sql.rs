//! Pieces of SQL with their parameters, and all that differs from one database to the next.

/// Whose SQL is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite: binary text order by default, integer sums.
    Sqlite,
    /// PostgreSQL: text order by the database's locale unless told, numeric sums.
    Postgres,
    /// The columnar copy: binary text order, integer sums.
    Columns,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
}

impl Dialect {
    /// A whole-number sum; null over no rows. PostgreSQL's sum of BIGINT is NUMERIC and is cast back.
    pub(super) fn sum(self, of: &str) -> String {
        match self {
            Self::Postgres => format!("CAST(SUM({of}) AS BIGINT)"),
            Self::Sqlite | Self::Columns => format!("SUM({of})"),
        }
    }

    /// A sum of products of whole numbers where a condition holds. The copy would pass over a product that leaves 64 bits, so it counts in decimals.
    pub(super) fn sum_of_products(self, condition: &str, one: &str, other: &str) -> String {
        match self {
            Self::Columns => {
                let [one, other] = [one, other].map(|factor| format!("CAST({factor} AS DECIMAL(19, 0))"));
                format!("CAST(SUM(CASE WHEN {condition} THEN {one} * {other} END) AS BIGINT)")
            }
            Self::Sqlite | Self::Postgres => self.sum(&format!("CASE WHEN {condition} THEN {one} * {other} END")),
        }
    }

    /// Text in the order of its bytes, on every database alike.
    pub(super) fn by_bytes(self, text: &str) -> String {
        match self {
            Self::Postgres => format!("{text} COLLATE \"C\""),
            Self::Sqlite | Self::Columns => text.to_owned(),
        }
    }

    /// Whether a text holds another; A to Z count as a to z, other letters as they are.
    pub(super) fn contains(self, text: &str, part: &str) -> String {
        match self {
            Self::Sqlite => format!("INSTR(LOWER({text}), {part}) > 0"),
            Self::Postgres => format!("STRPOS(LOWER({text} COLLATE \"C\"), {part}) > 0"),
            Self::Columns => format!("STRPOS(TRANSLATE({text}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), {part}) > 0"),
        }
    }

    /// A whole number as a double.
    pub(super) fn double(self, of: &str) -> String {
        format!("CAST({of} AS DOUBLE PRECISION)")
    }

    /// A column as it is read: some databases tell narrow integers from wide ones, and all are read as wide ones.
    pub(super) fn wide(self, column: &str) -> String {
        match self {
            Self::Sqlite | Self::Columns => column.to_owned(),
            Self::Postgres => format!("CAST({column} AS BIGINT)"),
        }
    }
}

/// Writes placeholders and keeps their values.
pub(super) struct Writer {
    pub dialect: Dialect,
    pub params: Vec<Value>,
}

impl Writer {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { dialect, params: Vec::new() }
    }

    /// A placeholder for a value. Placeholders have numbers, so that one may stand in several places.
    pub(super) fn bind(&mut self, value: Value) -> String {
        let number = self.params.iter().position(|param| *param == value).filter(|_| matches!(value, Value::Int(_)) && self.params.len() < 64);
        let number = number.unwrap_or_else(|| {
            self.params.push(value);
            self.params.len() - 1
        }) + 1;
        match self.dialect {
            Dialect::Sqlite => format!("?{number}"),
            Dialect::Postgres | Dialect::Columns => format!("${number}"),
        }
    }

    pub(super) fn bind_all(&mut self, values: impl IntoIterator<Item = Value>) -> String {
        values.into_iter().map(|value| self.bind(value)).collect::<Vec<_>>().join(", ")
    }
}

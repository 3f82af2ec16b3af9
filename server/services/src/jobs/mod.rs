//! Background work in a table.

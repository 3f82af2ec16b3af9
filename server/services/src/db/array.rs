//! A column's values as a PostgreSQL array, written in its own notation: one parameter instead of thousands.

use crate::Result;
use anyhow::anyhow;
use sea_orm::Value;
use std::fmt::Write;

/// The element's type and the array, for example `bigint` and `{1,NULL,3}`.
pub(crate) fn array_literal<'a>(values: impl Iterator<Item = &'a Value>) -> Result<(&'static str, String)> {
    let (mut kind, mut literal) = ("text", String::from("{"));
    for value in values {
        if literal.len() > 1 {
            literal.push(',');
        }
        kind = write_value(&mut literal, value)?;
    }
    literal.push('}');
    Ok((kind, literal))
}

fn write_value(literal: &mut String, value: &Value) -> Result<&'static str> {
    let plain = |literal: &mut String, number: Option<i64>| match number {
        Some(number) => write!(literal, "{number}").expect("a string takes all"),
        None => literal.push_str("NULL"),
    };
    Ok(match value {
        Value::BigInt(number) => {
            plain(literal, *number);
            "bigint"
        }
        Value::Int(number) => {
            plain(literal, number.map(i64::from));
            "integer"
        }
        Value::SmallInt(number) => {
            plain(literal, number.map(i64::from));
            "smallint"
        }
        Value::Bool(is_so) => {
            literal.push_str(is_so.map_or("NULL", |is_so| if is_so { "t" } else { "f" }));
            "boolean"
        }
        Value::Uuid(id) => {
            match id {
                Some(id) => write!(literal, "{id}").expect("a string takes all"),
                None => literal.push_str("NULL"),
            }
            "uuid"
        }
        Value::String(text) => {
            write_text(literal, text.as_deref());
            "text"
        }
        Value::Bytes(Some(bytes)) => {
            literal.push_str("\"\\\\x");
            bytes.iter().for_each(|byte| write!(literal, "{byte:02x}").expect("a string takes all"));
            literal.push('"');
            "bytea"
        }
        other => return Err(anyhow!("a bulk insert has no values such as {other:?}").into()),
    })
}

fn write_text(literal: &mut String, text: Option<&str>) {
    let Some(text) = text else { return literal.push_str("NULL") };
    literal.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            literal.push('\\');
        }
        literal.push(character);
    }
    literal.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal<const N: usize>(values: [Value; N]) -> (&'static str, String) {
        array_literal(values.iter()).expect("a kind that is known")
    }

    #[test]
    fn values_are_written_so_that_postgresql_reads_them_back() {
        assert_eq!(literal([1_i64.into(), Option::<i64>::None.into(), (-3_i64).into()]), ("bigint", "{1,NULL,-3}".to_owned()));
        assert_eq!(literal([7_i16.into()]), ("smallint", "{7}".to_owned()));
        assert_eq!(literal([true.into(), false.into()]), ("boolean", "{t,f}".to_owned()));
        assert_eq!(literal([vec![0_u8, 255].into()]), ("bytea", r#"{"\\x00ff"}"#.to_owned()));
        let text = literal([r#"a "b", \c {NULL}"#.into(), Option::<String>::None.into(), "NULL".into(), "".into()]);
        assert_eq!(text, ("text", r#"{"a \"b\", \\c {NULL}",NULL,"NULL",""}"#.to_owned()));
    }

    #[test]
    fn values_of_other_kinds_are_refused() {
        assert!(array_literal([Value::Double(Some(0.5))].iter()).is_err());
    }
}

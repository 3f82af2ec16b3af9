//! Conditions on measures. Whole numbers are compared as whole numbers, shares as doubles.

use super::plan::Output;
use super::sql::{Value, Writer};
use domain::question::{Threshold, ThresholdOp};

/// The condition of one threshold on its column.
pub(super) fn condition(column: &str, output: Output, threshold: &Threshold, writer: &mut Writer) -> String {
    let (op, millionths) = (threshold.op, threshold.value.millionths);
    let sign = match op {
        ThresholdOp::AtLeast => ">=",
        ThresholdOp::AtMost => "<=",
        ThresholdOp::MoreThan => ">",
        ThresholdOp::LessThan => "<",
    };
    let parts = match output {
        Output::Float => {
            let dialect = writer.dialect;
            let value = writer.bind(Value::Int(millionths));
            return format!("{column} {sign} {} / {}", dialect.double(&value), dialect.double("1000000"));
        }
        Output::Thousandths => 1_000,
        _ => 1_000_000,
    };
    // A whole number is more than 2.5 when it is more than 2, and at least 2.5 when it is at least 3.
    let whole = match op {
        ThresholdOp::AtLeast | ThresholdOp::LessThan => millionths.div_euclid(parts) + i64::from(millionths.rem_euclid(parts) != 0),
        ThresholdOp::AtMost | ThresholdOp::MoreThan => millionths.div_euclid(parts),
    };
    let value = writer.bind(Value::Int(whole));
    format!("{column} {sign} {value}")
}

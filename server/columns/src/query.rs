//! Running one compiled question on a snapshot.

use crate::error::ColumnsError;
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::common::ScalarValue;
use datafusion::prelude::{SQLOptions, SessionContext};
use engine::planning::{Output, Plan, Raw, Value};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// A query that nobody waits for any more is stopped.
struct Running<T>(JoinHandle<T>);

impl<T> Drop for Running<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The rows of a plan, calculated on `threads` within `time`.
pub(crate) async fn run(threads: &Handle, context: SessionContext, plan: Plan, time: Duration) -> Result<Vec<Vec<Raw>>, ColumnsError> {
    let mut running = Running(threads.spawn(async move { rows(&context, &plan).await }));
    match tokio::time::timeout(time, &mut running.0).await {
        Ok(Ok(rows)) => rows,
        Ok(Err(panicked)) => Err(ColumnsError::Inside(panicked.to_string())),
        Err(_) => Err(ColumnsError::TookTooLong),
    }
}

async fn rows(context: &SessionContext, plan: &Plan) -> Result<Vec<Vec<Raw>>, ColumnsError> {
    let reads_only = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    let statement = context.sql_with_options(&plan.sql, reads_only).await?;
    let params: Vec<ScalarValue> = plan.params.iter().map(parameter).collect();
    let batches = statement.with_param_values(params)?.collect().await?;
    let mut rows = Vec::new();
    for batch in &batches {
        read(batch, &plan.outputs, &mut rows)?;
    }
    Ok(rows)
}

fn parameter(value: &Value) -> ScalarValue {
    match value {
        Value::Int(number) => ScalarValue::Int64(Some(*number)),
        Value::Text(text) => ScalarValue::Utf8View(Some(text.clone())),
    }
}

fn read(batch: &RecordBatch, outputs: &[Output], rows: &mut Vec<Vec<Raw>>) -> Result<(), ColumnsError> {
    let first = rows.len();
    rows.resize_with(first + batch.num_rows(), || Vec::with_capacity(outputs.len()));
    for (column, output) in batch.columns().iter().zip(outputs) {
        let rows = rows[first..].iter_mut().enumerate();
        match output {
            Output::Text => {
                let column = cast(column, &DataType::Utf8View)?;
                let texts = column.as_string_view();
                rows.for_each(|(index, row)| {
                    row.push(if texts.is_null(index) { Raw::Null } else { Raw::Text(texts.value(index).to_owned()) });
                });
            }
            Output::Float => {
                let column = cast(column, &DataType::Float64)?;
                let numbers = column.as_primitive::<Float64Type>();
                rows.for_each(|(index, row)| row.push(if numbers.is_null(index) { Raw::Null } else { Raw::Float(numbers.value(index)) }));
            }
            Output::Bucket(_) | Output::Channel | Output::Month | Output::Number | Output::Thousandths => {
                let column = cast(column, &DataType::Int64)?;
                let numbers = column.as_primitive::<Int64Type>();
                rows.for_each(|(index, row)| row.push(if numbers.is_null(index) { Raw::Null } else { Raw::Int(numbers.value(index)) }));
            }
        }
    }
    Ok(())
}

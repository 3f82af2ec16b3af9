//! Running one compiled question on a snapshot.

use crate::error::ColumnsError;
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::common::ScalarValue;
use datafusion::physical_plan::statistics::{StatisticsArgs, StatisticsContext};
use datafusion::physical_plan::{ExecutionPlan, collect, displayable};
use datafusion::prelude::{DataFrame, SQLOptions, SessionContext};
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

/// How a plan runs on `threads`, a line a step, and how many rows it reads from tables. It is run for that.
pub(crate) async fn explain(threads: &Handle, context: SessionContext, plan: Plan, time: Duration) -> Result<(Vec<String>, u64), ColumnsError> {
    let mut running = Running(threads.spawn(async move { explained(&context, &plan).await }));
    match tokio::time::timeout(time, &mut running.0).await {
        Ok(Ok(explained)) => explained,
        Ok(Err(panicked)) => Err(ColumnsError::Inside(panicked.to_string())),
        Err(_) => Err(ColumnsError::TookTooLong),
    }
}

async fn explained(context: &SessionContext, plan: &Plan) -> Result<(Vec<String>, u64), ColumnsError> {
    let physical = statement(context, plan).await?.create_physical_plan().await?;
    collect(physical.clone(), context.task_ctx()).await?;
    let lines = displayable(physical.as_ref()).indent(false).to_string();
    Ok((lines.lines().map(str::to_owned).collect(), rows_read(physical.as_ref())?))
}

/// The rows that leave the leaves of a plan that has run. A table that stands in memory is read whole, and counts nothing while it is.
fn rows_read(plan: &dyn ExecutionPlan) -> Result<u64, ColumnsError> {
    let children = plan.children();
    if !children.is_empty() {
        return children.into_iter().map(|child| rows_read(child.as_ref())).sum();
    }
    let counted = plan.metrics().and_then(|metrics| metrics.output_rows());
    let rows = match counted {
        Some(rows) => rows,
        None => StatisticsContext::new().compute(plan, &StatisticsArgs::new())?.num_rows.get_value().copied().unwrap_or_default(),
    };
    Ok(rows as u64)
}

async fn statement(context: &SessionContext, plan: &Plan) -> Result<DataFrame, ColumnsError> {
    let reads_only = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    let statement = context.sql_with_options(&plan.sql, reads_only).await?;
    let params: Vec<ScalarValue> = plan.params.iter().map(parameter).collect();
    Ok(statement.with_param_values(params)?)
}

async fn rows(context: &SessionContext, plan: &Plan) -> Result<Vec<Vec<Raw>>, ColumnsError> {
    let batches = statement(context, plan).await?.collect().await?;
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

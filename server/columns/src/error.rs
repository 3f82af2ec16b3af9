//! Why the columnar copy does not answer. Whoever asks can turn to the database instead.

use datafusion::error::DataFusionError;

/// Why the columnar copy does not answer.
#[derive(Debug, thiserror::Error)]
pub enum ColumnsError {
    /// The time that a question may take is over.
    #[error("the question took longer than it may")]
    TookTooLong,
    /// The memory or disk space that questions share does not suffice.
    #[error("the question needs more memory than it may")]
    TooLarge(#[source] DataFusionError),
    /// A file is missing or unreadable.
    #[error("a file of the columnar copy cannot be read or written")]
    File(#[from] std::io::Error),
    /// A manifest that this version does not read.
    #[error("the manifest of the columnar copy cannot be read")]
    Manifest(#[from] serde_json::Error),
    /// The engine refuses or fails.
    #[error("the columnar engine failed")]
    Engine(#[source] DataFusionError),
    /// Whatever else happened inside.
    #[error("{0}")]
    Inside(String),
}

impl From<DataFusionError> for ColumnsError {
    fn from(error: DataFusionError) -> Self {
        let is_exhausted = match error.find_root() {
            DataFusionError::ResourcesExhausted(_) => true,
            // How a spill that outgrows its space arrives.
            DataFusionError::ArrowError(cause, _) => cause.to_string().contains("max_temp_directory_size"),
            _ => false,
        };
        if is_exhausted { Self::TooLarge(error) } else { Self::Engine(error) }
    }
}

impl From<parquet::errors::ParquetError> for ColumnsError {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Self::Engine(error.into())
    }
}

impl From<arrow::error::ArrowError> for ColumnsError {
    fn from(error: arrow::error::ArrowError) -> Self {
        Self::Engine(error.into())
    }
}

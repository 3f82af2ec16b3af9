//! The semantic layer: every measure and dimension with its name, synonyms, definition, unit and nature, one entry each.

mod dimension;
mod dimensions;
mod entries;
mod facts;
mod measure;
mod measures;
mod names;
mod nearest;

pub use dimension::Dimension;
pub use dimensions::DIMENSIONS;
pub use entries::{Additivity, DimensionEntry, DimensionFacts, MeasureEntry, MeasureFacts, Unit, ValueKind};
pub use facts::Facts;
pub use measure::Measure;
pub use measures::MEASURES;
pub use nearest::{edit_distance, nearest};

//! What a whole file tells about its own quality: seen row by row in bounded memory, said in sentences at the end.

mod days;
mod drift;
mod empty_cells;
mod findings;
mod prices;
mod repeats;
mod sketch;
mod watch;

pub use empty_cells::EmptyCells;
pub use watch::QualityWatch;

pub(super) use watch::is_told_by_cells;

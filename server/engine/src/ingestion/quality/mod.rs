//! What a whole file tells about its own quality: seen row by row in bounded memory, said in sentences at the end.

mod before;
mod days;
mod drift;
mod earlier_prices;
mod empty_cells;
mod findings;
mod outliers;
mod prices;
mod repeats;
mod sketch;
mod watch;

pub use before::Before;
pub use earlier_prices::{EarlierPrices, PriceKey, PricedProduct};
pub use empty_cells::EmptyCells;
pub use prices::piece_price;
pub use watch::QualityWatch;

pub(super) use watch::is_told_by_cells;

//! The ECharts option of a picture.

mod bars;
mod framing;
mod heat;
mod lines;
mod map;
mod scatter;
mod shares;
mod whole;

pub(super) use whole::option_json;

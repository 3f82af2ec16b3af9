//! Pictures as the page shows them, drawn with lines and areas.

mod axis;
mod bars;
mod donut;
mod funnel;
mod heat;
mod lines;
mod lying;
mod names;
mod pins;
mod plot;
mod reading;
mod scatter;
mod spark;
mod upright;
mod waterfall;

pub(super) use pins::marks;
pub(super) use plot::Plot;
pub(super) use reading::role_colour;
pub(super) use spark::spark;

//! The page's range of days, in a tool's own parameters.

use super::parameters::DateParameters;
use super::tool::EmbedTool;
use crate::Day;

/// The address with the first and last day in the tool's parameters; unchanged where the tool takes none.
pub fn with_dates(_tool: EmbedTool, url: &str, _names: &DateParameters, _first: Day, _last: Day) -> String {
    url.to_owned()
}

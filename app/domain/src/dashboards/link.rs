//! Public links: a board for whoever has its address, for a time, with days and filters that stay as they were given.

use super::{BoardKey, CardView, DataSpan};
use crate::ids::LinkId;
use crate::question::Filter;
use crate::range::{DateRange, Grain};
use crate::validate;
use garde::Validate;
use serde::{Deserialize, Serialize};

/// The longest life of a link, in days.
pub const MAX_LINK_DAYS: u32 = 366;

/// A link to be made.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewLink {
    /// For whom or where it is: `Screen in the shop`.
    #[garde(custom(validate::name))]
    pub name: String,
    /// After how many days it stops working.
    #[garde(range(min = 1, max = MAX_LINK_DAYS))]
    pub days: u32,
    /// The days, comparison and filters it shows for ever, as they stand in the board's address: `range=30d&country=GB`.
    #[serde(default)]
    #[garde(length(max = 4000))]
    pub view: String,
}

/// Whether a link works, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// It works.
    Open,
    /// Its time is over.
    Expired,
    /// Somebody closed it.
    Revoked,
    /// Whoever made it may no longer build boards in this shop, or no longer see this one. It works again if they may.
    Orphaned,
}

/// A link in a list; its address is never shown again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkSummary {
    /// Its id.
    pub id: LinkId,
    /// For whom or where it is.
    pub name: String,
    /// The board it shows.
    pub board: BoardKey,
    /// The days, comparison and filters it shows, as in the board's address.
    pub view: String,
    /// Whether it works.
    pub state: LinkState,
    /// Who made it.
    pub created_by: String,
    /// When, milliseconds since 1970-01-01 UTC.
    pub created_at: i64,
    /// When it stops working.
    pub expires_at: i64,
    /// When it was last opened.
    pub last_used_at: Option<i64>,
    /// How often it was opened.
    pub uses: i64,
}

/// A made link; its address is shown once.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedLink {
    /// The link as the list shows it.
    pub link: LinkSummary,
    /// Its address, absolute.
    pub url: String,
    /// The HTML that shows it on another site.
    pub embed_code: String,
    /// The sites that may: the setting `TRADEPOST_EMBED_ORIGINS`.
    pub embed_origins: Vec<String>,
}

// The address opens the board, so it must not reach a log by way of `{:?}`.
impl std::fmt::Debug for CreatedLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CreatedLink").field("link", &self.link).finish_non_exhaustive()
    }
}

/// A board as whoever has its link sees it: what a viewer sees, and nothing of who made it or how it is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharedBoard {
    /// The shop's name.
    pub shop: String,
    /// The board's name.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// What the data span; absent before the first upload.
    pub data: Option<DataSpan>,
    /// The days in force.
    pub range: DateRange,
    /// The days they are set against.
    pub compared_range: Option<DateRange>,
    /// The time axis in force.
    pub grain: Grain,
    /// By what it is filtered.
    pub filters: Vec<Filter>,
    /// Its cards as they are shown.
    pub views: Vec<CardView>,
    /// Changes when there is something new to see.
    pub pulse: String,
}

/// The HTML that shows a public link on another site.
pub fn embed_code(url: &str, title: &str) -> String {
    let (url, title) = (escaped(url), escaped(title));
    format!(r#"<iframe src="{url}" title="{title}" width="100%" height="900" style="border:0" loading="lazy" referrerpolicy="no-referrer"></iframe>"#)
}

/// A text inside a quoted attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_attribute() {
        let code = embed_code("https://shop.example.com/shared/abc", r#""><script>alert(1)</script>"#);
        assert!(code.contains(r#"title="&quot;&gt;&lt;script&gt;"#) && !code.contains("<script>"), "{code}");
    }

    #[test]
    fn a_link_has_a_name_and_an_end() {
        let link = |name: &str, days| NewLink { name: name.to_owned(), days, view: String::new() }.validate().is_ok();
        assert!(link("Screen in the shop", 30) && link("x", MAX_LINK_DAYS));
        assert!(!link(" ", 30) && !link("x", 0) && !link("x", MAX_LINK_DAYS + 1));
    }
}

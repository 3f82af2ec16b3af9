//! A card's figures taken away: its table as CSV or a workbook, its picture as PNG or SVG.

use super::save_text;
use crate::ui::{Icon, Menu};
use domain::charts::TableData;
use leptos::prelude::*;

/// What a card's files say of themselves, and where the server makes those of its table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardFiles {
    /// The days that are shown, in words.
    pub days: String,
    /// `/api/v1/dashboards/<board>/cards/<card>/table`; whoever came by a public link has none.
    pub table: Option<String>,
    /// The page of the rows behind it: `/dashboards/<board>/cards/<card>/rows`.
    pub rows: Option<String>,
    /// The days and filters as in the board's address.
    pub query: String,
}

impl CardFiles {
    /// The address of the table as a file.
    fn href(&self, extension: &str) -> Option<String> {
        let table = self.table.as_ref()?;
        Some(if self.query.is_empty() { format!("{table}.{extension}") } else { format!("{table}.{extension}?{}", self.query) })
    }
}

/// A menu of the files that a card can be taken away as.
#[component]
pub fn FilesMenu(
    /// A word for the menu's id; unique on the page.
    id: String,
    /// The card's heading.
    title: String,
    files: CardFiles,
    /// The table, for whoever cannot ask the server for it.
    table: Option<TableData>,
    /// The element that draws the picture, if there is one.
    #[prop(optional_no_strip)]
    chart: Option<String>,
    #[prop(default = "chart-tool")] class: &'static str,
) -> impl IntoView {
    let trigger = || view! { <Icon name="download" /> <span>"Download"</span> };
    let csv = match (files.href("csv"), table) {
        (Some(href), _) => Some(view! { <TableLink href name="CSV" hint="The table, for any program" /> }.into_any()),
        (None, Some(table)) => {
            let name = format!("{id}.csv");
            let save = move |_| save_text(&name, &table.to_csv());
            Some(
                view! { <button type="button" class="menu-item" on:click=save><Entry name="CSV" hint="The table, for any program" /></button> }
                    .into_any(),
            )
        }
        (None, None) => None,
    };
    let rows = files.rows.as_ref().map(|rows| {
        let href = if files.query.is_empty() { rows.clone() } else { format!("{rows}?{}", files.query) };
        view! {
            <a class=class href=href aria-label=format!("See the rows of {title}") title="See the rows behind it">
                <Icon name="list-checks" />
                <span>"Rows"</span>
            </a>
        }
    });
    let workbook = files.href("xlsx").map(|href| view! { <TableLink href name="Excel" hint="The table, with days and filters" /> });
    let pictures = chart.map(|chart| {
        let to_edit = chart.clone();
        view! {
            <button type="button" class="menu-item" data-save-chart="png" data-chart=chart>
                <Entry name="PNG" hint="The picture, for mails and slides" />
            </button>
            <button type="button" class="menu-item" data-save-chart="svg" data-chart=to_edit>
                <Entry name="SVG" hint="The picture, sharp at any size" />
            </button>
        }
    });
    view! {
        {rows}
        <Menu id=format!("{id}-files") label=format!("Download {title}") trigger=ViewFn::from(trigger) class>
            {csv}
            {workbook}
            {pictures}
        </Menu>
    }
}

#[component]
fn TableLink(href: String, name: &'static str, hint: &'static str) -> impl IntoView {
    view! {
        <a class="menu-item" href=href download="" rel="external">
            <Entry name hint />
        </a>
    }
}

#[component]
fn Entry(name: &'static str, hint: &'static str) -> impl IntoView {
    view! { <span>{name} <small>{hint}</small></span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_asked_for_with_the_boards_days_and_filters() {
        let files =
            CardFiles { table: Some("/api/v1/dashboards/overview/cards/2/table".to_owned()), query: "range=30d".to_owned(), ..CardFiles::default() };
        assert_eq!(files.href("csv").as_deref(), Some("/api/v1/dashboards/overview/cards/2/table.csv?range=30d"));
        assert_eq!(CardFiles { query: String::new(), ..files }.href("xlsx").as_deref(), Some("/api/v1/dashboards/overview/cards/2/table.xlsx"));
        assert_eq!(CardFiles::default().href("csv"), None);
    }
}

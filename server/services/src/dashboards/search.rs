//! Finding pages, boards, measures, products, countries and customers by a few letters.

use domain::dashboards::{DashboardView, SearchKind, SearchResult, StandardBoard, matching};
use domain::question::{Answer, Cell, Filter, FilterOp, Question};
use domain::semantic::{Dimension, MEASURES, Measure, MeasureEntry};
use domain::{ErrorKind, Permission, places};

use crate::analytics::{Overview, Reading, answer_within, cached, check_roles, chosen_currency, overview};
use crate::dashboards::cards::name;
use crate::db::Tx;
use crate::{Actor, Result, Services, embeds};

use super::boards::list_boards;

/// So many of each kind are shown.
const OF_A_KIND: usize = 5;
/// Longer texts name nothing; in bytes, as a filter takes them.
const LONGEST: usize = 200;
/// Names of products and customers are looked through from so many letters on: one stands in most of them.
const LETTERS: usize = 2;

/// What a few letters may mean, the closest of each kind first. Nobody finds what they may not open.
pub async fn search(services: &Services, actor: &Actor, text: &str) -> Result<Vec<SearchResult>> {
    actor.require(Permission::SeeFigures)?;
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST || text.contains('\0') {
        return Ok(Vec::new());
    }
    let mut found = pages(actor, text);
    found.extend(boards(services, actor, text).await?);
    found.extend(measures(actor, text));
    match sold(services, actor, text, &mut found).await {
        // While many ask, and where names are too many to be looked through in time, what was found so far is of use.
        Err(error) if error.kind() == ErrorKind::Unavailable => Ok(found),
        answered => answered.map(|()| found),
    }
}

/// Countries, products and customers of the shop.
async fn sold(services: &Services, actor: &Actor, text: &str, found: &mut Vec<SearchResult>) -> Result<()> {
    let tx = Reading::page(services, actor.merchant_id).await?;
    let work = async {
        let overview = overview(services, actor, &tx).await?;
        if overview.days().is_none() {
            return Ok(());
        }
        found.extend(countries(services, actor, (&tx, &overview), text).await?);
        let is_long = text.chars().count() >= LETTERS;
        for dimension in [Dimension::Product, Dimension::Customer].into_iter().filter(|_| is_long) {
            found.extend(values(services, actor, (&tx, &overview), dimension, text).await?);
        }
        Ok(())
    };
    tx.whole_in_time(work).await
}

/// The closest of some things, told apart by their names.
fn closest<T>(text: &str, things: impl Iterator<Item = (String, T)>) -> Vec<(String, T)> {
    let mut found: Vec<(u8, String, T)> = things.filter_map(|(name, thing)| Some((matching(text, &name)?, name, thing))).collect();
    // Those of the same closeness stay in the order they came in.
    found.sort_by_key(|(distance, ..)| *distance);
    found.into_iter().take(OF_A_KIND).map(|(_, name, thing)| (name, thing)).collect()
}

fn pages(actor: &Actor, text: &str) -> Vec<SearchResult> {
    let places = places::PLACES.into_iter().filter(|place| place.is_for(actor.role)).map(|place| {
        let title = if place.group == places::Group::Settings { format!("{} settings", place.label) } else { place.label.to_owned() };
        (title, place)
    });
    let result = |(title, place): (String, places::Place)| SearchResult {
        kind: SearchKind::Page,
        title,
        hint: place.group.label().to_owned(),
        address: place.path.to_owned(),
    };
    closest(text, places).into_iter().map(result).collect()
}

async fn boards(services: &Services, actor: &Actor, text: &str) -> Result<Vec<SearchResult>> {
    let own = list_boards(services, actor).await?.into_iter().filter(|board| !board.is_archived);
    let own = own.map(|board| (board.title, (SearchKind::Board, board.description, format!("/dashboards/{}", board.key))));
    let framed = embeds::visible_embeds(services, actor).await?.into_iter();
    let framed = framed.map(|board| (board.title, (SearchKind::EmbeddedBoard, board.description, format!("/boards/{}", board.id))));
    let result = |(title, (kind, hint, address))| SearchResult { kind, title, hint, address };
    Ok(closest(text, own.chain(framed)).into_iter().map(result).collect())
}

fn measures(actor: &Actor, text: &str) -> Vec<SearchResult> {
    let visible = MEASURES.iter().filter(|entry| actor.role >= entry.lowest_role);
    let close = |entry: &MeasureEntry| std::iter::once(&entry.label).chain(entry.synonyms).filter_map(|name| matching(text, name)).min();
    let mut found: Vec<(u8, &MeasureEntry)> = visible.filter_map(|entry| Some((close(entry)?, entry))).collect();
    found.sort_by_key(|(distance, _)| *distance);
    let result = |(_, entry): (u8, &MeasureEntry)| SearchResult {
        kind: SearchKind::Measure,
        title: entry.label.to_owned(),
        hint: entry.definition.to_owned(),
        address: about(entry.measure),
    };
    found.into_iter().take(OF_A_KIND).map(result).collect()
}

/// The page that says most about a measure.
fn about(measure: Measure) -> String {
    match measure {
        _ if measure.has_change_parts() => format!("/changes/{}", measure.name()),
        _ if !measure.has_days() => "/dashboards/inventory".to_owned(),
        _ if measure.label().to_lowercase().contains("customer") => "/dashboards/customers".to_owned(),
        _ => "/dashboards/selling".to_owned(),
    }
}

/// Countries that something was sold to, by their names. They are kept as other answers are: every letter that is typed asks for the same.
async fn countries(services: &Services, actor: &Actor, parts: (&Tx, &Overview), text: &str) -> Result<Vec<SearchResult>> {
    let question = Question { dimensions: vec![Dimension::Country], ..Question::new([Measure::Orders]) };
    let (merchant, version) = (&parts.1.merchant, parts.1.version);
    let answer = cached(services, merchant, version, &question, asked(services, actor, parts, &question)).await?;
    let sold = first_cells(answer).map(|cell| (name(Dimension::Country, &cell), cell));
    Ok(closest(text, sold).into_iter().filter_map(|(_, cell)| of_value(Dimension::Country, &cell)).collect())
}

/// Products or customers whose names hold the text; those that sold most come first.
async fn values(services: &Services, actor: &Actor, parts: (&Tx, &Overview), dimension: Dimension, text: &str) -> Result<Vec<SearchResult>> {
    if actor.role < dimension.entry().lowest_role {
        return Ok(Vec::new());
    }
    let filters = vec![Filter::new(dimension, FilterOp::Contains, vec![text.to_owned()])];
    let question = Question { dimensions: vec![dimension], filters, limit: Some(OF_A_KIND as u32), ..Question::new([Measure::NetSales]) };
    let answer = asked(services, actor, parts, &question).await?;
    Ok(first_cells(answer).filter_map(|cell| of_value(dimension, &cell)).collect())
}

async fn asked(services: &Services, actor: &Actor, (tx, overview): (&Tx, &Overview), question: &Question) -> Result<Answer> {
    check_roles(actor, question)?;
    question.check()?;
    let currency = chosen_currency(services, tx, overview, question).await?;
    answer_within(services, tx, overview, question, currency).await
}

/// The values that an answer is split by.
fn first_cells(answer: Answer) -> impl Iterator<Item = Cell> {
    answer.rows.into_iter().filter_map(|row| row.into_iter().next())
}

fn of_value(dimension: Dimension, cell: &Cell) -> Option<SearchResult> {
    let value = cell.as_text()?;
    let kind = match dimension {
        Dimension::Product => SearchKind::Product,
        Dimension::Country => SearchKind::Country,
        _ => SearchKind::Customer,
    };
    let board = StandardBoard::xray_of(dimension)?.as_str();
    let view = DashboardView::default().toggled(dimension, value);
    Some(SearchResult { kind, title: name(dimension, cell), hint: String::new(), address: format!("/dashboards/{board}?{}", view.to_query()) })
}

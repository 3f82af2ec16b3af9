//! Facts with their names: what is shown of each row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::charts::{TableColumn, TableData};
use domain::dashboards::RowFile;
use domain::ids::MerchantId;
use domain::question::{Cell, ColumnKind};
use domain::semantic::{Dimension, Measure, Unit};
use domain::sources::Channel;
use domain::{Currency, Day};
use engine::planning::FactRows;
use entity::{order, order_line, product, source, upload};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::card_rows::Asked;
use crate::analytics::{Behind, FactRow};
use crate::dashboards::cards::{name, text_column};
use crate::db::Tx;
use crate::{Actor, Result};

/// Facts and all that they point to.
pub(super) struct Facts {
    rows: Vec<FactRow>,
    orders: HashMap<i64, order::Model>,
    /// The product of each order line.
    products: HashMap<(i64, i64), Option<i64>>,
    titles: HashMap<i64, (String, Option<String>)>,
    sources: HashMap<i32, String>,
    files: BTreeMap<Uuid, String>,
}

impl Facts {
    pub(super) async fn read(tx: &Tx, actor: &Actor, rows: Vec<FactRow>) -> Result<Self> {
        let merchant = actor.merchant_id;
        let ids: BTreeSet<i64> = rows.iter().map(|row| row.order).collect();
        let found = order::find(merchant).filter(order::Column::Id.is_in(ids.iter().copied())).all(&**tx).await?;
        let orders: HashMap<i64, order::Model> = found.into_iter().map(|order| (order.id, order)).collect();
        let products = if rows.iter().any(|row| row.line.is_some()) { products_of(tx, merchant, &rows, &ids).await? } else { HashMap::new() };
        let known: BTreeSet<i64> = products.values().copied().flatten().collect();
        let titles = product::find(merchant).filter(product::Column::Id.is_in(known)).all(&**tx).await?;
        let sources = source::find(merchant).all(&**tx).await?;
        let uploads: BTreeSet<Uuid> = orders.values().map(|order| order.upload_id).collect();
        let files = upload::find(merchant).filter(upload::Column::Id.is_in(uploads)).all(&**tx).await?;
        Ok(Self {
            rows,
            orders,
            products,
            titles: titles.into_iter().map(|product| (product.id, (product.title, product.sku))).collect(),
            sources: sources.into_iter().map(|source| (source.id, source.name)).collect(),
            files: files.into_iter().map(|upload| (upload.id, upload.file_name)).collect(),
        })
    }
}

async fn products_of(tx: &Tx, merchant: MerchantId, rows: &[FactRow], ids: &BTreeSet<i64>) -> Result<HashMap<(i64, i64), Option<i64>>> {
    let days = rows.iter().map(|row| row.day);
    let (from, to) = (days.clone().min().unwrap_or_default(), days.max().unwrap_or_default());
    let lines = order_line::find(merchant)
        .filter(order_line::Column::Day.between(from, to))
        .filter(order_line::Column::OrderId.is_in(ids.iter().copied()))
        .select_only()
        .columns([order_line::Column::OrderId, order_line::Column::Line, order_line::Column::ProductId])
        .into_tuple::<(i64, i32, Option<i64>)>();
    let lines = lines.all(&**tx).await?;
    Ok(lines.into_iter().map(|(order, line, product)| ((order, i64::from(line)), product)).collect())
}

/// The uploads that the rows came with.
pub(super) fn files(facts: &Facts) -> Vec<RowFile> {
    facts.files.iter().map(|(id, name)| RowFile { upload: (*id).into(), name: name.clone() }).collect()
}

/// The rows as people read them.
pub(super) fn table(behind: &Behind<'_>, asked: &Asked, facts: &Facts) -> TableData {
    let of_lines = behind.rows == FactRows::Lines;
    let mut columns = vec![text_column("Order"), TableColumn { title: "Day".to_owned(), kind: ColumnKind::Time, currency: None }];
    let products: &[&str] = if of_lines { &["Product", "SKU"] } else { &[] };
    let currency = behind.is_mixed.then_some("Currency");
    let texts = products.iter().copied().chain(["Country", "City", "Source", "Channel", "File"]).chain(currency);
    columns.extend(texts.map(text_column));
    let one = (!behind.is_mixed).then_some(asked.currency);
    columns.extend(behind.measures.iter().map(|measure| amount_column(*measure, one)));
    let row = |row: &FactRow| {
        let order = facts.orders.get(&row.order);
        let text = |value: Option<&str>| value.map_or(Cell::None, |text| Cell::Text(text.to_owned()));
        let own = order.and_then(|order| order.currency.parse().ok()).unwrap_or(asked.currency);
        let mut cells = vec![text(order.map(|order| order.external_id.as_str())), Cell::Text(day(row.day).to_string())];
        if of_lines {
            let product = row.line.and_then(|line| facts.products.get(&(row.order, line)).copied().flatten()).and_then(|id| facts.titles.get(&id));
            cells.extend([text(product.map(|(title, _)| title.as_str())), text(product.and_then(|(_, sku)| sku.as_deref()))]);
        }
        let country = text(order.and_then(|order| order.country.as_deref()));
        let channel = order.and_then(|order| Channel::from_code(order.channel)).map(Channel::as_str);
        cells.push(if country == Cell::None { Cell::None } else { Cell::Text(name(Dimension::Country, &country)) });
        cells.push(text(order.and_then(|order| order.city.as_deref())));
        cells.push(text(order.and_then(|order| facts.sources.get(&order.source_id)).map(String::as_str)));
        cells.push(channel.map_or(Cell::None, |channel| Cell::Text(name(Dimension::Channel, &Cell::Text(channel.to_owned())))));
        cells.push(text(order.and_then(|order| facts.files.get(&order.upload_id)).map(String::as_str)));
        cells.extend(behind.is_mixed.then(|| Cell::Text(own.code().to_owned())));
        let own = behind.is_mixed.then_some(own);
        cells.extend(behind.measures.iter().zip(&row.amounts).map(|(measure, amount)| amount_cell(*measure, amount, own)));
        cells
    };
    TableData { columns, rows: facts.rows.iter().map(row).collect() }
}

/// What all rows add up to, as the table's last row; amounts of several currencies do not.
pub(super) fn total(behind: &Behind<'_>, count: u64, sums: Vec<Cell>) -> Vec<Cell> {
    let texts = if behind.rows == FactRows::Lines { 9 } else { 7 } + usize::from(behind.is_mixed);
    let what = if behind.rows == FactRows::Lines { ("line", "lines") } else { ("order", "orders") };
    let all = domain::format::counted(i64::try_from(count).unwrap_or(i64::MAX), what.0, what.1);
    let mut row = vec![Cell::Text(format!("Total of {all}"))];
    row.resize(texts, Cell::None);
    row.extend(behind.measures.iter().zip(&sums).map(|(measure, sum)| {
        let is_sum_of_unlike = behind.is_mixed && measure.entry().unit == Unit::Money;
        if is_sum_of_unlike { Cell::None } else { amount_cell(*measure, sum, None) }
    }));
    row
}

/// A column of money where all of it is of one currency, else of plain numbers.
fn amount_column(measure: Measure, currency: Option<Currency>) -> TableColumn {
    let currency = currency.filter(|_| measure.entry().unit == Unit::Money);
    let kind = if currency.is_some() { ColumnKind::Money } else { ColumnKind::Number };
    TableColumn { title: measure.label().to_owned(), kind, currency }
}

/// An amount as its column holds it; where rows have currencies of their own, money in whole units of that.
fn amount_cell(measure: Measure, amount: &Cell, own: Option<Currency>) -> Cell {
    match (amount, measure.entry().unit, own) {
        (Cell::Int(minor), Unit::Money, Some(own)) => Cell::Float(*minor as f64 / own.minor_per_major() as f64),
        (Cell::Int(milli), unit, _) if unit != Unit::Money && milli % 1000 == 0 => Cell::Int(milli / 1000),
        (Cell::Int(milli), unit, _) if unit != Unit::Money => Cell::Float(*milli as f64 / 1000.0),
        (amount, ..) => amount.clone(),
    }
}

fn day(number: i64) -> Day {
    Day(i32::try_from(number).unwrap_or_default())
}

//! The demo shop's orders, stored by the same step as those of a file.

use crate::context::Services;
use crate::db::Tx;
use crate::error::Result;
use crate::sources::{NewSource, OrderBook, SalesLine, Stated, Store, active, blank};
use domain::ids::MerchantId;
use domain::sources::{Channel, UploadStatus};
use domain::{AppError, Day};
use engine::demo_shop::{self, DemoLine, DemoOrder};
use sea_orm::{EntityTrait, PaginatorTrait, QuerySelect};

/// The same shop on every machine.
const SEED: u64 = 20_261_120;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const SOURCES: [(Channel, &str); 2] = [(Channel::Online, "Demo web shop"), (Channel::Offline, "Demo till")];

/// Fills the shop unless it was filled: all in one transaction, so that a killed attempt leaves nothing.
pub(super) async fn fill(services: &Services, merchant: MerchantId) -> Result<()> {
    let tx = services.db.write(merchant).await?;
    let shop = entity::merchant::by_id(merchant).lock_exclusive().one(&*tx).await?;
    shop.ok_or_else(|| AppError::not_found("shop"))?;
    if entity::upload::find(merchant).count(&*tx).await? > 0 {
        return Ok(());
    }
    // Yesterday: an order of today could be of an hour yet to come.
    let last_day = Day(i32::try_from(services.clock.now_ms().div_euclid(DAY_MS)).unwrap_or_default()).plus_days(-1);
    for (channel, name) in SOURCES {
        let book = tokio::task::spawn_blocking(move || book(channel, last_day)).await.map_err(anyhow::Error::from)?;
        store(&tx, services, merchant, channel, name, book).await?;
    }
    crate::analytics::facts_changed(services, &tx, merchant).await?;
    tx.commit().await?;
    services.wake_workers();
    tracing::info!(merchant.id = merchant.0, "the demo shop is ready");
    Ok(())
}

/// The orders of one channel.
fn book(channel: Channel, last_day: Day) -> OrderBook {
    let mut book = OrderBook::default();
    for order in demo_shop::generate(SEED, last_day).filter(|order| order.channel == channel) {
        for line in &order.lines {
            book.add(&sales_line(&order, line)).expect("the demo shop sells in small sums");
        }
    }
    book
}

fn sales_line<'a>(order: &'a DemoOrder, line: &'a DemoLine) -> SalesLine<'a> {
    let customer = order.customer.as_ref();
    SalesLine {
        row_line: 0,
        order_number: &order.number,
        occurred_at: order.occurred_at_ms,
        day: order.day,
        hour: order.hour,
        sku: line.sku,
        title: line.title,
        quantity_milli: line.quantity * 1_000,
        unit_price_minor: Some(line.unit_price_minor),
        amount_minor: line.amount_minor(),
        discount_minor: None,
        currency: demo_shop::CURRENCY.parse().expect("the demo shop trades in a currency of the table"),
        country: Some(order.country),
        city: order.city,
        customer_id: customer.map_or("", |customer| &customer.number),
        customer_email: customer.map_or("", |customer| &customer.email),
        customer_name: customer.map_or("", |customer| &customer.name),
        stated_total_minor: order.stated_total_minor,
        stated: Stated::default(),
    }
}

/// Stores a channel's orders and shows them as an upload that was read.
async fn store(tx: &Tx, services: &Services, merchant: MerchantId, channel: Channel, name: &str, book: OrderBook) -> Result<()> {
    let now = services.clock.now_ms();
    let id = services.random.uuid_v7(now);
    let source = NewSource { key: format!("demo:{}", channel.as_str()), name: name.to_owned(), vendor: None, channel, mapping: None };
    let mut store = Store::open(tx, services, merchant, id, &source).await?;
    store.add(book).await?;
    let source_id = store.source_id();
    let totals = store.close(now).await?;
    let upload = entity::upload::Model {
        id,
        status: UploadStatus::Completed.as_str().to_owned(),
        file_name: name.to_owned(),
        source_id: Some(source_id),
        source_name: Some(name.to_owned()),
        remarks: serde_json::to_string(&["Invented orders, made when the demo shop was opened."])?,
        rows_total: totals.accepted,
        rows_accepted: totals.accepted,
        orders_new: totals.orders_new,
        first_day: totals.days.map(|(first, _)| first.0),
        last_day: totals.days.map(|(_, last)| last.0),
        net_sales: serde_json::to_string(&totals.net_sales())?,
        progress: 100,
        uploaded_by: "Tradepost".to_owned(),
        created_at: now,
        finished_at: Some(now),
        ..blank(merchant)
    };
    entity::upload::Entity::insert(active(upload)).exec_without_returning(&**tx).await?;
    Ok(())
}

//! Generated facts: orders with lines, as an import would have stored them.

use domain::Day;
use domain::sources::Channel;
use entity::{merchant, order, order_line, product, source};
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, ExprTrait, IntoActiveModel};
use services::{Actor, Services};
use uuid::Uuid;

/// An order with its lines.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub id: i64,
    pub day: Day,
    pub hour: i16,
    pub currency: &'static str,
    pub country: Option<&'static str>,
    pub city: Option<&'static str>,
    pub customer: Option<i64>,
    pub channel: Channel,
    pub source: i32,
    pub stated_total_minor: Option<i64>,
    pub lines: Vec<Line>,
}

/// One of its lines.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub product: Option<usize>,
    pub quantity_milli: i64,
    pub amount_minor: i64,
    /// What is off it; of gifts all there was.
    pub discount_minor: Option<i64>,
}

/// SKU and title; two products share a title, one has no SKU, and the last is none.
pub(crate) const PRODUCTS: [(Option<&str>, &str); 6] = [
    (Some("MUG"), "Mug"),
    (Some("MUG-XL"), "Mug"),
    (Some("BOWL"), "Bowl, “deep”"),
    (None, "Tea's towel"),
    (Some("ZEBRA"), "Žebra"),
    (Some("POST"), POSTAGE),
];
/// Sold like a product, but none.
pub(crate) const POSTAGE: &str = "Postage";
pub(crate) const SOURCES: [&str; 2] = ["Web shop", "Till"];

/// About as many orders from 20 November 2009 on, over 800 days.
pub(crate) fn generate(seed: u64, count: usize, currencies: &[&'static str]) -> Vec<Order> {
    let mut state = seed;
    let mut below = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let first = "2009-11-20".parse::<Day>().expect("a day");
    let order = |id: usize, below: &mut dyn FnMut(u64) -> u64| {
        let channel = if below(3) == 0 { Channel::Offline } else { Channel::Online };
        let line = |below: &mut dyn FnMut(u64) -> u64| {
            let quantity = below(9) as i64 - 2;
            let price = below(5_000) as i64;
            let weighed = below(20) == 0;
            let product = (below(12) > 0).then(|| below(PRODUCTS.len() as u64) as usize);
            let amount_minor = quantity * price;
            let discount_minor = match (amount_minor, price % 4) {
                (1.., 0 | 1) => Some(amount_minor * (price % 30) / 100),
                (1.., 2) => Some(0),
                (0, _) if price % 11 == 0 => Some(price),
                _ => None,
            };
            Line { product, quantity_milli: if weighed { quantity * 333 } else { quantity * 1000 }, amount_minor, discount_minor }
        };
        let lines: Vec<Line> = (0..=below(4)).map(|_| line(below)).collect();
        let net: i64 = lines.iter().map(|line| line.amount_minor).sum();
        Order {
            id: id as i64 + 1,
            day: first.plus_days(below(800) as i32),
            hour: below(24) as i16,
            currency: currencies[below(currencies.len() as u64) as usize],
            country: [Some("GB"), Some("GB"), Some("DE"), Some("FR"), None][below(5) as usize],
            city: [Some("Berlin"), Some("São Paulo"), None][below(3) as usize],
            customer: (below(4) > 0).then(|| below(60) as i64 + 1),
            channel,
            source: if channel == Channel::Online { 1 } else { 2 },
            stated_total_minor: (below(2) == 0).then_some(net + 395),
            lines,
        }
    };
    (0..count).map(|id| order(id, &mut below)).collect()
}

impl Line {
    pub(crate) fn gross_minor(&self) -> i64 {
        Ord::max(self.amount_minor, 0) + self.discount_minor.unwrap_or(0)
    }
}

impl Order {
    pub(crate) fn net_minor(&self) -> i64 {
        self.lines.iter().map(|line| line.amount_minor).sum()
    }

    /// Before discounts and returns.
    pub(crate) fn gross_minor(&self) -> i64 {
        self.lines.iter().map(Line::gross_minor).sum()
    }

    /// After discounts, before returns.
    pub(crate) fn sold_minor(&self) -> i64 {
        self.lines.iter().map(|line| Ord::max(line.amount_minor, 0)).sum()
    }

    /// Told of some, online and offline; one store has the name of a source.
    pub(crate) fn store(&self) -> Option<&'static str> {
        [Some("Leeds"), None, Some("York"), Some("Till"), None][self.id as usize % 5]
    }

    /// Some are a store's totals, of nobody knows how many orders.
    pub(crate) fn is_aggregate(&self) -> bool {
        self.id % 13 == 0
    }

    fn month(&self) -> i32 {
        let civil = self.day.civil();
        civil.year * 100 + civil.month as i32
    }

    fn row(&self, merchant_id: i64) -> order::Model {
        order::Model {
            merchant_id,
            id: self.id,
            source_id: self.source,
            external_id: format!("N{}", self.id),
            upload_id: Uuid::nil(),
            occurred_at: i64::from(self.day.0) * 86_400_000,
            day: self.day.0,
            month: self.month(),
            hour: self.hour,
            currency: self.currency.to_owned(),
            country: self.country.map(str::to_owned),
            city: self.city.map(str::to_owned),
            store: self.store().map(str::to_owned),
            customer_id: self.customer,
            channel: self.channel.code(),
            stated_total_minor: self.stated_total_minor,
            total_minor: self.stated_total_minor.unwrap_or(self.net_minor()),
            net_minor: self.net_minor(),
            gross_minor: self.gross_minor(),
            units_milli: self.lines.iter().map(|line| line.quantity_milli).sum(),
            is_sale: self.gross_minor() > 0,
            line_count: self.lines.len() as i32,
            content_hash: vec![0; 16],
            shipping_minor: None,
            tax_minor: None,
            discount_minor: self.lines.iter().filter_map(|line| line.discount_minor).reduce(|sum, off| sum + off),
            fee_minor: None,
            refunded_minor: None,
            discount_code: None,
            payment_method: None,
            is_test: false,
            is_aggregate: self.is_aggregate(),
            given_back_minor: None,
            refund_of: None,
            told_twice_minor: None,
        }
    }

    fn line_rows(&self, merchant_id: i64) -> impl Iterator<Item = order_line::Model> {
        self.lines.iter().enumerate().map(move |(index, line)| order_line::Model {
            merchant_id,
            day: self.day.0,
            order_id: self.id,
            line: index as i32 + 1,
            month: self.month(),
            hour: self.hour,
            source_id: self.source,
            channel: self.channel.code(),
            product_id: line.product.map(|product| product as i64 + 1),
            customer_id: self.customer,
            currency: self.currency.to_owned(),
            country: self.country.map(str::to_owned),
            store: self.store().map(str::to_owned),
            quantity_milli: line.quantity_milli,
            unit_price_minor: None,
            amount_minor: line.amount_minor,
            discount_minor: line.discount_minor,
            is_aggregate: self.is_aggregate(),
            told_minor: None,
            told_quantity_milli: None,
        })
    }
}

/// Stores facts in the actor's shop.
pub(crate) async fn store(services: &Services, actor: &Actor, orders: &[Order]) {
    let merchant = actor.merchant_id.0;
    let tx = services.db.write(actor.merchant_id).await.expect("a transaction");
    let products = PRODUCTS.iter().enumerate().map(|(index, (sku, title))| {
        let model = product::Model {
            merchant_id: merchant,
            id: index as i64 + 1,
            key: format!("{index}"),
            sku: sku.map(str::to_owned),
            title: (*title).to_owned(),
            title_as_of: 0,
            category: None,
            brand: None,
            barcode: None,
            price_minor: None,
            compare_at_minor: None,
            cost_minor: None,
            currency: None,
            handle: None,
            variant: None,
            status: None,
            is_product: *title != POSTAGE,
            upload_id: None,
        };
        model.into_active_model()
    });
    product::Entity::insert_many(products).exec_without_returning(&*tx).await.expect("products");
    let sources = SOURCES.iter().enumerate().map(|(index, name)| {
        let model = source::Model {
            merchant_id: merchant,
            id: index as i32 + 1,
            key: (*name).to_owned(),
            name: (*name).to_owned(),
            vendor: None,
            channel: index as i16 + 1,
            mapping: None,
            created_at: 0,
        };
        model.into_active_model()
    });
    source::Entity::insert_many(sources).exec_without_returning(&*tx).await.expect("sources");
    for some in orders.chunks(300) {
        let rows = some.iter().map(|order| order.row(merchant).into_active_model());
        order::Entity::insert_many(rows).exec_without_returning(&*tx).await.expect("orders");
        let lines = some.iter().flat_map(|order| order.line_rows(merchant)).map(IntoActiveModel::into_active_model);
        order_line::Entity::insert_many(lines).exec_without_returning(&*tx).await.expect("order lines");
    }
    let changed = merchant::update(actor.merchant_id)
        .col_expr(merchant::Column::DataVersion, Expr::col(merchant::Column::DataVersion).add(1))
        .col_expr(merchant::Column::DataChangedAt, Expr::value(1_768_000_000_123_i64));
    changed.exec(&*tx).await.expect("the version");
    tx.commit().await.expect("it commits");
}

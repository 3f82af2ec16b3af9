//! A small shop made by hand, whose figures can be worked out on paper: see `on_paper.rs`.

use domain::Day;
use domain::sources::Channel;
use entity::{ad_spend, customer, inventory_level, merchant, order, order_line, product, source};
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, ExprTrait, IntoActiveModel};
use services::{Actor, Services};
use uuid::Uuid;

const MUG: i64 = 1;
const BOWL: i64 = 2;
const TEA: i64 = 3;
const POST: i64 = 4;

/// Web shop, till, advertiser.
const SOURCES: [&str; 3] = ["Web shop", "Till", "Adverts"];

struct Sold {
    day: &'static str,
    hour: i16,
    source: i32,
    country: &'static str,
    city: Option<&'static str>,
    customer: Option<i64>,
    /// Shipping, tax, fee.
    stated: [Option<i64>; 3],
    code: Option<&'static str>,
    payment: Option<&'static str>,
    store: Option<&'static str>,
    total: Option<i64>,
    is_test: bool,
    is_aggregate: bool,
    /// Product, pieces, amount, what is off it.
    lines: &'static [(i64, i64, i64, Option<i64>)],
}

const PLAIN: Sold = Sold {
    day: "",
    hour: 0,
    source: 1,
    country: "GB",
    city: None,
    customer: None,
    stated: [None; 3],
    code: None,
    payment: None,
    store: None,
    total: None,
    is_test: false,
    is_aggregate: false,
    lines: &[],
};

const SOLD: [Sold; 8] = [
    Sold {
        day: "2011-01-10",
        hour: 9,
        city: Some("London"),
        customer: Some(1),
        stated: [Some(395), Some(280), None],
        code: Some("SAVE"),
        payment: Some("card"),
        store: Some("Leeds"),
        total: Some(1_795),
        lines: &[(MUG, 2, 1_000, Some(60)), (TEA, 1, 400, Some(40))],
        ..PLAIN
    },
    Sold {
        day: "2011-02-05",
        hour: 14,
        country: "DE",
        city: Some("Berlin"),
        customer: Some(2),
        stated: [Some(500), Some(380), None],
        payment: Some("paypal"),
        total: Some(2_500),
        lines: &[(BOWL, 1, 2_000, None)],
        ..PLAIN
    },
    Sold { day: "2011-02-20", hour: 10, source: 2, customer: Some(1), lines: &[(MUG, 1, 500, None)], ..PLAIN },
    // Given back.
    Sold { day: "2011-03-01", hour: 9, customer: Some(1), lines: &[(MUG, -1, -500, None)], ..PLAIN },
    Sold { day: "2011-03-03", hour: 10, source: 2, payment: Some("cash"), store: Some("Leeds"), lines: &[(TEA, 3, 1_200, None)], ..PLAIN },
    Sold {
        day: "2011-03-15",
        hour: 14,
        country: "US",
        customer: Some(3),
        stated: [None, None, Some(90)],
        code: Some("SAVE"),
        payment: Some("card"),
        lines: &[(MUG, 1, 500, Some(50)), (BOWL, 1, 2_000, Some(200)), (POST, 1, 395, Some(0))],
        ..PLAIN
    },
    // Made to try the shop out.
    Sold {
        day: "2011-03-20",
        customer: Some(3),
        stated: [None, Some(10_000), None],
        is_test: true,
        lines: &[(MUG, 100, 50_000, Some(7_000))],
        ..PLAIN
    },
    // A week of a store, of nobody knows how many orders.
    Sold { day: "2011-03-31", source: 2, store: Some("York"), is_aggregate: true, lines: &[(TEA, 10, 4_000, None)], ..PLAIN },
];

impl Sold {
    fn day(&self) -> Day {
        self.day.parse().expect("a day")
    }

    fn month(&self) -> i32 {
        let civil = self.day().civil();
        civil.year * 100 + civil.month as i32
    }

    fn channel(&self) -> Channel {
        if self.source == 1 { Channel::Online } else { Channel::Offline }
    }

    fn row(&self, merchant_id: i64, id: i64) -> order::Model {
        let net_minor = self.lines.iter().map(|(_, _, amount, _)| amount).sum();
        let gross_minor = self.lines.iter().map(|(_, _, amount, off)| Ord::max(*amount, 0) + off.unwrap_or(0)).sum();
        let [shipping_minor, tax_minor, fee_minor] = self.stated;
        order::Model {
            merchant_id,
            id,
            source_id: self.source,
            external_id: format!("N{id}"),
            upload_id: Uuid::nil(),
            occurred_at: i64::from(self.day().0) * 86_400_000,
            day: self.day().0,
            month: self.month(),
            hour: self.hour,
            currency: "GBP".to_owned(),
            country: Some(self.country.to_owned()),
            city: self.city.map(str::to_owned),
            store: self.store.map(str::to_owned),
            customer_id: self.customer,
            channel: self.channel().code(),
            stated_total_minor: self.total,
            total_minor: self.total.unwrap_or(net_minor),
            net_minor,
            gross_minor,
            units_milli: self.lines.iter().map(|(_, pieces, _, _)| pieces * 1_000).sum(),
            is_sale: gross_minor > 0,
            line_count: self.lines.len() as i32,
            content_hash: vec![0; 16],
            shipping_minor,
            tax_minor,
            discount_minor: self.lines.iter().filter_map(|(_, _, _, off)| *off).reduce(|sum, off| sum + off),
            fee_minor,
            refunded_minor: None,
            discount_code: self.code.map(str::to_owned),
            payment_method: self.payment.map(str::to_owned),
            is_test: self.is_test,
            is_aggregate: self.is_aggregate,
            given_back_minor: None,
            refund_of: None,
            told_twice_minor: None,
        }
    }

    fn line_rows(&self, merchant_id: i64, order_id: i64) -> impl Iterator<Item = order_line::Model> {
        self.lines.iter().enumerate().map(move |(index, (product, pieces, amount, off))| order_line::Model {
            merchant_id,
            day: self.day().0,
            order_id,
            line: index as i32 + 1,
            month: self.month(),
            hour: self.hour,
            source_id: self.source,
            channel: self.channel().code(),
            product_id: Some(*product),
            customer_id: self.customer,
            currency: "GBP".to_owned(),
            country: Some(self.country.to_owned()),
            store: self.store.map(str::to_owned),
            quantity_milli: pieces * 1_000,
            unit_price_minor: None,
            amount_minor: *amount,
            discount_minor: *off,
            is_aggregate: self.is_aggregate,
            told_minor: None,
            told_quantity_milli: None,
        })
    }
}

/// Title, category, brand, variant, cost.
type Item = (&'static str, Option<&'static str>, Option<&'static str>, Option<&'static str>, Option<i64>);

const PRODUCTS: [Item; 4] = [
    ("Mug", Some("Kitchen"), Some("Acme"), Some("Red"), Some(300)),
    ("Bowl", Some("Kitchen"), None, None, None),
    ("Tea", Some("Drinks"), Some("Leaf"), None, Some(150)),
    ("Postage", None, None, None, None),
];

fn product_row(merchant_id: i64, index: usize) -> product::Model {
    let (title, category, brand, variant, cost_minor) = PRODUCTS[index];
    product::Model {
        merchant_id,
        id: index as i64 + 1,
        key: format!("sku:{title}"),
        sku: Some(title.to_uppercase()),
        title: title.to_owned(),
        title_as_of: 0,
        category: category.map(str::to_owned),
        brand: brand.map(str::to_owned),
        barcode: None,
        price_minor: None,
        compare_at_minor: None,
        cost_minor,
        currency: (index == 2).then(|| "GBP".to_owned()),
        handle: None,
        variant: variant.map(str::to_owned),
        status: None,
        is_product: title != "Postage",
        upload_id: None,
    }
}

fn customer_row(merchant_id: i64, id: i64, number: Option<&str>, email: Option<&str>, name: Option<&str>) -> customer::Model {
    customer::Model {
        merchant_id,
        id,
        key: format!("{id}"),
        external_id: number.map(str::to_owned),
        email: email.map(str::to_owned),
        name: name.map(str::to_owned),
        country: None,
        phone: None,
        city: None,
        accepts_marketing: None,
        tags: None,
        upload_id: None,
    }
}

fn source_row(merchant_id: i64, index: usize) -> source::Model {
    let (key, name) = (SOURCES[index].to_owned(), SOURCES[index].to_owned());
    source::Model { merchant_id, id: index as i32 + 1, key, name, vendor: None, channel: 1 + i16::from(index == 1), mapping: None, created_at: 0 }
}

fn spend_row(merchant_id: i64, day: &str, month: i32, spend_minor: i64) -> ad_spend::Model {
    let day = day.parse::<Day>().expect("a day").0;
    let (campaign, ad_group, currency) = ("Spring".to_owned(), String::new(), "GBP".to_owned());
    let upload_id = Uuid::nil();
    let [impressions, clicks, conversions_milli] = [None; 3];
    ad_spend::Model {
        merchant_id,
        source_id: 3,
        day,
        campaign,
        ad_group,
        currency,
        upload_id,
        month,
        spend_minor,
        impressions,
        clicks,
        conversions_milli,
    }
}

/// Stores the shop's facts for the actor.
pub(crate) async fn store(services: &Services, actor: &Actor) {
    let merchant_id = actor.merchant_id.0;
    let tx = services.db.write(actor.merchant_id).await.expect("a transaction");
    let products = (0..PRODUCTS.len()).map(|index| product_row(merchant_id, index).into_active_model());
    product::Entity::insert_many(products).exec_without_returning(&*tx).await.expect("products");
    let customers = [
        customer_row(merchant_id, 1, None, Some("ada@example.org"), Some("Ada Lovelace")),
        customer_row(merchant_id, 2, None, Some("bob@example.org"), None),
        customer_row(merchant_id, 3, Some("17"), None, Some("Cy")),
    ];
    customer::Entity::insert_many(customers.map(IntoActiveModel::into_active_model)).exec_without_returning(&*tx).await.expect("customers");
    let sources = (0..SOURCES.len()).map(|index| source_row(merchant_id, index).into_active_model());
    source::Entity::insert_many(sources).exec_without_returning(&*tx).await.expect("sources");
    let orders = SOLD.iter().zip(1..).map(|(sold, id)| sold.row(merchant_id, id).into_active_model());
    order::Entity::insert_many(orders).exec_without_returning(&*tx).await.expect("orders");
    let lines = SOLD.iter().zip(1..).flat_map(|(sold, id)| sold.line_rows(merchant_id, id)).map(IntoActiveModel::into_active_model);
    order_line::Entity::insert_many(lines).exec_without_returning(&*tx).await.expect("order lines");
    let stock = [(MUG, "Main", 40_000), (MUG, "Annex", 10_000), (TEA, "Main", 5_000)].map(|(product_id, location, quantity_milli)| {
        let location = location.to_owned();
        inventory_level::Model { merchant_id, product_id, source_id: 1, location, upload_id: Uuid::nil(), quantity_milli }.into_active_model()
    });
    inventory_level::Entity::insert_many(stock).exec_without_returning(&*tx).await.expect("stock");
    let spend = [spend_row(merchant_id, "2011-02-10", 201_102, 1_000), spend_row(merchant_id, "2011-03-10", 201_103, 1_500)];
    ad_spend::Entity::insert_many(spend.map(IntoActiveModel::into_active_model)).exec_without_returning(&*tx).await.expect("advertising");
    let version = Expr::col(merchant::Column::DataVersion).add(1);
    let changed = merchant::update(actor.merchant_id).col_expr(merchant::Column::DataVersion, version);
    changed.exec(&*tx).await.expect("the version");
    tx.commit().await.expect("it commits");
}

//! Every measure and every dimension over a shop of eight orders, worked out on paper.

use domain::question::{Answer, Cell, Question};
use domain::semantic::{DIMENSIONS, MEASURES, Measure};
use domain::{ErrorKind, Role};
use services::Actor;
use services::analytics::answer;
use std::collections::BTreeSet;

use super::expected::word;
use super::shop::store;
use crate::support::TestServices;

async fn shop() -> (TestServices, Actor) {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    store(&services, &owner).await;
    (services, owner)
}

fn question(json: &str) -> Question {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

async fn ask(shop: &(TestServices, Actor), json: &str) -> Answer {
    answer(&shop.0, &shop.1, question(json)).await.unwrap_or_else(|error| panic!("{json}: {error:?}"))
}

/// Every measure over everything. The test order counts nowhere, the store's week is no order, postage is money but no product.
fn on_paper(measure: Measure) -> Cell {
    match measure {
        // 1,500 + 2,000 + 500 + 1,200 + 3,145 + 4,000, of which 100 and 250 are off.
        Measure::GrossSales => Cell::Int(12_345),
        Measure::Returns => Cell::Int(500),
        Measure::NetSales => Cell::Int(11_495),
        Measure::ReturnRate => Cell::Float(500.0 / 12_345.0),
        // Stated 1,795 and 2,500; else the lines.
        Measure::TotalSales => Cell::Int(1_795 + 2_500 + 500 - 500 + 1_200 + 2_895 + 4_000),
        Measure::Discounts => Cell::Int(100 + 250),
        Measure::Tax => Cell::Int(280 + 380),
        Measure::Shipping => Cell::Int(395 + 500),
        Measure::Fees => Cell::Int(90),
        Measure::Orders => Cell::Int(5),
        // 3 + 1 + 1 - 1 + 3 + 3 + 10.
        Measure::Units => Cell::Int(20),
        Measure::AverageOrderValue => Cell::Int((1_400 + 2_000 + 500 + 1_200 + 2_895) / 5),
        // Without the ten pieces of nobody knows how many orders.
        Measure::UnitsPerOrder => Cell::Float(10.0 / 5.0),
        Measure::Customers => Cell::Int(3),
        Measure::NewCustomers => Cell::Int(3),
        Measure::ReturningCustomers => Cell::Int(0),
        // Only Ada ordered twice.
        Measure::RepeatRate => Cell::Float(1.0 / 3.0),
        // 1,400 + 2,000 + 500 - 500 + 2,895 is 6,295, a third of which is 2,098.33.
        Measure::RevenuePerCustomer => Cell::Int(2_098),
        // 3 mugs at 300 and 14 teas at 150.
        Measure::Cost => Cell::Int(3 * 300 + 14 * 150),
        // Mugs brought 1,500, tea 5,600.
        Measure::GrossMargin => Cell::Int(7_100 - 3_000),
        Measure::GrossMarginRate => Cell::Float(4_100.0 / 7_100.0),
        Measure::StockOnHand => Cell::Int(55),
        // From 10 January to 31 March are 81 days.
        Measure::DaysOfCover => Cell::Float(55.0 * 81.0 / 20.0),
        Measure::SellThrough => Cell::Float(20.0 / 75.0),
        Measure::AdSpend => Cell::Int(2_500),
        Measure::ReturnOnAdSpend => Cell::Float(11_495.0 / 2_500.0),
    }
}

#[tokio::test]
async fn every_measure_is_what_its_definition_says() {
    let shop = shop().await;
    for entry in MEASURES {
        let answer = ask(&shop, &format!(r#"{{"measures": ["{}"]}}"#, entry.name)).await;
        assert_eq!(answer.rows, [[on_paper(entry.measure)]], "{}", entry.name);
    }
    for measures in MEASURES.chunks(9) {
        let names: Vec<String> = measures.iter().map(|entry| format!("\"{}\"", entry.name)).collect();
        let together = ask(&shop, &format!(r#"{{"measures": [{}]}}"#, names.join(", "))).await;
        assert_eq!(together.rows, [measures.iter().map(|entry| on_paper(entry.measure)).collect::<Vec<_>>()], "all at once: {names:?}");
    }
}

/// Net sales by every dimension.
const SPLITS: &[(&str, &[(&str, i64)])] = &[
    ("product", &[("Tea", 5_600), ("Bowl", 4_000), ("Mug", 1_500)]),
    ("sku", &[("TEA", 5_600), ("BOWL", 4_000), ("MUG", 1_500)]),
    ("variant", &[("∅", 9_600), ("Red", 1_500)]),
    ("category", &[("Drinks", 5_600), ("Kitchen", 5_500)]),
    ("brand", &[("Leaf", 5_600), ("∅", 4_000), ("Acme", 1_500)]),
    ("country", &[("GB", 6_600), ("US", 2_895), ("DE", 2_000)]),
    ("region", &[("Europe", 8_600), ("Americas", 2_895)]),
    ("city", &[("∅", 8_095), ("Berlin", 2_000), ("London", 1_400)]),
    ("customer", &[("∅", 5_200), ("Cy (17)", 2_895), ("bob@example.org", 2_000), ("Ada Lovelace <ada@example.org>", 1_400)]),
    ("customer_segment", &[("∅", 5_200), ("newcomer", 4_895), ("active", 1_400)]),
    ("cohort", &[("∅", 5_200), ("2011-03", 2_895), ("2011-02", 2_000), ("2011-01", 1_400)]),
    ("channel", &[("online", 5_795), ("offline", 5_700)]),
    ("source", &[("Web shop", 5_795), ("Till", 5_700)]),
    // The web shop sold once in Leeds; of the till's sales one tells no store.
    ("store", &[("∅", 4_395), ("York", 4_000), ("Leeds", 2_600), ("Till", 500)]),
    ("weekday", &[("4", 5_200), ("2", 2_395), ("6", 2_000), ("1", 1_400), ("7", 500)]),
    ("hour", &[("14", 4_895), ("0", 4_000), ("10", 1_700), ("9", 900)]),
    ("discount_code", &[("∅", 7_200), ("SAVE", 4_295)]),
    ("payment_method", &[("card", 4_295), ("∅", 4_000), ("paypal", 2_000), ("cash", 1_200)]),
    ("currency", &[("GBP", 11_495)]),
];

fn pairs(answer: &Answer) -> Vec<(String, i64)> {
    answer.rows.iter().map(|row| (word(&row[0]), row[row.len() - 1].as_i64().unwrap_or(i64::MIN))).collect()
}

fn owned(pairs: &[(&str, i64)]) -> Vec<(String, i64)> {
    pairs.iter().map(|(value, amount)| ((*value).to_owned(), *amount)).collect()
}

#[tokio::test]
async fn every_dimension_splits_as_its_definition_says() {
    let shop = shop().await;
    let names: BTreeSet<&str> = SPLITS.iter().map(|(dimension, _)| *dimension).collect();
    assert_eq!(names, DIMENSIONS.iter().map(|entry| entry.name).collect(), "a dimension that is not worked out here is not defined");
    for (dimension, expected) in SPLITS {
        let split = ask(&shop, &format!(r#"{{"measures": ["net_sales"], "dimensions": ["{dimension}"]}}"#)).await;
        assert_eq!(pairs(&split), owned(expected), "{dimension}");
        // Over lines instead of orders; postage is no line of a product.
        let lines = format!(
            r#"{{"measures": ["net_sales"], "dimensions": ["{dimension}"], "filters": [{{"dimension": "sku", "op": "in", "values": ["TEA", "MUG", "BOWL", "POSTAGE"]}}]}}"#
        );
        let total: i64 = pairs(&ask(&shop, &lines).await).iter().map(|(_, amount)| amount).sum();
        assert_eq!(total, 11_495, "{dimension} over lines");
    }
}

/// Gross sales, discounts, returns and net sales of each row.
fn makings(answer: &Answer) -> Vec<[i64; 4]> {
    let number = |cell: &Cell| if *cell == Cell::None { 0 } else { cell.as_i64().expect("a number") };
    answer.rows.iter().map(|row| std::array::from_fn(|place| number(&row[row.len() - 4 + place]))).collect()
}

const MAKINGS: &str = r#""measures": ["gross_sales", "discounts", "returns", "net_sales"]"#;

#[tokio::test]
async fn gross_sales_minus_discounts_and_returns_are_net_sales_of_every_product_and_in_all() {
    let shop = shop().await;
    assert_eq!(makings(&ask(&shop, &format!("{{{MAKINGS}}}")).await), [[12_345, 350, 500, 11_495]]);
    // Tea: 440 + 1,200 + 4,000; bowls: 2,000 + 2,200; mugs: 1,060 + 500 + 550, one of them given back.
    let products = ask(&shop, &format!(r#"{{{MAKINGS}, "dimensions": ["product"], "order": [{{"by": "product"}}]}}"#)).await;
    assert_eq!(makings(&products), [[4_200, 200, 0, 4_000], [2_110, 110, 500, 1_500], [5_640, 40, 0, 5_600]]);
    let generated = TestServices::start().await;
    let owner = generated.owner("ada@example.com").await;
    super::facts::store(&generated, &owner, &super::facts::generate(17, 700, &["GBP"])).await;
    let generated = (generated, owner);
    for dimension in DIMENSIONS {
        for shop in [&shop, &generated] {
            let split = ask(shop, &format!(r#"{{{MAKINGS}, "dimensions": ["{}"]}}"#, dimension.name)).await;
            assert!(makings(&split).iter().all(|[gross, off, back, net]| gross - off - back == *net), "{}: {split:?}", dimension.name);
        }
    }
    let [gross, off, back, net] = makings(&ask(&generated, &format!("{{{MAKINGS}}}")).await)[0];
    assert!(gross - off - back == net && off > 0 && back > 0, "{gross} {off} {back} {net}");
}

#[tokio::test]
async fn filters_keep_what_they_say() {
    let shop = shop().await;
    let filtered = async |filter: &str| {
        let split = ask(&shop, &format!(r#"{{"measures": ["net_sales"], "dimensions": ["customer"], "filters": [{filter}]}}"#)).await;
        split.rows.iter().filter_map(|row| row[1].as_i64()).sum::<i64>()
    };
    for (filter, expected) in [
        (r#"{"dimension": "hour", "op": "between", "values": ["9", "10"]}"#, 2_600),
        (r#"{"dimension": "cohort", "op": "range", "values": ["2011-02", "2011-03"]}"#, 4_895),
        (r#"{"dimension": "city", "op": "contains", "values": ["LON", "rli"]}"#, 3_400),
        (r#"{"dimension": "product", "op": "contains", "values": ["MUG"]}"#, 1_500),
        (r#"{"dimension": "customer", "op": "contains", "values": ["ADA@", "cy ("]}"#, 4_295),
        (r#"{"dimension": "city", "op": "is_empty"}"#, 8_095),
        (r#"{"dimension": "brand", "op": "is_empty"}"#, 4_395),
        (r#"{"dimension": "brand", "op": "is_not_empty"}"#, 7_100),
        (r#"{"dimension": "store", "op": "in", "values": ["Till"]}"#, 500),
        (r#"{"dimension": "store", "op": "in", "values": ["Leeds", "York"]}"#, 6_600),
        (r#"{"dimension": "store", "op": "not_in", "values": ["Till"]}"#, 10_995),
        (r#"{"dimension": "store", "op": "is_empty"}"#, 4_395),
        (r#"{"dimension": "store", "op": "is_not_empty"}"#, 7_100),
        (r#"{"dimension": "store", "op": "contains", "values": ["EED", "til"]}"#, 3_100),
        (r#"{"dimension": "store", "op": "in", "values": ["Leeds"]}, {"dimension": "sku", "op": "in", "values": ["TEA"]}"#, 1_600),
        (r#"{"dimension": "region", "op": "not_in", "values": ["americas"]}"#, 8_600),
        (r#"{"dimension": "customer_segment", "op": "in", "values": ["active"]}"#, 1_400),
        (r#"{"dimension": "customer_activity", "op": "in", "values": ["Newcomer"]}"#, 4_895),
        // As boards spelled it that were saved before.
        (r#"{"dimension": "customer_segment", "op": "in", "values": ["new"]}"#, 4_895),
        (r#"{"dimension": "discount_code", "op": "in", "values": ["SAVE"]}, {"dimension": "sku", "op": "in", "values": ["MUG"]}"#, 1_500),
        (r#"{"dimension": "country", "op": "top", "n": 2, "by": "net_sales"}"#, 9_495),
        (r#"{"dimension": "country", "op": "bottom", "n": 1, "by": "net_sales"}"#, 2_000),
        (r#"{"dimension": "category", "op": "top", "n": 1, "by": "stock_on_hand"}"#, 5_500),
        (r#"{"dimension": "city", "op": "contains", "values": ["%"]}"#, 0),
    ] {
        assert_eq!(filtered(filter).await, expected, "{filter}");
    }
}

#[tokio::test]
async fn thresholds_keep_rows_that_reach_them() {
    let shop = shop().await;
    let kept = async |having: &str| {
        pairs(&ask(&shop, &format!(r#"{{"measures": ["net_sales"], "dimensions": ["country"], "having": [{having}]}}"#)).await).len()
    };
    assert_eq!(kept(r#"{"measure": "net_sales", "op": "at_least", "value": 2895}"#).await, 2);
    assert_eq!(kept(r#"{"measure": "net_sales", "op": "more_than", "value": 2895}"#).await, 1);
    assert_eq!(kept(r#"{"measure": "units", "op": "less_than", "value": 2.5}"#).await, 1, "Germany bought one bowl");
    assert_eq!(kept(r#"{"measure": "return_rate", "op": "more_than", "value": 0.069}"#).await, 1, "500 of 7,200 in Britain");
    assert_eq!(kept(r#"{"measure": "return_rate", "op": "at_most", "value": 0.069}"#).await, 2);
    assert_eq!(kept(r#"{"measure": "tax", "op": "at_most", "value": 1000000}"#).await, 2, "America states no tax");
}

#[tokio::test]
async fn stock_and_advertising_stand_beside_sales() {
    let shop = shop().await;
    let json = r#"{"measures": ["units", "stock_on_hand", "days_of_cover", "cost"], "dimensions": ["product"], "order": [{"by": "product"}],
        "time": {"from": "2011-03-01", "to": "2011-03-31"}}"#;
    let products = ask(&shop, json).await;
    let row = |name: &str, rest: [Cell; 4]| [vec![Cell::Text(name.to_owned())], rest.to_vec()].concat();
    let bowl = row("Bowl", [Cell::Int(1), Cell::None, Cell::None, Cell::None]);
    // One mug sold, one given back.
    let mug = row("Mug", [Cell::Int(0), Cell::Int(50), Cell::None, Cell::Int(0)]);
    let tea = row("Tea", [Cell::Int(13), Cell::Int(5), Cell::Float(5.0 * 31.0 / 13.0), Cell::Int(13 * 150)]);
    assert_eq!(products.rows, [bowl, mug, tea]);
    let monthly = ask(&shop, r#"{"measures": ["net_sales", "ad_spend", "return_on_ad_spend"], "time": {"grain": "month"}}"#).await;
    let month = |text: &str, rest: [Cell; 3]| [vec![Cell::Text(text.to_owned())], rest.to_vec()].concat();
    assert_eq!(
        monthly.rows,
        [
            month("2011-01-01", [Cell::Int(1_400), Cell::None, Cell::None]),
            month("2011-02-01", [Cell::Int(2_500), Cell::Int(1_000), Cell::Float(2.5)]),
            month("2011-03-01", [Cell::Int(7_595), Cell::Int(1_500), Cell::Float(7_595.0 / 1_500.0)]),
        ]
    );
}

#[tokio::test]
async fn customers_are_new_once_and_returning_after() {
    let shop = shop().await;
    let json = r#"{"measures": ["customers", "new_customers", "returning_customers", "repeat_rate"], "time": {"grain": "month"}}"#;
    let cells: Vec<Vec<Cell>> = ask(&shop, json).await.rows.into_iter().map(|row| row[1..].to_vec()).collect();
    let counts = |all: i64, new: i64, returning: i64| vec![Cell::Int(all), Cell::Int(new), Cell::Int(returning), Cell::Float(0.0)];
    assert_eq!(cells, [counts(1, 1, 0), counts(2, 1, 1), counts(1, 1, 0)]);
}

#[tokio::test]
async fn columns_are_worked_out_from_others() {
    let shop = shop().await;
    let json = r#"{"measures": ["net_sales"], "time": {"grain": "month"}, "derived": [{"measure": "net_sales", "as": "running_total"},
        {"measure": "net_sales", "as": "growth"}, {"measure": "net_sales", "as": "moving_average", "over": 2}, {"measure": "net_sales", "as": "share_of_total"}]}"#;
    let answer = ask(&shop, json).await;
    let names: Vec<&str> = answer.columns.iter().map(|column| column.name.as_str()).collect();
    let derived = ["net_sales_running_total", "net_sales_growth", "net_sales_moving_average", "net_sales_share_of_total"];
    assert_eq!(names, [&["month", "net_sales"][..], &derived].concat());
    let share = |of: i64| Cell::Float(of as f64 / 11_495.0);
    assert_eq!(answer.rows[0][2..], [Cell::Int(1_400), Cell::None, Cell::None, share(1_400)]);
    assert_eq!(answer.rows[1][2..], [Cell::Int(3_900), Cell::Float(1_100.0 / 1_400.0), Cell::Int(1_950), share(2_500)]);
    // 2,500 and 7,595 are 10,095, half of which is rounded up.
    assert_eq!(answer.rows[2][2..], [Cell::Int(11_495), Cell::Float(5_095.0 / 2_500.0), Cell::Int(5_048), share(7_595)]);
    let large = ask(&shop, &json.replacen('{', r#"{"having": [{"measure": "net_sales", "op": "at_least", "value": 2000}], "limit": 1, "#, 1)).await;
    assert_eq!((large.rows.as_slice(), large.truncated), (&answer.rows[1..2], true), "January is left out, and counts");
    let by_units = r#"{"measures": ["net_sales"], "time": {"grain": "month"}, "having": [{"measure": "orders", "op": "more_than", "value": 1}],
        "derived": [{"measure": "net_sales", "as": "running_total"}]}"#;
    assert_eq!(ask(&shop, by_units).await.rows, [&answer.rows[1][..3], &answer.rows[2][..3]], "January had one order");
    let shares =
        r#"{"measures": ["net_sales"], "dimensions": ["product"], "limit": 1, "derived": [{"measure": "net_sales", "as": "share_of_total"}]}"#;
    assert_eq!(ask(&shop, shares).await.rows[0][2], Cell::Float(5_600.0 / 11_100.0), "of all products, not of those shown");
    let fastest = r#"{"measures": ["net_sales"], "time": {"grain": "month"}, "limit": 1, "order": [{"by": "net_sales_growth", "desc": true}],
        "derived": [{"measure": "net_sales", "as": "growth"}]}"#;
    let fastest = ask(&shop, fastest).await;
    assert_eq!((word(&fastest.rows[0][0]).as_str(), fastest.rows.len(), fastest.truncated), ("2011-03-01", 1, true));
}

#[tokio::test]
async fn growth_is_against_what_the_question_compares_with() {
    let shop = shop().await;
    // February and March against December and January; without a comparison, each against the month before it.
    let json = r#"{"measures": ["net_sales"], "time": {"from": "2011-02-01", "to": "2011-03-31", "grain": "month"}, "compare": "previous_period",
        "derived": [{"measure": "net_sales", "as": "growth"}], "order": [{"by": "net_sales_growth"}]}"#;
    let growth = |now: i64, before: i64| Cell::Float((now - before) as f64 / before as f64);
    let cells = async |json: &str| ask(&shop, json).await.rows.iter().map(|row| row[1..].to_vec()).collect::<Vec<_>>();
    let of_months = async |against: &str| cells(&json.replace("previous_period", against)).await;
    let rows = [vec![Cell::Int(7_595), Cell::Int(1_400), growth(7_595, 1_400)], vec![Cell::Int(2_500), Cell::Int(0), Cell::None]];
    assert_eq!(of_months("previous_period").await, rows);
    assert_eq!(of_months("last_year").await, [2_500, 7_595].map(|now| vec![Cell::Int(now), Cell::None, Cell::None]), "nothing is known of 2010");
    let alone = cells(&json.replace(r#""compare": "previous_period","#, "")).await;
    assert_eq!(alone, [vec![Cell::Int(7_595), growth(7_595, 2_500)], vec![Cell::Int(2_500), Cell::None]]);
}

#[tokio::test]
async fn orders_and_new_customers_add_up_over_time() {
    let shop = shop().await;
    let json = r#"{"measures": ["orders", "new_customers"], "time": {"grain": "month"},
        "derived": [{"measure": "orders", "as": "running_total"}, {"measure": "new_customers", "as": "running_total"}]}"#;
    let rows: Vec<Vec<Cell>> = ask(&shop, json).await.rows.into_iter().map(|row| row[3..].to_vec()).collect();
    assert_eq!(rows.last(), Some(&vec![Cell::Int(5), Cell::Int(3)]), "as over everything");
    let shares = r#"{"measures": ["orders"], "dimensions": ["channel"], "derived": [{"measure": "orders", "as": "share_of_total"}]}"#;
    let shares: f64 = ask(&shop, shares).await.rows.iter().filter_map(|row| row[2].as_f64()).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");
}

#[tokio::test]
async fn one_value_is_set_against_another_and_against_the_rest() {
    let shop = shop().await;
    let compared = async |against: &str| {
        let json = format!(
            r#"{{"measures": ["net_sales", "orders"], "filters": [{{"dimension": "country", "op": "in", "values": ["GB"]}}], "compare": {against},
            "derived": [{{"measure": "orders", "as": "growth"}}]}}"#
        );
        ask(&shop, &json).await.rows[0].clone()
    };
    let row =
        |net: i64, orders: i64, growth: f64| [vec![Cell::Int(6_600), Cell::Int(3), Cell::Int(net), Cell::Int(orders), Cell::Float(growth)]].concat();
    assert_eq!(compared(r#"{"dimension": "country", "values": ["DE"]}"#).await, row(2_000, 1, 2.0));
    assert_eq!(compared(r#"{"rest_of": "country"}"#).await, row(4_895, 2, 0.5));
}

#[tokio::test]
async fn purchase_prices_and_names_are_not_for_everyone() {
    let (services, owner) = shop().await;
    let viewer = services.member(&owner, "vera@example.com", Role::Viewer).await;
    let analyst = services.member(&owner, "anna@example.com", Role::Analyst).await;
    for json in [
        r#"{"measures": ["cost"]}"#,
        r#"{"measures": ["orders"], "dimensions": ["customer"]}"#,
        r#"{"measures": ["orders"], "dimensions": ["country"], "having": [{"measure": "gross_margin", "op": "at_least", "value": 1}]}"#,
        r#"{"measures": ["orders"], "filters": [{"dimension": "country", "op": "top", "n": 1, "by": "gross_margin_rate"}]}"#,
    ] {
        assert_eq!(answer(&services, &viewer, question(json)).await.map_err(|error| error.kind()).err(), Some(ErrorKind::Forbidden), "{json}");
        assert!(answer(&services, &analyst, question(json)).await.is_ok(), "{json}");
    }
}

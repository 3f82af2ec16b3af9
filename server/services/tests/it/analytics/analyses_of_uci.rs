//! Every analysis of a real shop against pandas: `tests/oracle/analyses.py` and what it wrote.

use std::collections::BTreeMap;

use domain::analysis::{AnalysisRequest, AnalysisResult};
use serde::Deserialize;
use services::Actor;
use services::analytics::{EngineName, analyse_by};

use crate::columns::{reindex, with_copies};
use crate::sources::{bring_file, real_file};
use crate::support::TestServices;

/// What pandas found.
#[derive(Deserialize)]
struct Oracle {
    rfm: Vec<Rfm>,
    /// Cohort, month, active customers, orders, net sales.
    cohorts: Vec<(String, String, i64, i64, i64)>,
    /// Month, new, returning, net sales to each.
    new_and_returning: Vec<(String, i64, i64, i64, i64)>,
    abc: Abc,
    slow_movers: Vec<Movers>,
    baskets: Baskets,
}

#[derive(Deserialize)]
struct Rfm {
    as_of: String,
    /// Recency, frequency, money, customers, orders, net sales.
    cells: Vec<(u8, u8, u8, i64, i64, i64)>,
    /// Customers and net sales.
    segments: BTreeMap<String, (i64, i64)>,
}

#[derive(Deserialize)]
struct Abc {
    whole: i64,
    classes: BTreeMap<String, (i64, i64)>,
    largest: Vec<(String, i64, String)>,
}

#[derive(Deserialize)]
struct Movers {
    idle: i64,
    products: i64,
    largest: Vec<(String, i64, i64)>,
}

#[derive(Deserialize)]
struct Baskets {
    baskets: i64,
    products: i64,
    min_orders: i64,
    found: i64,
    pairs: Vec<PairFound>,
}

/// Two codes, baskets with both and with each, support, confidence, lift.
type PairFound = (String, String, i64, i64, i64, f64, f64, f64);

/// What both engines say.
async fn ask(services: &TestServices, owner: &Actor, json: &str) -> AnalysisResult {
    let request: AnalysisRequest = serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    let by = async |engine| analyse_by(services, owner, &request, engine).await.unwrap_or_else(|error| panic!("{json}: {error:?}"));
    let (sql, columns) = (by(EngineName::Sql).await, by(EngineName::Columns).await);
    assert_eq!(sql, columns, "{json}");
    sql.result
}

fn upper(sku: Option<&String>) -> String {
    sku.map_or_else(String::new, |sku| sku.to_uppercase())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_year_of_trade_is_analysed_as_pandas_does() {
    let Some(file) = real_file("uci-online-retail/online_retail.csv.gz") else { return };
    let oracle: Oracle = serde_json::from_str(include_str!("../../oracle/analyses.json")).expect("it reads");
    let services = with_copies().await;
    let owner = services.owner("ada@example.com").await;
    bring_file(&services, &owner, &file).await;
    reindex(&services, &owner).await;
    let shop = (&services, &owner);
    for expected in &oracle.rfm {
        segments_are(shop, expected).await;
    }
    cohorts_are(shop, &oracle).await;
    classes_are(shop, &oracle.abc).await;
    let days = ["2011-12-09", "2011-06-30"];
    for (expected, to) in oracle.slow_movers.iter().zip(days) {
        movers_are(shop, expected, to).await;
    }
    pairs_are(shop, &oracle.baskets).await;
}

async fn segments_are((services, owner): (&TestServices, &Actor), expected: &Rfm) {
    let json = format!(r#"{{"analysis": {{"kind": "rfm", "as_of": "{}"}}}}"#, expected.as_of);
    let AnalysisResult::Rfm(found) = ask(services, owner, &json).await else { panic!("another result") };
    let cells = found.cells.iter().map(|c| (c.recency, c.frequency, c.monetary, c.customers, c.orders, c.revenue_minor));
    assert_eq!(cells.collect::<Vec<_>>(), expected.cells, "{json}");
    let name = |segment| serde_json::to_value(segment).expect("it writes").as_str().expect("a word").to_owned();
    let segments = found.segments.iter().map(|part| (name(part.segment), (part.customers, part.revenue_minor)));
    assert_eq!(segments.collect::<BTreeMap<_, _>>(), expected.segments, "{json}");
}

async fn cohorts_are((services, owner): (&TestServices, &Actor), oracle: &Oracle) {
    let all = r#"{"analysis": {"kind": "cohorts", "cohorts": 13}}"#;
    let AnalysisResult::Cohorts(found) = ask(services, owner, all).await else { panic!("another result") };
    let mut cells = Vec::new();
    for cohort in &found.cohorts {
        for month in &cohort.months {
            let at = cohort.month.plus_months(month.offset as i32).to_string()[..7].to_owned();
            cells.push((cohort.month.to_string()[..7].to_owned(), at, month.active, month.orders, month.revenue_minor));
            assert!((month.retention - month.active as f64 / cohort.customers as f64).abs() < 1e-12);
        }
    }
    cells.retain(|(_, _, active, orders, net)| (*active, *orders, *net) != (0, 0, 0));
    assert_eq!(cells, oracle.cohorts);
    assert_eq!(found.incomplete_month.map(|day| day.to_string()), Some("2011-12-01".to_owned()));
    let AnalysisResult::NewAndReturning(found) = ask(services, owner, r#"{"analysis": {"kind": "new_and_returning"}}"#).await else {
        panic!("another result")
    };
    let months = found.months.iter().map(|m| {
        let month = m.month.to_string()[..7].to_owned();
        (month, m.new_customers, m.returning_customers, m.new_revenue_minor, m.returning_revenue_minor)
    });
    assert_eq!(months.collect::<Vec<_>>(), oracle.new_and_returning);
    assert!(found.months.last().is_some_and(|month| month.is_incomplete));
}

async fn classes_are((services, owner): (&TestServices, &Actor), expected: &Abc) {
    let AnalysisResult::Abc(found) = ask(services, owner, r#"{"analysis": {"kind": "abc"}}"#).await else { panic!("another result") };
    let classes = found.classes.iter().map(|part| (part.class.as_str().to_owned(), (part.products, part.revenue_minor)));
    let classes: BTreeMap<String, (i64, i64)> = classes.collect();
    assert_eq!(found.revenue_minor, expected.whole);
    // Codes without any sale or return (notes of the book-keeper under codes of their own) bring nothing, here or there.
    for class in ["A", "B"] {
        assert_eq!(classes[class], expected.classes[class], "{class}");
    }
    assert_eq!(classes["C"].1, expected.classes["C"].1);
    let largest = found.listed.iter().take(20).map(|p| (upper(p.sku.as_ref()), p.revenue_minor, p.class.as_str().to_owned()));
    assert_eq!(largest.collect::<Vec<_>>(), expected.largest);
}

async fn movers_are((services, owner): (&TestServices, &Actor), expected: &Movers, to: &str) {
    let json = format!(r#"{{"analysis": {{"kind": "slow_movers", "idle_days": {}, "products": 20}}, "to": "{to}"}}"#, expected.idle);
    let AnalysisResult::SlowMovers(found) = ask(services, owner, &json).await else { panic!("another result") };
    assert_eq!((found.products, found.knows_stock), (expected.products, false), "{json}");
    let mut largest: Vec<_> = found.listed.iter().map(|m| (upper(m.sku.as_ref()), m.revenue_minor, m.idle_days.expect("it sold"))).collect();
    largest.sort_by(|a, b| (b.1, &b.0).cmp(&(a.1, &a.0)));
    assert_eq!(largest, expected.largest, "{json}");
}

async fn pairs_are((services, owner): (&TestServices, &Actor), expected: &Baskets) {
    let json = r#"{"analysis": {"kind": "bought_together", "pairs": 1000}}"#;
    let AnalysisResult::BoughtTogether(found) = ask(services, owner, json).await else { panic!("another result") };
    assert_eq!((found.baskets, found.products, found.min_orders), (expected.baskets, expected.products, expected.min_orders));
    assert_eq!(found.found, expected.found);
    let key = |a: &str, b: &str| if a < b { format!("{a} {b}") } else { format!("{b} {a}") };
    let pairs = found.pairs.iter().map(|pair| (key(&upper(pair.first_sku.as_ref()), &upper(pair.second_sku.as_ref())), pair));
    let pairs: BTreeMap<String, _> = pairs.collect();
    for (a, b, orders, first, second, support, confidence, lift) in &expected.pairs {
        let pair = pairs[&key(a, b)];
        assert_eq!((pair.orders, pair.first_orders, pair.second_orders), (*orders, *first, *second), "{a} {b}");
        for (ours, theirs) in [(pair.support, support), (pair.confidence, confidence), (pair.lift, lift)] {
            assert!((ours - theirs).abs() < 1e-9, "{a} {b}: {ours} {theirs}");
        }
    }
}
